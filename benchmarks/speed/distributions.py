"""The pinned packages that real files are taken from: fetched once into `.work/`, never built or run."""

import datetime
import hashlib
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from compliance.origins.building.fetching import fetched
from compliance.origins.building.recipe import Distribution, package_and_version
from tests.samples.packages import WORK

PINS = Path(__file__).with_name("packages.txt")
DOWNLOADS = WORK / "packages"
UNPACKED = WORK / "speed" / "packages"


@dataclass(frozen=True, slots=True)
class Pin:
    """One package."""

    index: str
    """`pypi` or `npm`."""
    name: str
    """The file on PyPI; `package@version` on npm."""
    sha256: str
    """64 hexadecimal digits."""

    @property
    def title(self) -> str:
        """Package and version, such as `numpy 2.3.4`."""
        package, version = self.name.rsplit("@", 1) if self.index == "npm" else package_and_version(self.name)
        return f"{package} {version}"


def pins() -> tuple[Pin, ...]:
    """Those that are listed beside this module, in that order."""
    lines = PINS.read_text(encoding="utf-8").splitlines()
    return tuple(Pin(*line.split()) for line in lines if not line.startswith("#"))


def unpacked(pin: Pin) -> Path:
    """The folder with what is in the package, which is downloaded if it isn't there yet.

    Raises:
        ComplianceError: PyPI's package can't be downloaded, or isn't the pinned file.
        RuntimeError: npm's package can't be, or isn't.
    """
    folder = UNPACKED / pin.title.replace(" ", "-")
    if folder.is_dir():
        return folder
    archive = _from_npm(pin) if pin.index == "npm" else _from_pypi(pin)
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    if archive.suffix == ".whl":
        shutil.unpack_archive(archive, unfinished, "zip")
    else:
        with tarfile.open(archive) as tar:
            for member in tar:
                tar.extract(member, unfinished, filter="data")
    unfinished.rename(folder)
    return folder


def _from_pypi(pin: Pin) -> Path:
    _, version = package_and_version(pin.name)
    uploaded = datetime.date.min  # which nothing here depends on
    return fetched(Distribution(version, uploaded, pin.name, pin.sha256), DOWNLOADS)


def _from_npm(pin: Pin) -> Path:
    archive = DOWNLOADS / f"{pin.name.replace('@', '-')}.tgz"
    if not archive.is_file():
        DOWNLOADS.mkdir(parents=True, exist_ok=True)
        npm = Path(sys.executable).with_name("npm")
        command = [str(npm), "pack", "--silent", "--pack-destination", str(DOWNLOADS), pin.name]
        finished = subprocess.run(command, cwd=DOWNLOADS, capture_output=True, text=True, check=False)
        if finished.returncode:
            raise RuntimeError(
                f"{pin.name} can't be downloaded; check that npm reaches a registry: {finished.stderr}"
            )
    if hashlib.sha256(archive.read_bytes()).hexdigest() != pin.sha256:
        raise RuntimeError(f"{archive} isn't the pinned file; delete it if it is damaged, and run again.")
    return archive
