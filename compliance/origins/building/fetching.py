"""Bringing the distributions that a recipe pins into a folder: by name, checked by digest, never built or run.

The one adapter of pypi-simple. It asks the package index for the very file; `pip download` would build a source
distribution to learn its dependencies, and so run what is in it.
"""

import configparser
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from compliance.errors import ComplianceError
from compliance.model.text import Text
from compliance.origins.building.recipe import Distribution, Recipe

_CHUNK = 1 << 20
_SECONDS = 60.0
"""Without an answer from the package index."""


def distributions(recipe: Recipe) -> tuple[Distribution, ...]:
    """Every different file of a distribution that `recipe` names, in its order."""
    named = (release for project in recipe.projects for release in project.releases)
    return tuple({one.file: one for one in named if isinstance(one, Distribution)}.values())


def missing(wanted: Iterable[Distribution], downloads: Path) -> tuple[Distribution, ...]:
    """Those of `wanted` that don't lie in the folder `downloads`."""
    return tuple(one for one in wanted if not (downloads / one.file).is_file())


def fetched(distribution: Distribution, downloads: Path) -> Path:
    """Where `distribution` lies in the folder `downloads`, once it is there with the right digest.

    A file that lies there already is checked and used without asking the package index.

    Raises:
        ComplianceError: it can't be downloaded or written, or it isn't the pinned file.
    """
    location = downloads / distribution.file
    if location.is_file():
        if _digest(location) != distribution.sha256:
            raise _not_the_pinned(distribution, str(location))
        return location
    try:
        downloads.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=downloads, prefix=".fetching-") as folder:
            arrived = Path(folder) / distribution.file
            _download(distribution, arrived)
            if _digest(arrived) != distribution.sha256:
                raise _not_the_pinned(distribution, distribution.file)
            arrived.replace(location)
    except OSError as error:
        raise _not_written(distribution, downloads, str(error)) from error
    return location


def _download(distribution: Distribution, arrived: Path) -> None:
    try:
        import pypi_simple
        import requests
    except ImportError as error:
        raise _no_downloader(distribution) from error
    try:
        with _client(pypi_simple) as client:
            page = client.get_project_page(distribution.package, timeout=_SECONDS)
            offered = [package for package in page.packages if package.filename == distribution.file]
            if not offered:
                raise _not_offered(distribution)
            client.download_package(offered[0], arrived, verify=False, timeout=_SECONDS)
    except pypi_simple.NoSuchProjectError as error:
        raise _not_offered(distribution) from error
    except (requests.RequestException, pypi_simple.UnsupportedRepoVersionError, ValueError) as error:
        raise _not_answered(distribution, f"{type(error).__name__}: {error}"[:300]) from error


def _client(pypi_simple: Any) -> Any:
    index = _configured_index()
    return pypi_simple.PyPISimple(index) if index else pypi_simple.PyPISimple()


def _configured_index() -> str | None:
    """The package index that pip is told to use; None for its default one."""
    if index := os.environ.get("PIP_INDEX_URL"):
        return index
    home = Path.home()
    named = os.environ.get("PIP_CONFIG_FILE")
    places = (
        [Path(named)] if named else [home / ".config/pip/pip.conf", home / ".pip/pip.conf", Path("/etc/pip.conf")]
    )
    for place in places:
        settings = configparser.RawConfigParser()
        try:
            settings.read(place, encoding="utf-8")
        except (OSError, configparser.Error, UnicodeDecodeError):
            continue
        if index := settings.get("global", "index-url", fallback=None):
            return index
    return None


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _not_the_pinned(distribution: Distribution, where: str) -> ComplianceError:
    return ComplianceError(
        Text(
            en=f"{where}: its sha256 isn't the recipe's ({distribution.sha256}); delete a damaged file and run "
            "again, or correct the recipe",
            ko=f"{where}: sha256 값이 레시피({distribution.sha256})와 다름. 손상된 파일이면 지우고 다시 실행하고, "
            "아니면 레시피를 고치세요",
        )
    )


def _not_written(distribution: Distribution, downloads: Path, why: str) -> ComplianceError:
    return ComplianceError(
        Text(
            en=f"{distribution.file}: can't be kept in {downloads} ({why}); name a writable folder for downloads",
            ko=f"{distribution.file}: {downloads} 폴더에 저장할 수 없음 ({why}). 쓰기 가능한 폴더를 지정하세요",
        )
    )


def _no_downloader(distribution: Distribution) -> ComplianceError:
    return ComplianceError(
        Text(
            en=f"{distribution.file}: not in the download folder, and pypi-simple, which would fetch it, isn't "
            "installed; install the extra 'origins' (pip install 'sovereign-ai-compliance[origins]') or put the "
            "file there yourself",
            ko=f"{distribution.file}: 다운로드 폴더에 없고, 받는 데 필요한 pypi-simple 패키지도 없음. 'origins' "
            "추가 구성을 설치하거나(pip install 'sovereign-ai-compliance[origins]') 파일을 직접 넣으세요",
        )
    )


def _not_offered(distribution: Distribution) -> ComplianceError:
    return ComplianceError(
        Text(
            en=f"{distribution.file}: the package index has no such file of {distribution.package}; correct the "
            "recipe, or put the file into the download folder yourself",
            ko=f"{distribution.file}: 패키지 색인의 {distribution.package} 항목에 없는 파일. 레시피를 고치거나 "
            "파일을 다운로드 폴더에 직접 넣으세요",
        )
    )


def _not_answered(distribution: Distribution, why: str) -> ComplianceError:
    return ComplianceError(
        Text(
            en=f"{distribution.file}: the package index can't be reached ({why}); check the network and pip's "
            "index-url, or put the file into the download folder yourself",
            ko=f"{distribution.file}: 패키지 색인에 연결할 수 없음 ({why}). 네트워크와 pip의 index-url 설정을 "
            "확인하거나 파일을 다운로드 폴더에 직접 넣으세요",
        )
    )
