"""PyTorch's formats: tensors of a state dict by name, from the zip of today and the pickles before it."""

import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.weights.described import described, fault, faults, shapes, tensor
from tests.weights.writers import (
    STORAGES,
    call,
    dictionary,
    name,
    number,
    pickled,
    state_dict,
    storage,
    text,
    torch_legacy,
    torch_tensor,
    torch_zip,
    tuple_of,
)

NAME = "pytorch_model.bin"
ENTRIES = {"layers.0.weight": ("F32", [2, 3]), "layers.0.bias": ("BF16", [3]), "step": ("I64", [])}
DESCRIBED = {"layers.0.weight": ("F32", (2, 3)), "layers.0.bias": ("BF16", (3,)), "step": ("I64", ())}
ANY_ENTRIES = st.dictionaries(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
    st.tuples(st.sampled_from(sorted(STORAGES)), st.lists(st.integers(0, 4), max_size=3)),
    max_size=5,
)


@pytest.mark.parametrize("content", [torch_zip(ENTRIES), torch_legacy(ENTRIES)], ids=["zip", "legacy"])
def test_a_state_dict_is_described(content: bytes) -> None:
    found = described(NAME, content)

    assert (found.format, shapes(found), found.parameters) == ("pytorch", DESCRIBED, 10)
    assert (found.faults, found.unsafe_globals) == ((), ())


@given(ANY_ENTRIES)
def test_what_is_written_is_read(entries: dict[str, tuple[str, list[int]]]) -> None:
    expected = {key: (dtype, tuple(shape)) for key, (dtype, shape) in entries.items()}
    for content in (torch_zip(entries), torch_legacy(entries)):
        found = described(NAME, content)

        assert (shapes(found), found.faults) == (expected, ())


def in_zip(value: bytes, storages: dict[str, int] | None = None) -> bytes:
    more = {f"data/{key}": bytes(size) for key, size in (storages or {}).items()}
    return torch_zip({}, pickled(value), **more)


def test_a_checkpoint_s_nested_dictionaries_are_paths_and_plain_values_are_metadata() -> None:
    value = dictionary(
        {"model": state_dict({"w": ("F32", [2])}), "epoch": number(3), "license": text("mit"), "flag": b"\x88"}
    )

    found = described(NAME, in_zip(value, {"0": 8}))

    assert (shapes(found), found.metadata) == ({"model.w": ("F32", (2,))}, (("epoch", "3"), ("license", "mit")))


def test_parameters_and_typed_tensors_are_looked_through() -> None:
    inner = torch_tensor("FloatStorage", "0", [2])
    parameter = call(
        name("torch._utils", "_rebuild_parameter"), inner, b"\x88", call(name("collections", "OrderedDict"))
    )
    arguments = tuple_of(
        storage("HalfStorage", "1", 3), number(0), tuple_of(number(3)), tuple_of(number(1)), b"\x89"
    )
    typed = call(
        name("torch._tensor", "_rebuild_from_type_v2"),
        name("torch._utils", "_rebuild_tensor_v2"), name("torch.nn.parameter", "Parameter"), arguments, b"}",
    )  # fmt: skip

    found = described(NAME, in_zip(dictionary({"a": parameter, "b": typed}), {"0": 8, "1": 6}))

    assert (shapes(found), found.faults) == ({"a": ("F32", (2,)), "b": ("F16", (3,))}, ())


def test_the_newest_call_names_its_own_type() -> None:
    value = call(
        name("torch._utils", "_rebuild_tensor_v3"),
        storage("UntypedStorage", "0", 8), number(0), tuple_of(number(2)), tuple_of(number(1)), b"\x89", b"}",
        name("torch", "float32"), b"}",
    )  # fmt: skip

    assert shapes(described(NAME, in_zip(dictionary({"a": value}), {"0": 8}))) == {"a": ("F32", (2,))}


def test_a_tensor_without_data_is_described() -> None:
    value = call(
        name("torch._utils", "_rebuild_meta_tensor_no_storage"), name("torch", "half"), tuple_of(number(7))
    )

    assert shapes(described(NAME, in_zip(dictionary({"a": value})))) == {"a": ("F16", (7,))}


def test_python_2_s_ordered_dictionary_is_read() -> None:
    pair = b"](" + text("w") + torch_tensor("FloatStorage", "0", [2]) + b"e"
    value = call(name("collections", "OrderedDict"), b"](" + pair + b"e")

    assert shapes(described(NAME, in_zip(value, {"0": 8}))) == {"w": ("F32", (2,))}


