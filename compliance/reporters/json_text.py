"""JSON text that every reader accepts and that is safe to print on a terminal."""

import re
from typing import Any

import msgspec

_INVISIBLE = re.compile(
    "[\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Control, bidirectional and other invisible characters that JSON allows as they are."""


def encode_text(document: Any) -> str:
    """`document` (plain dictionaries, lists and scalars) as indented JSON with a newline at its end.

    Lone surrogates, which UTF-8 can't hold, stand as the characters `\\udXXX`. Invisible characters are written as
    JSON escapes: a reader gets them back, a terminal or an editor shows them.
    """
    try:
        raw = msgspec.json.encode(document)
    except UnicodeEncodeError:
        raw = msgspec.json.encode(_without_surrogates(document))
    return _INVISIBLE.sub(_escape, msgspec.json.format(raw, indent=2).decode()) + "\n"


def _without_surrogates(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case dict():
            return {_without_surrogates(key): _without_surrogates(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_without_surrogates(inner) for inner in value]
        case _:
            return value


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
