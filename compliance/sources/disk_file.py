"""Files on disk: the record that identifies one without reading it, and careful opening."""

import errno
import os
import stat
import time
from typing import BinaryIO

import msgspec

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
SETTLED_NS = 2_000_000_000
"""A file that changed less than this before it was met may change again without its record showing it."""


class DiskFile(msgspec.Struct, frozen=True):
    """A regular file on disk that must not change between being met and being read."""

    path: str
    """Relative to the source."""
    size: int
    """Bytes."""
    identity: str | None
    """The record, where the file has rested long enough for the record to name its content."""
    location: bytes
    record: str

    def open(self) -> BinaryIO:
        """The content. Raises OSError where it can't be read or is no longer the file that was met."""
        stream = open_regular(self.location)
        if record_of(os.fstat(stream.fileno())) != self.record:
            stream.close()
            raise OSError(errno.ESTALE, "the file changed while it was examined", self.path)
        return stream


def disk_file(path: str, location: bytes, status: os.stat_result) -> DiskFile:
    """The file at `location`, called `path` in its source, as `status` describes it now."""
    record = record_of(status)
    return DiskFile(path, status.st_size, record if _has_rested(status) else None, location, record)


def identity_of(status: os.stat_result) -> str | None:
    """The record, where the file has rested long enough for the record to name its content."""
    return record_of(status) if _has_rested(status) else None


def _has_rested(status: os.stat_result) -> bool:
    return time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > SETTLED_NS


def record_of(status: os.stat_result) -> str:
    """Device, inode, size and both times, which change when the content does."""
    return f"stat:{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def open_regular(location: bytes) -> BinaryIO:
    """The regular file at `location`, never waiting for a pipe. Raises OSError for a link or any other kind."""
    descriptor = os.open(location, _FLAGS)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise OSError(errno.EINVAL, "not a regular file", location)


def read_small(location: bytes, limit: int) -> bytes | None:
    """The content of a regular file of at most `limit` bytes; None where there is no such file."""
    try:
        with open_regular(location) as stream:
            content = stream.read(limit + 1)
    except OSError:
        return None
    return content if len(content) <= limit else None
