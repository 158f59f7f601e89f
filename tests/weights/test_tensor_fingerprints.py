"""Digests of tensors: equal for copies, casts and other names, different for anything trained on its own."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.weights import safetensors
from compliance.weights.fingerprints import FEWEST_ELEMENTS, TensorPrint, fingerprint
from compliance.weights.references import Copy, Reference, References, kept
from tests.weights.tensor_files import Values, from_bf16, model, safetensors_file, to_bf16


def prints(values: Values, dtype: str = "F32") -> list[TensorPrint]:
    content = safetensors_file(values, dtype)
    stream = io.BytesIO(content)
    return [fingerprint(stream, one) for one in safetensors.read(stream, len(content)).tensors]


def references(values: Values, dtype: str = "F32") -> References:
    tensors = kept(prints(values, dtype))
    return References([Reference(name="hanbit/garam", developer="Hanbit", country="KR", tensors=tensors)])


def copies(values: Values, dtype: str, of: References) -> list[Copy]:
    return [copy for one in prints(values, dtype) for _, copy in of.copies_of(one)]


def modes(values: Values, dtype: str, of: References) -> list[str]:
    return [one.mode for one in copies(values, dtype, of)]


def test_large_tensors_that_vary_tell_and_no_others() -> None:
    telling = {one.name for one in prints(model(1)) if one.telling}

    assert telling == {f"layers.{number}.weight" for number in range(4)}


@pytest.mark.parametrize("dtype", ["F32", "BF16", "F16"])
def test_a_copy_is_found_tensor_by_tensor(dtype: str) -> None:
    assert modes(model(1), dtype, references(model(1), dtype)) == ["same"] * 4


@pytest.mark.parametrize(
    ("original", "copy"),
    [("F32", "BF16"), ("F32", "F16"), ("BF16", "F32"), ("F16", "F32"), ("BF16", "F16"), ("F16", "BF16")],
)
def test_a_cast_in_either_direction_is_found(original: str, copy: str) -> None:
    values = model(1)
    match original:
        case "BF16":
            held = {name: from_bf16(to_bf16(one)) for name, one in values.items()}
        case "F16":
            held = {name: one.astype("<f2").astype("<f4") for name, one in values.items()}
        case _:
            held = values

    assert modes(held, copy, references(values, original)) == ["cast"] * 4


@pytest.mark.parametrize("down", ["BF16", "F16"])
def test_a_cast_down_and_up_again_is_found(down: str) -> None:
    values = model(1)
    cast = {
        name: from_bf16(to_bf16(one)) if down == "BF16" else one.astype("<f2").astype("<f4")
        for name, one in values.items()
    }

    assert modes(cast, "F32", references(values)) == ["cast"] * 4


def test_numbers_that_only_agree_when_rounded_are_no_cast() -> None:
    near = {name: one * np.float32(1 + 1e-6) for name, one in model(1).items()}

    assert copies(near, "F32", references(model(1))) == []


def test_a_tensor_under_another_name_is_found_and_said_to_be_renamed() -> None:
    found = copies(model(1, "vision_tower."), "F32", references(model(1)))

    assert [(one.found.name, one.original.name, one.is_renamed) for one in found][:1] == [
        ("vision_tower.layers.0.weight", "layers.0.weight", True)
    ]


def test_a_model_that_was_trained_on_its_own_shares_nothing() -> None:
    assert copies(model(2), "F32", references(model(1))) == []
    assert copies(model(2), "BF16", references(model(1))) == []


def test_a_fine_tuned_tensor_is_no_copy() -> None:
    tuned = model(1) | {"layers.0.weight": model(1)["layers.0.weight"] + np.float32(1e-4)}

    assert [one.found.name for one in copies(tuned, "F32", references(model(1)))] == [
        f"layers.{number}.weight" for number in (1, 2, 3)
    ]


def test_equal_bytes_are_a_copy_in_whatever_shape_but_a_cast_keeps_it() -> None:
    values = {"w": model(1)["layers.0.weight"]}
    reshaped = {"w": values["w"].reshape(40, 48)}

    assert modes(reshaped, "F32", references(values)) == ["same"]
    assert modes(reshaped, "BF16", references(values)) == []


def test_masks_indices_and_progressions_tell_nothing() -> None:
    values = {
        "mask": np.tril(np.ones((64, 64), "<f4")),
        "steps": np.arange(4096, dtype="<f4"),
        "groups": np.repeat(np.arange(64, dtype="<f4"), 64),
    }

    assert [one.telling for one in prints(values)] == [False] * 3


def test_a_number_that_is_none_hides_nothing() -> None:
    values = model(1)["layers.0.weight"].copy()
    values[0, 0] = np.nan

    assert [one.telling for one in prints({"w": values})] == [True]


def test_numbers_beyond_a_type_are_cast_without_a_word() -> None:
    values = {"w": (np.random.default_rng(3).normal(0, 1e30, FEWEST_ELEMENTS)).astype("<f4")}
    odd = {"w": np.where(np.arange(FEWEST_ELEMENTS) % 7 == 0, np.nan, values["w"]).astype("<f4")}

    assert modes(values, "BF16", references(values)) == ["cast"]
    assert [one.rms for one in prints(odd)] == [None]


def test_data_that_end_early_are_an_error() -> None:
    content = safetensors_file(model(1))
    stream = io.BytesIO(content)
    tensor = safetensors.read(stream, len(content)).tensors[0]

    with pytest.raises(OSError, match=r"end .* early"):
        fingerprint(io.BytesIO(content[: (tensor.offset or 0) + 5]), tensor)


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1, max_size=50))
def test_rounding_is_that_of_the_definition(numbers: list[float]) -> None:
    values = {"w": np.array(numbers, "<f4")}

    (of_floats,), (of_rounded,) = prints(values), prints(values, "BF16")

    assert of_floats.bf16 == of_rounded.digest
