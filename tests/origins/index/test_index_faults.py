"""An index that is cut, changed, of another version or no index at all: a clear error, whatever the fault."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.origins.index import format as index_format
from compliance.origins.index.format import IndexFaultError, Mapped
from compliance.origins.index.reader import Index
from compliance.origins.parameters import DIALECT

in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


def read_through(path: Path) -> Index:
    """Everything that opening an index does."""
    index = Index(path)
    index.mapped.verify()
    _ = index.catalog
    return index


def fault_of(path: Path) -> str:
    with pytest.raises(IndexFaultError) as caught:
        read_through(path)
    message = caught.value.message
    assert str(path) in message.en
    assert str(path) in message.ko
    assert "compliance origins build" in message.en
    assert "compliance origins build" in message.ko
    return message.en


def copied(content: bytes, folder: Path) -> Path:
    path = folder / "copy.index"
    path.write_bytes(content)
    return path


def header_of(content: bytes) -> dict[str, object]:
    length = int.from_bytes(content[8:16], "little")
    header: dict[str, object] = json.loads(content[16 : 16 + length])
    return header


def with_header(content: bytes, change: Callable[[dict[str, object]], object]) -> bytes:
    """`content` with another header of the same place in the file; longer ones don't fit."""
    length = int.from_bytes(content[8:16], "little")
    header = header_of(content)
    encoded = change(header)
    text = json.dumps(header if encoded is None else encoded, separators=(",", ":")).encode()
    assert len(text) <= length, "shorten it"
    return content[:16] + text.ljust(length) + content[16 + length :]


def boundaries(content: bytes) -> list[int]:
    """Where the header and each section begin and end."""
    length = int.from_bytes(content[8:16], "little")
    begin = -(-(16 + length) // 64) * 64
    places = {0, 1, 7, 8, 15, 16, 16 + length - 1}
    for offset, size, _ in header_of(content)["sections"].values():  # type: ignore[attr-defined]
        places |= {begin + offset, begin + offset + size - 1}
    return sorted(place for place in places if place >= 0)


def test_a_whole_index_has_no_fault(invented: Path) -> None:
    assert len(read_through(invented)) > 100


def test_an_index_that_is_cut_anywhere_is_truncated_or_none(invented: Path, tmp_path: Path) -> None:
    content = invented.read_bytes()
    used = max(boundaries(content)) + 1

    for length in (*boundaries(content), used - 1):
        said = fault_of(copied(content[:length], tmp_path))
        assert "truncated" in said or length < 8, (length, said)


@in_one_folder
@given(data=st.data())
def test_a_changed_byte_is_a_fault_or_changes_nothing(data: st.DataObject, invented: Path, tmp_path: Path) -> None:
    content = bytearray(invented.read_bytes())
    places = boundaries(bytes(content))
    place = data.draw(st.integers(0, len(content) - 1) | st.integers(0, 1_500) | st.sampled_from(places))
    content[place] ^= data.draw(st.integers(1, 255))

    try:
        found = read_through(copied(bytes(content), tmp_path)).mapped
    except IndexFaultError:
        return
    whole = Mapped(invented, DIALECT)  # the byte was one of padding, or of the place of an empty section
    assert found.header.sections.keys() == whole.header.sections.keys()
    for name in whole.header.sections:
        assert np.array_equal(found.section(name), whole.section(name))


@in_one_folder
@given(content=st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: index_format.MAGIC + rest))
def test_any_bytes_are_no_index(content: bytes, tmp_path: Path) -> None:
    fault_of(copied(content, tmp_path))


def test_an_index_of_another_dialect_names_both(tmp_path: Path) -> None:
    path = tmp_path / "other.index"
    index_format.write(path, "0-k9-w9-cafe", {"low": np.zeros(1, np.uint16)})

    said = fault_of(path)

    assert "0-k9-w9-cafe" in said
    assert DIALECT in said


def test_an_index_of_another_format_is_told_apart_from_none(invented: Path, tmp_path: Path) -> None:
    content = invented.read_bytes()

    assert "another format" in fault_of(copied(b"ORIGINS2" + content[8:], tmp_path))
    assert "another format" in fault_of(
        copied(with_header(content, lambda header: header.update(format=2)), tmp_path)
    )
    assert "no index" in fault_of(copied(b"PK\3\4" + content[4:], tmp_path))


