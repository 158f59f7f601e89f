"""What generated model files descend from, as their modular sources say by import and inheritance."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from benchmarks.origins.code_lines import code_lines
from benchmarks.origins.corpus import Corpus, model_name
from benchmarks.origins.method import KnownFile

RELEASE = "5.23.0"
"""Of transformers, the newest in the corpus."""
COPIED_RELEASE = "4.57.1"
"""Of transformers, the last in the corpus in which many blocks say what they were copied from."""
_COPIED = re.compile(r"# Copied from transformers\.models\.((?:\w+\.)*modeling_\w+)\.(\w+)(?: |$)")


@dataclass(frozen=True, slots=True)
class Descendant:
    """A class or function that names its parent."""

    file: KnownFile
    """Where it stands."""
    name: str
    first_line: int
    last_line: int
    parent: str
    """Family of the file that the parent stands in."""
    parent_name: str
    lineage: frozenset[str]
    """Families of the parent and of its own ancestors, as far as they name them."""
    kept: float
    """Share of its lines that stand in the parent too, once what its name begins with is replaced."""


class Lineages:
    """Declared parents in one release of transformers."""

    def __init__(self, corpus: Corpus, release: str = RELEASE) -> None:
        """Reads every model file of `release`."""
        self._sources: dict[str, bytes] = {}
        self._outlines: dict[str, dict[str, tuple[int, int]]] = {}
        self._files: dict[str, KnownFile] = {}
        self._families: defaultdict[str, set[str]] = defaultdict(set)
        for family, files in corpus.versions.items():
            self._families[model_name(family)].add(family)
            file = next((one for one in files if one.version == release), None)
            if file is not None and family.startswith("transformers:transformers/models/"):
                self._files[family] = file
        for file, content in corpus.contents(self._files.values()):
            self._sources[file.family] = content
        self._parents: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for family in self._files:
            if "/modular_" in family:
                self._read_modular(family)
        self.generated = frozenset(self._parents)
        """Families of generated files with a parent in another model."""
        for family in self._files:
            if "/modeling_" in family:
                self._read_copied(family)

    def descendants_of(self, model: str) -> frozenset[str]:
        """`model` and every model that descends from it as declared, by `corpus.model_name`."""
        children: defaultdict[str, set[str]] = defaultdict(set)
        for family, parents in self._parents.items():
            for parent, _ in parents.values():
                children[model_name(parent)].add(model_name(family))
        reached, waiting = {model}, [model]
        while waiting:
            for child in children[waiting.pop()] - reached:
                reached.add(child)
                waiting.append(child)
        return frozenset(reached)

    def left_out(self, family: str) -> frozenset[str]:
        """Every family of the corpus, in any project, of the model of `family` or of one that descends from it."""
        models = self.descendants_of(model_name(family))
        return frozenset(one for model in models for one in self._families[model])

    def generated_classes(self, shortest: int) -> list[Descendant]:
        """Classes of generated files whose modular source names a base in another model, by file and line."""
        return [one for family in sorted(self.generated) for one in self._classes(family, shortest)]

    def copied_blocks(self, shortest: int) -> list[Descendant]:
        """Top-level classes and functions of files written by hand that say what they were copied from."""
        families = sorted(self._parents.keys() - self.generated)
        return [one for family in families for one in self._classes(family, shortest)]

    def parents_of(self, family: str) -> list[str]:
        """Family of the parent of each class of the file that names one."""
        return [parent for parent, _ in self._parents.get(family, {}).values()]

    def content(self, file: KnownFile) -> bytes:
        """What stands in `file`."""
        return self._sources[file.family]

    def _classes(self, family: str, shortest: int) -> Iterable[Descendant]:
        code = code_lines(self._sources[family])
        for name, (first, last) in self._outline(family).items():
            if name in self._parents[family] and len(code & set(range(first, last + 1))) >= shortest:
                parent, parent_name = self._parents[family][name]
                lineage = frozenset(self._ancestry(parent, parent_name))
                kept = self._kept(family, name, parent, parent_name)
                yield Descendant(self._files[family], name, first, last, parent, parent_name, lineage, kept)

    def _outline(self, family: str) -> dict[str, tuple[int, int]]:
        """Lines of each class and function at the top level of the file."""
        if family not in self._outlines:
            self._outlines[family] = {
                node.name: (min([node.lineno, *(one.lineno for one in node.decorator_list)]), node.end_lineno or 0)
                for node in ast.parse(self._sources[family]).body
                if isinstance(node, ast.ClassDef | ast.FunctionDef)
            }
        return self._outlines[family]

    def _kept(self, family: str, name: str, parent: str, parent_name: str) -> float:
        letters = zip(reversed(name), reversed(parent_name), strict=False)
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], letters)))
        own, theirs = name[: len(name) - shared], parent_name[: len(parent_name) - shared]
        lines = Counter(line.replace(own, theirs) if own else line for line in self._lines(family, name))
        return (lines & Counter(self._lines(parent, parent_name))).total() / max(lines.total(), 1)

    def _lines(self, family: str, name: str) -> list[str]:
        first, last = self._outline(family).get(name, (1, 0))
        lines = self._sources[family].decode("utf-8", "replace").splitlines()[first - 1 : last]
        return [line.strip() for line in lines if line.strip()]

    def _ancestry(self, family: str, name: str) -> set[str]:
        """The family and those of the ancestors of its class, and of the parents of the file as a whole."""
        found: set[str] = set()
        waiting = [(family, name)]
        seen: set[tuple[str, str]] = set()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            found.add(one[0])
            if (above := self._parents.get(one[0], {}).get(one[1])) is not None:
                waiting.append(above)
        return found

    def _read_modular(self, family: str) -> None:
        generated = family.replace("/modular_", "/modeling_")
        if generated not in self._files:
            return
        tree = ast.parse(self._sources[family])
        imported = self._imported(tree, family)
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    if isinstance(base, ast.Name) and base.id in imported:
                        self._parents[generated].setdefault(node.name, imported[base.id])

    def _imported(self, tree: ast.Module, family: str) -> dict[str, tuple[str, str]]:
        """Name here -> family and name of what is imported from another model's modeling file."""
        folder = family.rpartition("/")[0]
        found: dict[str, tuple[str, str]] = {}
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            module = node.module.replace(".", "/")
            if node.level:
                above = folder.split("/")[: len(folder.split("/")) - node.level + 1]
                module = "/".join([*above, module])
            else:
                module = f"transformers:{module}"
            parent = f"{module}.py".replace("/modular_", "/modeling_")
            if parent in self._files and "/modeling_" in parent and model_name(parent) != model_name(family):
                for alias in node.names:
                    found[alias.asname or alias.name] = (parent, alias.name)
        return found

    def _read_copied(self, family: str) -> None:
        if family in self.generated:
            return
        lines = self._sources[family].decode("utf-8", "replace").splitlines()
        for number, line in enumerate(lines):
            found = _COPIED.match(line)
            if found is None:
                continue
            below = next(
                (one for one in lines[number + 1 :] if not one.startswith(("@", "#")) and one.strip()), ""
            )
            defined = re.match(r"(?:class|def) (\w+)", below)
            parent = f"transformers:transformers/models/{found[1].replace('.', '/')}.py"
            if defined and parent in self._files and parent != family:
                self._parents[family].setdefault(defined[1], (parent, found[2]))
