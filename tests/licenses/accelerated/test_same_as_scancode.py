"""The accelerated detection says what ScanCode's own says, match for match and position for position."""

import random
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import distributions
from pathlib import Path

import pytest
from hypothesis import settings

from compliance.licenses.scancode import license_keys, license_text
from tests.licenses.accelerated.comparison import by_scancode, by_us
from tests.samples.packages import unpacked

_FILES = 40
_LARGEST = 60_000
_MUTATED, _MUTATED_ON_REQUEST = 120, 5_000
_LONGEST_TEXT = 12_000
"""Characters of a text that is mutated: long ones take ScanCode itself seconds."""
_WORD = re.compile(r"\S+")


def real_files() -> Iterator[Path]:
    """Files of many kinds from installed packages: license texts, metadata, sources; the same every time."""
    seen = 0
    for distribution in sorted(distributions(), key=lambda one: one.name.lower()):
        files = [Path(str(distribution.locate_file(file))) for file in distribution.files or ()]
        texts = [file for file in files if "licen" in file.name.lower()][:1]
        sources = [file for file in files if file.suffix in {".py", ".pyi", ".c", ".h", ".txt", ".so", ".json"}][
            :2
        ]
        for file in (*texts, *sources):
            if file.is_file() and 0 < file.stat().st_size < _LARGEST:
                yield file
                seen += 1
                if seen >= _FILES:
                    return


def assert_same(folder: Path, work: Path) -> int:
    """The number of files compared."""
    theirs = by_scancode(folder, work / "by-scancode.json")
    ours = by_us(folder)
    assert ours.keys() == theirs.keys()
    for path, said in theirs.items():
        assert ours[path] == said, path
    assert any(said["licenses"] for said in theirs.values())
    return len(theirs)


@pytest.mark.slow
def test_real_files_of_many_kinds(tmp_path: Path) -> None:
    for number, file in enumerate(real_files()):
        copy = tmp_path / "files" / str(number) / file.name
        copy.parent.mkdir(parents=True)
        copy.write_bytes(file.read_bytes())

    assert assert_same(tmp_path / "files", tmp_path) == _FILES


@pytest.mark.slow
def test_files_of_model_code(tmp_path: Path) -> None:
    wheel = unpacked("transformers")
    for path in sorted(wheel.rglob("*.py"))[::120]:
        copy = tmp_path / "files" / path.relative_to(wheel)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())

    assert assert_same(tmp_path / "files", tmp_path) > 10


_NOTICE = "Copyright (c) 2024 Team Hanbit. Licensed under the Apache License, Version 2.0."
_SIGN = "\N{COPYRIGHT SIGN}"
STRANGE_FILES: dict[str, bytes] = {
    "empty-lines.txt": b"\n" * 300 + _NOTICE.encode() + b"\n" * 300,
    "carriage-returns.txt": _NOTICE.replace(". ", ".\r").encode() + b"\r",
    "both-line-ends.py": f"# {_NOTICE}\r\n# SPDX-License-Identifier: MIT\r# GPL\n".encode(),
    "no-line-end.txt": b"MIT",
    "latin.txt": f"© {_NOTICE} Français".encode("latin-1"),
    "korean.md": f"저작권 {_SIGN} 2024 {_NOTICE} 라이선스: MIT License\nΣΑΣ ΟΔΟΣ İstanbul ſ K\n".encode(),
    "null.txt": _NOTICE.encode().replace(b" ", b"\0"),
    "separators.txt": _NOTICE.replace(" ", "\u2028").encode() + "\x0b\x0c\x1c\x85".encode(),
    "escapes.js": rf'var a = "\n{_NOTICE}\t\\n GPL\r MIT\n"; // SPDX-License-Identifier: ISC OR 0BSD'.encode(),
    "one-line.json": ('{"license": "' + _NOTICE + '", "n": [' + "1, " * 3000 + '"GPL-2.0-only"]}').encode(),
    "minified.min.js": (f"/*! {_NOTICE} */" + "function f(a){return a+1};" * 400).encode(),
    "app.js.map": b'{"version":3,"sourcesContent":["// Licensed under the MIT License\\nvar a"],"names":[]}',
    "broken.js.map": b'{"version":3,"sourcesContent":[',
    "package.json": b'{"name":"x","license":"MIT","licenses":[{"type":"Apache-2.0"}]}',
    "digits.txt": b"1 2 3\n" * 40 + b"GPL 2\n" + b"4 5 6\n" * 40,
    "tags.c": b"/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */\n// SPDX License Identifier: (MIT",
    "nuget.xml": b"<licenseUrl>https://licenses.nuget.org/(LGPL-2.0-only OR Apache-2.0)</licenseUrl>\n" * 3,
    "list.txt": "\n".join(
        f"{name}: {name} License" for name in ("MIT", "BSD", "ISC", "Zlib", "GPL") * 40
    ).encode(),
    "CREDITS": b"N: Example Authors\nE: authors@example.org\nW: http://example.org\n",
    "page.html": f"<html><p>&copy; 2024 <b>Team Hanbit</b></p><s>{_NOTICE}</s></html>".encode() * 3,
    "tags-taken-out.txt": b"Cop</s>yright (c) 2024 Team Hanbit\nC<s>opyright 20</s>24 Team Hanbit\n\\xc2\\xa9 23",
    "spaced-address.txt": b"see h t t p : / / x for Copyright notices\nall r.i.g.h.t.s r e s e r v e d\n",
    "data.bin": bytes(range(256)) * 20 + _NOTICE.encode() + b"\0GPL\0" * 30 + bytes(range(255, -1, -1)) * 20,
}


