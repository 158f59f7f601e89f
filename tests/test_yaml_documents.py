"""YAML from people we don't know: positions, every fault with its place, and no bombs."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import yaml_documents
from compliance.yaml_documents import YamlError


def fault(text: str) -> YamlError:
    with pytest.raises(YamlError) as raised:
        yaml_documents.read(text)
    return raised.value


def test_values_keep_their_types_and_places() -> None:
    node = yaml_documents.read("a: 1\nb:\n  - x\n  - {c: no}\n")

    assert yaml_documents.plain(node) == {"a": 1, "b": ["x", {"c": "no"}]}
    assert yaml_documents.position(node["b"], 1) == (4, 5)
    assert yaml_documents.key_position(node, "b") == (2, 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\na: 2\n", 2),
        ("a: [1\nb: 2", 2),
        ("a: 1\nb: !!python/object:os.system x\n", 2),
        ("--- 1\n--- 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
    ],
)
def test_a_fault_names_its_line(text: str, line: int) -> None:
    assert fault(text).line == line


@pytest.mark.parametrize("text", ["x: 0x_", "x: !!bool foo", "? [[a]]\n: c", "a: \x00"])
def test_scalars_and_keys_that_the_library_stumbles_over_are_faults(text: str) -> None:
    assert fault(text).message.ko


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "a: &x [1]\n" + "".join(f"k{n}: *x\n" for n in range(300)),
        "l0: &a0 [x, x]\n" + "".join(f"l{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 20)),
    ],
)
def test_deep_nesting_and_alias_bombs_are_refused(text: str) -> None:
    assert "simplify" in fault(text).message.en


@pytest.mark.parametrize("day", ["2020-13-45", "2026-02-30", "2026-01-02T25:00:00Z"])
def test_an_impossible_date_stays_text_at_its_place(day: str) -> None:
    node = yaml_documents.read(f"a: 1\nb: {day}\n")

    assert yaml_documents.plain(node) == {"a": 1, "b": day}
    assert yaml_documents.position(node, "b") == (2, 4)


@pytest.mark.parametrize("text", ["a: 1\n---\na: 2\n", "a: !x 1\n", "[" * 10_000])
def test_what_is_yaml_but_not_plain_is_refused_as_such(text: str) -> None:
    assert isinstance(fault(text), yaml_documents.YamlRefusedError)


def test_broken_yaml_is_no_refusal() -> None:
    assert not isinstance(fault("a: [1\n"), yaml_documents.YamlRefusedError)


@given(st.text(alphabet="ab01:-[]{}&*!?|>'\"#, \n\t", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(YamlError):
        yaml_documents.plain(yaml_documents.read(text))
