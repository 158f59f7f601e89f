"""Recipes written for tests, and packages for them to name."""

import hashlib
from pathlib import Path

from compliance.origins.building.recipe import Recipe
from compliance.origins.building.recipe_loading import load_recipe
from tests.sources.archives import saved, tar_of, zip_of

MODEL = "class HanbitModel:\n    pass\n"


def rights(holder: str, years: str = "2024", mark: str = "") -> str:
    """A copyright line; put together here, so that none of an invented holder stands in this repository."""
    return " ".join(one for one in ("Copyright", mark, years, holder) if one)


def written(folder: Path, text: str) -> Path:
    """A recipe file with `text`."""
    return saved(folder, "recipe.yaml", text.encode())


def recipe_of(folder: Path, releases: str, more: str = "") -> Recipe:
    """A recipe of one project `hanbit` with these `releases` (a YAML list) and further fields."""
    lines = "".join(f"      {line}\n" for line in releases.strip().splitlines())
    fields = "".join(f"    {line}\n" for line in more.strip().splitlines())
    head = "id: trial\nversion: '1'\nprojects:\n  - id: hanbit\n    developer: Hanbit\n    country: KR\n"
    return load_recipe(written(folder, f"{head}    license: MIT\n{fields}    releases:\n{lines}"))


def pinned(folder: Path, name: str, content: bytes, version: str = "1.0") -> str:
    """`content` as a distribution called `name` in `folder`, as a line of a recipe that pins it."""
    saved(folder, name, content)
    digest = hashlib.sha256(content).hexdigest()
    return f"- {{version: '{version}', released: 2026-01-31, file: {name}, sha256: {digest}}}"


def wheel(members: dict[str, bytes | str]) -> bytes:
    """A wheel of `hanbit` 1.0 with `members`."""
    return zip_of({**members, "hanbit-1.0.dist-info/METADATA": "Name: hanbit\n"})


def sdist(members: dict[str, bytes | str]) -> bytes:
    """A source distribution of `hanbit` 1.0 with `members`."""
    return tar_of({f"hanbit-1.0/{path}": text for path, text in {"PKG-INFO": "", **members}.items()}, "w:gz")
