"""Loading files of waivers: everything that is wrong with them at once, or waivers that are ready to hold."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

import msgspec

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.model.verdict import Waiver
from compliance.policy import shape, waiver_meaning
from compliance.policy.files import WAIVER_FILE, EditedFile, read_file, wrong
from compliance.policy.waiver_schema import Match, Scope, WaiversDocument


class LoadedWaiver(msgspec.Struct, frozen=True):
    """One waiver of a file."""

    waiver: Waiver
    rules: frozenset[str]
    match: Match
    scope: Scope
    begins: datetime.date | None
    expires: datetime.date
    file: str
    """As assessments name it."""
    line: int
    """Of the waiver in its file, from 1."""


class WaiverFile(msgspec.Struct, frozen=True):
    """A file of waivers that was found correct."""

    name: str
    """As assessments name it."""
    digest: str
    """`sha256:…` of its bytes."""
    waivers: tuple[LoadedWaiver, ...]
    """In the order of the file."""


def load_waivers(paths: Sequence[Path]) -> tuple[WaiverFile, ...]:
    """The waivers in the files `paths`.

    Raises:
        PolicyError: a file can't be read, or one or more are wrong: with every fault and its place.
    """
    files = [read_file(path, str(path), WAIVER_FILE) for path in paths]
    faults = [fault for file in files for fault in _faults(file, files[0])]
    faults += _repeated(files)
    if faults:
        raise wrong(files[0].name, faults, WAIVER_FILE)
    return tuple(_loaded(file) for file in files)


def _faults(file: EditedFile, first: EditedFile) -> Iterator[Fault]:
    name = "" if file is first else file.name
    for fault in (*shape.faults(file.root, WaiversDocument), *waiver_meaning.faults(file.root)):
        yield Fault(fault.line, fault.column, fault.message, name)


def _repeated(files: Sequence[EditedFile]) -> Iterator[Fault]:
    """Identifiers that are taken already, in whichever of the files: reports tell waivers apart by them."""
    first: dict[str, str] = {}
    for file in files:
        entries = file.root.get("waivers")
        for entry in entries if isinstance(entries, list) else []:
            name = entry.get("id") if isinstance(entry, Mapping) else None
            if not isinstance(name, str):
                continue
            line, column = yaml_documents.position(entry, "id")
            if name in first:
                yield Fault(line, column, _taken(name, first[name]), "" if file is files[0] else file.name)
            first.setdefault(name, f"{file.name}:{line}")


def _named(path: str) -> str:
    """How an assessment names the file `path`: as it was called; by its name alone where folders lead elsewhere.

    Reports are passed on, and where somebody keeps other files is nobody's business; a digest tells them apart.
    """
    named = PurePath(path)
    return named.name if named.is_absolute() or ".." in named.parts else named.as_posix()


def _loaded(file: EditedFile) -> WaiverFile:
    name = _named(file.name)
    document = WaiversDocument.model_validate(yaml_documents.plain(file.root))
    return WaiverFile(
        name=name,
        digest=file.digest,
        waivers=tuple(
            LoadedWaiver(
                waiver=Waiver(
                    id=one.id,
                    reason=Text(en=one.reason.en, ko=one.reason.ko),
                    approver=one.approver,
                    begins=one.begins.isoformat() if one.begins else None,
                    expires=one.expires.isoformat(),
                    reference=one.reference,
                ),
                rules=frozenset(one.rules),
                match=one.match,
                scope=one.scope,
                begins=one.begins,
                expires=one.expires,
                file=name,
                line=_line(file.root, index),
            )
            for index, one in enumerate(document.waivers)
        ),
    )


def _line(root: Any, index: int) -> int:
    line, _ = yaml_documents.position(root["waivers"], index)
    return line


def _taken(name: str, place: str) -> Text:
    return Text(
        en=f"the waiver id {name!r} is taken at {place}; choose another",
        ko=f"예외 승인 id 중복: {name!r}({place}). 다른 id로 바꾸세요",
    )
