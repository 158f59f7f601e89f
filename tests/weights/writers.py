"""Small writers of weight files, honest ones and lies, byte by byte."""

import io
import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

Entries = Mapping[str, tuple[str, Sequence[int]]]
"""Type and shape of each tensor by name."""

BYTES = {"F32": 4, "F16": 2, "BF16": 2, "I64": 8, "U8": 1, "BOOL": 1, "F64": 8}


# safetensors


def safetensors_header(
    entries: Entries, metadata: Mapping[str, str] | None = None
) -> tuple[dict[str, object], int]:
    """The header's content and the bytes of data that it speaks of."""
    header: dict[str, object] = {} if metadata is None else {"__metadata__": dict(metadata)}
    place = 0
    for name, (dtype, shape) in entries.items():
        end = place + prod(shape) * BYTES[dtype]
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [place, end]}
        place = end
    return header, place


def safetensors_of(header: object, data: int) -> bytes:
    """A file with `header` (JSON text, or what is written as such) and `data` bytes of zeros."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(data)


def safetensors(entries: Entries, metadata: Mapping[str, str] | None = None) -> bytes:
    """An honest file."""
    return safetensors_of(*safetensors_header(entries, metadata))


# GGUF

STRING, UINT32, ARRAY, BOOL, FLOAT32 = 8, 4, 9, 7, 6
GGUF_TYPES = {"F32": (0, 1, 4), "F16": (1, 1, 2), "Q4_0": (2, 32, 18), "Q4_K": (12, 256, 144), "BF16": (30, 1, 2)}


@dataclass(frozen=True)
class Gguf:
    """Writes GGUF of one version and byte order."""

    order: str = "<"
    version: int = 3

    def length(self, number: int) -> bytes:
        return struct.pack(f"{self.order}{'I' if self.version == 1 else 'Q'}", number)

    def word(self, number: int) -> bytes:
        return struct.pack(f"{self.order}I", number)

    def text(self, words: str) -> bytes:
        return self.length(len(words.encode())) + words.encode()

    def value(self, value: object) -> bytes:
        match value:
            case bool():
                return self.word(BOOL) + bytes([value])
            case str():
                return self.word(STRING) + self.text(value)
            case int():
                return self.word(UINT32) + self.word(value)
            case float():
                return self.word(FLOAT32) + struct.pack(f"{self.order}f", value)
            case list():
                body = b"".join(self.text(str(one)) for one in value)
                return self.word(ARRAY) + self.word(STRING) + self.length(len(value)) + body
        raise TypeError(value)

    def start(self, tensors: int, values: int) -> bytes:
        return b"GGUF" + self.word(self.version) + self.length(tensors) + self.length(values)

    def tensor(self, name: str, kind: int, shape: Sequence[int], offset: int) -> bytes:
        lengths = b"".join(self.length(one) for one in reversed(shape))
        place = struct.pack(f"{self.order}Q", offset)
        return self.text(name) + self.word(len(shape)) + lengths + self.word(kind) + place

    def file(self, entries: Entries, metadata: Mapping[str, object] | None = None) -> bytes:
        values = metadata or {}
        header = self.start(len(entries), len(values))
        header += b"".join(self.text(key) + self.value(value) for key, value in values.items())
        place = 0
        for name, (dtype, shape) in entries.items():
            kind, block, size = GGUF_TYPES[dtype]
            header += self.tensor(name, kind, shape, place)
            place += -(-prod(shape) // block * size // 32) * 32
        return header + bytes(-len(header) % 32) + bytes(place)


# protobuf and ONNX


def varint(number: int) -> bytes:
    found = b""
    while number > 0x7F:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])


def field(number: int, value: int | bytes | str) -> bytes:
    """One field of a protobuf message."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    content = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(content)) + content


def onnx_tensor(name: str, kind: int, shape: Sequence[int], raw: bytes | None = None, location: str = "") -> bytes:
    proto = b"".join(field(1, one) for one in shape) + field(2, kind) + field(8, name)
    if location:
        return proto + field(13, field(1, "location") + field(2, location)) + field(14, 1)
    return proto + (b"" if raw is None else field(9, raw))


def onnx_model(graph: bytes, *more: bytes) -> bytes:
    return field(1, 8) + field(2, "pytorch") + field(3, "2.9") + field(7, graph) + b"".join(more)


# pickles and PyTorch

PROTO, STOP, MARK = b"\x80\x02", b".", b"("


def text(words: str) -> bytes:
    """BINUNICODE."""
    return b"X" + struct.pack("<I", len(words.encode())) + words.encode()


