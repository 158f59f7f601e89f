"""Where the characters of a YAML text stand in its file, for texts that are written on one line."""

from collections.abc import Iterator, Sequence

_ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}


def columns(lines: Sequence[str], line: int, column: int, value: str) -> tuple[int, ...] | None:
    """The column, from 1, of each character of `value` and of the place after its last one.

    Args:
        lines: the file's lines.
        line: of the text's first character or quote, from 1.
        column: of the same, from 1.
        value: the text as YAML reads it.

    Returns:
        None where `value` isn't written out on that one line: folded, in a block, over several lines, behind a
        tag or an anchor, or an alias.
    """
    written = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    if written[:1] in {"'", '"'}:
        places = list(_quoted(written, written[0]))
        offsets = places if len(places) == len(value) + 1 else None
    elif written.startswith(value):
        offsets = list(range(len(value) + 1))
    else:
        offsets = None
    return None if offsets is None else tuple(column + offset for offset in offsets)


def _quoted(written: str, quote: str) -> Iterator[int]:
    """The offset of each character inside the quotes and of the closing quote; none where it doesn't close."""
    place = 1
    while place < len(written):
        length = _length(written[place : place + 2], quote)
        if length == 0:
            yield place
            return
        yield place
        place += length


def _length(two: str, quote: str) -> int:
    """How many characters of the file the next character of the text takes, told from the next two; 0 at the
    closing quote."""
    if two == "''" and quote == "'":
        return 2
    if two.startswith(quote):
        return 0
    if two.startswith("\\") and quote == '"':
        return _ESCAPE_LENGTHS.get(two[1:2], 2)
    return 1
