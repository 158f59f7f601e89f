"""The top of a source file: what the comments before its first code say of rights, without their marks."""

import hashlib
import re
from collections.abc import Iterable, Iterator

import msgspec

LARGEST = 24_000
"""Bytes of a file in which its header is looked for."""

_HASH_SUFFIXES = (".py", ".pyw", ".sh", ".bash")
_HASH_COMMENTS = re.compile(rb"(?:[ \t\f]*+(?:#[^\n]*+)?(?:\n|\Z))*+")
_SLASH_COMMENTS = re.compile(
    rb"(?:\s++|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/|#[ \t]*(?:pragma once|ifndef \w++|define \w++(?=[ \t]*\n)))*+"
)
_DOCSTRING = re.compile(rb'[rRuU]?("""|\'\'\')(.*?)\1', re.DOTALL)
_SHEBANG = re.compile(rb"#!/[^\n]*+")
_GUARD = re.compile(rb"(?m)^#[ \t]*(?:pragma|ifndef|define)\b[^\n]*")
_LEGAL = re.compile(
    r"copy ?right|licen[cs]e|spdx|\(c\)|©|all rights reserved|public domain|redistribut|permission is|warrant",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:adapted|adopted|modified|derived|forked|ported|copied|borrowed|taken|translated|converted)\b"
    r"(?: \w+){0,4}? (?:from|by)\b"
    r"|\bbased (?:up)?on\b|\bmodifications? (?:copyright|\(c\)|by|made)\b|\bmodifications?[^.]{0,60}\bcopyright\b"
    r"|\bthis file (?:has been|was|is) (?:\w+ )?(?:modified|changed|adapted)\b|\bmodified (?:for|to|version)\b"
    r"|\badapted for\b|\bport of\b|\bcode (?:is |was )?(?:borrowed|from)\b|\bwith (?:\w+ )?modifications\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*(?:#+|//+!?|/?\*+(?!/))?\s?|\s*\*+/\s*$")
_TOOL = re.compile(
    r"!.*|[ *-]*-\*-.*|(?:en)?coding[:=].*|vim?:.*|@lint.*|(?:pylint|flake8|fmt|ruff|mypy|isort)\b.*"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIRST_YEAR = 1980
_MOST_YEARS = 40


class Header(msgspec.Struct, frozen=True):
    """What a file says of rights at its top; headers that differ in years alone have one template."""

    template: str
    """Text without comment marks; the first year in it reads 1980, the next different one 1981 …"""
    years: tuple[str, ...]
    """The different years that were there, in order."""
    changes_stated: bool
    """The comments say that the file was modified, or comes from another one."""

    @property
    def digest(self) -> str:
        """Names the template."""
        return hashlib.sha256(self.template.encode()).hexdigest()

    def restored(self, text: str) -> str:
        """`text`, found in the template, with the years that were there."""
        return _YEAR.sub(self._year, text)

    def _year(self, match: re.Match[str]) -> str:
        place = int(match[0]) - _FIRST_YEAR
        return self.years[place] if 0 <= place < len(self.years) else match[0]


def header_of(content: bytes, path: str) -> Header:
    """The header of the file at `path`; its template is empty where it says nothing of rights.

    That is the comments before the first code, and in Python a docstring right after them that speaks of rights.
    """
    lines = [_MARK.sub("", line).rstrip() for line in _comments(content[:LARGEST], path)]
    changed = _CHANGED.search(" ".join(" ".join(lines).split())) is not None
    text = "\n\n".join(_about_rights(_paragraphs(lines)))
    years = tuple(dict.fromkeys(_YEAR.findall(text)))[:_MOST_YEARS]
    numbers = {year: str(_FIRST_YEAR + place) for place, year in enumerate(years)}
    return Header(_YEAR.sub(lambda match: numbers.get(match[0], match[0]), text), years, changed)


def _comments(content: bytes, path: str) -> list[str]:
    content = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if not path.lower().endswith(_HASH_SUFFIXES):
        return _lines(_GUARD.sub(b"", _at(_SLASH_COMMENTS, content)))
    content = content[len(_at(_SHEBANG, content)) :]
    comments = _at(_HASH_COMMENTS, content)
    docstring = _DOCSTRING.match(content, len(comments))
    words = _lines(docstring[2]) if docstring else []
    return [*_lines(comments), "", *words] if any(map(_LEGAL.search, words)) else _lines(comments)


def _at(pattern: re.Pattern[bytes], content: bytes) -> bytes:
    match = pattern.match(content)
    return match[0] if match else b""


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").split("\n")


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Lines that stand together; what is no words, and what speaks to a tool, parts them."""
    together: list[str] = []
    for line in (*lines, ""):
        if any(character.isalnum() for character in line) and not _TOOL.fullmatch(line.strip()):
            together.append(line)
        elif together:
            yield "\n".join(together)
            together = []


def _about_rights(paragraphs: Iterable[str]) -> list[str]:
    """From the first paragraph that speaks of rights to the last: what a license's text has between is kept."""
    told = list(paragraphs)
    legal = [number for number, paragraph in enumerate(told) if _LEGAL.search(paragraph)]
    return told[legal[0] : legal[-1] + 1] if legal else []