@pytest.mark.slow
def test_strange_files(tmp_path: Path) -> None:
    for name, content in STRANGE_FILES.items():
        (tmp_path / "files" / "locale").mkdir(parents=True, exist_ok=True)
        (tmp_path / "files" / name).write_bytes(content)
        (tmp_path / "files" / "locale" / name).write_bytes(content)

    assert assert_same(tmp_path / "files", tmp_path) == 2 * len(STRANGE_FILES)


def mutated(words: list[str], others: Sequence[str], chance: random.Random) -> list[str]:
    """`words` with some dropped, swapped, repeated, replaced or inserted."""
    words = list(words)
    for _ in range(chance.randint(1, max(2, len(words) // 12))):
        place = chance.randrange(len(words))
        match chance.randrange(6):
            case 0:
                del words[place : place + chance.randint(1, 4)]
            case 1:
                other = chance.randrange(len(words))
                words[place], words[other] = words[other], words[place]
            case 2:
                words[place:place] = words[place : place + chance.randint(1, 8)]
            case 3:
                words[place] = chance.choice(("foobar", "xyzzy", "7", "\n\n\n\n\n", "라이선스", "&lt;", "SPDX"))
            case 4:
                start = chance.randrange(len(others))
                words[place:place] = others[start : start + chance.randint(1, 40)]
            case _:
                del words[place + chance.randint(1, 200) :]
        if not words:
            return ["MIT"]
    return words


@pytest.mark.slow
@pytest.mark.timeout(4 * 3_600)  # many texts take ScanCode itself long
@pytest.mark.hypothesis  # so that `make properties` runs it, over many more texts
def test_mutated_license_texts(tmp_path: Path) -> None:
    wanted = _MUTATED_ON_REQUEST if settings.default and settings.default.max_examples >= 2_000 else _MUTATED
    texts = [text for key in license_keys() if (text := license_text(key)) and len(text) < _LONGEST_TEXT]
    chance = random.Random("mutated license texts")  # noqa: S311 - the same texts every time
    folder = tmp_path / "files"
    for number in range(wanted):
        one, other = _WORD.findall(chance.choice(texts)), _WORD.findall(chance.choice(texts))
        words = mutated(one or ["MIT"], other or ["GPL"], chance)
        lines = (" ".join(words[place : place + 11]) for place in range(0, len(words), 11))
        file = folder / str(number // 100) / f"{number}.{chance.choice(('txt', 'py', 'html', 'LICENSE'))}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines))

    assert assert_same(folder, tmp_path) == wanted
