"""Digests of tensors' values: the same for a copy under another name, and after a cast between float types.

Each tensor has a digest of all its bytes. A float tensor has two more of an even sample of its values, rounded to
bfloat16 and to float16, so that a cast to either, and a later cast back up, leaves one of them as it was, and a
sketch of the same sample, which stays near when values change a little. Values are streamed, never held.
"""

import hashlib
import math
import re
from collections.abc import Iterator
from typing import Annotated, BinaryIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from compliance.weights.sampling import InColumns, InRows, Sample, Values
from compliance.weights.sketches import MOST_BITS, sketch
from compliance.weights.tensors import Tensor

CHUNK = 8 << 20
"""Bytes of a tensor that are in memory at once."""
FEWEST_ELEMENTS = 1024
"""Numbers without which a tensor tells nothing: small ones agree by chance or by convention."""
FEWEST_VALUES = 256
"""Different values in the sample without which a tensor tells nothing: masks and indices have few."""
FEWEST_BYTES = 64
"""The same of bytes, for types that aren't floats."""
_DIGEST = 16
"""Bytes of a digest."""
_FLOATS = {"F32": 4, "F16": 2, "BF16": 2}
_COMPUTED = (
    "inv_freq", "freqs_cis", "rotary", "position_ids", "embed_positions", "relative_position_index", "causal_mask",
    "masked_bias", "attn_mask", "attn.bias", "attention.bias", "g_idx", "qzeros", "zero_point", "mel_filters",
    "pos_enc", "cos_cached", "sin_cached", "window", "running_mean", "running_var", "num_batches",
    "stft", "forward_basis", "inverse_basis",
)  # fmt: skip
"""Parts of names of tables that a formula gives, or that start alike everywhere."""


_PATTERNED = re.compile(
    r"(^|[._/])(w?pe|pos|pos_?emb\w*|positions?|position_\w+|optimizer\w*|exp_avg\w*)([._/]|$)", re.IGNORECASE
)
"""Names of tensors whose values are alike in models that have nothing to do with each other, or follow from data:
tables of positions and states of optimizers."""
_MOST_BYTES = 1 << 16
"""Bytes of a chunk that are looked at for how many different ones there are."""


class ReferenceTensor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a reference keeps of one tensor: no value of it."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    digest: str
    """Of its bytes, in hexadecimal."""
    bf16: str | None = None
    """Of a sample of its values, rounded to bfloat16; None for a type that isn't a float of two or four bytes."""
    f16: str | None = None
    """Of the same sample, rounded to float16."""
    f32: str | None = None
    """Of the same sample as it is; None where one of the two shorter types holds it."""
    held: tuple[str, ...] = ()
    """Of BF16 and F16: those types that hold the sample as it is, whichever type the file has."""
    rms: float | None = None
    """Root mean square of the sample; None where it isn't finite."""
    sketch: Annotated[bytes, msgspec.Meta(max_length=MOST_BITS // 8)] | None = None
    """Of the sample; None where it is too small, or a pattern that says nothing of where it is from."""


class TensorPrint(ReferenceTensor, frozen=True):
    """The same of a tensor that was read just now."""

    telling: bool = True
    """Whether an equal tensor elsewhere says that it was taken over: it is large, not constant, and no table."""
    turned: "TensorPrint | None" = None
    """Of a matrix, the same with rows and columns exchanged, but for the digest; None unless asked for."""

    @property
    def elements(self) -> int:
        """How many numbers it holds."""
        return int(np.prod(self.shape, dtype=np.int64)) if self.shape else 1


def fingerprint(stream: BinaryIO, tensor: Tensor, *, turned: bool = False) -> TensorPrint:
    """The digests of `tensor`, whose data lie in `stream`.

    Args:
        stream: seekable.
        tensor: placed in it.
        turned: describe a matrix also as it would be with rows and columns exchanged.

    Raises:
        OSError: its data can't be read to their end.
    """
    digest = hashlib.blake2b(digest_size=_DIGEST)
    width = _FLOATS.get(tensor.dtype)
    samples: list[Sample] = [InRows(tensor.elements)] if width else []
    if width and turned and len(tensor.shape) == 2:
        samples.append(InColumns(tensor.shape[0], tensor.shape[1]))
    others: set[int] = set()
    for chunk in _chunks(stream, tensor):
        digest.update(chunk)
        for sample in samples:
            sample.add(Values(chunk, tensor.dtype))
        if not width and len(others) < FEWEST_BYTES:
            others.update(chunk[:: max(len(chunk) // _MOST_BYTES, 1)])
    telling = _is_telling(tensor) and (bool(width) or len(others) >= FEWEST_BYTES)
    found = TensorPrint(tensor.name, tensor.dtype, tensor.shape, digest.hexdigest(), telling=telling)
    described = [_with_sample(found, sample.values()) for sample in samples if tensor.size]
    if len(described) > 1:
        shape = tensor.shape[::-1]
        return msgspec.structs.replace(described[0], turned=msgspec.structs.replace(described[1], shape=shape))
    return described[0] if described else found


def _with_sample(found: TensorPrint, values: NDArray[np.float32]) -> TensorPrint:
    with np.errstate(over="ignore", invalid="ignore"):
        f16, bf16 = values.astype("<f2"), _to_bf16(values)
        exact = {"BF16": (bf16.astype("<u4") << 16).view("<f4"), "F16": f16.astype("<f4")}
        square = float(np.mean(np.square(values, dtype=np.float64)))
    held = tuple(to for to, cast in exact.items() if np.array_equal(cast, values))
    return msgspec.structs.replace(
        found,
        bf16=_digest(bf16.data),
        f16=_digest(f16.data),
        f32=None if held else _digest(values.data),
        held=held,
        rms=float(f"{math.sqrt(square):.6g}") if math.isfinite(square) else None,
        telling=found.telling and _varies(values),
        sketch=sketch(values) if len(found.shape) > 1 and not _PATTERNED.search(found.name) else None,
    )


def _digest(content: memoryview) -> str:
    return hashlib.blake2b(content, digest_size=_DIGEST).hexdigest()


def _varies(values: NDArray[np.float32]) -> bool:
    """Whether the values are many different ones that follow no line."""
    different = np.unique(values)
    if len(different) < FEWEST_VALUES:
        return False
    with np.errstate(invalid="ignore"):
        steps = np.diff(values[:FEWEST_VALUES].astype(np.float64))
        return not bool(np.allclose(steps, steps[0], rtol=1e-3))


def _chunks(stream: BinaryIO, tensor: Tensor) -> Iterator[bytes]:
    left = tensor.size or 0
    stream.seek(tensor.offset or 0)
    while left:
        chunk = stream.read(min(CHUNK, left))
        if not chunk:
            raise OSError(f"{tensor.name[:80]}: its data end {left:,} bytes early")
        while len(chunk) % 4 and len(chunk) < min(CHUNK, left):  # whole numbers only
            more = stream.read(min(4 - len(chunk) % 4, left - len(chunk)))
            if not more:
                raise OSError(f"{tensor.name[:80]}: its data end {left:,} bytes early")
            chunk += more
        left -= len(chunk)
        yield chunk


def _to_bf16(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """The upper half of each number, rounded to nearest, to even where two are as near."""
    bits = values.view("<u4")
    rounded = ((bits + np.uint32(0x7FFF) + ((bits >> 16) & np.uint32(1))) >> 16).astype("<u2")
    rounded[np.isnan(values)] = 0x7FC0
    return rounded


def _is_telling(tensor: Tensor) -> bool:
    return tensor.elements >= FEWEST_ELEMENTS and not any(part in tensor.name for part in _COMPUTED)
