"""Real source trees to measure on, fetched by name at run time into `.work/`; none of it is kept here."""

import shutil
import subprocess
from pathlib import Path

from compliance.settings import Settings
from tests.samples.packages import ROOT, WORK, unpacked

TREES = WORK / "trees"
_PRIVATE = TREES / "apt"


def transformers() -> Path:
    """The unpacked wheel of the pinned `transformers` release."""
    return unpacked("transformers")


def zlib() -> Path:
    """The upstream source of zlib as Debian distributes it.

    Raises:
        RuntimeError: this isn't a Debian system, or its package index can't be reached.
    """
    folder = TREES / "zlib"
    if not folder.is_dir():
        downloads = _debian_source("zlib")
        unfinished = TREES / "zlib.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        archive = next(downloads.glob("zlib_*.orig.tar.*"))
        _run("tar", "--extract", "--file", str(archive), "--directory", str(unfinished), "--strip-components=1")
        unfinished.rename(folder)
    return folder


def own_repository() -> Path:
    """The files of this repository that git tracks, as they are on disk."""
    folder = TREES / "own"
    shutil.rmtree(folder, ignore_errors=True)
    for name in _run("git", "-C", str(ROOT), "ls-files", "-z").split("\0"):
        # the scancode command takes minutes for the index of known code, which the product leaves out as too large
        if name and (ROOT / name).is_file() and (ROOT / name).stat().st_size <= Settings().largest_file:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def _debian_source(package: str) -> Path:
    """The folder with the source archives of Debian's `package`, fetched with apt's own settings kept private."""
    sources = _PRIVATE / "sources"
    downloads = _PRIVATE / package
    for folder in (sources, downloads, _PRIVATE / "lists/partial", _PRIVATE / "cache/archives/partial"):
        folder.mkdir(parents=True, exist_ok=True)
    listed = Path("/etc/apt/sources.list.d/debian.sources")
    if not listed.is_file():
        raise RuntimeError("The zlib tree comes from Debian's package index: run this on a Debian system.")
    (sources / "source.sources").write_text(listed.read_text().replace("Types: deb\n", "Types: deb-src\n"))
    places = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": sources,
        "Dir::State::lists": _PRIVATE / "lists",
        "Dir::Cache": _PRIVATE / "cache",
    }
    options = [word for name, value in places.items() for word in ("-o", f"{name}={value}")]
    options += ["-o", "APT::Sandbox::User=root", "-qq"]
    _run("apt-get", *options, "update")
    _run("apt-get", *options, "source", "--download-only", package, folder=downloads)
    return downloads


def _run(*command: str, folder: Path | None = None) -> str:
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {finished.stderr.strip()}")
    return finished.stdout
