"""Where the mapped form of ScanCode's license index lies, and its making on first use."""

import multiprocessing
import os
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from compliance.licenses.accelerated import index_building
from compliance.licenses.accelerated.array_file import Array, DamagedArrayFileError, open_arrays, write
from compliance.settings import license_index_folder

_PICKLE = ("data", "cache", "license_index", "index_cache")
_CONTEXT = multiprocessing.get_context("fork")


def arrays(private: Path) -> dict[str, Array] | None:
    """The index's arrays, made where they aren't there for the installed ScanCode; None where that can't be done.

    Args:
        private: a folder to keep them in where the cache's can't be written.
    """
    key = _key()
    if key is None:
        return None
    for folder in (license_index_folder(), private):
        path = folder / f"license-index-{index_building.FORMAT}-{version('scancode-toolkit')}.arrays"
        for _ in _attempts(path, key):
            try:
                return open_arrays(path, key)
            except (OSError, DamagedArrayFileError):
                continue
    return None


def _attempts(path: Path, key: str) -> Iterator[None]:
    yield
    if _made(path, key):
        yield


def _made(path: Path, key: str) -> bool:
    """Whether a process of its own, which takes ScanCode's gigabyte with it, has written the index."""
    maker = _CONTEXT.Process(target=_make, args=(path, key))
    maker.start()
    maker.join()
    return maker.exitcode == 0


def _make(path: Path, key: str) -> None:
    import gc

    gc.disable()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        from licensedcode.cache import get_cache
        from licensedcode.stopwords import STOPWORDS

        write(path, key, index_building.arrays_of(get_cache(), STOPWORDS))
    except (OSError, ValueError):
        os._exit(1)
    os._exit(0)  # nothing to tear down, and nothing of the parent's


def _key() -> str | None:
    """What the arrays depend on: our format, ScanCode's version and the file of its index as it lies on disk."""
    spec = find_spec("licensedcode")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return None
    try:
        status = Path(folders[0], *_PICKLE).stat()
    except OSError:
        return None
    facts = (index_building.FORMAT, version("scancode-toolkit"), status.st_size, status.st_mtime_ns)
    return "-".join(map(str, facts))
