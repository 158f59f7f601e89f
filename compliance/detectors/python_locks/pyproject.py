"""What ScanCode leaves out of pyproject.toml: dependency groups (PEP 735), build requirements, tools' tables.

ScanCode takes a file that mentions `tool.poetry` for a Poetry manifest and then misses its `[project]` table.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from compliance import package_urls
from compliance.detectors.python_locks import pixi, toml_files
from compliance.detectors.python_locks.toml_files import UnreadableFileError
from compliance.licenses import declared
from compliance.model.evidence import Statement
from compliance.model.finding import DependencyFinding, Finding, LicenseFinding
from compliance.model.skip import Skip
from compliance.model.skip_words import at_line
from compliance.model.text import Text

MAX_GROUP_DEPTH = 20


class _Requirement(msgspec.Struct, frozen=True):
    words: str
    scope: str
    after: str
    """Text behind which the requirement stands in the file."""


def read(text: str) -> Iterator[Finding | Skip]:
    """The packages that `text` names and that ScanCode's readers leave out.

    Broken TOML has none: ScanCode's reader gets every such file too, and reports it.
    """
    try:
        document = toml_files.read(text)
    except UnreadableFileError:
        return
    project = toml_files.table(document, "project")
    own = list(_project_requirements(project))
    missed = "tool.poetry" in text
    seen = _poetry_names(document) if missed else {purl for one in own if (purl := _purl(one.words))}
    if missed and project:
        yield from _project(project, document, text)
    for one in [*(own if missed else ()), *_others(document)]:
        if not isinstance(one, _Requirement):
            yield one
            continue
        try:
            purl, locked = package_urls.of_requirement(one.words)
        except ValueError as error:
            line = toml_files.line_of(text, one.words, one.after)
            fault = f"{one.words[:100]!r}: {toml_files.one_line(error)}"
            said = Text(en=f"requirement {fault}", ko=f"요구 사항 {fault}")
            yield Skip.of("malformed", at_line(line[0], said) if line else said)
            continue
        if _base(purl) not in seen:
            seen.add(_base(purl))
            line = toml_files.line_of(text, one.words, one.after)
            yield DependencyFinding(lines=line, purl=purl, scope=one.scope, locked=locked)
    yield from pixi.tables(toml_files.table(document, "tool", "pixi"), text)


def _purl(words: str) -> str:
    try:
        return _base(package_urls.of_requirement(words)[0])
    except ValueError:
        return ""


def _base(purl: str) -> str:
    """`purl` without version and qualifiers: a package counts once for a file."""
    return purl.partition("?")[0].partition("@")[0]


def _project(project: dict[str, Any], document: dict[str, Any], text: str) -> Iterator[Finding]:
    """The project itself, unless Poetry's own table names it, which ScanCode reads."""
    poetry = toml_files.table(document, "tool", "poetry")
    stated = project.get("license")
    words = stated if isinstance(stated, str) else toml_files.words(stated, "text")
    expression = declared.expression_of(words) if words else None
    if name := toml_files.words(project, "name"):
        version = toml_files.words(project, "version")
        if not toml_files.words(poetry, "name"):
            yield DependencyFinding(
                lines=toml_files.line_of_key(text, "name", "[project]"),
                purl=package_urls.purl("pypi", name, version),
                expression=expression,
                scope="package",
                locked=bool(version),
            )
    if words and not poetry.get("license"):
        line = toml_files.line_of_key(text, "license", "[project]")
        yield LicenseFinding(
            lines=line,
            expression=expression,
            basis="declared",
            subject="package",
            evidence=(Statement(lines=line, field="license", says=words[:200]),),
        )


def _project_requirements(project: dict[str, Any]) -> Iterator[_Requirement]:
    for words in toml_files.listed(project, "dependencies"):
        if isinstance(words, str):
            yield _Requirement(words, "runtime", "dependencies")
    optional = toml_files.table(project, "optional-dependencies")
    for group in optional:
        for words in toml_files.listed(optional, group):
            if isinstance(words, str):
                yield _Requirement(words, group[:100], "optional-dependencies")


def _poetry_names(document: dict[str, Any]) -> set[str]:
    """What ScanCode reports for Poetry's tables: names without versions."""
    poetry = toml_files.table(document, "tool", "poetry")
    tables = [toml_files.table(poetry, "dependencies"), toml_files.table(poetry, "dev-dependencies")]
    groups = toml_files.table(poetry, "group")
    tables += [toml_files.table(groups, group, "dependencies") for group in groups]
    return {package_urls.purl("pypi", name) for names in tables for name in names if name}


def _others(document: dict[str, Any]) -> Iterator[_Requirement | Skip]:
    for words in toml_files.listed(toml_files.table(document, "build-system"), "requires"):
        if isinstance(words, str):
            yield _Requirement(words, "build", "build-system")
    groups = toml_files.table(document, "dependency-groups")
    for group in groups:
        yield from _group(groups, group, group, ())
    for words in toml_files.listed(toml_files.table(document, "tool", "uv"), "dev-dependencies"):
        if isinstance(words, str):
            yield _Requirement(words, "dev", "tool.uv")
    pdm = toml_files.table(document, "tool", "pdm", "dev-dependencies")
    for group in pdm:
        for words in toml_files.listed(pdm, group):
            if isinstance(words, str) and not words.startswith("-e "):
                yield _Requirement(words, "dev", "tool.pdm")


def _group(
    groups: dict[str, Any], name: str, scope: str, within: tuple[str, ...]
) -> Iterator[_Requirement | Skip]:
    """The requirements of the group `name`, with those of the groups that it includes; `within` holds the groups
    that include it. An included group is also reported under its own name: the first report stays."""
    path = " > ".join((*within, name))[:200]
    if name in within or len(within) >= MAX_GROUP_DEPTH:
        yield Skip.of(
            "malformed",
            Text(
                en=f"dependency-groups: {path} includes itself or is too deep",
                ko=f"dependency-groups: {path}: 자신을 포함하거나 너무 깊음",
            ),
        )
        return
    if not isinstance(groups.get(name), list):
        yield Skip.of(
            "malformed",
            Text(
                en=f"dependency-groups: {path} is not a list of requirements",
                ko=f"dependency-groups: {path}: 요구 사항 목록 아님",
            ),
        )
        return
    for entry in groups[name]:
        match entry:
            case str():
                yield _Requirement(entry, scope[:100], "dependency-groups")
            case {"include-group": str(other)}:
                yield from _group(groups, other, scope, (*within, name))
            case _:
                yield Skip.of(
                    "malformed",
                    Text(
                        en=f"dependency-groups: {path} has an entry of unknown form",
                        ko=f"dependency-groups: {path}: 알 수 없는 형식의 항목",
                    ),
                )
