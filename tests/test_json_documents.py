"""JSON from strangers: what is accepted reads as the standard library reads it, the rest is a placed fault."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import json_documents
from compliance.json_documents import JsonError, JsonObject

values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**70), max_value=2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def fault(content: bytes) -> JsonError:
    with pytest.raises(JsonError) as raised:
        json_documents.read(content)
    return raised.value


@given(value=values, indent=st.sampled_from([None, 0, 3]))
def test_valid_json_reads_as_the_standard_library_reads_it(value: Any, indent: int | None) -> None:
    content = json.dumps(value, indent=indent)

    assert json_documents.read(content.encode()).root == json.loads(content)


@given(content=st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_fault(content: bytes) -> None:
    try:
        found = json_documents.read(content).root
    except JsonError:
        return
    assert found == json.loads(content)


def test_every_key_knows_its_line() -> None:
    document = json_documents.read(b'{\n  "a": 1,\n  "b": {\n    "c": [\n 2 ],\n"d": 3}}')

    inner: JsonObject = document.root["b"]
    assert [document.line(document.root, key) for key in ("a", "b")] == [2, 3]
    assert [document.line(inner, key) for key in ("c", "d")] == [4, 6]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b'{"a": 1,\n "a": 2}', 2, 2),
        (b'{"a": 1,\n "b": NaN}', 2, 7),
        (b"[-Infinity]", 1, 2),
        (b'{"a": "\\ud800"}', 1, 7),
        (b"\xef\xbb\xbf{}", 1, 1),
        (b"[" * 65 + b"]" * 65, 1, 65),
    ],
)
def test_what_tolerant_readers_accept_is_a_fault_and_marked_as_such(
    content: bytes, line: int, column: int
) -> None:
    found = fault(content)

    assert (found.line, found.column) == (line, column)
    assert found.readable_elsewhere


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"", 1, 1),
        (b'{"a": 1,\n}', 2, 1),
        (b'{"a" 1}', 1, 6),
        (b'{"a": 1} x', 1, 10),
        (b"[1 2]", 1, 4),
        (b'["a\nb"]', 1, 4),
        (b"// comment\n{}", 1, 1),
        (b'{"a": 1,\n "\xff": 2}', 2, 3),
        (b"[" + b"9" * 5000 + b"]", 1, 2),
        (b"{'a': 1}", 1, 2),
    ],
)
def test_broken_syntax_is_a_fault_at_its_place(content: bytes, line: int, column: int) -> None:
    found = fault(content)

    assert (found.line, found.column) == (line, column)
    assert not found.readable_elsewhere


def test_sixty_four_levels_are_accepted() -> None:
    assert json_documents.read(b"[" * 64 + b"]" * 64).root


def test_more_than_sixteen_megabytes_are_refused() -> None:
    assert "more than" in fault(b" " * (json_documents.MAX_BYTES + 1)).what.en


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"[1", b'{"a" 1}', b"{1: 2}", b'{"a": 1, "a": 2}', b"[NaN]", b'["\\ud800"]', b"[1] 2", b"\xff",
        b"\xef\xbb\xbf{}", b'"open', b'"\x01"', b'"\\q"', b'"\\u12"', b"[" * 99,
        b" " * (json_documents.MAX_BYTES + 1),
    ],
)  # fmt: skip
def test_every_fault_is_said_in_korean_too(content: bytes) -> None:
    found = fault(content)
    assert re.search("[가-힣]", found.what.ko)
    assert f"{found.line}행 {found.column}열" in found.said.ko
