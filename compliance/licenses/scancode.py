"""The one adapter of ScanCode's license and copyright detection.

ScanCode is called as a library, in the process that runs a detector. Its index takes seconds and over a gigabyte
to load, so nothing is imported before `load` or a detection is asked for.
"""

import atexit
import gc
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from typing import Any

import msgspec

from compliance import temporary_folders
from compliance.licenses import late_imports, pdf_pages
from compliance.licenses.accelerated.effort import Effort
from compliance.licenses.original_spelling import OriginalSpelling
from compliance.licenses.scancode_paths import neutral_location
from compliance.model.evidence import LicenseMatch, lowest_score

_TEXT_SUFFIX = ".LICENSE"
_CHUNK = 1 << 20
_SAYS_LICENSE = 4
"""Words."""
_KEY = re.compile(r"[a-z0-9][a-z0-9._+-]*")


def scancode_version() -> str:
    """Version of the installed ScanCode Toolkit, without importing it."""
    return version("scancode-toolkit")


def license_text(key: str) -> str | None:
    """The text of the license with that key in ScanCode's installed data; None where there is none.

    Nothing of ScanCode is loaded for it.
    """
    folder = _license_folder()
    if folder is None or not _KEY.fullmatch(key):
        return None
    try:
        content = (folder / f"{key}{_TEXT_SUFFIX}").read_text("utf-8")
    except FileNotFoundError:
        return None
    return content.split("---", 2)[-1]  # what stands before is about the text


def license_keys() -> tuple[str, ...]:
    """The keys of all licenses whose text ScanCode's installed data hold, sorted."""
    folder = _license_folder()
    files = folder.glob(f"*{_TEXT_SUFFIX}") if folder else ()
    return tuple(sorted(file.name.removesuffix(_TEXT_SUFFIX) for file in files))


def _license_folder() -> Path | None:
    spec = find_spec("licensedcode")
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0], "data", "licenses") if folders else None


class LicenseRegion(msgspec.Struct, frozen=True):
    """License matches that stand together in a file and mean one expression."""

    key_expression: str
    """In ScanCode's license keys."""
    expression: str
    """In SPDX identifiers."""
    lines: tuple[int, int]
    score: float
    """0–100: the lowest score among the matches, mere introductions aside."""
    matches: tuple[LicenseMatch, ...]


class CopyrightStatement(msgspec.Struct, frozen=True):
    """A copyright line as ScanCode normalises it, with the holders named in it; in the letters of the file."""

    statement: str
    holders: tuple[str, ...]
    lines: tuple[int, int]


@cache
def use_private_folders() -> None:
    """Give ScanCode folders of our own, before it is first imported.

    It makes its own at import: in the user's home, which may not be writable, and in the temporary folder, where
    it leaves them behind.
    """
    folder = temporary_folders.new_place("compliance-scancode-")
    atexit.register(_remove, folder, os.getpid())
    temporary_folders.make(folder)
    os.environ["SCANCODE_CACHE"] = os.environ["SCANCODE_TEMP"] = str(folder)


def _prepare() -> None:
    """Whatever ScanCode's detections need before the first one."""
    use_private_folders()
    late_imports.install()
    pdf_pages.install()


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:  # and not a process forked from it
        shutil.rmtree(folder, ignore_errors=True)


@cache
def load() -> bool:
    """Make ScanCode's license detection ready in this process; True where the accelerated one is in force.

    Call it before forking workers, so that they share what is loaded: the mapped index, or where the installed
    ScanCode isn't the one that it reproduces, ScanCode's own (seconds, and over a gigabyte).
    """
    accelerated = accelerated_index() is not None
    if not accelerated:
        load_slowly()
    return accelerated


@cache
def accelerated_index() -> Any:
    """The index of the accelerated detection; None where ScanCode's own has to do."""
    _prepare()
    from compliance.licenses.accelerated import detecting

    return detecting.load(Path(os.environ["SCANCODE_CACHE"]))


def pdf_text(location: Path) -> str:
    """The text of the PDF at `location`, as far as it is read; nothing of one that is encrypted or broken."""
    _prepare()
    from typecode import get_type

    with neutral_location(location, under_locale=False) as neutral:
        if not get_type(neutral).is_pdf_with_text:
            return ""
        return b"".join(pdf_pages.text_lines(neutral)).decode("utf-8", "replace")


def says_license(words: Sequence[str]) -> bool:
    """Whether a text that means a license is in lowered `words`, one after another; True where that isn't known.

    Shorter texts than four words, such as names of licenses, don't count.
    """
    index = accelerated_index()
    return index is None or index.longest_exact(words) >= _SAYS_LICENSE


def load_slowly() -> None:
    """Load ScanCode's own index into this process, to be shared with those forked from it."""
    from licensedcode.cache import get_index

    collecting = gc.isenabled()
    gc.disable()  # the index is millions of small objects that all stay: collecting while loading doubles the time
    try:
        get_index()
    finally:
        if collecting:
            gc.enable()
    gc.collect()
    gc.freeze()  # keeps the pages of the index shared between forked workers


def _detections(location: str, effort: Effort | None) -> Iterator[Any]:
    """ScanCode's detections in the file at `location`, if accelerated as far as `effort` allows."""
    if (index := accelerated_index()) is not None:
        from compliance.licenses.accelerated import detecting

        return detecting.detections(index, location, effort)
    from licensedcode.detection import detect_licenses

    detected: Iterator[Any] = detect_licenses(location=location)
    return detected


