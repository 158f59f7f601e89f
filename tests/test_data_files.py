"""The program's own data files: every fault at its place, in both languages."""

from typing import Literal

import msgspec
import pytest

from compliance import data_files
from compliance.data_files import BothLanguages, Country
from compliance.errors import ConfigurationError


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: Country
    count: int | None = None


class Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: BothLanguages
    colour: Literal["red", "blue"]
    parts: tuple[Part, ...] | Literal["none"] = ()


GOOD = b'{"name": {"en": "a", "ko": "b"}, "colour": "red", "parts": [{"code": "KR"}]}'


def places(content: bytes) -> list[tuple[int, int]]:
    return [(fault.line, fault.column) for fault in data_files.faults(content, Whole)]


def said(content: bytes) -> str:
    (fault,) = data_files.faults(content, Whole)
    assert fault.message.ko
    return fault.message.en


def test_a_right_file_is_decoded() -> None:
    decoded = data_files.decode(GOOD, Whole, "whole.json")

    assert decoded == Whole(BothLanguages(en="a", ko="b"), "red", (Part("KR"),))
    assert places(GOOD) == []


def test_all_faults_are_told_at_once_in_the_order_of_their_places() -> None:
    content = b'{"name": {"en": "a", "ko": ""},\n "colour": "green",\n "color": "red"}'

    with pytest.raises(ConfigurationError) as caught:
        data_files.decode(content, Whole, "whole.json")

    assert [line.split(" ", 1)[0] for line in caught.value.lines("en")] == [
        "whole.json:1:22:",
        "whole.json:2:2:",
        "whole.json:3:2:",
    ]
    assert "3 faults" in caught.value.message.en
    assert "3건" in caught.value.message.ko


def test_a_wrong_value_is_named_with_what_may_stand_there() -> None:
    assert said(GOOD.replace(b'"red"', b'"green"')) == "colour can't be 'green'; it may be red, blue"


def test_an_unknown_field_is_named_with_the_known_ones() -> None:
    assert "no field 'colr' here; the fields are name, colour, parts" in said(
        GOOD.replace(b'"parts"', b'"colr": 1, "parts"', 1)
    )


def test_a_missing_field_is_named() -> None:
    assert "'colour' is missing" in said(b'{"name": {"en": "a", "ko": "b"}}')


def test_a_sentence_needs_both_languages() -> None:
    assert "'ko' is missing" in said(GOOD.replace(b', "ko": "b"', b""))


def test_a_fault_inside_a_list_stands_at_its_own_place() -> None:
    content = (
        b'{"name": {"en": "a", "ko": "b"}, "colour": "red",\n "parts": [{"code": "KR"},\n  {"code": "Korea"}]}'
    )

    assert places(content) == [(3, 4)]


def test_a_key_that_stands_twice_is_told_though_a_decoder_would_take_the_last() -> None:
    content = GOOD.replace(b'"colour": "red"', b'"colour": "red", "colour": "blue"')

    assert data_files.decode(content, Whole, "whole.json").colour == "blue"
    assert "occurs twice" in said(content)


@pytest.mark.parametrize("content", [b"", b"[", b"[]", b'"a"', b"\xff{}", b'{"name": nul}'])
def test_what_is_no_object_is_told(content: bytes) -> None:
    with pytest.raises(ConfigurationError):
        data_files.decode(content, Whole, "whole.json")
    assert places(content)
