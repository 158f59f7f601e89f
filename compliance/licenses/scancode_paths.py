"""The paths under which ScanCode sees files: it reads hints from them, and remembers what it found by them."""

import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

import msgspec


@contextmanager
def neutral_location(location: Path, under_locale: bool) -> Iterator[str]:
    """A path for ScanCode that says of the file's place only what the original path said.

    ScanCode looks for words in the whole path it is given.
    """
    name = location.name
    with chdir(location.parent):
        if under_locale:
            folder = Path(f"{name}.locale")  # can't be the file's own name
            folder.mkdir(exist_ok=True)
            if not (target := folder / name).exists():
                target.hardlink_to(name)
            name = str(target)
        forget_other_files(name)
        yield name


def forget_other_files(name: str) -> None:
    """Drop what ScanCode remembers by path, without bound and whatever the file holds by now.

    What it knows of the very file at `name`, from another detection, stays.
    """
    from typecode import contenttype

    status = Path(name).stat()
    facts = (str(Path(name).absolute()), status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
    if facts != _remembered.file:
        contenttype._registry.clear()
        if (match := sys.modules.get("licensedcode.match")) is not None:  # its default argument is its memory
            match.tokenize_matched_text.__defaults__[-1].clear()
    _remembered.file = facts


class _Remembered(msgspec.Struct):
    """The file that ScanCode was last asked about in this process."""

    file: tuple[str | int, ...] = ()


_remembered = _Remembered()


def under_locale(path: str) -> bool:
    """Whether a directory on `path` has `locale` in its name, which ScanCode takes as a hint."""
    return "locale" in path.rpartition("/")[0]


def name_key(path: str) -> str:
    """The part of `path` on which ScanCode's findings depend."""
    name = path.rsplit("/", 1)[-1]
    return f"locale/{name}" if under_locale(path) else name
