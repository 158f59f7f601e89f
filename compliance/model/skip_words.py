"""Sentences that several detectors say of what they leave unexamined."""

from compliance.model.text import Text

_LONGEST = 300


def over_bytes(size: int, most: int) -> Text:
    """A file of `size` bytes is larger than `most`."""
    return Text(en=f"{size:,} bytes, more than {most:,}", ko=f"{size:,}바이트, 한도 {most:,}바이트 초과")


def first_findings(count: int) -> Text:
    """Only some findings were kept."""
    return Text(en=f"only the first {count:,} findings were kept", ko=f"앞의 {count:,}건만 기록")


def not_utf_8(error: UnicodeDecodeError) -> Text:
    """The text isn't in UTF-8."""
    return Text(en=f"not UTF-8 at byte {error.start}", ko=f"바이트 위치 {error.start}: UTF-8 아님")


def at_line(line: int, said: Text) -> Text:
    """`said` of one line."""
    return Text(en=f"line {line}: {said.en}", ko=f"{line}행: {said.ko}")


def at_place(line: int, column: int, said: Text) -> Text:
    """`said` of one place."""
    return Text(en=f"line {line}, column {column}: {said.en}", ko=f"{line}행 {column}열: {said.ko}")


def first_lines(said: Text) -> Text:
    """The first line of `said` in each language, shortened."""
    return Text(en=said.en.split("\n")[0][:_LONGEST], ko=said.ko.split("\n")[0][:_LONGEST])