@pytest.mark.parametrize("length", [0, 1, 15, 1 << 20, (1 << 20) + 1, 1 << 40, (1 << 64) - 1])
def test_a_header_length_that_lies_is_a_fault(length: int, invented: Path, tmp_path: Path) -> None:
    content = invented.read_bytes()

    fault_of(copied(content[:8] + length.to_bytes(8, "little") + content[16:], tmp_path))


HEADERS: dict[str, Callable[[dict[str, object]], object]] = {
    "no mapping": lambda _: [],
    "a number": lambda _: 1,
    "no sections": lambda header: header.pop("sections") and None,
    "sections are a list": lambda header: header.update(sections=[1]),
    "a section is text": lambda header: header.update(sections={"low": "abc"}),
    "a section of objects": lambda header: header.update(sections={"low": [0, 8, "|O"]}),
    "a section of big-endian numbers": lambda header: header.update(sections={"low": [0, 8, ">u2"]}),
    "a section of records": lambda header: header.update(sections={"low": [0, 8, "u1,u1"]}),
    "a negative offset": lambda header: header.update(sections={"low": [-64, 8, "<u2"]}),
    "a negative size": lambda header: header.update(sections={"low": [0, -8, "<u2"]}),
    "an odd offset": lambda header: header.update(sections={"low": [3, 8, "<u2"]}),
    "an offset far away": lambda header: header.update(sections={"low": [1 << 60, 8, "<u2"]}),
    "a size without bound": lambda header: header.update(sections={"low": [0, float("inf"), "<u2"]}),
    "a size that is no number": lambda header: header.update(sections={"low": [0, float("nan"), "<u2"]}),
    "a section is missing": lambda header: header["sections"].pop("spread") and None,  # type: ignore[attr-defined]
    "no digest": lambda header: header.pop("digest") and None,
    "another digest": lambda header: header.update(digest="0" * 64),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_lies_is_a_fault(name: str, invented: Path, tmp_path: Path) -> None:
    fault_of(copied(with_header(invented.read_bytes(), HEADERS[name]), tmp_path))


def test_a_header_that_is_nested_without_end_is_a_fault(tmp_path: Path) -> None:
    nested = b"[" * 500_000

    fault_of(copied(index_format.MAGIC + len(nested).to_bytes(8, "little") + nested, tmp_path))


@pytest.mark.parametrize(
    "name", ["buckets", "low", "list_starts", "set_starts", "spread", "block_sizes", "contents"]
)
def test_sections_that_do_not_fit_each_other_are_a_fault(name: str, invented: Path, tmp_path: Path) -> None:
    mapped = Mapped(invented, DIALECT)
    sections = {one: mapped.section(one) for one in mapped.header.sections}
    path = tmp_path / "other.index"
    index_format.write(path, DIALECT, {**sections, name: sections[name][:-1]})

    assert "corrupted" in fault_of(path)


@pytest.mark.parametrize("name", ["catalog", "contents"])
def test_what_cannot_be_unpacked_is_a_fault(name: str, invented: Path, tmp_path: Path) -> None:
    mapped = Mapped(invented, DIALECT)
    sections = {one: mapped.section(one) for one in mapped.header.sections}
    path = tmp_path / "other.index"
    index_format.write(path, DIALECT, {**sections, name: np.zeros_like(sections[name])})

    with pytest.raises(IndexFaultError, match="corrupted"):
        read_through(path).contents(0)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.write_bytes(b""), lambda path: None])
def test_a_folder_an_empty_file_and_nothing_are_no_index(make: Callable[[Path], object], tmp_path: Path) -> None:
    make(tmp_path / "a.index")

    fault_of(tmp_path / "a.index")


def test_an_index_is_replaced_in_one_step(invented: Path, tmp_path: Path) -> None:
    path = copied(invented.read_bytes(), tmp_path)
    index = read_through(path)
    before = index.contents(0)

    index_format.write(path, DIALECT, {"low": np.zeros(1, np.uint16)})

    assert index.contents(0) == before
    index.mapped.verify()
    assert not index.mapped.is_unchanged()
    assert [one.name for one in tmp_path.iterdir()] == ["copy.index"]
