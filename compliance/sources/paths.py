"""Names as they stand in reports, and which member names of an archive are safe."""

import re

_DRIVE = re.compile(rb"[A-Za-z]:")
REPOSITORY_FOLDER = b".git"


def shown(name: bytes) -> str:
    """`name` as text: UTF-8 as it is, any other byte as `\\xNN`. Control characters stay as they are.

    A folder's last `!` stands as `\\x21`, since `!/` divides an archive's path from a member's.
    """
    return name.replace(b"!/", b"\\x21/").decode("utf-8", "backslashreplace")


def joined(folder: bytes, path: bytes) -> bytes:
    """`path` below `folder`; the folder itself for an empty path."""
    return folder.rstrip(b"/") + b"/" + path if path else folder


def parts_of(name: bytes) -> list[bytes]:
    """The parts of an archive member's `name`, without empty parts and `.`."""
    return [part for part in name.split(b"/") if part not in (b"", b".")]


def unsafe(name: bytes) -> str | None:
    """Why an archive member called `name` could land outside the archive; None where it can't."""
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
