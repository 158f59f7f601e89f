"""ONNX models: the names, types and shapes of tensors anywhere in the graph, and where their data lie.

Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto; data in other files:
https://onnx.ai/onnx/repo-docs/ExternalData.html
"""

import posixpath
from typing import BinaryIO

import msgspec

from compliance.model.text import encodable
from compliance.weights.caps import (
    LONGEST_NAME,
    LONGEST_VALUE,
    MAX_COUNT,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_METADATA,
    MAX_TENSORS,
)
from compliance.weights.element_types import bytes_of
from compliance.weights.faults import WeightFileError, malformed, too_large
from compliance.weights.header_reader import HeaderReader
from compliance.weights.protobuf_wire import BYTES, WireReader
from compliance.weights.tensors import Faults, Place, Tensor, WeightFile, checked_shape, kept_value

_TYPES = {
    1: "F32", 2: "U8", 3: "I8", 4: "U16", 5: "I16", 6: "I32", 7: "I64", 8: "STRING", 9: "BOOL", 10: "F16",
    11: "F64", 12: "U32", 13: "U64", 14: "C64", 15: "C128", 16: "BF16", 17: "F8_E4M3", 18: "F8_E4M3FNUZ",
    19: "F8_E5M2", 20: "F8_E5M2FNUZ", 21: "U4", 22: "I4", 23: "F4", 24: "F8_E8M0", 25: "U2", 26: "I2",
    27: "F6_E2M3", 28: "F6_E3M2",
}  # fmt: skip
"""`TensorProto.DataType`."""

