"""Files that another process of this machine can open where they lie, without a copy."""

from compliance.sources.archives.unpacking import UnpackedFile
from compliance.sources.disk_file import DiskFile
from compliance.sources.links import LinkedFile
from compliance.sources.source import SourceFile


def readable_in_place(file: SourceFile) -> SourceFile | None:
    """What to hand to the other process, which calls its `open`; None where the content must be copied first.

    Git's objects are packed and talked about with a process of git's that can't be shared.
    """
    match file:
        case LinkedFile():
            return readable_in_place(file.target)
        case DiskFile() | UnpackedFile():
            return file
    return None
