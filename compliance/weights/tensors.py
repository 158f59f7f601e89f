"""What a header says of a file of weights: its tensors, its metadata, and what is wrong with it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import prod

import msgspec

from compliance.weights.caps import LONGEST_VALUE, MAX_COUNT, MAX_DIMENSIONS, MAX_FAULTS
from compliance.weights.faults import Fault, WeightFileError, malformed, shown


class Place(msgspec.Struct, frozen=True):
    """Where data lie that the header puts into a part or another file."""

    of: str
    """The member of a zip, or the file beside this one."""
    offset: int
    """Bytes of it before the data."""


class Tensor(msgspec.Struct, frozen=True):
    """One tensor as its header describes it. Its values are never read."""

    name: str
    dtype: str
    """In safetensors' spelling (`F32`, `BF16`, `I64` …) where that has one, else the format's own (`Q4_K`)."""
    shape: tuple[int, ...]
    """Outermost dimension first, whatever order the format writes."""
    offset: int | None = None
    """Bytes of the file before its data; None where the data lies elsewhere or isn't located."""
    size: int | None = None
    """Bytes of its data; None where the format doesn't tell."""
    shared: bool = False
    """Its data is that of a tensor named before it, as with tied embeddings."""
    elsewhere: Place | None = None
    """Where its data lie in one piece, in the order of its shape, if not at `offset`."""

    @property
    def elements(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


class UnsafeGlobal(msgspec.Struct, frozen=True):
    """Something outside the short list of safe names that a pickle names, and so would import when loaded."""

    name: str
    """`module.name`, such as `posix.system`; in brackets where it is computed instead of named."""
    opcode: str
    """That names it."""
    offset: int
    """Bytes of the pickle before the opcode."""
    called_at: int | None = None
    """Bytes before the opcode that calls it; None where it is named alone."""
    entry: str | None = None
    """Member of the file that holds the pickle; None where it is the file itself."""


class WeightFile(msgspec.Struct, frozen=True):
    """The header of one file of weights."""

    format: str
    """As found in the content: `safetensors`, `gguf`, `onnx`, `pytorch`, `pickle` or `flax`."""
    tensors: tuple[Tensor, ...] = ()
    """In the order of the header."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Keys and values as text, in the order of the header."""
    faults: tuple[Fault, ...] = ()
    """What is wrong although tensors could be described."""
    unsafe_globals: tuple[UnsafeGlobal, ...] = ()
    companions: tuple[str, ...] = ()
    """Files that hold the tensors' data instead, relative to this one; none leads outside its folder."""

    @property
    def parameters(self) -> int | None:
        """Numbers stored, each once; None where there are more than any machine could hold."""
        counted = sum(one.elements for one in self.tensors if not one.shared)
        return counted if counted <= MAX_COUNT else None

    @property
    def data_bytes(self) -> int | None:
        """Bytes of all tensors together, each once; None where one has no size."""
        sizes = [one.size for one in self.tensors if not one.shared]
        return sum(size for size in sizes if size is not None) if None not in sizes else None


class Faults:
    """Collects what is wrong, up to a cap that it mentions."""

    __slots__ = ("_kept", "_more")

    def __init__(self) -> None:
        """None so far."""
        self._kept: list[Fault] = []
        self._more = 0

    def add(self, fault: Fault | WeightFileError) -> None:
        """Note one more."""
        if len(self._kept) < MAX_FAULTS:
            self._kept.append(fault.fault if isinstance(fault, WeightFileError) else fault)
        else:
            self._more += 1

    def all(self) -> tuple[Fault, ...]:
        """The first ones, and how many more there were."""
        if not self._more:
            return tuple(self._kept)
        more = malformed(f"{self._more:,} more faults of this kind", f"같은 종류의 오류 {self._more:,}건 더 있음")
        return (*self._kept, more.fault)


def checked_shape(shape: Iterable[object], name: str) -> tuple[int, ...]:
    """`shape` as a tuple of lengths.

    Raises:
        WeightFileError: a length isn't a whole number, is negative, or they are too many or too large.
    """
    lengths = tuple(shape)
    counts = tuple(one for one in lengths if isinstance(one, int) and not isinstance(one, bool) and one >= 0)
    if len(counts) != len(lengths) or len(lengths) > MAX_DIMENSIONS or not _countable(counts):
        raise malformed("the shape isn't one that a tensor can have", "텐서가 가질 수 없는 형상", entry=name)
    return counts


def check_layout(tensors: Sequence[Tensor], faults: Faults, *, gaps: bool) -> None:
    """Note tensors whose data overlap, and where `gaps` says so, unused bytes between them."""
    placed = sorted((one for one in tensors if one.offset is not None and one.size), key=_begin)
    for before, after in pairwise(placed):
        end = _begin(before) + (before.size or 0)
        if _begin(after) < end:
            said = f"its data begin inside those of {shown(before.name)}", "다른 텐서와 데이터 영역이 겹침"
            faults.add(malformed(*said, offset=_begin(after), entry=after.name))
        elif gaps and _begin(after) > end:
            said = (
                f"{_begin(after) - end:,} bytes before its data belong to no tensor",
                "앞에 소속 없는 데이터가 있음",
            )
            faults.add(malformed(*said, offset=end, entry=after.name))


def kept_value(value: str) -> str:
    """A metadata value, shortened to what is kept of one."""
    return value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"


def _countable(counts: tuple[int, ...]) -> bool:
    total = 1
    for count in counts:
        total *= max(count, 1)  # so that a zero can't hide a length beyond all bounds
        if total > MAX_COUNT:
            return False
    return True


def _begin(tensor: Tensor) -> int:
    return tensor.offset or 0
