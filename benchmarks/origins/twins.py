"""Files that no method can tell apart once they are renamed: equal up to names, strings, annotations, imports."""

import ast
import hashlib
from functools import cache

from benchmarks.origins.corpus import Corpus
from benchmarks.origins.method import KnownFile
from benchmarks.origins.mutation.renaming import apply_names, definitions
from benchmarks.origins.mutation.surface import drop_annotations, drop_docstrings


class Twins:
    """Compares files of a corpus by what a thorough renaming leaves of them."""

    def __init__(self, corpus: Corpus) -> None:
        """`corpus` holds the files."""
        self._corpus = corpus
        self._shape = cache(self._shape_of)

    def same_family(self, origin: KnownFile, family: str) -> bool:
        """Whether `family` is that of `origin` or holds a release that can't be told from it."""
        if origin.family == family:
            return True
        others = self._corpus.versions.get(family, ())
        return any(self.equal(origin, other) for other in others)

    def same_version(self, origin: KnownFile, version: str | None) -> bool:
        """Whether the release `version` of the family of `origin` can't be told from it."""
        others = self._corpus.versions[origin.family]
        return any(self.equal(origin, other) for other in others if other.version == version)

    def same_text(self, origin: KnownFile, version: str | None) -> bool:
        """Whether the release `version` of the family of `origin` has the very same text."""
        others = self._corpus.versions[origin.family]
        return any(origin.digest == other.digest for other in others if other.version == version)

    def equal(self, one: KnownFile, other: KnownFile) -> bool:
        """Whether the two are equal up to what a thorough renaming changes."""
        return one.digest == other.digest or self._shape(one) == self._shape(other)

    def _shape_of(self, file: KnownFile) -> str:
        return shape(self._corpus.content(file)) or file.digest


def shape(content: bytes) -> str | None:
    """A digest that is the same for sources which differ in names, strings, comments, annotations, imports only.

    Returns:
        None where `content` can't be parsed.
    """
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError):
        return None
    drop_docstrings(tree)
    drop_annotations(tree)
    defined = definitions(tree)
    tree.body = [one for one in tree.body if not isinstance(one, ast.Import | ast.ImportFrom)]
    order: dict[str, str] = {}
    for node in ast.walk(tree):
        for name in ("id", "arg", "name", "attr"):
            spelled = getattr(node, name, None)
            if isinstance(spelled, str) and spelled in defined.variables | defined.attributes:
                order.setdefault(spelled, f"n{len(order)}")
    apply_names(tree, order, defined)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return hashlib.sha256(ast.dump(tree).encode("utf-8", "surrogatepass")).hexdigest()
