"""Git's configuration syntax, read as text.

`git config` would follow includes and obey settings of whoever wrote the file; here a scanned repository's files
are read and nothing more.
"""

import re
from collections.abc import Iterator

import msgspec

_SECTION = re.compile(r'\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\\n]|\\.)*)")?\s*\]')
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_TOKEN = re.compile(r'\\.|"|[#;]|[^\\"#;]+|\\$', re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "\\": "\\", '"': '"'}


class Setting(msgspec.Struct, frozen=True):
    """One `key = value` of a configuration file."""

    section: str
    """In lower case."""
    subsection: str
    """As written; empty where there is none."""
    key: str
    """In lower case."""
    value: str
    line: int
    """Counted from 1."""


class ConfigTextError(Exception):
    """The text breaks the syntax. `line` is counted from 1."""

    def __init__(self, line: int) -> None:
        """Name the line, counted from 1."""
        super().__init__(f"line {line}: not git configuration syntax")
        self.line = line


def settings(text: str) -> Iterator[Setting]:
    """The settings in `text` in their order; includes are settings like any other.

    Raises:
        ConfigTextError: after the settings before the fault.
    """
    section = subsection = ""
    lines = text.removeprefix("\ufeff").split("\n")
    number = 0
    while number < len(lines):
        line = lines[number].removesuffix("\r").lstrip()
        number += 1
        if opened := _SECTION.match(line):
            section, subsection = opened[1].lower(), re.sub(r"\\(.)", r"\1", opened[2] or "")
            line = line[opened.end() :].lstrip()
        if not line or line[0] in "#;":
            continue
        if not (key := _KEY.match(line)) or not section:
            raise ConfigTextError(number)
        first = number
        pieces = [line[key.end() :].lstrip()]
        while _is_continued(pieces[-1]) and number < len(lines):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(lines[number].removesuffix("\r"))
            number += 1
        yield Setting(section, subsection, key[0].lower(), _value("".join(pieces), first), first)


def _is_continued(piece: str) -> bool:
    return (len(piece) - len(piece.rstrip("\\"))) % 2 == 1


def _value(rest: str, line: int) -> str:
    """The value in `rest`, which follows a key; `true` where there is none."""
    if not rest or rest[0] in "#;":
        return "true"
    if rest[0] != "=":
        raise ConfigTextError(line)
    pieces: list[str] = []
    kept = 0
    quoted = False
    for token in _TOKEN.findall(rest[1:].lstrip()):
        if token in "#;" and not quoted:
            break
        if token == '"':
            quoted = not quoted
        elif token[0] == "\\":
            pieces.append(_escaped(token, line))
            kept = len(pieces)
        elif quoted:
            pieces.append(token)
            kept = len(pieces)
        else:
            kept = _append_unquoted(pieces, token, kept)
    if quoted:
        raise ConfigTextError(line)
    return "".join(pieces[:kept])


def _append_unquoted(pieces: list[str], token: str, kept: int) -> int:
    """Add `token`; how many of `pieces` stand if nothing but spaces follows."""
    text = token.rstrip()
    pieces.extend((text, token[len(text) :]))
    return len(pieces) - 1 if text else kept


def _escaped(token: str, line: int) -> str:
    if token[1:] not in _ESCAPES:
        raise ConfigTextError(line)
    return _ESCAPES[token[1:]]
