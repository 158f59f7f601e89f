"""What a manifest's license declaration means, in the manifest's own ecosystem."""

import re
from collections.abc import Iterator
from email.parser import BytesHeaderParser
from typing import Any, Literal

import msgspec

from compliance import yaml_documents
from compliance.licenses import declared

_CHOICE = frozenset({"composer", "maven"})
"""Ecosystems whose documentation says that several declared licenses are a choice. Elsewhere they add up: nothing
says otherwise, and AND is the stricter reading."""

_CORE_METADATA = frozenset(
    {"pypi_editable_egg_pkginfo", "pypi_egg_pkginfo", "pypi_sdist_pkginfo", "pypi_wheel_metadata"}
)
_YAML = re.compile(r"- |\[|\{|'?[@#\w]+'?:(?:\s|$)")
_NOT_WORDS = frozenset({"url", "@type", "licenselogic"})
_LICENSE_FILES = re.compile(r"\s*license_files:.*", re.DOTALL)


class Declaration(msgspec.Struct, frozen=True):
    """A declared license."""

    expression: str | None
    """SPDX; None where the words don't name one license for certain."""
    words: str
    """What the manifest says."""


def declaration(statement: str, *, ecosystem: str, datasource: str, content: bytes) -> Declaration | None:
    """The license that a manifest declares; None where it declares none.

    Arguments:
        statement: the declaration as ScanCode extracted it: words, or YAML where it has a structure.
        ecosystem: type of the package's purl.
        datasource: ScanCode's id of the format.
        content: the file; ScanCode 32.5 doesn't read the `License-Expression` of PEP 639 in it.
    """
    if datasource in _CORE_METADATA and (expression := _header(content, "License-Expression")):
        return Declaration(expression=declared.expression_of(expression), words=expression)
    if datasource == "pypi_setup_cfg":
        statement = _LICENSE_FILES.sub("", statement)
    if not statement.strip():
        return None
    structure = _structure(statement)
    expression_found = _expression(structure, ecosystem)
    return Declaration(expression=expression_found, words="; ".join(_words(structure)) or statement)


def _header(content: bytes, name: str) -> str:
    return str(BytesHeaderParser().parsebytes(content).get(name) or "").strip()


def _structure(statement: str) -> Any:
    """`statement` as lists and mappings where it is YAML of such, else as it is."""
    if not _YAML.match(statement):
        return statement
    try:
        found = yaml_documents.plain(yaml_documents.read(statement))
    except yaml_documents.YamlError:
        return statement
    return found if isinstance(found, (list, dict)) else statement


def _expression(structure: Any, ecosystem: str) -> str | None:
    match structure:
        case str():
            return _expression_of_words(structure, ecosystem)
        case {"classifiers": list(classifiers), **rest}:
            words = "; ".join(_words(rest.get("license")))
            return declared.expression_of_metadata(words, [str(one) for one in classifiers])
        case {"license": inner}:
            return _expression(inner, ecosystem)
        case {"licenses": list(several), "licenselogic": logic}:
            return _joined(several, ecosystem, "OR" if logic == "or" else "AND")
        case {"#text": str(words)} | {"type": str(words)} | {"name": str(words)} | {"text": str(words)}:
            return _expression_of_words(words, ecosystem)
        case list():
            return _joined(structure, ecosystem, "OR" if ecosystem in _CHOICE else "AND")
        case _:
            return None


def _joined(several: list[Any], ecosystem: str, operator: Literal["AND", "OR"]) -> str | None:
    from compliance.licenses import spdx

    found = [_expression(one, ecosystem) for one in several]
    known = [expression for expression in found if expression]
    return spdx.join(known, operator) if known and len(known) == len(found) else None


def _expression_of_words(words: str, ecosystem: str) -> str | None:
    if ecosystem == "cargo":  # Cargo's own notation for a choice before it took up SPDX's
        words = words.replace("/", " OR ")
    return declared.expression_of(words)


def _words(structure: Any) -> Iterator[str]:
    """Every text in `structure`, in its order, without addresses of license texts."""
    match structure:
        case str():
            yield " ".join(structure.split())
        case list():
            for one in structure:
                yield from _words(one)
        case dict():
            for key, one in structure.items():
                if key not in _NOT_WORDS or len(structure) == 1:
                    yield from _words(one)
