"""Git LFS pointers: small texts that stand for content kept elsewhere."""

import re

from compliance.model.text import Text

SMALLEST = 120
LARGEST = 1_024
"""Bytes; the LFS specification allows no larger pointer."""
_VERSION = re.compile(rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v1\r?\n")
_OBJECT = re.compile(rb"^oid sha256:([0-9a-f]{64})\r?$", re.MULTILINE)
_SAID = re.compile(r"Git LFS object (\S+), ([\d,]+) bytes; ")
_SIZE = re.compile(rb"^size ([0-9]{1,20})\r?$", re.MULTILINE)


def may_be_pointer(size: int) -> bool:
    """Whether a file of `size` bytes can be a pointer."""
    return SMALLEST <= size <= LARGEST


def pointer_detail(content: bytes) -> str | None:
    """What the pointer `content` stands for; None where it is no pointer."""
    if not _VERSION.match(content):
        return None
    name, size = _OBJECT.search(content), _SIZE.search(content)
    if name is None or size is None:
        return None
    return f"Git LFS object sha256:{name[1].decode()}, {int(size[1]):,} bytes; fetch it (git lfs pull)"


def said(detail: str) -> Text:
    """The `detail` of a pointer in both languages."""
    found = _SAID.match(detail)
    ko = f"Git LFS 객체 {found[1]}, {found[2]}바이트. 받으세요(git lfs pull)" if found else detail
    return Text(en=detail, ko=ko)
