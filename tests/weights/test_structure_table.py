"""The table of known structures is of its shape, and says what it was made from."""

from importlib import resources

import pytest

from compliance import data_files
from compliance.weights.structure import Structures, read_shapes, structures, write_shapes


@pytest.mark.slow
def test_the_file_has_no_fault() -> None:
    content = resources.files("compliance.weights").joinpath("data/structures.json").read_bytes()

    assert list(data_files.faults(content, Structures)) == []


def test_every_configuration_has_a_shape_for_each_name() -> None:
    for one in structures().structures:
        for configuration in one.configurations:
            assert len(read_shapes(configuration.shapes)) == len(one.names.split())
            assert len(read_shapes(configuration.beside)) == len(one.beside.split())


def test_shapes_are_written_as_they_are_read() -> None:
    written = "3840x1280 - 4|8x4"

    assert write_shapes(read_shapes(written)) == written
