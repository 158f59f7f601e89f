"""Git LFS pointers: small texts that stand for content kept elsewhere."""

import re

from compliance.model.text import Text

SMALLEST = 120
LARGEST = 1_024
"""Bytes; the LFS specification allows no larger pointer."""
_VERSION = re.compile(rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v1\r?\n")
_OBJECT = re.compile(rb"^oid sha256:([0-9a-f]{64})\r?$", re.MULTILINE)
_SIZE = re.compile(rb"^size ([0-9]{1,20})\r?$", re.MULTILINE)


def may_be_pointer(size: int) -> bool:
    """Whether a file of `size` bytes can be a pointer."""
    return SMALLEST <= size <= LARGEST


def pointed_to(content: bytes) -> str | None:
    """The object that the pointer `content` stands for, a blank, and its bytes (`12,345`); None for no pointer."""
    if not _VERSION.match(content):
        return None
    name, size = _OBJECT.search(content), _SIZE.search(content)
    if name is None or size is None:
        return None
    return f"sha256:{name[1].decode()} {int(size[1]):,}"


def said(target: str) -> Text:
    """What is said of a pointer to `target`, as `pointed_to` gives it."""
    name, _, size = target.partition(" ")
    return Text(
        en=f"Git LFS object {name}, {size} bytes; fetch it (git lfs pull)",
        ko=f"Git LFS 객체 {name}, {size}바이트. 받으세요(git lfs pull)",
    )
