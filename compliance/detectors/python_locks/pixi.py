"""Pixi: the manifest `pixi.toml` and the lock file `pixi.lock`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

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
_ENTRY = re.compile(r"- (?:kind: )?(?P<kind>conda|pypi)(?:: (?P<address>\S.*))?")
_FIELD = re.compile(r"  (?P<key>[A-Za-z0-9_]+):(?: (?P<value>.*))?")
_DEEPER = re.compile(r"(?:  - |  -$|    |  [A-Za-z0-9_]+:$).*")


def manifest(text: str) -> Iterator[DependencyFinding | Skip]:
    """The dependencies in a `pixi.toml`, of every feature and platform.

    Raises:
        UnreadableFileError: not TOML.
    """
    yield from tables(toml_files.read(text), text)


def tables(document: dict[str, Any], text: str) -> Iterator[DependencyFinding | Skip]:
    """The dependencies in Pixi's tables below `document`, a part of the file `text`."""
    yield from _targets(document, "runtime", text)
    features = toml_files.table(document, "feature")
    for feature in features:
        yield from _targets(toml_files.table(features, feature), feature[:100], text)


def _targets(part: dict[str, Any], scope: str, text: str) -> Iterator[DependencyFinding]:
    yield from _dependencies(part, scope, text)
    targets = toml_files.table(part, "target")
    for target in targets:
        yield from _dependencies(toml_files.table(targets, target), scope, text)


def _dependencies(part: dict[str, Any], scope: str, text: str) -> Iterator[DependencyFinding]:
    for table, (ecosystem, own_scope) in _TABLES.items():
        for name, requirement in toml_files.table(part, table).items():
            if isinstance(requirement, dict) and ("path" in requirement or "editable" in requirement):
                continue
            wanted = requirement if isinstance(requirement, str) else toml_files.words(requirement, "version")
            version = exact_version(wanted.strip())
            git = toml_files.words(requirement, "git")
            address = f"git+{git.removeprefix('git+')}" if git else toml_files.words(requirement, "url")
            yield DependencyFinding(
                lines=toml_files.line_of_key(text, name, table),
                purl=package_urls.of_address(address, package_urls.purl(ecosystem, name, version)),
                scope=own_scope or scope,
                locked=bool(version),
            )


@dataclass(slots=True)
class _Locked:
    """One entry of the lock file's packages while its lines are read."""

    kind: str
    address: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)


def lock(text: str) -> Iterator[DependencyFinding | Skip]:
    """The packages in a `pixi.lock`, each once, with the licenses that it records for Conda packages.

    Lock files of a megabyte are usual, too much for a YAML reader with positions. Pixi writes one plain layout,
    and a line that doesn't fit it is a fault, so nothing can hide in other YAML.

    Raises:
        UnreadableFileError: another version or layout.
    """
    version = re.search(r"^version: *(\d+)[ \t]*$", text, re.MULTILINE)
    if version is None or int(version[1][:4]) not in _LOCK_VERSIONS:
        raise UnreadableFileError(
            f"pixi.lock of version {version[1][:20] if version else 'unknown'}", "unsupported"
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
        raise UnreadableFileError("no packages")
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
            raise UnreadableFileError(f"line {number}: not in the layout that Pixi writes")
    if entry:
        yield entry


def _name(entry: _Locked) -> tuple[str, str]:
    """Name and version: from the entry's fields, else from the file name in its address."""
    name, version = (entry.fields.get(key, "").strip("'\"") for key in ("name", "version"))
    address = entry.address or entry.fields.get("url", "")
    if name or not address:
        if not name:
            raise UnreadableFileError(f"line {entry.line}: package without a name")
        return name, version
    file_name = unquote(urlsplit(address).path.rsplit("/", 1)[-1])
    if entry.kind == "conda":
        parts = re.sub(r"\.(?:conda|tar\.bz2)$", "", file_name).rsplit("-", 2)
        if len(parts) == 3:
            return parts[0], parts[1]
    raise UnreadableFileError(f"line {entry.line}: package without a name")
