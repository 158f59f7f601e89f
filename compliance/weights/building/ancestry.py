"""Which folders of transformers' code were made from which.

A child's source names the parents that it subclasses, in the file that its code is generated from, or says where a
class is copied from.
"""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

_COPIED = re.compile(r"# Copied from transformers\.models\.(\w+)\.modeling_")


def ancestors(models: Path) -> Mapping[str, tuple[str, ...]]:
    """Parents of each folder in `models`, and theirs in turn; folders without any are left out."""
    parents = {folder.name: _parents(folder) for folder in sorted(models.iterdir()) if folder.is_dir()}
    return {name: found for name in parents if (found := tuple(sorted(_reached(name, parents))))}


def _reached(name: str, parents: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        new = parents.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached - {name}


def _parents(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in folder.glob("modular_*.py"):
        found |= _imported(path.read_text(encoding="utf-8"))
    for path in folder.glob("modeling_*.py"):
        found |= set(_COPIED.findall(path.read_text(encoding="utf-8")))
    return found - {folder.name}


def _imported(source: str) -> set[str]:
    """Folders whose model code the source imports: `from ..siglip.modeling_siglip import …`."""
    named = [one.module or "" for one in ast.walk(ast.parse(source)) if isinstance(one, ast.ImportFrom)]
    return {one.split(".")[-2] for one in named if re.search(r"(?:^|\.)modeling_\w+$", one) and "." in one}
