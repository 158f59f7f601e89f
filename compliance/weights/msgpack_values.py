"""One msgpack value after another; of what is long, only the length. Format: the msgpack specification."""

import struct

import msgspec

from compliance.weights.caps import LONGEST_VALUE
from compliance.weights.faults import malformed
from compliance.weights.header_reader import HeaderReader


class Map(msgspec.Struct, frozen=True):
    """A map of `length` keys and values, which follow."""

    length: int


class Array(msgspec.Struct, frozen=True):
    """A list of `length` values, which follow."""

    length: int


class Data(msgspec.Struct, frozen=True):
    """`length` bytes, which follow."""

    length: int


class Extension(msgspec.Struct, frozen=True):
    """`length` bytes of a kind that the application knows, which follow."""

    kind: int
    length: int


Value = Map | Array | Data | Extension | str | int | float | bool | None

_CONSTANTS: dict[int, Value] = {0xC0: None, 0xC2: False, 0xC3: True}
_NUMBERS = {
    0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q", 0xD0: ">b", 0xD1: ">h", 0xD2: ">i",
    0xD3: ">q",
}  # fmt: skip
_TEXTS = {0xD9: 1, 0xDA: 2, 0xDB: 4}
_DATA = {0xC4: 1, 0xC5: 2, 0xC6: 4}
_EXTENSIONS = {0xC7: 1, 0xC8: 2, 0xC9: 4}
_FIXED_EXTENSIONS = {0xD4: 1, 0xD5: 2, 0xD6: 4, 0xD7: 8, 0xD8: 16}
_ARRAYS = {0xDC: 2, 0xDD: 4}
_MAPS = {0xDE: 2, 0xDF: 4}


def next_value(reader: HeaderReader) -> Value:
    """The next value; of a map, list, data or extension its length, with the reader at its begin.

    Raises:
        WeightFileError: the byte begins no value, or the value reaches beyond the end.
    """
    place = reader.offset
    code = reader.take(1)[0]
    if code < 0x80:
        return code
    if code >= 0xE0:
        return code - 0x100
    if code < 0x90:
        return Map(code & 0x0F)
    if code < 0xA0:
        return Array(code & 0x0F)
    if code < 0xC0:
        return _text(reader, code & 0x1F)
    if code in _CONSTANTS:
        return _CONSTANTS[code]
    if code in _NUMBERS:
        form = _NUMBERS[code]
        number: int | float = struct.unpack(form, reader.take(struct.calcsize(form)))[0]
        return number
    return _long(reader, code, place)


def _long(reader: HeaderReader, code: int, place: int) -> Value:
    if code in _TEXTS:
        return _text(reader, _length(reader, _TEXTS[code]))
    if code in _DATA:
        return Data(_length(reader, _DATA[code]))
    if code in _EXTENSIONS:
        length = _length(reader, _EXTENSIONS[code])
        return Extension(reader.take(1)[0], length)
    if code in _FIXED_EXTENSIONS:
        return Extension(reader.take(1)[0], _FIXED_EXTENSIONS[code])
    if code in _ARRAYS:
        return Array(_length(reader, _ARRAYS[code]))
    if code in _MAPS:
        return Map(_length(reader, _MAPS[code]))
    raise malformed(f"byte {code:#04x} begins no value", f"{code:#04x}은 값의 시작이 아님", offset=place)


def _length(reader: HeaderReader, width: int) -> int:
    return int.from_bytes(reader.take(width), "big")


def _text(reader: HeaderReader, length: int) -> str:
    kept = reader.take(min(length, 4 * LONGEST_VALUE))
    reader.skip(length - len(kept))
    return kept.decode("utf-8", "replace")
