"""Edges of the lineage graph, from what the collected files declare: inheritance, "Copied from" and imports.

Many of transformers' model files are generated from a modular one, in which classes extend those of other models.
What a class there declares holds for the class of that name in the generated files beside it, and for the modular
file itself. Classes that the generator took over under another prefix, without a word in the modular file, follow
the prefixes of those that are written there.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from compliance.origins import known_projects, naming
from compliance.origins.building.modules import Module, Modules
from compliance.origins.catalog import CollectedFile, Edge
from compliance.origins.structure import structure_of

INHERITS, COPIED, IMPORTS = "inherits", "copied-from", "imports"


class EdgeCollector(msgspec.Struct):
    """Takes files one by one and keeps only what they declare; `edges` then joins them."""

    _releases: dict[tuple[str, str], Modules] = msgspec.field(default_factory=dict)
    _seen: dict[tuple[str, bytes], Module] = msgspec.field(default_factory=dict)

    def add(self, file: CollectedFile) -> None:
        """Note what `file` declares; anything but Python is passed over."""
        if not file.path.endswith(".py"):
            return
        digest = hashlib.blake2b(file.content, digest_size=16).digest()
        module = self._seen.get((file.path, digest))
        if module is None:
            module = Module.of(file.path, structure_of(file.content, "python"))
            self._seen[file.path, digest] = module
        self._releases.setdefault((file.project, file.version), Modules()).add(module)

    def edges(self) -> tuple[Edge, ...]:
        """All edges over all releases, each once, in a fixed order. Paths are `project:family path`."""
        newest = {project: modules for (project, _), modules in self._releases.items()}
        found: set[tuple[str, str, str, str, str]] = set()
        for (project, _), modules in self._releases.items():
            release = _Release(project, modules, newest)
            found.update(release.edges())
        return tuple(Edge(*one) for one in sorted(found))


def edges_of(files: Iterable[CollectedFile]) -> tuple[Edge, ...]:
    """The edges that `files` declare."""
    collector = EdgeCollector()
    for file in files:
        collector.add(file)
    return collector.edges()


_Row = tuple[str, str, str, str, str]
_Place = tuple[str, str]
"""`project:path` and name."""


class _Release(msgspec.Struct):
    """One release of one project, among the newest of all."""

    project: str
    modules: Modules
    newest: dict[str, Modules]

    def edges(self) -> Iterator[_Row]:
        for module in self.modules:
            yield from self._copies(module)
            if self._model(module.path):
                yield from self._inherited_and_imported(module)

    def _copies(self, module: Module) -> Iterator[_Row]:
        for name, reference in module.copies:
            if (parent := self._dotted(reference)) is None:
                continue
            for child in self._children(module, name):
                yield from _edge(child, parent, COPIED)

    def _inherited_and_imported(self, module: Module) -> Iterator[_Row]:
        declared: list[tuple[str, _Place]] = []
        for name in module.bases:
            declared.extend((name, place) for place in dict.fromkeys(self._foreign_bases(module, name)))
        for name, parent in declared:
            for child in self._children(module, name):
                yield from _edge(child, parent, INHERITS)
        if module.is_modular:
            yield from self._taken_over(module, declared)
        if not module.is_package:
            yield from self._imports(module, {parent for _, parent in declared})

    def _foreign_bases(self, module: Module, name: str) -> Iterator[_Place]:
        """What the class `name` extends of other models' modules, directly or through classes of its own file."""
        for base in _bases_outside(module, name):
            first, _, rest = base.partition(".")
            if (bound := module.imports.get(first)) is None:
                continue
            target, taken = bound
            full = ".".join(one for one in (target, taken, rest) if one)
            source, _, parent = full.rpartition(".")
            if self._points_to_model(source) and (place := self._class_in_release(source, parent)) is not None:
                yield place

    def _imports(self, module: Module, inherited: set[_Place]) -> Iterator[_Row]:
        """Names taken from other models' modules without extending them."""
        for target, name in module.imports.values():
            if not name or name == "*" or not self._points_to_model(target):
                continue
            place = self._in_release(target, name)
            if place is None or place in inherited:
                continue
            owner, _, path = place[0].partition(":")
            if self._model(module.path) == model_of(path, owner):
                continue
            child = f"{self.project}:{module.path}"
            for path in dict.fromkeys([child, *(f"{self.project}:{one}" for one in self._generated(module))]):
                # a wrapper that has no class of its own passes the name on
                yield from _edge((path, "" if module.bases else name), place, IMPORTS)

    def _taken_over(self, module: Module, declared: list[tuple[str, _Place]]) -> Iterator[_Row]:
        """Classes of generated files that the modular one hasn't: a parent's under the family's own prefix."""
        prefixes: Counter[tuple[str, str, str]] = Counter()
        for name, (path, parent) in declared:
            suffix = _common_suffix(name, parent)
            if suffix and len(suffix) < min(len(name), len(parent)):
                prefixes[name[: -len(suffix)], parent[: -len(suffix)], path] += 1
        for path in self._generated(module):
            generated = self.modules.by_path[path]
            for name in generated.bases:
                if name not in module.bases and (taken := self._same_part(name, prefixes)) is not None:
                    yield from _edge((f"{self.project}:{path}", name), taken, COPIED)

    def _same_part(self, name: str, prefixes: Counter[tuple[str, str, str]]) -> _Place | None:
        """What `name` is called under the prefix of a parent, the most frequent parent first."""
        for (own, others, path), _ in sorted(prefixes.items(), key=lambda one: (-one[1], one[0])):
            candidate = others + name.removeprefix(own)
            if name.startswith(own) and candidate in self._at(path).bases:
                return path, candidate
        return None

    def _children(self, module: Module, name: str) -> Iterator[_Place]:
        """Where the definition `name` of `module` stands: there, and in the files that are generated from it."""
        yield f"{self.project}:{module.path}", name
        for path in self._generated(module):
            if name.partition(".")[0] in self.modules.by_path[path].bases:
                yield f"{self.project}:{path}", name

    def _generated(self, module: Module) -> tuple[str, ...]:
        return self.modules.generated_beside(module) if module.is_modular else ()

    def _points_to_model(self, target: str) -> bool:
        if (found := self._file_of(target)) is not None:
            owner, _, path = found
            return model_of(path, owner) is not None
        return self._model(f"{target.replace('.', '/')}.py") is not None

    def _file_of(self, target: str) -> tuple[str, Modules, str] | None:
        """The file of the module `target` here, or else in the project that the package belongs to."""
        if path := self.modules.file_of(target):
            return self.project, self.modules, path
        project = known_projects.by_package().get(target.partition(".")[0])
        if project is None or project.id == self.project or project.id not in self.newest:
            return None
        modules = self.newest[project.id]
        path = modules.file_of(target)
        return (project.id, modules, path) if path else None

    def _at(self, place: str) -> Module:
        """The module at `project:path`."""
        owner, _, path = place.partition(":")
        return (self.modules if owner == self.project else self.newest[owner]).by_path[path]

    def _dotted(self, reference: str) -> _Place | None:
        """Where a dotted name leads to, here or in another project."""
        parts = reference.split(".")
        for end in range(len(parts) - 1, 0, -1):
            if found := self._file_of(".".join(parts[:end])):
                return _placed(*found, ".".join(parts[end:]))
        return None

    def _class_in_release(self, target: str, name: str) -> _Place | None:
        place = self._in_release(target, name)
        return place if place and place[1].partition(".")[0] in self._at(place[0]).bases else None

    def _model(self, path: str) -> str | None:
        """The model that the file at `path` is a part of, as far as its place tells; None where of none."""
        return model_of(path, self.project)

    def _in_release(self, target: str, name: str) -> _Place | None:
        found = self._file_of(target)
        return _placed(*found, name) if found else None


