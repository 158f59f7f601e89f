"""Describes content as the detector would, and says in short what came of it."""

import io

import pytest

from compliance.weights.faults import WeightFileError
from compliance.weights.reading import describe
from compliance.weights.tensors import Tensor, WeightFile


def described(path: str, content: bytes) -> WeightFile:
    """What is read of `content` under the name `path`; it must be taken for weights."""
    found = describe(path, io.BytesIO(content), len(content))
    assert found is not None
    return found


def fault(path: str, content: bytes) -> str:
    """Why nothing can be described, in English; checks that the Korean sentence is there."""
    with pytest.raises(WeightFileError) as raised:
        describe(path, io.BytesIO(content), len(content))
    assert raised.value.fault.said.ko
    return raised.value.fault.said.en


def faults(found: WeightFile) -> list[str]:
    """What is wrong with a described file, in English."""
    assert all(one.said.ko for one in found.faults)
    return [one.said.en for one in found.faults]


def shapes(found: WeightFile) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Type and shape of each tensor by name."""
    return {one.name: (one.dtype, one.shape) for one in found.tensors}


def tensor(found: WeightFile, name: str) -> Tensor:
    """The tensor called `name`."""
    return next(one for one in found.tensors if one.name == name)