def load_copyrights() -> bool:
    """Make ScanCode's copyright detection ready in this process; True where the accelerated one is in force."""
    _prepare()
    from compliance.licenses.accelerated import copyrights

    return copyrights.ready()


def _copyrights(location: str, effort: Effort | None) -> Iterator[Any]:
    """ScanCode's detections of copyrights in the file at `location`, if accelerated as far as `effort` allows."""
    from compliance.licenses.accelerated import copyrights

    if copyrights.ready():
        return copyrights.detections(location, effort)
    from cluecode.copyrights import detect_copyrights

    detected: Iterator[Any] = detect_copyrights(location)
    return detected


def license_regions(
    location: Path, *, under_locale: bool = False, effort: Effort | None = None
) -> list[LicenseRegion]:
    """Licenses detected in the file at `location`, in the order of ScanCode's detections.

    Mere clues, which ScanCode doesn't count towards a file's license either, are left out.

    Args:
        location: the file. ScanCode reads hints from its name, so the name must be the original one.
        under_locale: whether the original path has `locale` in it, which makes ScanCode break long lines.
        effort: bounds how much of the file is compared with texts that are only similar, and tells afterwards
            whether all of it was; with the exact ones all of it always is.
    """
    load()
    with neutral_location(location, under_locale) as neutral:
        detections = list(_detections(neutral, effort))
        return [_region(detection) for detection in detections if detection.license_expression is not None]


def copyright_statements(
    location: Path, *, under_locale: bool = False, effort: Effort | None = None
) -> list[CopyrightStatement]:
    """Copyright statements detected in the file at `location`, in order of lines.

    Args:
        location: as above.
        under_locale: as above.
        effort: bounds how much of the file is looked at, and tells afterwards whether all of it was.
    """
    _prepare()
    with neutral_location(location, under_locale) as neutral:
        statements = _statements(_copyrights(neutral, effort))
        if not statements or _is_latin(neutral):
            return statements
        last = max(one.lines[1] for one in statements)
        lines = _lines_for_copyrights(neutral)
        spelling = OriginalSpelling(takewhile(lambda numbered: numbered[0] <= last, lines))
    return [_spelled(one, spelling) for one in statements]


def _lines_for_copyrights(location: str) -> Iterable[tuple[int, str]]:
    """Number and text of each line, as ScanCode reads them for copyrights."""
    from compliance.licenses.accelerated import copyrights

    if copyrights.ready():
        return copyrights.numbered_lines(location)
    from textcode.analysis import numbered_text_lines

    numbered: Iterable[tuple[int, str]] = numbered_text_lines(location, demarkup=True)
    return numbered


def _is_latin(location: str) -> bool:
    """Whether ScanCode reads nothing but ASCII in the file at `location`; of binary files it takes that alone."""
    from typecode import get_type

    kind = get_type(location)
    if not (kind.is_text or kind.is_pdf):
        return True
    with Path(location).open("rb") as file:
        return all(chunk.isascii() for chunk in iter(lambda: file.read(_CHUNK), b""))


def _statements(detections: Iterable[Any]) -> list[CopyrightStatement]:
    """The statements among ScanCode's detections, in Latin letters."""
    from cluecode.copyrights import CopyrightDetection, HolderDetection

    statements: list[CopyrightStatement] = []
    for one in detections:
        lines = (one.start_line, one.end_line)
        if isinstance(one, CopyrightDetection):
            statements.append(CopyrightStatement(one.copyright, (), lines))
        elif isinstance(one, HolderDetection) and statements and statements[-1].lines == lines:
            # ScanCode yields the holders of a statement right after it
            last = statements.pop()
            statements.append(msgspec.structs.replace(last, holders=(*last.holders, one.holder)))
    return statements


def _spelled(found: CopyrightStatement, spelling: OriginalSpelling) -> CopyrightStatement:
    holders = tuple(spelling.of(one, found.lines) for one in found.holders)
    return msgspec.structs.replace(found, statement=spelling.of(found.statement, found.lines), holders=holders)


def transliterated(text: str) -> str:
    """`text` in Latin letters without accents, as ScanCode reads the lines of files."""
    from commoncode.text import toascii

    return str(toascii(text, translit=True))


def _region(detection: Any) -> LicenseRegion:
    matches = tuple(_match(match) for match in detection.matches)
    return LicenseRegion(
        key_expression=detection.license_expression,
        expression=detection.license_expression_spdx,
        lines=(min(match.lines[0] for match in matches), max(match.lines[1] for match in matches)),
        score=lowest_score(matches),
        matches=matches,
    )


def _match(match: Any) -> LicenseMatch:
    from licensedcode.detection import is_license_intro

    return LicenseMatch(
        lines=(match.start_line, match.end_line),
        expression=match.rule.spdx_license_expression(),
        key_expression=match.rule.license_expression,
        rule=match.rule.identifier,
        matcher=match.matcher,
        score=match.score(),
        coverage=match.coverage(),
        referenced_filenames=tuple(match.rule.referenced_filenames or ()),
        introduction=bool(is_license_intro(match)),
        full_text=bool(match.rule.is_license_text),
    )
