"""Names as they stand in reports, and which member names of an archive are safe."""

import re

from compliance.model.submission import MEMBER_MARK
from compliance.model.text import Text

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


def overlong(name: bytes) -> Text | None:
    """Why `name` is too long to be a path; None where it isn't."""
    if len(name) > LONGEST_PATH:
        return Text(
            en=f"the path has {len(name):,} bytes, more than {LONGEST_PATH:,}",
            ko=f"경로 길이 {len(name):,}바이트, 한도 {LONGEST_PATH:,}바이트 초과",
        )
    if (parts := name.count(b"/") + 1) > MOST_PARTS:
        return Text(
            en=f"the path has {parts:,} parts, more than {MOST_PARTS}",
            ko=f"경로 단계 {parts:,}개, 한도 {MOST_PARTS}개 초과",
        )
    return None


def abbreviated(name: bytes) -> str:
    """`name` as text, its end left out where it is too long to be a path."""
    return shown(name) if overlong(name) is None else f"{shown(name[:_LONGEST_SHOWN])}…"


def unsafe(name: bytes) -> Text | None:
    """Why an archive member called `name` is refused: overlong, or landing outside; None where it is safe."""
    if (fault := overlong(name)) is not None:
        return fault
    if b"\0" in name:
        return Text(en="the name holds a NUL byte", ko="이름에 NUL 바이트 있음")
    if b"\\" in name:
        return Text(
            en="the name holds a backslash, which some systems read as a separator",
            ko="이름에 역슬래시 있음: 일부 시스템은 경로 구분자로 읽음",
        )
    if name.startswith(b"/"):
        return Text(en="the name is absolute", ko="절대 경로인 이름")
    if _DRIVE.match(name):
        return Text(en="the name starts with a drive letter", ko="드라이브 문자로 시작하는 이름")
    if b".." in name.split(b"/"):
        return Text(en="the name holds '..'", ko="이름에 '..' 있음")
    return None
