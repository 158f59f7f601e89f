"""Loading a recipe: everything that is wrong with it at once, or a recipe that is ready to be collected."""

import hashlib
import os
import re
from collections.abc import Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from compliance import yaml_documents
from compliance.errors import ConfigurationError, Fault
from compliance.model.text import Text
from compliance.origins.building import recipe_faults
from compliance.origins.building.recipe import Distribution, History, LocalCopy, Recipe, RecipeProject, Release
from compliance.origins.building.recipe_schema import ProjectDocument, RecipeDocument, ReleaseDocument
from compliance.yaml_documents import YamlError

MAX_BYTES = 4_000_000
_SHIPPED = resources.files("compliance.origins").joinpath("data/recipes")
_SHIPPED_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_recipe(source: Path | str) -> Recipe:
    """The recipe in the file `source`; a text such as `known-code` means the shipped recipe of that name first.

    Paths of folders, archives and repositories in it are relative to the recipe's own folder.

    Raises:
        ConfigurationError: the file can't be read, or is wrong: with every fault and its place.
    """
    if isinstance(source, str) and _SHIPPED_NAME.fullmatch(source):
        shipped = _SHIPPED.joinpath(f"{source}.yaml")
        if shipped.is_file():
            return _load(shipped, f"{source}.yaml", Path())
    return _load(Path(source), str(source), Path(source).parent)


def shipped_recipes() -> tuple[str, ...]:
    """The names of the recipes that come with the program, sorted."""
    names = (file.name for file in _SHIPPED.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def _load(file: Traversable, name: str, folder: Path) -> Recipe:
    content = _content(file, name)
    root = _root(content, name)
    if found := list(recipe_faults.faults(root)):
        raise _wrong(name, found)
    document = RecipeDocument.model_validate(yaml_documents.plain(root))
    return Recipe(
        id=document.id,
        version=document.version,
        projects=tuple(_project(project, folder) for project in document.projects),
        digest=f"sha256:{hashlib.sha256(content).hexdigest()}",
        file=name,
    )


def _content(file: Traversable, name: str) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        shipped = ", ".join(shipped_recipes())
        raise ConfigurationError(
            Text(
                en=f"the recipe {name} can't be read: {reason}; check the path, or name a shipped one: {shipped}",
                ko=f"레시피를 읽을 수 없음: {name} ({reason}). 경로를 확인하거나 "
                f"기본 제공 레시피를 쓰세요: {shipped}",
            )
        ) from error
    if len(content) > MAX_BYTES:
        raise _wrong(name, [Fault(1, 1, _TOO_LARGE)])
    return content


def _root(content: bytes, name: str) -> Any:
    try:
        return yaml_documents.mapping_in(content, _NOT_A_MAPPING)
    except YamlError as error:
        raise _wrong(name, [Fault(error.line, error.column, error.message)]) from error


def _wrong(name: str, faults: Iterable[Fault]) -> ConfigurationError:
    ordered = tuple(sorted(set(faults), key=lambda fault: (fault.line, fault.column, fault.message.en)))
    count = len(ordered)
    return ConfigurationError(
        Text(
            en=f"the recipe {name} has {count} fault{'s' * (count != 1)}; correct each place named",
            ko=f"레시피 오류 {count}건: {name}. 표시된 위치를 고치세요",
        ),
        ordered,
        name,
    )


def _project(document: ProjectDocument, folder: Path) -> RecipeProject:
    return RecipeProject(
        id=document.id,
        developer=document.developer,
        country=document.country,
        license=document.license,
        releases=tuple(_release(release, folder) for release in document.releases),
        root=(document.root or "").strip("/"),
        paths=document.paths,
        exclude=document.exclude,
        keep=document.keep,
    )


def _release(document: ReleaseDocument, folder: Path) -> Release:
    version, released = document.version or "", document.released
    if document.file and document.sha256 and released:
        return Distribution(version, released, document.file, document.sha256)
    if document.git:
        return History(_located(folder, document.git), document.revisions or (), document.tags)
    return LocalCopy(version, released, _located(folder, document.tree or document.archive or ""))


def _located(folder: Path, path: str) -> Path:
    return folder / os.path.expanduser(path)  # noqa: PTH111 - an absolute one stays as it is


_TOO_LARGE = Text(
    en=f"the file has more than {MAX_BYTES:,} bytes; split the recipe",
    ko=f"파일 크기 {MAX_BYTES:,}바이트 초과: 레시피를 나누세요",
)
_NOT_A_MAPPING = Text(
    en="a recipe is a mapping with id, version and projects; see docs/origins.md",
    ko="레시피는 id, version, projects 항목으로 이루어져야 함: docs/origins.md 문서를 보세요",
)
