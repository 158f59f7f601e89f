"""Pixi: the manifest `pixi.toml` and the lock file `pixi.lock`."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from compliance import package_urls
from compliance.detectors.python_locks import toml_files
from compliance.detectors.python_locks.conda import exact_version
from compliance.detectors.python_locks.toml_files import UnreadableFileError
from compliance.licenses import declared
from compliance.model.finding import DependencyFinding
from compliance.model.skip import Skip

_TABLES = {
    "dependencies": ("conda", ""),
    "run-dependencies": ("conda", ""),
    "host-dependencies": ("conda", "build"),
    "build-dependencies": ("conda", "build"),
    "pypi-dependencies": ("pypi", ""),
}
"""Tables of dependencies with their ecosystem and scope; an empty scope is that of the feature."""

_LOCK_VERSIONS = range(4, 8)
_PLAIN = r"(?![\[\]{},#&*!|>%@`])"
"""What follows isn't the begin of a list, a mapping, an alias or another of YAML's structures."""
_ENTRY = re.compile(rf"- (?:kind: )?(?P<kind>conda|pypi)(?:: (?P<address>{_PLAIN}\S.*))?")
_FIELD = re.compile(r"  (?P<key>[A-Za-z0-9_]+):(?: (?P<value>.*))?")
_DEEPER = re.compile(r"(?:  - |  -$|    |  [A-Za-z0-9_]+:$).*")


def manifest(text: str) -> Iterator[DependencyFinding | Skip]:
    """The dependencies in a `pixi.toml`, of every feature and platform.

    Raises:
        UnreadableFileError: not TOML.
    """
    yield from tables(toml_files.read(text), text)


def tables(document: dict[str, Any], text: str) -> Iterator[DependencyFinding | Skip]:
    """The dependencies in Pixi's tables below `document`, a part of the file `text`.

    Raises:
        UnreadableFileError: the features aren't a table.
    """
    yield from _part(_Place(document, (), "runtime", text))
    for feature in toml_files.table(document, "feature"):
        yield from _part(_Place(document, ("feature", feature), feature[:100], text))


class _Place(msgspec.Struct, frozen=True):
    """Something that Pixi's manifest has."""

    document: dict[str, Any]
    keys: tuple[str, ...]
    """That lead there from the document."""
    scope: str
    text: str
    """The file."""

    def below(self, *keys: str) -> "_Place":
        return msgspec.structs.replace(self, keys=(*self.keys, *keys))

    def table(self) -> dict[str, Any]:
        return toml_files.table(self.document, *self.keys)

    def words(self, key: str) -> str:
        return toml_files.words(self.document, *self.keys, key)


def _part(part: _Place) -> Iterator[DependencyFinding | Skip]:
    """What the manifest itself or a feature asks for; no fault hides what else is there."""
    yield from _dependencies(part)
    yield from toml_files.faults_as_skips(_targets(part.below("target")))


def _targets(targets: _Place) -> Iterator[DependencyFinding | Skip]:
    for target in targets.table():
        yield from _dependencies(targets.below(target))


def _dependencies(part: _Place) -> Iterator[DependencyFinding | Skip]:
    for name in _TABLES:
        yield from toml_files.faults_as_skips(_table(part.below(name)))


def _table(dependencies: _Place) -> Iterator[DependencyFinding | Skip]:
    for name, requirement in dependencies.table().items():
        yield from toml_files.faults_as_skips(_dependency(dependencies.below(name), requirement))


def _dependency(place: _Place, requirement: Any) -> Iterator[DependencyFinding]:
    *_, table, name = place.keys
    ecosystem, scope = _TABLES[table]
    wanted, git, url = requirement, "", ""
    if not isinstance(requirement, str):
        if {"path", "editable"} & place.table().keys():
            return
        wanted, git, url = (place.words(key) for key in ("version", "git", "url"))
    version = exact_version(wanted.strip())
    address = f"git+{git.removeprefix('git+')}" if git else url
    yield DependencyFinding(
        lines=toml_files.line_of_key(place.text, name, table),
        purl=package_urls.of_address(address, package_urls.purl(ecosystem, name, version)),
        scope=scope or place.scope,
        locked=bool(version),
    )


class _Locked(msgspec.Struct):
    """One entry of the lock file's packages while its lines are read."""

    kind: str
    address: str
    line: int
    fields: dict[str, str] = msgspec.field(default_factory=dict)


def lock(text: str) -> Iterator[DependencyFinding | Skip]:
    """The packages in a `pixi.lock`, each once, with the licenses that it records for Conda packages.

    Lock files of a megabyte are usual, too much for a YAML reader with positions. Pixi writes one plain layout,
    and a line that doesn't fit it is a fault, so nothing can hide in other YAML.

    Raises:
        UnreadableFileError: another version or layout.
    """
    version = re.search(r"^version: *(\d+)[ \t]*$", text, re.MULTILINE)
    if version is None or int(version[1][:4]) not in _LOCK_VERSIONS:
        named = version[1][:20] if version else ""
        raise UnreadableFileError(
            f"pixi.lock of version {named or 'unknown'}", f"pixi.lock 버전 {named or '불명'}", "unsupported"
        )
    for entry in _entries(text):
        if entry.address and "://" not in entry.address:  # a project of the examined tree itself
            continue
        name, pinned = _name(entry)
        words = entry.fields.get("license", "").strip("'\"")
        yield DependencyFinding(
            lines=(entry.line, entry.line),
            purl=package_urls.purl(entry.kind, name, pinned),
            expression=declared.expression_of(words) if words else None,
            scope="runtime",
            locked=bool(pinned),
        )


def _entries(text: str) -> Iterator[_Locked]:
    start = re.search(r"^packages:[ \t]*(\[\])?$", text, re.MULTILINE)
    if start is None:
        raise UnreadableFileError("no packages", "패키지 목록 없음")
    first = text.count("\n", 0, start.end()) + 2
    entry: _Locked | None = None
    for number, line in enumerate(text[start.end() :].split("\n")[1:], start=first):
        if not line.strip():
            continue
        if begun := _ENTRY.fullmatch(line.rstrip()):
            if entry:
                yield entry
            entry = _Locked(begun["kind"], begun["address"] or "", number)
        elif entry and (found := _FIELD.fullmatch(line.rstrip())) and found["value"]:
            entry.fields[found["key"]] = found["value"]
        elif entry is None or not _DEEPER.fullmatch(line.rstrip()):
            raise UnreadableFileError(
                f"line {number}: not in the layout that Pixi writes", f"{number}행: Pixi 형식과 다른 배치"
            )
    if entry:
        yield entry


def _name(entry: _Locked) -> tuple[str, str]:
    """Name and version: from the entry's fields, else from the file name in its address."""
    name, version = (entry.fields.get(key, "").strip("'\"") for key in ("name", "version"))
    address = entry.address or entry.fields.get("url", "")
    if name or not address:
        if not name:
            raise _nameless(entry)
        return name, version
    file_name = unquote(urlsplit(address).path.rsplit("/", 1)[-1])
    if entry.kind == "conda":
        parts = re.sub(r"\.(?:conda|tar\.bz2)$", "", file_name).rsplit("-", 2)
        if len(parts) == 3:
            return parts[0], parts[1]
    raise _nameless(entry)


def _nameless(entry: _Locked) -> UnreadableFileError:
    return UnreadableFileError(f"line {entry.line}: package without a name", f"{entry.line}행: 이름 없는 패키지")
