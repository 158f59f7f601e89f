"""Registrations of model classes in serving engines and auto classes; calls that run a repository's own code."""

import re
from itertools import accumulate
from typing import Literal

import msgspec

from compliance.model.evidence import Lines
from compliance.origins.prose import Prose

MOST = 1_000
"""Registrations that are read of one file."""
_LONGEST_TABLE = 60_000
"""Bytes of one table of models."""
_LONGEST_CALL = 600

Mechanism = Literal["register_model", "auto-class", "entry-class", "model-table", "auto_map", "trust_remote_code"]


class Registration(msgspec.Struct, frozen=True):
    """A class that is announced to an engine or library, or a repository whose own code may run."""

    mechanism: Mechanism
    name: str
    """Name that it is registered under; the repository's where code of its own is trusted, empty where that is no
    literal."""
    target: str
    """The class, as far as the statement says: `pkg.module:Class`, `Class`."""
    lines: Lines


_REGISTER_MODEL = re.compile(rb"register_model\(\s*['\"]([\w.-]+)['\"]\s*,\s*['\"]?([\w.:]+)")
_AUTO_CLASS = re.compile(rb"Auto[A-Z]\w*\.register\(\s*['\"]?([\w.-]+)['\"]?\s*,\s*['\"]?([\w.]+)")
_ENTRY_CLASS = re.compile(rb"EntryClass\s*(?::[^=\n]{1,80})?=\s*(\[[^\]]{0,2000}\]|[\w.]+)")
_TABLE = re.compile(
    rb"MODELS?+(?:_[A-Z]++)*+\s*+(?::[^={\n]{1,120}+)?(?:=|\.update\()\s*+\{|MODULE_MAP\.update\(\s*+\{"
)
_ENTRY = re.compile(
    rb"['\"](\w+)['\"]\s*:\s*(?:\(\s*f?['\"]([^'\"\n]{1,200})['\"]\s*,\s*['\"](\w+)['\"]|f?['\"]([^'\"\n]{1,200})['\"])"
)
_UNTIL_CLOSED = re.compile(rb"(?:[^'\"#}]++|'[^'\n]*+'|\"[^\"\n]*+\"|#[^\n]*+)*+")
_AUTO_MAP = re.compile(rb"auto_map['\"]?\s*[=:]\s*\{")
_REMOTE_CODE = re.compile(rb"trust_remote_code['\"]?\s*[=:]\s*True")
_LOADED = re.compile(
    rb"(?:from_pretrained|from_config|snapshot_download|pipeline|LLM|Engine)\(\s*(?:\w+\s*=\s*)?['\"]([^'\"\n]{1,200})['\"]"
)
_NAMES = re.compile(rb"[A-Za-z_][\w.]*")


_Read = tuple[list[Registration], int]
"""Registrations and where what was read for them ends."""


def registrations(prose: Prose) -> tuple[tuple[Registration, ...], bool]:
    """All of `prose.source` by place, and whether some were left out since there are too many."""
    source = prose.source
    found: list[Registration] = []
    for needle, reader in _READERS:
        at = source.find(needle)
        while at >= 0 and len(found) <= MOST:
            end = at + len(needle)
            if prose.is_code(at):
                read, end = reader(prose, at)
                found.extend(read)
            at = source.find(needle, max(end, at + len(needle)))
    found.sort(key=lambda one: one.lines)
    return tuple(found[:MOST]), len(found) > MOST


def _registered(prose: Prose, at: int) -> _Read:
    return _call(prose, _REGISTER_MODEL, "register_model", at)


def _auto_class(prose: Prose, at: int) -> _Read:
    start = prose.source.rfind(b"Auto", max(0, at - 60), at)
    return _call(prose, _AUTO_CLASS, "auto-class", start) if start >= 0 else ([], at)


def _call(prose: Prose, pattern: re.Pattern[bytes], mechanism: Mechanism, at: int) -> _Read:
    match = pattern.match(prose.source, at, at + _LONGEST_CALL)
    if match is None:
        return [], at
    lines = _lines(prose, at, match.end())
    return [Registration(mechanism, match[1].decode(), match[2].decode(), lines)], match.end()


def _entry_class(prose: Prose, at: int) -> _Read:
    match = _ENTRY_CLASS.match(prose.source, at, at + 2_200)
    if match is None:
        return [], at
    lines = _lines(prose, at, match.end())
    names = [name.decode() for name in _NAMES.findall(match[1])]
    return [Registration("entry-class", name, name, lines) for name in names], match.end()


def _table(prose: Prose, at: int) -> _Read:
    match = _TABLE.match(prose.source, at, at + 240)
    return _entries(prose, "model-table", match.end()) if match else ([], at)


def _auto_map(prose: Prose, at: int) -> _Read:
    match = _AUTO_MAP.match(prose.source, at, at + 40)
    return _entries(prose, "auto_map", match.end()) if match else ([], at)


def _entries(prose: Prose, mechanism: Mechanism, start: int) -> _Read:
    table = _UNTIL_CLOSED.match(prose.source, start, start + _LONGEST_TABLE)
    end = table.end() if table else start
    found = []
    for match in _ENTRY.finditer(prose.source, start, end):
        target = (match[4] or match[2]).decode("utf-8", "replace")
        if match[3]:
            target = f"{target}:{match[3].decode()}"
        lines = _lines(prose, match.start(), match.end())
        found.append(Registration(mechanism, match[1].decode("utf-8", "replace"), target, lines))
    return found, end


def _remote_code(prose: Prose, at: int) -> _Read:
    """A repository whose code is run, where the same call names it."""
    source = prose.source
    if (match := _REMOTE_CODE.match(source, at, at + 60)) is None:
        return [], at
    first, name = at, ""
    calls = list(_LOADED.finditer(source, max(0, at - _LONGEST_CALL), at))
    if calls and _is_open(source[calls[-1].start() : at]):
        first, name = calls[-1].start(), calls[-1][1].decode("utf-8", "replace")
    return [Registration("trust_remote_code", name, "", _lines(prose, first, match.end()))], match.end()


def _is_open(call: bytes) -> bool:
    """Whether the first bracket of `call` is still open at its end."""
    depths = list(accumulate((1 if mark == b"(" else -1) for mark in re.findall(rb"[()]", call)))
    return bool(depths) and min(depths) > 0


def _lines(prose: Prose, start: int, end: int) -> Lines:
    return prose.line(start), prose.line(max(start, end - 1))


_READERS = (
    (b"register_model(", _registered),
    (b".register(", _auto_class),
    (b"EntryClass", _entry_class),
    (b"MODEL", _table),
    (b"MODULE_MAP.update(", _table),
    (b"auto_map", _auto_map),
    (b"trust_remote_code", _remote_code),
)
