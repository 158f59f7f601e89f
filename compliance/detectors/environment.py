"""Installed environment: the packages in a site-packages directory and the licenses that their metadata declares.

The one adapter of the pip-licenses family. Its usual entry point, and `pip-licenses --python`, start the examined
environment's interpreter to learn its search path, which executes code of the examined side (`sitecustomize`,
`.pth` files). Here directories are listed instead, and piplicenses_lib is handed one metadata file at a time.
"""

import os
import re
import stat
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import Distribution
from itertools import islice
from pathlib import Path
from typing import Any

from compliance import package_urls
from compliance.errors import SubjectError
from compliance.licenses import declared
from compliance.model.evidence import Lines, Statement
from compliance.model.finding import DependencyFinding, Finding, place
from compliance.model.skip import Skip, SkipError, refused, words_of
from compliance.model.skip_words import not_utf_8
from compliance.model.text import Text

MAX_METADATA = 4 * 1024 * 1024
"""Bytes of one metadata file; a long description makes some hundred kilobytes."""
MAX_PACKAGES = 20_000

_METADATA_FILES = {".dist-info": "METADATA", ".egg-info": "PKG-INFO"}
_SITES = ("site-packages", "dist-packages")
_PLACES = ("lib/python*/{}", "lib64/python*/{}", "local/lib/python*/{}", "Lib/{}", "{}")
"""Where sites lie below the root of an environment; `lib64` is usually a link to `lib`."""
_HEADER = re.compile(r"^(License-Expression|License|Classifier: License|Name)\b", re.MULTILINE)

_NOT_REGULAR = Text(en="not a regular file", ko="일반 파일 아님")


class _UnreadableMetadataError(SkipError):
    """Of one installed package."""


class _OneFile(Distribution):
    """A distribution that consists of its metadata: piplicenses_lib can read nothing else through it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read_text(self, filename: str) -> str | None:
        return self.text if filename == "METADATA" else None

    def locate_file(self, path: Any) -> Any:
        raise FileNotFoundError(path)

    @property
    def metadata(self) -> Any:
        """Without addresses: piplicenses_lib 1.2 fails on those that have no label, and they aren't needed."""
        message = super().metadata
        if isinstance(message, Message):
            del message["Project-URL"]
        return message


def examine_environment(path: Path) -> tuple[list[Finding], list[Skip]]:
    """The packages installed in the environment at `path`: the root of a virtual environment or of a Python
    installation, or a site-packages directory. Nothing in it is imported or executed.

    Returns placed findings (paths relative to `path`, such as
    `lib/python3.11/site-packages/foo-1.0.dist-info/METADATA`) and what could not be read, both sorted by path.

    Raises:
        SubjectError: there is no site-packages directory.
    """
    findings: list[Finding] = []
    skips: list[Skip] = []
    files = [file for site in _sites(path, skips) for file in _metadata_files(site, path, skips)]
    for metadata in islice(files, MAX_PACKAGES):
        where = _relative(metadata, path)
        try:
            findings.append(place(_package(_content(metadata)), where, None))
        except _UnreadableMetadataError as error:
            skips.append(error.skip(where))
    if len(files) > MAX_PACKAGES:
        said = Text(
            en=f"{MAX_PACKAGES:,} of {len(files):,} packages were read",
            ko=f"패키지 {len(files):,}개 중 {MAX_PACKAGES:,}개만 읽음",
        )
        skips.append(Skip.of("truncated", said))
    return sorted(findings, key=lambda one: one.path), sorted(skips, key=lambda one: one.path)


def _sites(root: Path, skips: list[Skip]) -> list[Path]:
    """Where packages are installed: `root` itself, or the usual places below it, each real directory once."""
    if root.is_dir() and (root.name in _SITES or any(_suffix(entry) for entry in _entries(root, root, []))):
        return [root]
    patterns = [pattern.format(site) for pattern in reversed(_PLACES) for site in _SITES]
    found = {site.resolve(): site for pattern in patterns for site in root.glob(pattern) if site.is_dir()}
    if not found:
        raise SubjectError(
            Text(
                en=f"no site-packages directory in {root}; give the root of an environment or site-packages",
                ko=f"site-packages 디렉터리 없음: {root}. 가상 환경의 루트나 site-packages 경로를 지정하세요",
            )
        )
    inside = root.resolve()
    for real, site in found.items():
        if not real.is_relative_to(inside):
            said = Text(en="leads out of the environment", ko="환경 밖으로 이어지는 링크")
            skips.append(Skip.of("symlink", said, _relative(site, root)))
    return sorted(site for real, site in found.items() if real.is_relative_to(inside))