def test_tied_tensors_count_once() -> None:
    shared = torch_tensor("FloatStorage", "0", [4])

    found = described(NAME, in_zip(dictionary({"embed": shared, "head": shared}), {"0": 16}))

    assert (len(found.tensors), found.parameters, found.data_bytes) == (2, 4, 16)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (torch_tensor("FloatStorage", "0", [4], elements=3), "it reaches beyond its storage of 12 bytes (in a)"),
        (
            call(name("torch._utils", "_rebuild_tensor_v2"), b"N", number(0), b")", b")"),
            "its storage isn't one of PyTorch's (in a)",
        ),
        (
            call(name("torch._utils", "_rebuild_tensor_v2"), storage("FloatStorage", "0", 3)),
            "its rebuilding call has other arguments than PyTorch's (in a)",
        ),
        (
            call(
                name("torch._utils", "_rebuild_tensor_v2"), storage("FloatStorage", "0", 3), number(-1), b")", b")"
            ),
            "its place in the storage makes no sense (in a)",
        ),
        (torch_tensor("FloatStorage", "0", [1 << 40, 1 << 40], elements=1), "the shape isn't one"),
    ],
)
def test_a_lie_about_one_tensor_is_named_and_the_others_are_described(value: bytes, said: str) -> None:
    good = torch_tensor("FloatStorage", "1", [1])

    found = described(NAME, in_zip(dictionary({"a": value, "b": good}), {"0": 16, "1": 4}))

    assert "b" in shapes(found)
    assert faults(found)[0].startswith(said)


def test_a_view_with_repeated_elements_is_honest() -> None:
    value = call(
        name("torch._utils", "_rebuild_tensor_v2"), storage("FloatStorage", "0", 1), number(0),
        tuple_of(number(1_000)), tuple_of(number(0)), b"\x89", b"}",
    )  # fmt: skip

    assert described(NAME, in_zip(dictionary({"a": value}), {"0": 4})).faults == ()


@pytest.mark.parametrize(
    ("storages", "said"),
    [({}, "a storage without a member (in 0)"), ({"0": 4}, "4 bytes of a storage of 8 (in 0)")],
)
def test_storages_that_are_missing_or_short_are_named(storages: dict[str, int], said: str) -> None:
    found = described(NAME, in_zip(dictionary({"a": torch_tensor("FloatStorage", "0", [2])}), storages))

    assert faults(found) == [said]


EVIL = pickled(call(name("os", "system"), text("id")))


def test_every_pickle_of_the_zip_is_looked_into() -> None:
    found = described(NAME, torch_zip({}, **{"extra/hidden.pkl": EVIL}))

    assert [(one.name, one.entry) for one in found.unsafe_globals] == [("os.system", "archive/extra/hidden.pkl")]


def test_two_pickles_of_one_name_are_both_looked_into_and_named() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("archive/data.pkl", EVIL)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("archive/data.pkl", pickled(b"N"))

    found = described(NAME, written.getvalue())

    assert [one.name for one in found.unsafe_globals] == ["os.system"]
    assert faults(found) == ["2 members of this name (in archive/data.pkl)"]


def altered(content: bytes, at: int, replacement: bytes) -> bytes:
    return content[:at] + replacement + content[at + len(replacement) :]


@pytest.mark.parametrize("what", ["checksum", "encrypted", "second name"])
def test_what_the_standard_library_refuses_is_looked_into_all_the_same(what: str) -> None:
    content = torch_zip({}, EVIL)
    entry = content.index(b"PK\1\2")
    match what:
        case "checksum":
            content = altered(content, entry + 16, b"\0\0\0\0")
        case "encrypted":
            content = altered(content, entry + 8, b"\1\0")
        case _:
            content = altered(content, content.index(b"archive"), b"another")
    with zipfile.ZipFile(io.BytesIO(content)) as archive, pytest.raises((zipfile.BadZipFile, RuntimeError)):
        archive.read("archive/data.pkl")

    assert [one.name for one in described(NAME, content).unsafe_globals] == ["os.system"]


def test_a_pickle_in_capitals_is_looked_into_since_pytorch_takes_it() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("archive/DATA.PKL", EVIL)

    assert [one.name for one in described(NAME, written.getvalue()).unsafe_globals] == ["os.system"]


