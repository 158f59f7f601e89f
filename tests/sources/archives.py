"""Archives made for tests, honest and hostile."""

import io
import tarfile
import zipfile
from pathlib import Path


def zip_of(members: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with `members`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def tar_of(members: dict[str, bytes | str], mode: str = "w") -> bytes:
    """A tar with `members`, compressed as `mode` says (`w:gz` …)."""
    return tar_with([(tarfile.TarInfo(name), text) for name, text in members.items()], mode)


def tar_with(members: list[tuple[tarfile.TarInfo, bytes | str]], mode: str = "w") -> bytes:
    """A tar with headers of any kind."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as archive:  # type: ignore[call-overload]  # any mode
        for header, text in members:
            raw = text.encode() if isinstance(text, str) else text
            header.size = len(raw)
            archive.addfile(header, io.BytesIO(raw))
    return content.getvalue()


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    """The header of a symbolic or hard link, or of a special file."""
    header = tarfile.TarInfo(name)
    header.type, header.linkname = kind, target
    return header


def saved(folder: Path, name: str, content: bytes) -> Path:
    """`content` as a file called `name`."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place
