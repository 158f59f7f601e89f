"""What ScanCode asks of a file's type before it reads it, with the same answers for less work.

ScanCode asks libmagic twice for each file, what it is and of which MIME type, and lets a library guess the
encoding of its beginning. Nearly all of libmagic's time goes into patterns of kinds of text that change none of
the answers which detection asks for: is it media, a PDF, "data", a font, or has it long lines? So a text is first
asked about without these patterns, and in full only if it has a word that one of them could answer with.
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

_REPRODUCED = "5.39.210531"
"""The release of typecode-libmagic whose patterns the words below were taken from; a test reads them all."""
_ENVIRONMENT = ("TYPECODE_LIBMAGIC_PATH", "TYPECODE_LIBMAGIC_DB_PATH")
_NO_PATTERNS, _NO_TEXT_PATTERNS = 0x4000, 0x20000
"""libmagic's MAGIC_NO_CHECK_SOFT and MAGIC_NO_CHECK_TEXT."""
_UNKNOWN = "data"
_READ_BEFORE_PATTERNS = ("JSON data", "CSV text")

TELLING_WORDS = (
    *("image data", "graphics image", "ms-windows metafont .wmf", "windows enhanced metafile", "png image"),
    *("interleaved image", "microsoft asf", "image text", "photoshop image", "shop pro image", "ogg data"),
    *("vorbis", "mpeg", "theora", "bitmap", "audio", "video", "sound", "riff", "icon", "netpbm"),
)
"""Words of ScanCode's `Type.is_media` by which it tells media from what libmagic says: libmagic quotes texts."""
BEGINNINGS = ("[BitmapInfo2]", "P1", "P2", "P3", "%PDF-", "<!doctype svg", "/* XPM */", "#FIG")
"""What the patterns of text for media and PDFs begin with."""

_IN_BYTES = tuple(word.encode() for word in (*TELLING_WORDS, "%pdf-", "xpm", "#fig"))
_PATTERN = re.compile(rb"\A\W{0,8}p[123]\s|<!doctype\s+svg").search
_START = 1024
"""Bytes by which ScanCode tells markup."""
_SMALLEST_MARKUP = 64
_READS_AS_ASCII = re.compile(rb"[\t\n\r\x20-\x7e]*").fullmatch
_MAY_MEAN_OTHERS = re.compile(
    rb"(?>(?:coding|charset)\s*[=:]\s*[\"']?)(?!utf-?8|(?:us-)?ascii|latin-?1|iso-8859-1)"
    rb"|\+(?:-|[A-Za-z0-9+/]{2})|~[{}~\n]",
    re.IGNORECASE,
).search
"""A declared encoding in which ASCII may mean something else, or what UTF-7 and HZ write other characters with."""


def described(location: str) -> Any:
    """ScanCode's description of the file at `location` (`typecode.get_type`).

    Of most texts it only tells what detection asks for: the kind that it names may lack the language of a program.
    """
    from typecode import get_type

    file_type = get_type(location)
    if file_type._filetype_file is None and file_type._mimetype_file is None and file_type.is_text:
        _answer(file_type)
    return file_type


def _answer(file_type: Any) -> None:
    """Note the answers of both questions where they can be told without the patterns of text."""
    if not patterns_are_known() or _could_be_media(Path(file_type.location).read_bytes().lower()):
        return
    kind = _kind(file_type.location, _NO_TEXT_PATTERNS)
    if kind != _UNKNOWN:
        file_type._filetype_file = kind
        if kind.startswith(_READ_BEFORE_PATTERNS):
            file_type._mimetype_file = "text/plain"
    elif (kind := _kind(file_type.location, _NO_PATTERNS)) != _UNKNOWN:
        file_type._filetype_file, file_type._mimetype_file = kind, "text/plain"


def _could_be_media(lowered: bytes) -> bool:
    """Whether a text has what a pattern of text tells media or a PDF by, or a word that one could quote."""
    return any(word in lowered for word in _IN_BYTES) or _PATTERN(lowered) is not None


@cache
def patterns_are_known() -> bool:
    """Whether libmagic and its patterns are the ones of which it is known what else could be answered."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("typecode-libmagic") == _REPRODUCED and not any(os.environ.get(one) for one in _ENVIRONMENT)
    except PackageNotFoundError:
        return False


def _kind(location: str, left_out: int) -> str:
    """What libmagic says of a file without some of its patterns; as if unknown where it fails."""
    from typecode import magic2

    try:
        return str(magic2._detect(location, magic2.DETECT_TYPE | left_out))
    except Exception:  # whatever it is, ScanCode asks again and deals with it
        return _UNKNOWN


def is_markup(location: str) -> bool:
    """ScanCode's `is_markup`, with no guess at the encoding of what reads as ASCII in any."""
    from textcode import markup

    if not location.endswith(markup.extensions):
        with Path(location).open("rb") as file:
            start = file.read(_START)
        if len(start) >= _SMALLEST_MARKUP and _READS_AS_ASCII(start) and not _MAY_MEAN_OTHERS(start):
            return described(location).is_text and bool(markup.is_markup_text(start.decode("ascii")))
    return bool(markup.is_markup(location))
