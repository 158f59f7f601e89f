"""Files that owe nothing to the index: of real projects outside of it, and a decoder written anew for this."""

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.origins.code_lines import code_lines
from benchmarks.origins.corpus import Corpus, Half, rank
from compliance.origins.building.recipe_loading import load_recipe
from tests.samples.packages import ROOT

RECIPE = Path(__file__).with_name("independent.yaml")
RELATED = Path(__file__).with_name("related.yaml")
"""Projects that exchanged code with those in the index."""
OWN_DECODER = ROOT / "tests" / "samples" / "independent_decoder.py"
FEWEST_LINES = 20
"""Of code; smaller files say nothing."""
_SOURCE = re.compile(rb"\b(?:from|based on|source|adapted|copied|vendored)\b[^\n]{0,80}https?://", re.IGNORECASE)
"""A file that names a source of its own is left out: it says itself that it isn't independent."""


@dataclass(frozen=True, slots=True)
class IndependentFile:
    """One file in which nothing should be flagged."""

    project: str
    path: str
    content: bytes
    code: frozenset[int]
    """Numbers of its lines of code."""
    half: Half


def independent_files(per_project: int, recipe: Path = RECIPE) -> list[IndependentFile]:
    """Up to `per_project` files of each project, chosen by a hash of their path, by nothing else.

    Every second project, by a hash of its name, is for tuning, the others for tests.
    """
    corpus = Corpus(load_recipe(recipe))
    by_project: dict[str, list[str]] = {}
    for family in corpus.versions:
        by_project.setdefault(family.partition(":")[0], []).append(family)
    found: list[IndependentFile] = []
    for position, project in enumerate(sorted(by_project, key=lambda one: rank("project", one))):
        half: Half = "tuning" if position % 2 else "test"
        wanted = len(found) + per_project
        for family in sorted(by_project[project], key=rank):
            if len(found) == wanted:
                break
            content = corpus.content(corpus.versions[family][-1])
            code = code_lines(content)
            if len(code) >= FEWEST_LINES and not _SOURCE.search(content):
                found.append(IndependentFile(project, family.partition(":")[2], content, code, half))
    return found


def own_decoder() -> IndependentFile:
    """A decoder written from the papers for this project's tests."""
    content = OWN_DECODER.read_bytes()
    return IndependentFile("own decoder", OWN_DECODER.name, content, code_lines(content), "test")