def _entries(directory: Path, root: Path, skips: list[Skip]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as entries:
            yield from sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        skips.append(refused(error, _relative(directory, root)))


def _metadata_files(site: Path, root: Path, skips: list[Skip]) -> Iterator[Path]:
    """The metadata file of each installed package, whether it is there or not."""
    for entry in _entries(site, root, skips):
        if not (suffix := _suffix(entry)):
            continue
        if entry.is_symlink():
            said = Text(en="was not followed", ko="따라가지 않은 링크")
            skips.append(Skip.of("symlink", said, _relative(Path(entry.path), root)))
        elif entry.is_file(follow_symlinks=False):  # distutils' single-file form
            yield Path(entry.path)
        else:
            yield Path(entry.path, _METADATA_FILES[suffix])


def _suffix(entry: os.DirEntry[str]) -> str:
    suffix = Path(entry.name).suffix
    return suffix if suffix in _METADATA_FILES else ""


def _relative(path: Path, root: Path) -> str:
    """With `/` between parts, bytes that aren't UTF-8 as `\\xNN`."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def _content(metadata: Path) -> str:
    try:
        descriptor = os.open(metadata, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise _UnreadableMetadataError("unreadable", words_of(error)) from error
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise _UnreadableMetadataError("special-file", _NOT_REGULAR)
        content = stream.read(MAX_METADATA + 1)
    if len(content) > MAX_METADATA:
        said = Text(en=f"more than {MAX_METADATA:,} bytes", ko=f"한도 {MAX_METADATA:,}바이트 초과")
        raise _UnreadableMetadataError("too-large", said)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _UnreadableMetadataError("malformed", not_utf_8(error)) from error


def _package(text: str) -> DependencyFinding:
    from piplicenses_lib import LICENSE_UNKNOWN, get_package_info

    distribution = _OneFile(text)
    message = distribution.metadata
    name, version = (str(message.get(key) or "").strip() for key in ("Name", "Version"))
    if not name or not version:
        said = Text(en="no name or no version", ko="이름이나 버전 없음")
        raise _UnreadableMetadataError("malformed", said)
    # Metadata is hostile text in an e-mail's format: whatever the library trips over must cost only this package.
    try:
        info = get_package_info(distribution, include_files=False)
        purl = package_urls.purl("pypi", name, version)
    except Exception as error:
        fault = f"{type(error).__name__}: {str(error)[:200]}"
        said = Text(en=fault, ko=f"메타데이터 판독 실패: {fault}")
        raise _UnreadableMetadataError("malformed", said) from error
    words = "" if info.license == LICENSE_UNKNOWN else str(info.license).strip()
    if message.get("License-Expression"):
        expression = declared.expression_of(words)
    else:
        expression = declared.expression_of_metadata(words, info.license_classifiers)
    lines = _header_lines(text)
    return DependencyFinding(
        lines=lines.get("Name"),
        purl=purl,
        expression=expression,
        scope="installed",
        locked=True,
        evidence=tuple(
            _statements(words, bool(message.get("License-Expression")), info.license_classifiers, lines)
        ),
    )


def _statements(
    words: str, is_expression: bool, classifiers: list[str], lines: dict[str, Lines]
) -> Iterator[Statement]:
    if words:
        field = "License-Expression" if is_expression else "License"
        yield Statement(lines=lines.get(field), field=field, says=" ".join(words.split())[:200])
    for classifier in classifiers:
        yield Statement(lines=lines.get("Classifier: License"), field="Classifier", says=classifier[:200])


def _header_lines(text: str) -> dict[str, Lines]:
    """The first line of each header that matters."""
    headers = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    found: dict[str, Lines] = {}
    for header in _HEADER.finditer(headers):
        line = headers.count("\n", 0, header.start()) + 1
        found.setdefault(header[1], (line, line))
    return found
