"""The metadata file inside a wheel, read without unpacking the rest."""

import re
import zipfile
from pathlib import Path

MAX_METADATA = 4 * 1024 * 1024
MAX_MEMBERS = 200_000

_METADATA = re.compile(r"[^/]+\.dist-info/METADATA")


def metadata(location: Path) -> tuple[str, bytes] | None:
    """Name and content of the `METADATA` of the wheel at `location`; None if it has none.

    Raises:
        ValueError: the archive is broken, encrypted, or has too large or more than one metadata file.
    """
    # zipfile raises its own errors, zlib's, NotImplementedError, RuntimeError for encrypted members, struct's …
    try:
        with zipfile.ZipFile(location) as archive:
            member = _only_metadata(archive)
            return (member.filename, archive.read(member)) if member else None
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"{type(error).__name__}: {str(error)[:200]}") from error


def _only_metadata(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    if len(archive.filelist) > MAX_MEMBERS:
        raise ValueError(f"{len(archive.filelist):,} members, more than {MAX_MEMBERS:,}")
    found = [member for member in archive.filelist if _METADATA.fullmatch(member.filename)]
    if len(found) > 1:
        raise ValueError(f"{len(found)} METADATA files")
    if found and found[0].file_size > MAX_METADATA:
        raise ValueError(f"METADATA of {found[0].file_size:,} bytes")
    return found[0] if found else None
