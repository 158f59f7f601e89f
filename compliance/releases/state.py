"""What the few files that are compared over releases say in one state, and which files those are."""

import posixpath
import re
from collections.abc import Mapping, Sequence

import msgspec

from compliance.licenses.license_files import is_license_file, is_notice_file
from compliance.model.finding import Finding, LicenseFinding

_CARD = re.compile(r"(?:readme|model[-_]?card)(?:[._-][^/]*)?", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"(?:^|/)(?:third[-_ ]?part(?:y|ies)|3rd[-_ ]?party|vendor(?:ed)?|node_modules|externals?|deps)(?:[-_. /]|$)"
    r"|third[-_ ]?part(?:y|ies)|3rd[-_ ]?party",
    re.IGNORECASE,
)


class State(msgspec.Struct, frozen=True):
    """What the compared files of one state say."""

    paths: frozenset[str]
    findings: Mapping[str, Sequence[Finding]]
    """By path."""
    unexamined: frozenset[str] = frozenset()
    """Paths of which not everything is known."""

    def licenses(self, path: str) -> list[LicenseFinding]:
        """The licenses whose text the license file at `path` holds."""
        found = self.findings.get(path, ())
        return [one for one in found if isinstance(one, LicenseFinding) and one.basis == "detected"]

    def around(self, path: str) -> list[str]:
        """The file at `path`, if it is there, and those in its folder and the folders above."""
        folder = posixpath.dirname(path)
        return [one for one in sorted(self.paths) if _is_in_or_above(posixpath.dirname(one), folder)]

    def knows(self, paths: Sequence[str]) -> bool:
        """Whether all of `paths` were examined."""
        return self.unexamined.isdisjoint(paths)


def is_card(path: str) -> bool:
    """Whether the file at `path` is by its name a README or model card."""
    return bool(_CARD.fullmatch(posixpath.basename(path)))


def is_compared(path: str) -> bool:
    """Whether the file at `path` is compared with what it said at releases."""
    return (is_notice_file(path) or is_card(path)) and not _OF_OTHERS.search(posixpath.dirname(path))


def is_own_license(path: str) -> bool:
    """Whether the file at `path` is by its name a license that the submission states for its own folder."""
    return is_license_file(path) and not _OF_OTHERS.search(path)


def _is_in_or_above(folder: str, other: str) -> bool:
    """Whether `folder` is `other` or holds it."""
    return not folder or folder == other or other.startswith(f"{folder}/")