def test_a_second_end_too_short_for_a_record_hides_nothing() -> None:
    content = torch_zip({}, EVIL)
    end = content.rindex(b"PK\5\6")
    hidden = altered(content, end + 20, b"\6\0") + b"PK\5\6\0\0"

    assert [one.name for one in described(NAME, hidden).unsafe_globals] == ["os.system"]


def test_a_deflated_pickle_is_looked_into() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", EVIL)

    assert [one.name for one in described(NAME, written.getvalue()).unsafe_globals] == ["os.system"]


def test_a_deflated_bomb_is_not_unpacked() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", bytes(100 << 20))

    found = described(NAME, written.getvalue())

    assert (found.tensors, faults(found)) == ((), ["104,857,600 bytes (in archive/data.pkl)"])


def test_script_classes_are_no_python_modules() -> None:
    value = pickled(call(name("__torch__.model", "Net")))

    assert described(NAME, torch_zip({}, value, **{"constants.pkl": pickled(b")")})).unsafe_globals == ()
    assert [one.name for one in described(NAME, torch_zip({}, value)).unsafe_globals] == ["__torch__.model.Net"]


def test_a_command_in_any_of_the_legacy_pickles_is_named() -> None:
    honest = torch_legacy(ENTRIES)
    magic_ends = honest.index(b".", 2 + 10) + 1

    found = described(NAME, honest[:magic_ends] + EVIL + honest[magic_ends:])

    assert [one.name for one in found.unsafe_globals] == ["os.system"]


def test_a_plain_pickle_is_looked_into_to_its_end() -> None:
    found = described("vocab.pkl", pickled(dictionary({"a": number(1)})) + EVIL)

    assert (found.format, [one.name for one in found.unsafe_globals]) == ("pickle", ["os.system"])


def test_bytes_after_a_pickle_that_are_none_are_named() -> None:
    assert faults(described("vocab.pkl", pickled(b"N") + b"\xff\xff"))[0].startswith(
        "byte 0xff is no pickle opcode"
    )


def test_a_pickle_that_is_cut_short_names_what_it_would_have_run() -> None:
    found = described("model.pt", EVIL[:-1])

    assert ([one.name for one in found.unsafe_globals], len(found.faults)) == (["os.system"], 1)


def test_the_oldest_format_names_its_unsafe_names_and_describes_no_tensors(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "model.pt", "w") as archive:
        for member, content in (("sys_info", pickled(b"}")), ("pickle", EVIL)):
            entry = tarfile.TarInfo(member)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))

    found = described("model.pt", (tmp_path / "model.pt").read_bytes())

    assert [(one.name, one.entry) for one in found.unsafe_globals] == [("os.system", "pickle")]
    assert faults(found) == ["tensors in the tar format of PyTorch's first releases"]


def zip_end(entries: int, length: int, place: int) -> bytes:
    """The last record of a zip that says where its directory is."""
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, length, place, 0)


LARGE = zip_end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (torch_zip(ENTRIES)[:200], "a zip without a directory; it was cut short"),
        (b"PK\3\4" + zip_end(1, 1 << 30, 0), "a zip directory of 1,073,741,824"),
        (b"PK\3\4" + zip_end(1, 50, 9), "the zip's directory lies beyond the end"),
        (b"PK\3\4" + bytes(60) + zip_end(1, 50, 4), "the zip's directory is broken"),
        (b"PK\3\4" + bytes(60) + LARGE, "the zip64 directory can't be found"),
        (b"\x80\x02\x00", "byte 0x00 is no pickle opcode (at byte 2)"),
    ],
)
def test_a_broken_file_is_refused(content: bytes, said: str) -> None:
    assert fault(NAME, content).startswith(said)


def test_a_zip_of_something_else_is_not_pytorch_s() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "x")

    assert fault("model.pt", written.getvalue()) == "a zip without data.pkl, so not PyTorch's"


def test_a_zip64_directory_is_read() -> None:
    content = torch_zip(ENTRIES)
    end = content.rindex(b"PK\5\6")
    record = struct.unpack("<4s4H2LH", content[end:])
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, record[3], record[4], record[5], record[6])
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)

    found = described(NAME, content[:end] + large + locator + LARGE)

    assert (shapes(found), tensor(found, "step").size) == (DESCRIBED, 8)
