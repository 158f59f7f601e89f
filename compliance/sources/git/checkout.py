"""Which files of a working tree are, without reading them, the blobs that git's index names.

Git writes beside each entry of its index the record of the file that it checked out or staged. A file whose record
is still the same holds what git put there. That is the blob itself unless something converted it: decision 0084.
"""

import io
import os
import re
from collections.abc import Iterable, Mapping
from typing import BinaryIO

import msgspec

from compliance.model.weight_formats import weight_format
from compliance.sources.directory import Told, read_as_it_is
from compliance.sources.disk_file import DiskFile, read_small
from compliance.sources.git.objects import identity_of_blob, name_of_blob, sizes
from compliance.sources.git.private_repository import PrivateRepository
from compliance.sources.paths import joined
from compliance.sources.source import SourceFile

LARGEST = 16 << 20
"""Bytes; reading a file that may be a blob takes as much memory."""
_ATTRIBUTES = b".gitattributes"
_LARGEST_ATTRIBUTES = 1 << 20
_MOST_ATTRIBUTES = 1_000
_CONVERTS = re.compile(rb"(?:^|\s)(?:filter=(?!lfs\s)|ident\b|working-tree-encoding)")
"""Attributes by which a file may differ from its blob and have its size; objects of Git LFS aren't so small."""
_OTHERS_WRITE = 0o002


class Staged(msgspec.Struct, frozen=True):
    """A regular file in the index."""

    blob: str
    changed: int
    """Nanoseconds of the file's two times, as git saw them."""
    modified: int
    inode: int
    """Both modulo 2**32."""
    size: int

    def describes(self, status: os.stat_result) -> bool:
        """Whether the file hasn't been touched since."""
        return (
            self.modified == status.st_mtime_ns
            and self.changed == status.st_ctime_ns
            and self.inode == status.st_ino & 0xFFFFFFFF
            and self.size == status.st_size
        )


class CheckedOutFile(msgspec.Struct):
    """A file on disk that is a blob, as far as the index tells. Reading it settles whether it is."""

    path: str
    """Relative to the source."""
    size: int
    """Bytes."""
    on_disk: DiskFile
    blob: str
    identity: str | None

    def open(self) -> BinaryIO:
        """The content. Raises OSError as the file does."""
        with self.on_disk.open() as stream:
            content = stream.read(self.size + 1)
        if name_of_blob(content, self.blob) != self.blob:
            self.identity = self.on_disk.identity
        return io.BytesIO(content)


def checked_out(repository: PrivateRepository, staged: Mapping[bytes, Staged]) -> Told:
    """Tells blobs among the files of a working tree by what is `staged`, whose paths are relative to its root."""
    if not staged or not _is_own(repository) or _may_be_converted(repository, staged):
        return read_as_it_is
    written = repository.index_status.st_mtime_ns if repository.index_status else 0
    # what was modified in the tick in which the index was written may have been modified again in it
    rested = {path: one for path, one in staged.items() if one.modified < written and one.size <= LARGEST}
    sized = dict(sizes(repository, sorted({one.blob for one in rested.values()})))

    def told(path: bytes, file: DiskFile, status: os.stat_result) -> SourceFile:
        one = rested.get(path)
        if (
            one is None
            or not one.describes(status)
            or sized.get(one.blob) != file.size
            or weight_format(file.path)
        ):
            return file
        return CheckedOutFile(file.path, file.size, file, one.blob, identity_of_blob(one.blob))

    return told


def _is_own(repository: PrivateRepository) -> bool:
    """Whether nobody but who examines can have written the index; git asks the same before it reads settings."""
    status = repository.index_status
    return status is not None and status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def _may_be_converted(repository: PrivateRepository, paths: Iterable[bytes]) -> bool:
    scanned = repository.scanned
    root = os.fsencode(scanned.work_tree or scanned.git_dir)
    above = scanned.prefix.split(b"/") if scanned.prefix else []
    folders = [joined(root, b"/".join(above[:number])) for number in range(len(above))]
    here = joined(root, scanned.prefix)
    locations = [joined(folder, _ATTRIBUTES) for folder in folders]
    locations += [joined(here, path) for path in paths if path.rpartition(b"/")[2] == _ATTRIBUTES]
    locations.append(os.fsencode(scanned.common_dir / "info" / "attributes"))
    if len(locations) > _MOST_ATTRIBUTES:
        return True
    return any(map(_converts, filter(os.path.lexists, locations)))


def _converts(location: bytes) -> bool:
    content = read_small(location, _LARGEST_ATTRIBUTES)
    return content is None or _CONVERTS.search(content + b"\n") is not None
