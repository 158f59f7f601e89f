"""Fields of a protobuf message one after another; long ones are passed over unless asked for.

The protobuf library would build the whole message in memory, tensors' data included. Format:
https://protobuf.dev/programming-guides/encoding/
"""

from collections.abc import Iterator

from compliance.weights.faults import malformed, too_large
from compliance.weights.header_reader import HeaderReader

MAX_FIELDS = 2_000_000
"""Of one file; a graph of 50,000 nodes has some 750,000."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_FIXED = {FIXED64: 8, FIXED32: 4}


class WireReader:
    """Walks through nested messages of one file."""

    __slots__ = ("_fields", "header")

    def __init__(self, header: HeaderReader) -> None:
        """Read from `header`, which stands at a message and ends with it."""
        self.header = header
        self._fields = 0

    def fields(self, end: int) -> Iterator[tuple[int, int, int]]:
        """Number, wire type and value of each field up to the byte `end` of the file.

        The value of a `BYTES` field is its length: whoever draws it reads the bytes, or leaves them, in which case
        they are passed over. A fixed field's value is 0, since nothing here depends on one.

        Raises:
            WeightFileError: a broken field, one that reaches beyond `end`, or too many in the file.
        """
        header = self.header
        while header.offset < end:
            place = header.offset
            tag = self.varint()
            number, wire = tag >> 3, tag & 7
            self._count(place)
            if not number:
                raise malformed("field number 0", "필드 번호 0", offset=place)
            if wire == VARINT:
                yield number, wire, self.varint()
            elif wire == BYTES:
                length = self.varint()
                after = header.offset + length
                yield number, wire, min(length, end - header.offset)  # what is there of a message cut short
                if after > end:
                    said = f"a field of {length:,} bytes reaches beyond its message", "필드가 메시지 끝을 넘음"
                    raise malformed(*said, offset=place)
                header.skip(after - header.offset)
            elif wire in _FIXED:
                header.skip(_FIXED[wire])
                yield number, wire, 0
            else:
                raise malformed(f"wire type {wire}", f"와이어 유형 {wire}", offset=place)
        if header.offset > end:
            raise malformed("a field reaches beyond its message", "필드가 메시지 끝을 넘음", offset=end)

    def varint(self) -> int:
        """The next variable-length number, below 2⁶⁴."""
        place = self.header.offset
        found = 0
        for shift in range(0, 70, 7):
            byte = self.header.take(1)[0]
            found |= (byte & 0x7F) << shift
            if byte < 0x80:
                return found & 0xFFFF_FFFF_FFFF_FFFF
        raise malformed("a number of more than 64 bits", "64비트를 넘는 숫자", offset=place)

    def text(self, length: int, longest: int) -> str:
        """The text of a `BYTES` field of `length` bytes, of which at most `longest` are read."""
        return self.header.take(min(length, longest)).decode("utf-8", "replace")

    def numbers(self, length: int, most: int) -> list[int]:
        """The packed numbers in a `BYTES` field of `length` bytes. Raises WeightFileError for more than `most`."""
        end = self.header.offset + length
        found: list[int] = []
        while self.header.offset < end:
            found.append(self.varint())
            if len(found) > most:
                raise malformed(f"more than {most} numbers", f"숫자 {most}개 초과", offset=end - length)
        return found

    def _count(self, place: int) -> None:
        self._fields += 1
        if self._fields > MAX_FIELDS:
            raise too_large(f"more than {MAX_FIELDS:,} fields", f"필드가 {MAX_FIELDS:,}개를 넘음", offset=place)
