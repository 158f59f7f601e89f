"""The known code: Python files of the releases that the shipped recipe names, kept in `.work/` once collected."""

import hashlib
import os
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Literal

from benchmarks.origins.method import KnownFile
from compliance.origins.building.collecting import collect_release, listed
from compliance.origins.building.recipe import Recipe
from compliance.origins.building.recipe_loading import load_recipe
from tests.samples.packages import WORK

RECIPE = "known-code"
PACKAGES = Path(os.environ.get("COMPLIANCE_BENCH_PACKAGES", WORK / "packages"))
"""Where distributions lie or are downloaded to."""

Half = Literal["tuning", "test"]

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS contents (digest TEXT PRIMARY KEY, content BLOB);
    CREATE TABLE IF NOT EXISTS files (project TEXT, version TEXT, path TEXT, digest TEXT);
    CREATE TABLE IF NOT EXISTS complete (project TEXT, version TEXT);
"""
_KIND = re.compile(
    r"^(?:modeling|modular|configuration|tokenization|processing|image_processing|video_processing|feature_extraction)_"
    r"|_(?:fast|flax|tf|modeling|model)$"
)
_GENERIC = frozenset(
    re.findall(
        r"\w+",
        "modeling model models modules module layers __init__ configuration config utils main ",
    )
)


class Corpus:
    """The Python files of a recipe's releases."""

    def __init__(self, recipe: Recipe, projects: Iterable[str] | None = None) -> None:
        """Collects what isn't there yet.

        Args:
            recipe: what belongs to it.
            projects: only these; all of them for None.

        Raises:
            ComplianceError: a release can't be had.
        """
        self._path = _place(recipe)
        chosen = set(projects) if projects is not None else {one.id for one in recipe.projects}
        _complete(self._path, recipe, chosen)
        wanted = {
            (one.project.id, one.version): at for at, one in enumerate(listed(recipe)) if one.project.id in chosen
        }
        with closing(sqlite3.connect(self._path)) as connection:
            rows = connection.execute("SELECT project, version, path, digest FROM files").fetchall()
        rows = sorted(
            (row for row in rows if (row[0], row[1]) in wanted), key=lambda row: (wanted[row[0], row[1]], row[2])
        )
        self.files = tuple(
            KnownFile(f"{project}:{path}", version, digest) for project, version, path, digest in rows
        )

    @cached_property
    def versions(self) -> dict[str, tuple[KnownFile, ...]]:
        """Files of each family in the order of the releases."""
        found: defaultdict[str, list[KnownFile]] = defaultdict(list)
        for file in self.files:
            found[file.family].append(file)
        return {family: tuple(files) for family, files in found.items()}

    def content(self, file: KnownFile) -> bytes:
        """What stands in `file`."""
        with closing(sqlite3.connect(self._path)) as connection:
            row = connection.execute("SELECT content FROM contents WHERE digest = ?", (file.digest,)).fetchone()
        return bytes(row[0])

    def contents(self, files: Iterable[KnownFile]) -> Iterator[tuple[KnownFile, bytes]]:
        """`files`, each with its content; of equal files of one family only the first."""
        seen: set[tuple[str, str]] = set()
        with closing(sqlite3.connect(self._path)) as connection:
            for file in files:
                if (file.family, file.digest) in seen:
                    continue
                seen.add((file.family, file.digest))
                row = connection.execute(
                    "SELECT content FROM contents WHERE digest = ?", (file.digest,)
                ).fetchone()
                yield file, bytes(row[0])


def known_code(projects: Iterable[str] | None = None, recipe: Path | None = None) -> Corpus:
    """The corpus of `recipe`, or else of the shipped one."""
    return Corpus(load_recipe(recipe or RECIPE), projects)


def model_name(family: str) -> str:
    """The model that `project:path` is about, the same in every project: `qwen2moe` for transformers and vllm."""
    parts = family.partition(":")[2].rsplit(".", 1)[0].split("/")
    if "models" in parts[:-2] and parts[0] == "transformers":
        name = next(one for one in parts[parts.index("models") + 1 :] if one != "deprecated")
    else:
        name = next((one for one in map(_bare, reversed(parts)) if one not in _GENERIC), parts[-1])
    return name.replace("_", "").replace("-", "").lower()


def half_of(name: str) -> Half:
    """Whether the model or project `name` is tuned on or tested on; the same on every machine."""
    return "tuning" if hashlib.sha256(name.encode()).digest()[0] & 1 else "test"


def rank(*parts: str) -> str:
    """A key that shuffles stably when sorted by."""
    return hashlib.sha256("/".join(parts).encode()).hexdigest()


def _bare(stem: str) -> str:
    while (shorter := _KIND.sub("", stem)) != stem:
        stem = shorter
    return stem


def _place(recipe: Recipe) -> Path:
    """Where the files of this very recipe are kept; those of its earlier states are removed."""
    folder = WORK / "bench-origins"
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{recipe.id}.{recipe.digest.rpartition(':')[2][:16]}.sqlite"
    for other in folder.glob(f"{recipe.id}.*.sqlite"):
        if other != place:
            other.unlink()
    return place


def _complete(path: Path, recipe: Recipe, projects: set[str]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_SCHEMA)
        done = set(connection.execute("SELECT project, version FROM complete"))
        for release in listed(recipe):
            key = (release.project.id, release.version)
            if release.project.id not in projects or key in done:
                continue
            print(f"collecting {key[0]} {key[1]}", file=sys.stderr, flush=True)
            with connection:
                for file in collect_release(release, PACKAGES):
                    if file.path.endswith(".py"):
                        digest = hashlib.sha256(file.content).hexdigest()
                        connection.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (digest, file.content))
                        connection.execute("INSERT INTO files VALUES (?, ?, ?, ?)", (*key, file.path, digest))
                connection.execute("INSERT INTO complete VALUES (?, ?)", key)
