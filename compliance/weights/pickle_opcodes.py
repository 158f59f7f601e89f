"""One pickle opcode after another with its argument, in bounded memory. Nothing is built, imported or called.

The table of opcodes is `pickletools.opcodes` of the standard library. Its own reader isn't used: it fetches an
argument as long as it claims to be, and gives up on texts that the real unpickler accepts and so sees no more.
"""

import pickletools
import struct
from collections.abc import Iterator

from compliance.weights.faults import malformed, too_large
from compliance.weights.header_reader import HeaderReader

MAX_OPCODES = 2_000_000
"""Of one file; a checkpoint of 25,000 tensors has a million."""
LONGEST_ARGUMENT = 64 << 10
"""Bytes kept of an argument. The rest of a longer one is passed over: it is data and no name."""

Argument = str | bytes | int | None

_OPCODES = {one.code: one for one in pickletools.opcodes}
_LENGTHS = {
    pickletools.TAKEN_FROM_ARGUMENT1: struct.Struct("<B"),
    pickletools.TAKEN_FROM_ARGUMENT4: struct.Struct("<I"),
    pickletools.TAKEN_FROM_ARGUMENT4U: struct.Struct("<I"),
    pickletools.TAKEN_FROM_ARGUMENT8U: struct.Struct("<Q"),
}
_LINES = {"GLOBAL": 2, "INST": 2}
_TEXTS = {"BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "BINSTRING", "SHORT_BINSTRING"}
_SIGNED = {"BININT": struct.Struct("<i"), "EXT4": struct.Struct("<i")}
_LONGS = {"LONG1", "LONG4"}
_LONGEST_NUMBER = 16
"""Bytes of a whole number that is kept; PyTorch's magic number has ten."""
_QUOTES = "'\""


def opcodes(reader: HeaderReader, limit: int = MAX_OPCODES) -> Iterator[tuple[str, Argument, int]]:
    """Name, argument and place of every opcode up to and with STOP.

    A number is an int, a text a str, binary data bytes; a float is None, since nothing here depends on one.

    Args:
        reader: at the first opcode; afterwards behind the last one that was drawn.
        limit: opcodes after which it is enough.

    Raises:
        WeightFileError: an unknown opcode, an argument beyond the end, or more opcodes than `limit`.
    """
    for _ in range(limit):
        place = reader.offset
        code = reader.take(1)
        known = _OPCODES.get(code.decode("latin-1"))
        if known is None:
            raise malformed(
                f"byte {code[0]:#04x} is no pickle opcode", f"{code[0]:#04x}은 피클 명령이 아님", offset=place
            )
        yield known.name, _argument(reader, known), place
        if known.name == "STOP":
            return
    raise too_large(f"more than {limit:,} pickle opcodes", f"피클 명령이 {limit:,}개를 넘음", offset=reader.offset)


def _argument(reader: HeaderReader, opcode: pickletools.OpcodeInfo) -> Argument:
    form = opcode.arg
    if form is None:
        return None
    if form.n >= 0:
        return _number(opcode.name, reader.take(form.n))
    if form.n == pickletools.UP_TO_NEWLINE:
        return _line(opcode.name, reader)
    length = reader.unpack(_LENGTHS[form.n])
    kept = reader.take(min(length, LONGEST_ARGUMENT))
    reader.skip(length - len(kept))
    if opcode.name in _TEXTS:
        return kept.decode("utf-8", "replace")
    return _long(kept) if opcode.name in _LONGS else kept


def _number(name: str, raw: bytes) -> int | None:
    if name == "BINFLOAT":
        return None
    if (form := _SIGNED.get(name)) is not None:
        return int(form.unpack(raw)[0])
    return int.from_bytes(raw, "little")


def _long(raw: bytes) -> int | None:
    return int.from_bytes(raw, "little", signed=True) if len(raw) <= _LONGEST_NUMBER else None


def _line(name: str, reader: HeaderReader) -> Argument:
    lines = [reader.line(LONGEST_ARGUMENT).decode("utf-8", "replace") for _ in range(_LINES.get(name, 1))]
    match name:
        case "GLOBAL" | "INST":
            return "\n".join(lines)
        case "INT" | "LONG" | "GET" | "PUT":
            return _decimal(lines[0])
        case "STRING":
            return lines[0].strip(" ").strip(_QUOTES)
        case "UNICODE":
            return lines[0].encode("utf-8", "replace").decode("raw_unicode_escape", "replace")
    return lines[0] if name == "PERSID" else None


def _decimal(digits: str) -> int | None:
    digits = digits.strip().removesuffix("L")
    sign = digits[:1] in ("-", "+")
    return int(digits) if digits[sign:].isascii() and digits[sign:].isdigit() and len(digits) < 40 else None
