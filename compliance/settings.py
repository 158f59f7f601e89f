"""Limits and places that a user may change, each with its default."""

import os
from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How an examination is carried out; none of it changes what is found in a file that was examined."""

    jobs: int = 0
    """Worker processes; 0 stands for one a processor."""
    serial: bool = False
    """Examine in this process, which then nothing protects from what it examines."""
    cluster: str | None = None
    """Address of the dask scheduler on whose workers files are examined."""
    cache: Path | None = None
    """The cache's file; None examines everything anew and remembers nothing."""
    largest_file: int = 16 << 20
    """Bytes; a larger file is reported as not examined."""
    seconds_per_file: float = 120.0
    memory_per_file: int = 4 << 30
    """Bytes."""

    origins: tuple[Path, ...] = ()
    """Indexes of known code to compare with, besides the shipped one."""
    shipped_origins: bool = True
    """Whether the shipped index is compared with."""

    weights: tuple[Path, ...] = ()
    """References of weights to compare tensors with."""

    @property
    def workers(self) -> int:
        """The number of worker processes."""
        if self.jobs:
            return self.jobs
        # what this process may use; not every system can say
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def default_cache() -> Path:
    """`COMPLIANCE_CACHE_DIR`, else `XDG_CACHE_HOME`, else `~/.cache`; the file's name holds its schema version."""
    return cache_in(_cache_folder())


def cache_in(folder: Path) -> Path:
    """The cache's file in `folder`."""
    return folder / "findings-2.sqlite"


def license_index_folder() -> Path:
    """Where the license index is kept as arrays: `COMPLIANCE_LICENSE_INDEX_DIR`, else beside the cache."""
    directory = os.environ.get("COMPLIANCE_LICENSE_INDEX_DIR")
    return Path(directory) if directory else _cache_folder()


def _cache_folder() -> Path:
    if directory := os.environ.get("COMPLIANCE_CACHE_DIR"):
        return Path(directory)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "compliance"