def _placed(project: str, modules: Modules, path: str, name: str) -> _Place | None:
    """`name` in the file at `path`; of a package or modular file, first in the file beside it that defines it."""
    module = modules.by_path[path]
    first = name.partition(".")[0]
    if module.is_modular or module.is_package:
        beside = [one for one in modules.beside(module) if first in modules.by_path[one].bases]
        if beside:
            return f"{project}:{beside[0]}", name
        if module.is_package and first not in module.bases:
            return None
    return f"{project}:{path}", name


def _bases_outside(module: Module, name: str) -> Iterator[str]:
    """What the class `name` and those of its own file that it extends have as bases of other files."""
    seen, waiting = {name}, [name]  # a loop, since a chain of classes may be longer than Python's stack
    while waiting:
        for base in module.bases[waiting.pop()]:
            if base not in module.bases:
                yield base
            elif base not in seen:
                seen.add(base)
                waiting.append(base)


def _edge(child: _Place, parent: _Place, how: str) -> Iterator[_Row]:
    if child[0] != parent[0]:
        yield (*child, *parent, how)


def _common_suffix(one: str, other: str) -> str:
    """The longest common end that begins with a capital letter."""
    length = 0
    while length < min(len(one), len(other)) and one[-length - 1] == other[-length - 1]:
        length += 1
    suffix = one[len(one) - length :]
    match = re.search(r"[A-Z]", suffix)
    return suffix[match.start() :] if match else ""


def model_of(path: str, project: str) -> str | None:
    """Name of the folder or module of the model that the file at `path` is a part of; None where it is of none.

    Args:
        path: family path.
        project: identifier; an unknown project keeps its models below a folder of that name.
    """
    dotted = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    known = next((one for one in known_projects.projects() if one.id == project and one.models), None)
    below = (
        [dotted.removeprefix(f"{one}.") for one in known.models if dotted.startswith(f"{one}.")] if known else []
    )
    if known is None and ".models." in f".{dotted}":
        below = [f".{dotted}".partition(".models.")[2]]
    if not below:
        return None
    parts = min(below, key=len).split(".")
    return naming.model_of_parts(parts, project) if parts[-1] not in known_projects.shared_modules() else None
