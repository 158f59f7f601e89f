"""Conda environment files: packages of channels, and the list that pip installs on top."""

import re
from collections.abc import Iterator
from typing import Any

from compliance import package_urls
from compliance.detectors.python_locks import toml_files
from compliance.detectors.python_locks.toml_files import UnreadableFileError
from compliance.model.finding import DependencyFinding
from compliance.model.skip import Skip
from compliance.model.skip_words import at_line, at_place, first_lines
from compliance.model.text import Text

_SPEC = re.compile(
    r"(?:(?P<channel>[^\s:]+)::)?(?P<name>[A-Za-z0-9_][A-Za-z0-9_.+-]*)\s*(?:\[[^\]]*\])?(?P<rest>.*)", re.DOTALL
)
_EXACT = re.compile(
    r"==\s*(?P<version>[^\s,|*<>=!]+)|=(?P<built>[^\s,|*<>=!]+)=[^\s=]+|\s(?P<spaced>[^\s,|*<>=!]+)\s\S+"
)

_EDITABLE = re.compile(r"(?:-e|--editable(?=[\s=]))[\s=]*")
_OTHER_FILE = re.compile(r"(?:-r|--requirement(?=[\s=]))[\s=]*(?P<file>\S.*)")
_READ_BY_NAME = re.compile(r"(?!/|.*://)(?:.*requirement.*\.(?:txt|pip|in)|.*(?:requires|reqs)\.txt)")
"""Lists of requirements that are read wherever they stand in the tree, since their names say what they are."""


def exact_version(rest: str) -> str:
    """The version in what follows a Conda package's name, if it names exactly one (`==1.2`, `=1.2=build`)."""
    found = _EXACT.fullmatch(rest.rstrip() if not rest.startswith("==") else rest.strip())
    return next((version for version in found.groups() if version), "") if found else ""


def read(text: str) -> Iterator[DependencyFinding | Skip]:
    """The dependencies of the environment in `text`; nothing for YAML that isn't one.

    Raises:
        UnreadableFileError: broken YAML, whatever it was meant to be, or dependencies that aren't a list.
    """
    from compliance import yaml_documents

    try:
        environment = yaml_documents.read(text)
    except yaml_documents.YamlError as fault:
        if isinstance(fault, yaml_documents.YamlRefusedError) and "dependencies" not in text:
            return
        said = at_place(fault.line, fault.column, first_lines(fault.message))
        raise UnreadableFileError(said.en, said.ko) from fault
    match environment:
        case {"dependencies": list(dependencies)}:
            yield from _listed(dependencies)
        case {"dependencies": wrong} if wrong is not None:
            line, column = yaml_documents.key_position(environment, "dependencies")
            said = at_place(line, column, Text(en="dependencies isn't a list", ko="dependencies: 목록 아님"))
            raise UnreadableFileError(said.en, said.ko)


def _listed(dependencies: list[Any]) -> Iterator[DependencyFinding | Skip]:
    from compliance import yaml_documents

    for place, entry in enumerate(dependencies):
        line = yaml_documents.position(dependencies, place)[0]
        match entry:
            case str():
                yield _conda(entry, line)
            case {"pip": list(requirements)} if len(entry) == 1:
                for inner, words in enumerate(requirements):
                    yield from _pip(words, yaml_documents.position(requirements, inner)[0])
            case _:
                yield Skip.of(
                    "malformed",
                    at_line(
                        line,
                        Text(en="neither a package nor a list for pip", ko="패키지도 pip 목록도 아닌 항목"),
                    ),
                )


def _conda(entry: str, line: int) -> DependencyFinding | Skip:
    found = _SPEC.fullmatch(entry.strip())
    if found is None:
        return Skip.of(
            "malformed",
            at_line(
                line, Text(en=f"{entry[:100]!r} is no Conda package", ko=f"Conda 패키지 아님: {entry[:100]!r}")
            ),
        )
    version = exact_version(found["rest"])
    channel = {"channel": found["channel"]} if found["channel"] else {}
    return DependencyFinding(
        lines=(line, line),
        purl=package_urls.purl("conda", found["name"].lower(), version, channel),
        scope="runtime",
        locked=bool(version),
    )


def _pip(entry: Any, line: int) -> Iterator[DependencyFinding | Skip]:
    """pip's own options point to other files of the tree or to indexes; requirements may be addresses."""
    if not isinstance(entry, str):
        yield Skip.of("malformed", at_line(line, Text(en="no requirement for pip", ko="pip 요구 사항 아님")))
        return
    words = _EDITABLE.sub("", re.sub(r"\s+#.*", "", entry.strip()))
    if (found := _OTHER_FILE.fullmatch(words)) and not _READ_BY_NAME.fullmatch(found["file"]):
        named = repr(found["file"][:100])
        said = Text(en=f"requirements in {named} were not followed", ko=f"따라가지 않은 요구 사항 파일: {named}")
        yield Skip.of("unsupported", at_line(line, said))
    if words.startswith("-") or not words:
        return
    try:
        purl, locked = package_urls.of_address(words), False
        if not purl:
            if words.startswith((".", "/")):
                return
            purl, locked = package_urls.of_requirement(words)
    except ValueError as error:
        yield Skip.of(
            "malformed",
            at_line(
                line,
                Text(
                    en=f"{words[:100]!r}: {toml_files.one_line(error)}",
                    ko=f"잘못된 요구 사항 {words[:100]!r}: {toml_files.one_line(error)}",
                ),
            ),
        )
        return
    yield DependencyFinding(lines=(line, line), purl=purl, scope="runtime", locked=locked)
