"""Safetensors files with values, and the casts that people make of them."""

import json
import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Values = Mapping[str, NDArray[np.float32]]


def to_bf16(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Rounded to nearest even, number by number, by the definition."""
    bits = values.astype("<f4").view("<u4").astype(np.uint64)
    low, kept = bits & 0xFFFF, bits >> 16
    up = (low > 0x8000) | ((low == 0x8000) & (kept & 1 == 1))
    rounded: NDArray[np.uint16] = (kept + up).astype("<u2")
    return rounded


def from_bf16(bits: NDArray[np.uint16]) -> NDArray[np.float32]:
    """Every bfloat16 is a float32 with an empty lower half."""
    return (bits.astype("<u4") << 16).view("<f4")


def encoded(values: NDArray[np.float32], dtype: str) -> bytes:
    """`values` as a file of that type holds them."""
    match dtype:
        case "BF16":
            return to_bf16(values).tobytes()
        case "F16":
            return values.astype("<f2").tobytes()
        case _:
            return values.astype("<f4").tobytes()


def safetensors_file(values: Values, dtype: str = "F32") -> bytes:
    """A file with `values` in one type."""
    header, place, data = {}, 0, b""
    for name, one in values.items():
        content = encoded(one, dtype)
        header[name] = {"dtype": dtype, "shape": list(one.shape), "data_offsets": [place, place + len(content)]}
        place += len(content)
        data += content
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def model(seed: int, prefix: str = "") -> dict[str, NDArray[np.float32]]:
    """A small model: matrices from a seed, a norm of ones, a short bias, a table of frequencies."""
    chance = np.random.default_rng(seed)
    matrices = {
        f"{prefix}layers.{number}.weight": chance.normal(0, 0.02, (48, 40)).astype("<f4") for number in range(4)
    }
    return matrices | {
        f"{prefix}norm.weight": np.ones(2048, "<f4"),
        f"{prefix}bias": chance.normal(0, 1, 12).astype("<f4"),
        f"{prefix}rotary.inv_freq": (10_000 ** -(np.arange(2048) / 2048)).astype("<f4"),
    }
