"""The Python modules of one release: what each defines, imports and says it copied, and where a name leads."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from compliance.origins.structure import Structure

_GENERATED = (
    "modeling_",
    "configuration_",
    "processing_",
    "image_processing_",
    "video_processing_",
    "tokenization_",
    "feature_extraction_",
)


class Module(msgspec.Struct, frozen=True):
    """What one file declares."""

    path: str
    bases: dict[str, tuple[str, ...]]
    """What each class of the file extends, as written."""
    imports: dict[str, tuple[str, str]]
    """Absolute module, and the name taken from it (empty for the module itself), by the name that it has here."""
    copies: tuple[tuple[str, str], ...]
    """Definition, and the dotted name that it says it was copied from."""

    @classmethod
    def of(cls, path: str, structure: Structure) -> "Module":
        """What `structure`, read of the file at `path`, declares."""
        package = posixpath.dirname(path).split("/")
        imports: dict[str, tuple[str, str]] = {}
        for one in structure.imports:
            target = _absolute(one.module, package)
            if target is not None:
                whole = not one.name and one.bound == one.module.partition(".")[0]
                imports[one.bound] = (one.bound, "") if whole else (target, one.name)
        copies = tuple(
            (one.definition, one.reference.replace("/", "."))
            for one in structure.statements
            if one.how in {"copied-from", "adapted-from"} and one.form == "dotted" and one.definition
        )
        return cls(path, {one.name: one.bases for one in structure.classes if not one.indent}, imports, copies)

    @property
    def is_modular(self) -> bool:
        """Whether the file is a source from which others are generated."""
        return posixpath.basename(self.path).startswith("modular_")

    @property
    def is_package(self) -> bool:
        """Whether the file stands for its folder."""
        return posixpath.basename(self.path) == "__init__.py"


class Modules(msgspec.Struct):
    """The modules of one release by path, by dotted name and by folder."""

    by_path: dict[str, Module] = msgspec.field(default_factory=dict)
    _by_name: dict[str, str] = msgspec.field(default_factory=dict)
    _folders: defaultdict[str, list[str]] = msgspec.field(default_factory=lambda: defaultdict(list))

    def __iter__(self) -> Iterator[Module]:
        """All modules in the order in which they were added."""
        return iter(self.by_path.values())

    def add(self, module: Module) -> None:
        """Add `module`, which no other has the path of."""
        self.by_path[module.path] = module
        self._by_name[_dotted(module.path)] = module.path
        self._folders[posixpath.dirname(module.path)].append(module.path)

    def file_of(self, dotted: str) -> str | None:
        """Path of the module called `dotted`; None where there is none."""
        return self._by_name.get(dotted)

    def beside(self, module: Module) -> list[str]:
        """Paths of the files in the folder of `module` that hold the parts of a model, itself left out."""
        names = sorted(self._folders[posixpath.dirname(module.path)], key=_rank)
        return [
            path for path in names if path != module.path and not posixpath.basename(path).startswith("modular_")
        ]

    def generated_beside(self, module: Module) -> tuple[str, ...]:
        """Paths of the files that are generated from the modular file `module`."""
        family = posixpath.basename(module.path).removeprefix("modular_")
        wanted = {prefix + family for prefix in _GENERATED} | {
            f"image_processing_pil_{family}",
            f"image_processing_{family.removesuffix('.py')}_fast.py",
        }
        paths = (posixpath.join(posixpath.dirname(module.path), name) for name in wanted)
        return tuple(sorted((path for path in paths if path in self.by_path), key=_rank))


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _rank(path: str) -> tuple[int, str]:
    """Modeling files first: a class defined twice belongs there."""
    return not posixpath.basename(path).startswith("modeling_"), path


def _absolute(module: str, package: list[str]) -> str | None:
    """The dotted name of `module`, which is imported in `package`; None where it leads out of the root."""
    level = len(module) - len(module.lstrip("."))
    if not level:
        return module
    if level > len(package):
        return None
    return ".".join(one for one in (*package[: len(package) - level + 1], module[level:]) if one)
