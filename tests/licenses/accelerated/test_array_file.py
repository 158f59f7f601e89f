"""A file of arrays gives back what was written, and nothing else passes for it."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from compliance.licenses.accelerated.array_file import DamagedArrayFileError, open_arrays, write

_ARRAYS: dict[str, npt.NDArray[Any]] = {
    "numbers": np.arange(5, dtype=np.int16),
    "none": np.zeros(0),
    "marks": np.array([True, False]),
}
_ANY_ARRAY = arrays(
    st.sampled_from([np.int16, np.int64, np.uint8, np.uint64, np.bool_, np.float64]),
    array_shapes(max_dims=1, min_side=0, max_side=40),
)


@given(st.dictionaries(st.text(max_size=5), _ANY_ARRAY, max_size=4))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, named: dict[str, npt.NDArray[Any]]
) -> None:
    path = tmp_path_factory.mktemp("arrays") / "file"

    write(path, "key", named)
    read = open_arrays(path, "key")

    assert read.keys() == named.keys()
    assert all(
        read[name].dtype == one.dtype and read[name].tobytes() == one.tobytes() for name, one in named.items()
    )


def test_the_arrays_cannot_be_written_to(tmp_path: Path) -> None:
    write(tmp_path / "file", "key", _ARRAYS)

    assert not open_arrays(tmp_path / "file", "key")["numbers"].flags.writeable


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    write(tmp_path / "file", "key", _ARRAYS)

    assert (tmp_path / "file").stat().st_mode & 0o077 == 0


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    write(tmp_path / "file", "key", _ARRAYS)

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_another_key_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "file", "key", _ARRAYS)

    with pytest.raises(DamagedArrayFileError):
        open_arrays(tmp_path / "file", "other")


def test_every_changed_byte_of_an_array_is_noticed(tmp_path: Path) -> None:
    write(tmp_path / "file", "key", _ARRAYS)
    whole = (tmp_path / "file").read_bytes()

    for place in (len(whole) - 1, len(whole) - 64, len(whole) - 128):
        changed = bytearray(whole)
        changed[place] ^= 1
        (tmp_path / "file").write_bytes(changed)
        with pytest.raises(DamagedArrayFileError):
            open_arrays(tmp_path / "file", "key")


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "file", "key", _ARRAYS)
    whole = (tmp_path / "file").read_bytes()

    for length in range(len(whole)):
        (tmp_path / "file").write_bytes(whole[:length])
        with pytest.raises(DamagedArrayFileError):
            open_arrays(tmp_path / "file", "key")
