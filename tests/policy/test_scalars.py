"""Places of characters in one-line YAML texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import yaml_documents
from compliance.policy.scalars import columns


def places(line: str) -> tuple[str, tuple[int, ...] | None]:
    """The value of `when` in a one-line document, and the columns of its characters."""
    document = yaml_documents.read(line)
    value = str(document["when"])
    return value, columns(line.splitlines(), *yaml_documents.position(document, "when"), value)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=20))
def test_every_character_of_a_single_quoted_text_is_found(text: str) -> None:
    quoted = text.replace("'", "''")
    value, found = places(f"when: '{quoted}'")
    assert value == text
    assert found is not None
    line = f"when: '{quoted}'"
    assert [line[column - 1] for column in found] == [*text, "'"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("when: a == b # c", (7, 8, 9, 10, 11, 12, 13)),
        ('when: "a\\"b"', (8, 9, 11, 12)),
        ('when: "\\u0041b"', (8, 14, 15)),
        ("when: ''", (8,)),
    ],
)
def test_escapes_take_the_room_they_take(line: str, expected: tuple[int, ...]) -> None:
    assert places(line)[1] == expected


@pytest.mark.parametrize(
    "text",
    ["when: >-\n  a\n  b", "when: |\n  a", "when: a\n  b", 'when: "a\n  b"', "w: &x a\nwhen: *x", "when: !!str a"],
)
def test_texts_that_are_not_written_out_on_one_line_have_no_places(text: str) -> None:
    assert places(text)[1] is None
