"""What could not be examined, as a value and never only a log line."""

from typing import Literal

import msgspec

Reason = Literal[
    "unreadable",  # the operating system or git refused
    "malformed",  # the format is broken: the detail says where
    "truncated",  # only a part was examined
    "too-large",  # over a size cap
    "timeout",  # over the time cap for one file
    "out-of-memory",  # over the memory cap for one file
    "worker-died",  # the process that examined it ended unexpectedly
    "detector-failed",  # a detector raised an error
    "unsafe-path",  # an archive member or link that leads outside
    "symlink",  # a link that was not followed
    "special-file",  # a socket, pipe or device
    "lfs-pointer",  # the content lies in Git LFS
    "submodule",  # the content lies in another repository
    "archive-bomb",  # over an unpacking cap
    "unsupported",  # recognised, but this version can't read it
    "missing-object",  # git object absent
    "unsafe-pickle",  # loading it would run code, so what it would build isn't known
    "missing-file",  # a file that another one names isn't there
    "index-fault",  # an index of known code can't be used, so that nothing was compared with it
    "empty",  # a source without a single file
]


class Skip(msgspec.Struct, frozen=True, kw_only=True, tag="skip", tag_field="kind"):
    """Something that was not examined, or not wholly. Makes the verdict incomplete."""

    path: str = ""
    """Relative to the subject; empty while unplaced."""
    reason: Reason
    detail: str
    """What happened, with the place inside the file where known."""