def number(value: int) -> bytes:
    """BININT, or LONG1 where it doesn't fit."""
    if -(1 << 31) <= value < 1 << 31:
        return b"J" + struct.pack("<i", value)
    raw = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return b"\x8a" + bytes([len(raw)]) + raw


def name(module: str, attribute: str) -> bytes:
    """GLOBAL."""
    return b"c" + f"{module}\n{attribute}\n".encode()


def tuple_of(*values: bytes) -> bytes:
    """MARK … TUPLE."""
    return MARK + b"".join(values) + b"t"


def call(function: bytes, *arguments: bytes) -> bytes:
    """REDUCE."""
    return function + tuple_of(*arguments) + b"R"


def storage(kind: str, key: str, elements: int) -> bytes:
    """BINPERSID of one of PyTorch's storages."""
    return tuple_of(text("storage"), name("torch", kind), text(key), text("cpu"), number(elements)) + b"Q"


def torch_tensor(kind: str, key: str, shape: Sequence[int], elements: int | None = None) -> bytes:
    """A contiguous tensor over a whole storage, or over one of `elements` elements."""
    strides = [prod(shape[place + 1 :]) for place in range(len(shape))]
    return call(
        name("torch._utils", "_rebuild_tensor_v2"),
        storage(kind, key, prod(shape) if elements is None else elements),
        number(0),
        tuple_of(*map(number, shape)),
        tuple_of(*map(number, strides)),
        b"\x89",
        call(name("collections", "OrderedDict")),
    )


def dictionary(values: Mapping[str, bytes]) -> bytes:
    """EMPTY_DICT and SETITEMS."""
    return b"}" + MARK + b"".join(text(key) + value for key, value in values.items()) + b"u"


def pickled(value: bytes) -> bytes:
    """A whole pickle of protocol 2."""
    return PROTO + value + STOP


STORAGES = {"F32": "FloatStorage", "F16": "HalfStorage", "BF16": "BFloat16Storage", "I64": "LongStorage"}


def state_dict(entries: Entries) -> bytes:
    return dictionary(
        {
            key: torch_tensor(STORAGES[dtype], str(place), shape)
            for place, (key, (dtype, shape)) in enumerate(entries.items())
        }
    )


def torch_zip(entries: Entries, value: bytes | None = None, **more: bytes) -> bytes:
    """What `torch.save` writes: a zip with the pickle and one member for each storage."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("archive/data.pkl", pickled(state_dict(entries) if value is None else value))
        for place, (dtype, shape) in enumerate(entries.values()):
            archive.writestr(f"archive/data/{place}", bytes(prod(shape) * BYTES[dtype]))
        archive.writestr("archive/version", "3\n")
        for member, content in more.items():
            archive.writestr(f"archive/{member}", content)
    return written.getvalue()


MAGIC_NUMBER = 0x1950A86A20F9469CFC6C


def torch_legacy(entries: Entries) -> bytes:
    """What `torch.save` wrote before: five pickles, then the storages."""
    pickles = [number(MAGIC_NUMBER), number(1001), dictionary({"little_endian": b"\x88"}), state_dict(entries)]
    keys = b"]" + MARK + b"".join(text(str(place)) for place in range(len(entries))) + b"e"
    data = b"".join(
        struct.pack("<q", prod(shape)) + bytes(prod(shape) * BYTES[dtype]) for dtype, shape in entries.values()
    )
    return b"".join(map(pickled, [*pickles, keys])) + data


# msgpack and Flax


def packed(value: object) -> bytes:
    """A msgpack value; a tuple (type, shape) is one of Flax's arrays."""
    match value:
        case dict():
            body = b"".join(packed(key) + packed(inner) for key, inner in value.items())
            return b"\xdf" + struct.pack(">I", len(value)) + body
        case (str(dtype), [*lengths_given]):
            shape = [int(one) for one in map(str, lengths_given)]
            size = prod(shape) * {"float32": 4, "bfloat16": 2, "int64": 8}[dtype]
            lengths = bytes([0x90 | len(shape)]) + b"".join(b"\xce" + struct.pack(">I", one) for one in shape)
            head = b"\x93" + lengths + packed(dtype) + b"\xc6" + struct.pack(">I", size)
            return b"\xc9" + struct.pack(">I", len(head) + size) + b"\x01" + head + bytes(size)
        case str():
            return b"\xdb" + struct.pack(">I", len(value.encode())) + value.encode()
        case int():
            return b"\xce" + struct.pack(">I", value)
    raise TypeError(value)
