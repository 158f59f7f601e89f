"""Text that a terminal shows exactly as meant: nothing hidden, nothing executed, no line too wide.

A character whose East Asian width is ambiguous (such as `…`) takes one column on most terminals and two on some
Korean ones. Limits are kept for the second, so that no line breaks on either; columns are aligned for the first.
"""

from unicodedata import east_asian_width

_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Hangul fillers: letters by their class, yet invisible."""
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
ELLIPSIS = "…"


def visible(text: str) -> str:
    """`text` on one line with every unprintable character as an escape: `\\n`, `\\x1b`, `\\u202e`, `\\udc80`."""
    if text.isprintable() and _BLANK_LETTERS.isdisjoint(text):
        return text
    return "".join(one if one.isprintable() and one not in _BLANK_LETTERS else _escaped(one) for one in text)


def cells(text: str) -> int:
    """The most columns that a terminal may use for `text`."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


def usual_cells(text: str) -> int:
    """The columns that most terminals use for `text`."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def padded(text: str, width: int) -> str:
    """`text` with spaces up to `width` columns on most terminals."""
    return text + " " * (width - usual_cells(text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns, with `…` for what its end lost."""
    if cells(text) <= width:
        return text
    return _head(text, width - cells(ELLIPSIS)) + ELLIPSIS


def cut_middle(text: str, width: int, keep: int) -> str:
    """`text` in at most `width` columns, with `…` for what its middle lost.

    The last `keep` characters stay if they fit; so a long path keeps its file name and line.
    """
    if cells(text) <= width:
        return text
    room = max(width - cells(ELLIPSIS), 0)
    tail = _tail(text, max(min(cells(text[len(text) - keep :]), room), room // 2))
    return _head(text, room - cells(tail)) + ELLIPSIS + tail


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken at spaces, and inside a word only where it must be."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(joined) <= width:
            lines[-1] = joined
            continue
        pieces = _pieces(word, width)
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces = []
    while cells(word) > width:
        head = _head(word, width) or word[0]
        pieces.append(head)
        word = word[len(head) :]
    return [*pieces, word] if word else pieces


def _head(text: str, width: int) -> str:
    used = 0
    for at, one in enumerate(text):
        used += cells(one)
        if used > width:
            return text[:at]
    return text


def _tail(text: str, width: int) -> str:
    return _head(text[::-1], width)[::-1]


def _escaped(one: str) -> str:
    code = ord(one)
    if one in _SHORT:
        return _SHORT[one]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
