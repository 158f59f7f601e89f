"""What a finding rests on, so that a person can check it."""

from collections.abc import Iterable

import msgspec

from compliance.model.text import Text

Lines = tuple[int, int]
"""First and last line, both counted from 1 and both included."""


class LicenseMatch(msgspec.Struct, frozen=True, kw_only=True, tag="license-match", tag_field="type"):
    """A stretch of a file that matches a known license text, notice or tag."""

    path: str | None = None
    """The file that holds the match, where that is not the finding's own file."""
    lines: Lines
    expression: str
    """SPDX expression of the matched rule."""
    key_expression: str
    """The same in ScanCode's license keys, which are finer than SPDX's."""
    rule: str
    """Identifier of the matched ScanCode rule."""
    matcher: str
    """How it was matched: `1-hash` (whole file), `1-spdx-id`, `2-aho` (exact), `3-seq` (approximate) …"""
    score: float
    """0–100: coverage of the rule times its relevance."""
    coverage: float
    """0–100: share of the rule's words that were found."""
    referenced_filenames: tuple[str, ...] = ()
    """Files that the matched notice points to for the license text ("see LICENSE")."""
    introduction: bool = False
    """The rule only introduces a license that follows, or is a mere clue."""
    full_text: bool = False
    """The rule is the license's whole text, and not a notice, tag or reference."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, tag="statement", tag_field="type"):
    """A place where a file says something itself: a field of a manifest, a card or a configuration."""

    path: str | None = None
    """The file that says it, where that is not the finding's own file."""
    lines: Lines | None = None
    """None where the format has no lines or the place is the whole file."""
    field: str
    """Name of the field or of the mechanism, e.g. `license`, `vision_config.model_type`, `directory-license`."""
    says: str
    """What stands there, shortened to a locator (at most 200 characters); in English where it is our own words."""
    says_ko: str = ""
    """The same in Korean; empty where `says` is what the file itself says."""

    @property
    def told(self) -> Text:
        """What it says, in both languages as far as known."""
        return Text(en=self.says, ko=self.says_ko or self.says)


class ReleaseStatement(Statement, frozen=True, kw_only=True, tag="release-statement"):
    """What a file said in an earlier, tagged state, and no longer says."""

    release: str
    """The newest tag in whose state it stood."""
    revision: str
    """Commit of that tag."""
    date: str
    """ISO date of that commit, as its committer set it."""


Evidence = LicenseMatch | Statement | ReleaseStatement


def said(evidence: Evidence) -> str:
    """What the place says: the words of a statement, or the license that was matched there."""
    return told(evidence).en


def told(evidence: Evidence) -> Text:
    """What the place says, in both languages as far as known."""
    if isinstance(evidence, Statement):
        return evidence.told
    return Text(en=evidence.expression, ko=evidence.expression)


TERM_READ = "term:"
"""Begins the `field` of a statement that holds a term of an unknown license as a pattern read it: `term:forum`.
What it says begins with the value and a colon."""


def lowest_score(matches: Iterable[LicenseMatch]) -> float:
    """0–100: how sure the least sure of `matches` is, mere introductions aside.

    A license text that was matched in part must not hide behind a tag beside it that was matched in full.
    """
    scores = [(match.introduction, match.score) for match in matches]
    return min((score for introduction, score in scores if not introduction), default=min(scores)[1])
