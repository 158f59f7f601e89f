"""Names as they stand in reports, and which member names of an archive are safe."""

import re

from compliance.model.submission import MEMBER_MARK

_MEMBER_MARK = MEMBER_MARK.encode()
_DRIVE = re.compile(rb"[A-Za-z]:")
REPOSITORY_FOLDER = b".git"
LONGEST_PATH = 4_096
"""Bytes; what Linux itself accepts."""
MOST_PARTS = 255
"""Folders in each other, each of which would cost its whole path again wherever folders are listed."""
_LONGEST_SHOWN = 200


def shown(name: bytes) -> str:
    """`name` as text: UTF-8 as it is, any other byte as `\\xNN`. Control characters stay as they are.

    A folder's last `!` stands as `\\x21`, since `!/` divides an archive's path from a member's.
    """
    return name.replace(_MEMBER_MARK, b"\\x21/").decode("utf-8", "backslashreplace")


def joined(folder: bytes, path: bytes) -> bytes:
    """`path` below `folder`; the folder itself for an empty path."""
    return folder.rstrip(b"/") + b"/" + path if path else folder


def parts_of(name: bytes) -> list[bytes]:
    """The parts of an archive member's `name`, without empty parts and `.`."""
    return [part for part in name.split(b"/") if part not in (b"", b".")]


def overlong(name: bytes) -> str | None:
    """Why `name` is too long to be a path; None where it isn't."""
    if len(name) > LONGEST_PATH:
        return f"the path has {len(name):,} bytes, more than {LONGEST_PATH:,}"
    if (parts := name.count(b"/") + 1) > MOST_PARTS:
        return f"the path has {parts:,} parts, more than {MOST_PARTS}"
    return None


def abbreviated(name: bytes) -> str:
    """`name` as text, its end left out where it is too long to be a path."""
    return shown(name) if overlong(name) is None else f"{shown(name[:_LONGEST_SHOWN])}…"


def unsafe(name: bytes) -> str | None:
    """Why an archive member called `name` is refused: overlong, or landing outside; None where it is safe."""
    if (fault := overlong(name)) is not None:
        return fault
    if b"\0" in name:
        return "the name holds a NUL byte"
    if b"\\" in name:
        return "the name holds a backslash, which some systems read as a separator"
    if name.startswith(b"/"):
        return "the name is absolute"
    if _DRIVE.match(name):
        return "the name starts with a drive letter"
    if b".." in name.split(b"/"):
        return "the name holds '..'"
    return None