_MODEL_TEXTS = {2: "producer_name", 3: "producer_version", 4: "domain", 6: "doc_string"}
_MODEL_GRAPH, _MODEL_METADATA, _MODEL_FUNCTION = 7, 14, 25
_MODEL_FIELDS = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26})
_IR_VERSION = 1
_GRAPH_NODE, _GRAPH_NAME, _GRAPH_TENSOR, _GRAPH_SPARSE = 1, 2, 5, 15
_FUNCTION_NODE = 7
_NODE_OUTPUT, _NODE_ATTRIBUTE = 2, 5
_ATTRIBUTE = {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"}

_IN_ANOTHER_FILE = 1


class _Proto(msgspec.Struct):
    """A `TensorProto` as it is read."""

    name: str
    dims: list[int] = msgspec.field(default_factory=list)
    kind: int = 0
    raw: tuple[int, int] | None = None
    """Place and length of its data, where it has them as bytes."""
    elsewhere: bool = False
    external: dict[str, str] = msgspec.field(default_factory=dict)


def read(stream: BinaryIO, size: int) -> WeightFile:
    """The tensors and metadata of the ONNX model in `stream`, which is seekable and has `size` bytes.

    Raises:
        WeightFileError: it isn't an ONNX model, or breaks off before anything could be described.
        OSError: the stream can't be read.
    """
    reading = _Reading(WireReader(HeaderReader(stream, size)))
    seen: set[int] = set()
    try:
        reading.model(size, seen)
    except WeightFileError as error:
        if not seen >= {_IR_VERSION, _MODEL_GRAPH}:
            raise
        reading.faults.add(error)
    if not seen >= {_IR_VERSION, _MODEL_GRAPH}:
        raise malformed(
            "it isn't an ONNX model: no version or no graph", "버전이나 그래프가 없어 ONNX 모델이 아님"
        )
    return WeightFile(
        "onnx",
        tuple(reading.tensors),
        tuple(reading.metadata),
        reading.faults.all(),
        companions=tuple(reading.companions),
    )


class _Reading:
    """One walk through one model."""

    __slots__ = ("_wire", "companions", "faults", "metadata", "tensors")

    def __init__(self, wire: WireReader) -> None:
        self._wire = wire
        self.faults = Faults()
        self.tensors: list[Tensor] = []
        self.metadata: list[tuple[str, str]] = []
        self.companions: dict[str, None] = {}

    def model(self, end: int, seen: set[int]) -> None:
        for number, wire, value in self._wire.fields(end):
            if number not in _MODEL_FIELDS:
                raise malformed(
                    f"field {number:,} is none of an ONNX model's",
                    f"ONNX 모델에 없는 필드 {number:,}",
                    offset=self._place,
                )
            seen.add(number)
            if wire != BYTES:
                continue
            after = self._place + value
            if number in _MODEL_TEXTS:
                self._note(_MODEL_TEXTS[number], self._text(value))
            elif number == _MODEL_METADATA:
                self._note(*self._pair(after))
            elif number == _MODEL_GRAPH:
                self._graph(after, 0)
            elif number == _MODEL_FUNCTION:
                self._nodes(after, _FUNCTION_NODE, 0)

    @property
    def _place(self) -> int:
        return self._wire.header.offset

    def _text(self, length: int) -> str:
        return kept_value(encodable(self._wire.text(length, 4 * LONGEST_VALUE)))

    def _note(self, key: str, value: str) -> None:
        if value and len(self.metadata) < MAX_METADATA:
            self.metadata.append((key[:LONGEST_NAME], value))

    def _pair(self, end: int) -> tuple[str, str]:
        found = {1: "", 2: ""}
        for number, wire, value in self._wire.fields(end):
            if number in found and wire == BYTES:
                found[number] = self._text(value)
        return found[1], found[2]

    def _graph(self, end: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_large(
                f"graphs in {MAX_DEPTH} others", f"{MAX_DEPTH}단계를 넘는 중첩 그래프", offset=self._place
            )
        for number, wire, value in self._wire.fields(end):
            if wire != BYTES:
                continue
            after = self._place + value
            if number == _GRAPH_NODE:
                self._node(after, depth)
            elif number == _GRAPH_TENSOR:
                self._tensor(after, "")
            elif number == _GRAPH_SPARSE:
                self._sparse(after, "")
            elif number == _GRAPH_NAME and not depth:
                self._note("graph_name", self._text(value))

    def _nodes(self, end: int, field_number: int, depth: int) -> None:
        for number, wire, value in self._wire.fields(end):
            if number == field_number and wire == BYTES:
                self._node(self._place + value, depth)

    def _node(self, end: int, depth: int) -> None:
        output = ""
        for number, wire, value in self._wire.fields(end):
            if wire == BYTES and number == _NODE_OUTPUT and not output:
                output = self._wire.text(value, LONGEST_NAME)
            elif wire == BYTES and number == _NODE_ATTRIBUTE:
                self._attribute(self._place + value, output, depth)

    def _attribute(self, end: int, output: str, depth: int) -> None:
        for number, wire, value in self._wire.fields(end):
            kind = _ATTRIBUTE.get(number) if wire == BYTES else None
            after = self._place + value
            if kind == "tensor":
                self._tensor(after, output)
            elif kind == "sparse":
                self._sparse(after, output)
            elif kind == "graph":
                self._graph(after, depth + 1)

    def _sparse(self, end: int, name: str) -> None:
        """`SparseTensorProto`: its values and indices are tensors of their own."""
        for number, wire, value in self._wire.fields(end):
            if number in (1, 2) and wire == BYTES:
                self._tensor(self._place + value, name)

    def _tensor(self, end: int, name: str) -> None:
        if len(self.tensors) == MAX_TENSORS:
            raise too_large(
                f"more than {MAX_TENSORS:,} tensors", f"텐서가 {MAX_TENSORS:,}개를 넘음", offset=self._place
            )
        proto = self._proto(end, name)
        try:
            self.tensors.append(self._described(proto))
        except WeightFileError as error:
            self.faults.add(error)

    def _proto(self, end: int, name: str) -> _Proto:
        proto = _Proto(name)
        for number, wire, value in self._wire.fields(end):
            match number, wire == BYTES:
                case (1, False):
                    proto.dims.append(value)
                case (1, True):
                    proto.dims += self._wire.numbers(value, MAX_DIMENSIONS)
                case (2, False):
                    proto.kind = value
                case (8, True):
                    proto.name = encodable(self._wire.text(value, LONGEST_NAME)) or name
                case (9, True):
                    proto.raw = self._place, value
                case (13, True) if len(proto.external) < MAX_DIMENSIONS:
                    key, said = self._pair(self._place + value)
                    proto.external[key] = said
                case (14, False):
                    proto.elsewhere = value == _IN_ANOTHER_FILE
            if len(proto.dims) > MAX_DIMENSIONS:
                raise malformed(
                    f"more than {MAX_DIMENSIONS} dimensions", f"{MAX_DIMENSIONS}차원 초과", offset=self._place
                )
        return proto

    def _described(self, proto: _Proto) -> Tensor:
        dtype = _TYPES.get(proto.kind, f"type {proto.kind}")
        shape = checked_shape((one if one <= MAX_COUNT else -1 for one in proto.dims), proto.name)
        size = bytes_of(dtype, Tensor("", "", shape).elements)
        if proto.elsewhere:
            path = self._companion(proto)
            place = _number(proto.external.get("offset", "0"))
            return Tensor(
                proto.name, dtype, shape, size=size, elsewhere=None if place is None else Place(path, place)
            )
        if proto.raw is None:
            return Tensor(proto.name, dtype, shape, size=size)
        place, length = proto.raw
        if size is not None and size != length:
            said = f"{size:,} bytes by type and shape, {length:,} in the file"
            raise malformed(
                said,
                f"유형과 형상으로는 {size:,}바이트, 파일에는 {length:,}바이트",
                offset=place,
                entry=proto.name,
            )
        return Tensor(proto.name, dtype, shape, place, length)

    def _companion(self, proto: _Proto) -> str:
        location = proto.external.get("location", "")
        path = posixpath.normpath(location.replace("\\", "/"))
        outside = path in (".", "..") or path.startswith(("/", "../")) or path[1:2] == ":"
        if not location or outside or "\0" in location or len(location) > LONGEST_NAME:
            said = (
                f"its data's location leads outside the folder: {location[:60]!r}",
                "데이터 위치가 폴더 밖을 가리킴",
            )
            raise malformed(*said, entry=proto.name)
        if len(self.companions) < MAX_METADATA:
            self.companions.setdefault(path)
        return path


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else None
