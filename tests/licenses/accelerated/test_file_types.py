"""What detection asks of a file's type is answered as ScanCode answers it, though libmagic is asked for less."""

import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.licenses.accelerated import file_types
from compliance.licenses.scancode import use_private_folders

use_private_folders()

from textcode import markup  # noqa: E402 - only with folders of our own
from typecode import contenttype, magic2  # noqa: E402

_MEDIA_TYPES = ("image", "picture", "audio", "video", "graphic", "sound", "pdf")
"""In MIME types: what ScanCode tells media and PDFs by."""
_SIZE = 376
"""Bytes of a pattern in libmagic's compiled file."""
_NAME, _USE = 45, 46
_FOR_BINARY, _FOR_TEXT = 0x20, 0x40


@dataclass(frozen=True)
class Pattern:
    level: int
    flag: int
    kind: int
    value: str
    says: str
    mime: str


def patterns() -> Iterator[Pattern]:
    content = Path(magic2.get_magicdb_location()).read_bytes()
    for place in range(_SIZE, len(content) - _SIZE + 1, _SIZE):
        one = content[place : place + _SIZE]
        (level,) = struct.unpack_from("<H", one)
        value, says, mime = (one[at : at + size] for at, size in ((32, 128), (160, 64), (224, 80)))
        yield Pattern(
            level, one[2], one[6], *(text.split(b"\0")[0].decode("latin-1") for text in (value, says, mime))
        )


@pytest.fixture(scope="module")
def groups() -> list[list[Pattern]]:
    """Patterns with those that are tried after them."""
    grouped: list[list[Pattern]] = []
    for one in patterns():
        if one.level == 0:
            grouped.append([])
        grouped[-1].append(one)
    return grouped


def with_used(group: list[Pattern], groups: list[list[Pattern]]) -> Iterator[Pattern]:
    """All that can be tried once the first pattern of `group` fits."""
    named = {one[0].value: one for one in groups if one[0].kind == _NAME}
    waiting, seen = [group], {group[0].value}
    while waiting:
        for one in waiting.pop():
            yield one
            name = one.value.lstrip("^")
            if one.kind == _USE and name in named and name not in seen:
                seen.add(name)
                waiting.append(named[name])


def test_the_compiled_patterns_are_read_as_libmagic_wrote_them(groups: list[list[Pattern]]) -> None:
    assert file_types.patterns_are_known()
    assert len(groups) > 3_000
    assert any(one.says == "PDF document" and one.mime == "application/pdf" for group in groups for one in group)


def test_patterns_of_text_that_tell_media_or_a_pdf_begin_as_listed(groups: list[list[Pattern]]) -> None:
    telling = set()
    for group in groups:
        if group[0].flag & _FOR_TEXT:
            tried = list(with_used(group, groups))
            said = "".join(one.says for one in tried).lower() + " ".join(one.says for one in tried).lower()
            words = (*file_types.TELLING_WORDS, "long lines", "spline font database")
            if any(word in said for word in words) or any(w in one.mime for one in tried for w in _MEDIA_TYPES):
                telling.add(group[0].value)

    assert telling == set(file_types.BEGINNINGS)


def test_what_has_a_media_type_also_says_something(groups: list[list[Pattern]]) -> None:
    """So where libmagic says nothing of a file by patterns of binary files, it has no such type by them either."""
    for group in (one for one in groups if one[0].flag & _FOR_BINARY):
        above: list[Pattern] = []
        for one in group:
            above = [*(other for other in above if other.level < one.level), one]
            if any(word in one.mime for word in _MEDIA_TYPES):
                assert any(other.says for other in above), one


_PIECES = st.sampled_from(
    (
        *(word.encode() for word in (*file_types.TELLING_WORDS, *file_types.BEGINNINGS)),
        *(
            b"#!/usr/bin/",
            b"#! /usr/bin/env ",
            b"Content-Type: ",
            b":Base icon.hlp\n",
            b"<?xml version=",
            b"(This file ",
        ),
        *(b"\n", b" ", b"\t", b"x" * 400, b"int main() {}\n", b"{", b"}", b"[1]", b"a,b\n1,2\n", b"\xef\xbb\xbf"),
        *(
            "é한".encode(),
            b"\xe9\xff",
            b"\x1b[0m",
            b"\b",
            b"+ADw-",
            b"~{<:Ky2;S{#~}",
            b"<a>",
            b"</a>",
            b"> <" * 30,
        ),
        *(
            *(b"# -*- coding: utf-16 -*-\n", b"# coding: UTF8\n", b"# coding=iso-8859-15\n", b"# coding: cp037\n"),
            *(b'<?xml version="1.0" encoding="utf-16"?>', b"<?xml version='1.0' encoding = 'UTF-8'?>"),
            *(b"encoding=None\n", b"open(path, encoding='utf-7')\n", b'charset = "utf-8"\n'),
            b"GEM",
            b"SplineFontDB: 3.0\n",
        ),
        *(b"<html><meta charset=hz>", b"function(){}", b"import os\n", b"%!PS", b"\0\0", b"RIFF\0\0\0\0AVI "),
    )
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_PIECES, min_size=1, max_size=12),
    st.sampled_from(("a.py", "a.svg", "a.tga", "a.json", "a", "a.html")),
)
def test_detection_learns_the_same_of_a_file(tmp_path: Path, pieces: list[bytes], name: str) -> None:
    location = tmp_path / secrets.token_hex(8) / name  # ScanCode remembers the size of what was at a path
    location.parent.mkdir()
    location.write_bytes(b"".join(pieces))

    assert facts(str(location), ours=True) == facts(str(location), ours=False)


def facts(location: str, *, ours: bool) -> list[object]:
    contenttype._registry.clear()
    known = file_types.described(location) if ours else contenttype.get_type(location)
    is_markup = file_types.is_markup if ours else markup.is_markup
    return [
        *(known.is_text, known.is_media, known.is_pdf, known.contains_text, known.is_text_with_long_lines),
        *(known.is_compact_js, known.is_js_map, known.filetype_file == "data"),
        known.filetype_file.startswith("Spline Font Database"),
        bool(known.contains_text and is_markup(location)),
    ]


def test_another_libmagic_is_asked_as_scancode_asks_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TYPECODE_LIBMAGIC_DB_PATH", str(tmp_path / "magic.mgc"))
    file_types.patterns_are_known.cache_clear()
    (tmp_path / "a.py").write_text("import os\n")
    try:
        contenttype._registry.clear()
        assert file_types.described(str(tmp_path / "a.py"))._filetype_file is None
    finally:
        monkeypatch.undo()
        file_types.patterns_are_known.cache_clear()
