"""Projects and organisations of model and serving code whose names are known, from a table."""

import hashlib
import json
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from compliance.weights import families

_DATA = resources.files("compliance.origins").joinpath("data/known_projects.json").read_bytes()

DATA_VERSION = hashlib.sha256(_DATA).hexdigest()[:12]
"""Of the table's bytes: a part of the version of every detector that uses it."""


class KnownProject(msgspec.Struct, frozen=True):
    """A package or repository of model or serving code."""

    id: str
    developer: str
    country: str
    """ISO 3166-1 alpha-2; empty where its developers are spread over several, or don't say."""
    expression: str | None
    """SPDX expression."""
    package: str
    """Name that it is imported by; empty where it is no Python package."""
    models: tuple[str, ...]
    """Dotted names of the packages whose modules are model families."""
    repositories: tuple[str, ...]
    """`owner/name` at code hosts."""
    names: tuple[str, ...]
    """Words that mean it in prose, in lower case."""
    folders: tuple[str, ...]
    """Paths below its package that few other projects have."""
    aliases: tuple[str, ...]
    """Other names that a folder with a copy of it has."""
    common: bool
    """Named everywhere as the ground that code stands on: a bare link to it says nothing."""


class Organisation(msgspec.Struct, frozen=True):
    """Who stands behind an account at a code host."""

    developer: str
    country: str
    is_general: bool = False
    """Its repositories are about everything, not models above all."""


@cache
def projects() -> tuple[KnownProject, ...]:
    """Every known project, in the order of the table."""
    return tuple(
        KnownProject(
            id=row["id"],
            developer=row["developer"],
            country=row.get("country", ""),
            expression=row.get("license"),
            package=row.get("package", ""),
            models=tuple(row.get("models", ())),
            repositories=tuple(row.get("repositories", ())),
            names=tuple(row.get("names", ())),
            folders=tuple(row.get("folders", ())),
            aliases=tuple(row.get("aliases", ())),
            common=row.get("common", False),
        )
        for row in _table()["projects"]
    )


@cache
def shared_modules() -> frozenset[str]:
    """Names of modules beside model families that belong to none of them."""
    return frozenset(_table()["shared_modules"])


@cache
def by_package() -> dict[str, KnownProject]:
    """Projects by the name that they are imported by."""
    return {one.package: one for one in projects() if one.package}


@cache
def by_repository() -> dict[str, KnownProject]:
    """Projects by `owner/name` in lower case."""
    return {name.casefold(): one for one in projects() for name in one.repositories}


@cache
def by_folder() -> dict[str, KnownProject]:
    """Projects by the names of folders that hold a copy of them, in lower case with `_` between words."""
    found: dict[str, KnownProject] = {}
    for one in projects():
        names = [one.id, *one.aliases, *(repository.partition("/")[2] for repository in one.repositories)]
        for name in names:
            found.setdefault(folder_name(name), one)
    return found


def folder_name(name: str) -> str:
    """`name` as `by_folder` has it."""
    return name.casefold().replace("-", "_").replace(".", "_")


def organisation(account: str) -> Organisation | None:
    """Who stands behind `account` at a code host; None for an unknown one."""
    if row := _organisations().get(account.casefold()):
        return Organisation(row[0], row[1], account.casefold() in _general_accounts())
    if developer := families.developer_of_organisation(account):
        return Organisation(developer.name, developer.country)
    return None


@cache
def holders() -> dict[str, Organisation]:
    """Developers of models by the names, in lower case, that notices call them by."""
    return {name: Organisation(row[0], row[1]) for name, row in _table()["holders"].items()}


@cache
def _general_accounts() -> frozenset[str]:
    return frozenset(name.casefold() for name in _table()["general_accounts"])


@cache
def _organisations() -> dict[str, tuple[str, str]]:
    return {name.casefold(): (row[0], row[1]) for name, row in _table()["organisations"].items()}


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_DATA)
    return table
