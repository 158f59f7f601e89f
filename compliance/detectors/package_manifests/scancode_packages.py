"""The one adapter of ScanCode's package readers.

Only the readers of single files are called, one by one: the usual entry points load the license index, walk
directories, swallow a reader's errors, or run other programs. A reader sees a path of its own below an empty
directory, so that nothing beside the file is within its reach.
"""

import contextlib
import io
import json
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from compliance.licenses import scancode
from compliance.model.skip import SkipError
from compliance.model.text import Text

_MAX_NAME_BYTES = 200


class UnreadableManifestError(SkipError):
    """A reader failed: the file is broken, or else the reader doesn't know its form."""

    def __init__(self, datasource: str, error: Exception) -> None:
        """The failure of the reader of `datasource` with `error`."""
        words = " ".join(str(error).split())[:200]
        broken = isinstance(error, (ValueError, SyntaxError, RecursionError, EOFError))
        fault = f"{type(error).__name__}: {words}"
        said = Text(en=f"{datasource} reader: {fault}", ko=f"{datasource} 형식 판독 실패: {fault}")
        super().__init__("malformed" if broken else "unsupported", said)


class Dependency(msgspec.Struct, frozen=True):
    """A dependency as ScanCode read it."""

    purl: str
    """Empty for one that is given by its address or path alone."""
    scope: str
    runtime: bool
    optional: bool
    pinned: bool
    requirement: str
    link: str
    """Address or path that the requirement points to; empty where it has none."""
    license_statement: str


class Package(msgspec.Struct, frozen=True):
    """A package as ScanCode read it."""

    datasource: str
    ecosystem: str
    """The purl's type."""
    purl: str
    """Empty where the file doesn't name the package."""
    license_statement: str
    """The declared license in the file's words; YAML (or JSON) where the file has a structure there."""
    dependencies: tuple[Dependency, ...]


def load() -> None:
    """Import the readers (seconds, some 100 MB), not the license index."""
    scancode.use_private_folders()
    import packagedcode  # noqa: F401


def packages(content: Path, path: str, datasource: str) -> list[Package]:
    """The packages that ScanCode's reader of `datasource` finds in the bytes at `content`, a file known as `path`.

    Raises:
        UnreadableManifestError: the reader failed.
    """
    load()
    # beside the copy, which is removed even if the worker is killed
    with tempfile.TemporaryDirectory(prefix="manifest-", dir=content.parent) as directory:
        place = _place(Path(directory), path)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content, place)  # ScanCode takes no links for files
        # Any exception may come out of some forty readers fed with hostile files, among them TypeError and
        # KeyError for honest but sparse ones; one file must not stop the rest.
        try:
            with _quiet():
                return list(_read(str(place), datasource))
        except MemoryError:
            raise  # says something of this machine, not of the file
        except Exception as error:
            raise UnreadableManifestError(datasource, error) from error


def invalid_requirement_lines(content: Path) -> tuple[tuple[int, str], ...]:
    """Line number and first fault of the lines of a pip requirements file that can't be read; ScanCode drops them.

    Nested files are not followed. A file that can't be read at all has none: `packages` reports it.
    """
    from pip_requirements_parser import RequirementsFile  # type: ignore[import-untyped]  # it has no types

    try:
        parsed = RequirementsFile.from_file(filename=str(content.absolute()), include_nested=False)
        return tuple((line.line_number, str(line.error_message)) for line in parsed.invalid_lines)
    except Exception:
        return ()


def _place(directory: Path, path: str) -> Path:
    """`path` below `directory`: its parts can't lead outside or be too long for the file system."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")] or ["unnamed"]
    return directory.joinpath(*(os.fsdecode(os.fsencode(part)[-_MAX_NAME_BYTES:]) for part in parts))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Nothing is printed, logged or warned of, and no license is detected.

    Two readers detect licenses though they are told not to, which would load the index of 1.4 GB. Whatever else
    asks for the index fails, and its file becomes a skip.
    """
    from licensedcode import cache
    from packagedcode import alpine, models, pypi

    detection = models.PackageData.populate_license_fields, alpine.detect_declared_license, cache.populate_cache
    of_python = pypi.get_declared_license
    level = logging.root.manager.disable
    models.PackageData.populate_license_fields = models.PackageData.normalize_extracted_license_statement
    alpine.detect_declared_license = lambda words: (words, None, None)
    cache.populate_cache = _no_index
    pypi.get_declared_license = _of_words(of_python)
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
        models.PackageData.populate_license_fields, alpine.detect_declared_license, cache.populate_cache = (
            detection
        )
        pypi.get_declared_license = of_python


def _no_index(*arguments: object, **options: object) -> None:
    raise RuntimeError("the reader asks for the license index")


def _of_words(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """ScanCode's `get_declared_license`, which takes a license for a mapping if the word "text" stands in it."""
    from packagedcode import pypi

    def get_declared_license(metainfo: Any) -> Any:
        try:
            return original(metainfo)
        except AttributeError:
            words, (classifiers, _others) = pypi.get_attribute(metainfo, "License"), pypi.get_classifiers(metainfo)
            declared = {"license": words, **({"classifiers": classifiers} if classifiers else {})}
            return declared, pypi.get_attribute(metainfo, "License-File")

    return get_declared_license


def _read(location: str, datasource: str) -> Iterator[Package]:
    from packagedcode import HANDLER_BY_DATASOURCE_ID

    reader = HANDLER_BY_DATASOURCE_ID[datasource]
    if not reader.is_datafile(location):
        return
    for found in reader.parse(location=location, package_only=True):
        yield Package(
            datasource=datasource,
            ecosystem=found.type or "",
            purl=found.purl or "",
            license_statement=_statement(found.extracted_license_statement),
            dependencies=tuple(_dependency(one) for one in found.dependencies),
        )


def _dependency(found: Any) -> Dependency:
    """Readers give mappings or objects."""
    fields = found if isinstance(found, dict) else found.to_dict()
    extra = fields.get("extra_data") or {}
    resolved = fields.get("resolved_package") or {}
    return Dependency(
        purl=fields.get("purl") or "",
        scope=fields.get("scope") or "",
        runtime=bool(fields.get("is_runtime")),
        optional=bool(fields.get("is_optional")),
        pinned=bool(fields.get("is_pinned")),
        requirement=str(fields.get("extracted_requirement") or ""),
        link=str(extra.get("link") or ""),
        license_statement=_statement(resolved.get("extracted_license_statement")),
    )


def _statement(words: Any) -> str:
    if not words:
        return ""
    if isinstance(words, str):
        return words
    return json.dumps(words, ensure_ascii=False, default=str)
