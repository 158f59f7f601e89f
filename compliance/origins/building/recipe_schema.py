"""The shape of a recipe file."""

import datetime
import re
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from compliance.licenses import expressions, spdx

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def _date(value: object) -> object:
    """YAML reads a plain date as one; a quoted one is text."""
    if isinstance(value, datetime.datetime):
        raise PydanticCustomError("iso_date", "a date without a time is expected")
    if isinstance(value, datetime.date) or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return value
    raise PydanticCustomError("iso_date", "a date such as 2026-01-31 is expected")


def _license(value: str) -> str:
    tree = spdx.parse(value)
    if tree is None or not expressions.is_known(value):
        raise PydanticCustomError("spdx", "an SPDX license expression is expected")
    return str(tree)


def _distribution_name(value: str) -> str:
    if "/" in value or not value.endswith((".whl", ".tar.gz", ".zip")):
        raise PydanticCustomError("distribution", "the file name of a wheel or source distribution is expected")
    return value


def _path(value: str) -> str:
    if _ADDRESS.match(value) or "\0" in value:
        raise PydanticCustomError("local_path", "a path on this machine is expected")
    return value


def _pattern(value: str) -> str:
    if ".." in PurePosixPath(value).parts:
        raise PydanticCustomError("pattern", "a pattern below the release's own folder is expected")
    return value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Pattern = Annotated[Words, AfterValidator(_pattern)]
LocalPath = Annotated[str, StringConstraints(min_length=1, max_length=4096), AfterValidator(_path)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReleaseDocument(_Document):
    """One release: a pinned distribution, a folder, an archive, or revisions of a git repository."""

    version: Words | None = None
    released: Date | None = None
    file: Annotated[Words, AfterValidator(_distribution_name)] | None = None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    tree: LocalPath | None = None
    archive: LocalPath | None = None
    git: LocalPath | None = None
    revisions: tuple[Words, ...] | None = Field(default=None, min_length=1)
    tags: Words | None = None


class ProjectDocument(_Document):
    """One project and its releases."""

    id: Name
    developer: Words
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
    license: Annotated[Words, AfterValidator(_license)] | None = None
    root: Pattern | None = None
    paths: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()
    keep: tuple[Pattern, ...] = ()
    releases: tuple[ReleaseDocument, ...] = Field(min_length=1)


class RecipeDocument(_Document):
    """A whole recipe."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    version: Words
    projects: tuple[ProjectDocument, ...] = Field(min_length=1)
