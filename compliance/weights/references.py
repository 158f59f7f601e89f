"""References of weights: digests of a model's tensors, made from a local copy, that others are compared with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from compliance.data_files import Country, Words, decode
from compliance.errors import ConfigurationError
from compliance.model.text import Text
from compliance.weights import reading
from compliance.weights.faults import WeightFileError, unsupported
from compliance.weights.fingerprints import ReferenceTensor, TensorPrint, fingerprint
from compliance.weights.likeness import Likeness, Sketches, without_patterns
from compliance.weights.placed import placed
from compliance.weights.tensors import Tensor

LARGEST = 256 << 20
"""Bytes of a reference; a model of a hundred thousand tensors has a tenth of it."""
_OLDER = b'{"format":1,'
"""How references begin whose samples lie at other places."""
Mode = Literal["same", "cast", "turned"]
"""Byte for byte; after a cast; with rows and columns exchanged, and maybe a cast as well."""
MODES: tuple[Mode, ...] = ("same", "cast", "turned")


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The tensors of one model that tell where they are from, without their values."""

    format: Literal[2] = 2
    """Another where the sample or sketch of the same tensor is."""
    name: Words
    """Such as `Qwen/Qwen2.5-VL-7B-Instruct`."""
    developer: Words
    country: Country
    family: Words | None = None
    """Of our families of models."""
    license_id: Words | None = None
    """Of our knowledge base of weight licenses."""
    revision: Words | None = None
    tensors: Annotated[tuple[ReferenceTensor, ...], msgspec.Meta(min_length=1)]


class Copy(msgspec.Struct, frozen=True):
    """A tensor that stands in a reference too."""

    found: TensorPrint
    original: ReferenceTensor
    mode: Mode

    @property
    def is_renamed(self) -> bool:
        """Whether it has another name here."""
        return self.found.name != self.original.name


def fingerprint_file(path: Path) -> Iterator[TensorPrint]:
    """The digests of every tensor of the file of weights at `path` whose place is known, data beside it included.

    Raises:
        WeightFileError: its header can't be read, contradicts itself or the file, or places no tensor.
        OSError: it or a file of its data can't be read.
    """
    with path.open("rb") as stream:
        size = path.stat().st_size
        header = reading.describe(path.name, stream, size)
        if header is None:
            raise unsupported(f"{path.name}: no weights", f"{path.name}: 가중치 파일 아님")
        if header.faults:
            raise WeightFileError(header.faults[0])
        tensors = placed(header, stream, size)
        if tensors.nowhere:
            raise unsupported(
                f"{path.name}: where the values of {tensors.nowhere:,} tensors lie isn't known; convert it to "
                "safetensors",
                f"{path.name}: 값의 위치를 알 수 없는 텐서 {tensors.nowhere:,}개. safetensors로 변환하세요",
            )
        for tensor in tensors.here:
            yield fingerprint(stream, tensor, turned=header.format == "onnx")
    for tensor in tensors.beside:
        yield from _beside(path, tensor)


def _beside(path: Path, tensor: Tensor) -> Iterator[TensorPrint]:
    """The print of `tensor`, whose data lie in another file in the folder of `path`."""
    if tensor.elsewhere is None or tensor.size is None:
        return
    with (path.parent / tensor.elsewhere.of).open("rb") as stream:
        yield fingerprint(stream, msgspec.structs.replace(tensor, offset=tensor.elsewhere.offset), turned=True)


def kept(prints: Iterable[TensorPrint]) -> tuple[ReferenceTensor, ...]:
    """What a reference keeps of `prints`, those of a whole model: the ones that tell something."""
    return tuple(without_patterns([_of_reference(one) for one in prints if one.telling]))


def load(path: Path) -> Reference:
    """The reference in the file at `path`.

    Raises:
        ConfigurationError: it can't be read or is none, with each fault and its place.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise ConfigurationError(_unreadable(path, error.strerror or str(error))) from error
    if len(content) > LARGEST:
        raise ConfigurationError(_unreadable(path, f"> {LARGEST >> 20} MiB"))
    if content.startswith(_OLDER):
        raise ConfigurationError(_unreadable(path, "format 1"))
    return decode(content, Reference, str(path))


class References:
    """Several references, by the digests of their tensors."""

    def __init__(self, references: Iterable[Reference]) -> None:
        """Index the tensors of `references`, each reference once."""
        self.references = tuple(dict.fromkeys(references))
        self._same: defaultdict[str, list[_Known]] = defaultdict(list)
        self._rounded: defaultdict[tuple[str, str], list[_Known]] = defaultdict(list)
        self._sketches = Sketches(
            (number, tensor) for number, reference in enumerate(self.references) for tensor in reference.tensors
        )
        for number, reference in enumerate(self.references):
            for tensor in reference.tensors:
                self._same[tensor.digest].append((number, tensor))
                for to, digest in (("BF16", tensor.bf16), ("F16", tensor.f16), ("F32", tensor.f32)):
                    if digest:
                        self._rounded[to, digest].append((number, tensor))

    def copies_of(self, found: TensorPrint) -> list[tuple[int, Copy]]:
        """For each reference that has the tensor, its number and the copy; the one of the same name first."""
        if not found.telling:
            return []
        copies: dict[int, Copy] = {}
        for number, tensor in _by_name(self._same.get(found.digest, ()), found):
            if tensor.dtype == found.dtype:  # equal bytes, in whatever shape
                copies.setdefault(number, Copy(found, tensor, "same"))
        for number, tensor in self._casts_of(found):
            copies.setdefault(number, Copy(found, tensor, "cast"))
        for number, tensor in self._turned_of(found.turned) if found.turned else ():
            copies.setdefault(number, Copy(found, tensor, "turned"))
        return list(copies.items())

    def alike_to(self, found: TensorPrint) -> dict[int, Likeness]:
        """For each reference that has tensors alike to `found`, its number and the nearest of them."""
        if not found.telling:
            return {}
        turned = self._sketches.alike(found.turned) if found.turned else {}
        return turned | self._sketches.alike(found)

    def _turned_of(self, found: TensorPrint) -> Iterator["_Known"]:
        """Tensors with the same values as `found`, which was transposed, or the same after a cast."""
        same = self._rounded.get(("F32", found.f32 or ""), ())
        yield from (one for one in _by_name(same, found) if one[1].shape == found.shape)
        yield from self._casts_of(found)

    def _casts_of(self, found: TensorPrint) -> Iterator["_Known"]:
        for to, digest in (("BF16", found.bf16), ("F16", found.f16)):
            for number, tensor in _by_name(self._rounded.get((to, digest or ""), ()), found):
                # where neither was ever of that type, they agree when rounded because they are near
                if tensor.shape == found.shape and to in (*found.held, *tensor.held):
                    yield number, tensor


_Known = tuple[int, ReferenceTensor]
"""Number of a reference, and a tensor of it."""


def _of_reference(one: TensorPrint) -> ReferenceTensor:
    return ReferenceTensor(**{name: getattr(one, name) for name in ReferenceTensor.__struct_fields__})


def _by_name(candidates: Iterable[_Known], found: TensorPrint) -> list[_Known]:
    return sorted(candidates, key=lambda one: one[1].name != found.name)


def _unreadable(path: Path, reason: str) -> Text:
    return Text(
        en=f"the reference {path} can't be read: {reason}; make it with `compliance weights fingerprint`",
        ko=f"가중치 참조 파일을 읽을 수 없음: {path} ({reason}). "
        "`compliance weights fingerprint` 명령으로 만드세요",
    )
