"""JSON text that every reader accepts and that is safe to print on a terminal."""

import re
from typing import Any

import msgspec

_INVISIBLE = re.compile(
    rb"\x7f|\xc2[\x80-\x9f\xad]|\xd8\x9c|\xe1\x85[\x9f\xa0]|\xe1\xa0\x8e|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]"
    rb"|\xe3\x85\xa4|\xef\xbb\xbf|\xef\xbe\xa0|\xef\xbf[\xb9-\xbb]|\xf3\xa0[\x80\x81][\x80-\xbf]"
)
"""Control, bidirectional and other invisible characters that JSON allows as they are, in UTF-8: U+007F–9F, AD,
61C, 115F, 1160, 180E, 200B–200F, 2028–202E, 2060–206F, 3164, FEFF, FFA0, FFF9–FFFB and E0000–E007F."""


def encode_text(document: Any) -> str:
    """`document` (plain dictionaries, lists and scalars) as indented JSON with a newline at its end.

    Lone surrogates, which UTF-8 can't hold, stand as the characters `\\udXXX`. Invisible characters are written as
    JSON escapes: a reader gets them back, a terminal or an editor shows them.
    """
    return encode_bytes(document).decode()


def encode_bytes(document: Any) -> bytes:
    """The same in UTF-8; `document` may also hold structures that msgspec encodes."""
    return _INVISIBLE.sub(_escape, msgspec.json.format(_compact(document), indent=2)) + b"\n"


def _compact(document: Any) -> bytes:
    try:
        return msgspec.json.encode(document)
    except UnicodeEncodeError:
        return msgspec.json.encode(_without_surrogates(msgspec.to_builtins(document)))


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


def _escape(match: re.Match[bytes]) -> bytes:
    units = match[0].decode().encode("utf-16-be")
    return b"".join(b"\\u" + units[at : at + 2].hex().encode() for at in range(0, len(units), 2))
