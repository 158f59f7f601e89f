"""License files by their whole text: which license of the knowledge base, with which clauses altered.

What is none of them is read clause by clause for a person to review. Licenses of every kind of software are left
to ScanCode, unless clauses were added that restrict.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compliance.detectors.detector import ExaminedFile
from compliance.licenses import catalog, confusable_groups, pdf_pages, scancode, term_files
from compliance.licenses.license_files import is_license_file, is_policy_file
from compliance.model import fact_words
from compliance.model.evidence import TERM_READ, Evidence, Lines, Statement
from compliance.model.finding import Finding, LicenseFinding
from compliance.model.skip import Skip
from compliance.model.text import Text

if TYPE_CHECKING:
    from compliance.licenses.text_comparison import ClauseChange
    from compliance.licenses.text_matching import TextMatch
    from compliance.licenses.words import TextWords

LARGEST = 512 * 1024
"""Bytes of a license file; the longest known text has a tenth of it."""
MOST_CHANGES = 50

_GRANTING = frozenset(
    ("irrevocable", "perpetual", "worldwide", "sell", "sublicense", "modify", "merge", "publish")
)
_LIMITING = frozenset(("not", "only", "solely", "noncommercial", "non", "revocable", "revoked"))
_NEGATING = frozenset(("neither", "nor", "no", "not", "never"))
_FORBIDDEN_USES = frozenset(
    (
        "military",
        "defense",
        "defence",
        "weapons",
        "noncommercial",
        "revoked",
        "revocable",
        "국방",
        "군사",
        "비상업적",
    )
)
"""Words that, in a clause of a license of software, grant less than the known text."""

TOLD_APART = "told-apart-by"
CLAUSE = "clause"


class WeightLicenseText:
    """Compares license files with the texts and clauses of the knowledge base."""

    name = "weight-license"
    version = (
        f"5+{term_files.data_version()}+{confusable_groups.data_version()}+scancode-{scancode.scancode_version()}"
    )

    def wants(self, path: str, size: int) -> bool:
        """Files that by their names hold a license or a policy of use."""
        return size > 0 and (is_license_file(path) or is_policy_file(path))

    def name_key(self, path: str) -> str:
        """Nothing: only the content counts."""
        return ""

    def prepare(self) -> None:
        """Load the known texts, to be shared by forked workers."""
        from compliance.licenses.weight_license_texts import known_texts

        known_texts()

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """One finding for each known license, or the terms that patterns read where the text is none."""
        from compliance.licenses.text_parts import license_parts
        from compliance.licenses.weight_license_texts import known_texts
        from compliance.licenses.words import decoded, text_words

        is_pdf = pdf_pages.is_pdf(file.location)
        if file.size > LARGEST and not is_pdf:
            said = Text(
                en=f"{file.size:,} bytes: license files over {LARGEST:,} aren't compared",
                ko=f"{file.size:,}바이트: {LARGEST:,}바이트 초과 라이선스 파일은 비교하지 않음",
            )
            yield Skip.of("too-large", said)
            return
        written = scancode.pdf_text(file.location)[:LARGEST] if is_pdf else decoded(file.read())
        text = text_words(written)
        parts = license_parts(text, known_texts())
        if not parts:
            yield from _read(text, _lines(text))
        for part in parts:
            yield from _known(part.match, part.text)


def _known(match: "TextMatch", text: "TextWords") -> Iterator[Finding]:
    license_ = catalog.weight_license(match.id)
    if license_ is None or (license_.is_general and not _restricts(match, text)):
        return
    yield LicenseFinding(
        lines=_lines(text),
        expression=None if match.changes else license_.expression,
        basis="detected",
        score=round(100 * match.share, 1),
        license_ids=(match.id,),
        subject="code" if license_.is_general else "weights",
        altered=bool(match.changes),
        evidence=tuple(_evidence(match, text)),
    )


def _lines(text: "TextWords") -> Lines | None:
    return (text.lines[0], text.lines[-1]) if text.lines else None


def _restricts(match: "TextMatch", text: "TextWords") -> bool:
    """Whether a clause was changed so that it grants less; copies differ in notices and in what follows."""
    from compliance.licenses.clause_reading import read_terms

    changed = [change.lines for change in match.changes if change.lines]
    restricting = [one.lines for one in read_terms(text) if one.restricts]
    if any(first <= begin and end <= last for begin, end in restricting for first, last in changed):
        return True
    return any(_takes_back(change) for change in match.changes)


def _takes_back(change: "ClauseChange") -> bool:
    was, now = change.differing
    if change.kind == "changed":
        limiting = now & _LIMITING - (_NEGATING if was & _NEGATING else frozenset())
        return bool(was & _GRANTING or limiting)
    return change.kind == "added" and bool(now & _FORBIDDEN_USES)


def _evidence(match: "TextMatch", text: "TextWords") -> Iterator[Evidence]:
    if match.told_by:
        yield Statement(lines=text.find(match.told_by), field=TOLD_APART, says=match.told_by)
    for change in match.changes[:MOST_CHANGES]:
        yield Statement(lines=change.lines, field=f"{CLAUSE}-{change.kind}", says=_said(change))
    if (left := len(match.changes) - MOST_CHANGES) > 0:
        more = fact_words.and_more(left)
        yield Statement(field=CLAUSE, says=more.en, says_ko=more.ko)


def _said(change: "ClauseChange") -> str:
    if change.kind != "changed":
        return f"{change.says} \u2026"
    return f"{change.says} \u2026 [-{change.was}-] {{+{change.now}+}}"


def _read(text: "TextWords", lines: Lines | None) -> Iterator[Finding]:
    """Terms of a text that is no known license, if it has any of weight."""
    from compliance.licenses.clause_reading import read_terms

    terms = read_terms(text)
    if terms:
        yield LicenseFinding(
            lines=lines,
            expression=None,
            basis="detected",
            subject="weights",
            evidence=tuple(
                Statement(lines=one.lines, field=f"{TERM_READ}{one.term}", says=f"{one.value}: {one.says}"[:200])
                for one in terms
            ),
        )


DETECTOR = WeightLicenseText()
