"""The lineage graph: which model code descends from which, by what its authors declare."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from compliance.origins.catalog import Catalog

CatalogEdge = tuple[int, str, int, str, str]
"""Child family, child name, parent family, parent name, how; see `Catalog.edges`."""


_ENOUGH = 3
"""So many methods make a family descend from another, or one class or function."""


class Node(NamedTuple):
    """A class or function of a family, or the family as a whole."""

    family: int
    """Position among the catalog's families."""
    name: str | None = None
    """Class or function, empty for what a file says as a whole; None for the family with all its parts."""


class Relative(NamedTuple):
    """An ancestor and how far above it is."""

    node: Node
    distance: int
    """1 for a parent."""


class LineageGraph:
    """Answers who descends from whom, of families and of their classes.

    Authors copy in both directions over the years, so there may be cycles: a node is then among its own ancestors'
    descendants, never its own parent or ancestor. Families are files: `modeling_x.py`, `configuration_x.py`.

    A family descends from another where one of its classes or functions does, or three of its methods. A file that
    only uses what it imports descends from nothing by that, unless it passes the name on as its own.
    """

    def __init__(self, edges: Iterable[CatalogEdge]) -> None:
        """Of `edges` between positions of families, in any order; repetitions count once."""
        self._edges: defaultdict[int, list[CatalogEdge]] = defaultdict(list)
        """Of each family to what it descends from."""
        for edge in edges:
            self._edges[edge[0]].append(edge)
        self._parents: dict[int, dict[Node, tuple[Node, ...]]] = {}
        """Of the families that were asked for, and of their classes and functions."""
        self._above: dict[Node, dict[Node, int]] = {}

    @classmethod
    def of(cls, catalog: Catalog) -> "LineageGraph":
        """The graph of an index."""
        return cls(catalog.edges)

    def parents(self, family: int, name: str | None = None) -> tuple[Node, ...]:
        """What the family, or its class or function `name`, directly descends from; most edges first."""
        return self._parents_of(Node(family, name))

    def ancestors(self, family: int, name: str | None = None) -> tuple[Relative, ...]:
        """All that it descends from, nearest first; it isn't among them itself."""
        return tuple(Relative(node, distance) for node, distance in self._distances(Node(family, name)).items())

    def founders(self, family: int, name: str | None = None) -> tuple[Node, ...]:
        """Its ancestors that descend from nothing else; itself where it has none.

        Where the eldest descend from one another, they are founders together.
        """
        own = Node(family, name)
        line = [own, *self._distances(own)]
        return tuple(node for node in line if self._is_founder(node))

    def _is_founder(self, node: Node) -> bool:
        return all(node in self._distances(above) for above in self._distances(node))

    def _distances(self, node: Node) -> Mapping[Node, int]:
        """Every ancestor of `node` with its distance, nearest first."""
        if node not in self._above:
            self._above[node] = _reached(node, self._parents_of)
        return self._above[node]

    def _parents_of(self, node: Node) -> tuple[Node, ...]:
        if (known := self._parents.get(node.family)) is None:
            known = self._parents[node.family] = _parents(node.family, self._edges.get(node.family, ()))
        return known.get(node, ())


def _parents(family: int, edges: Iterable[CatalogEdge]) -> dict[Node, tuple[Node, ...]]:
    """What `family` and its parts descend from, by its own `edges`."""
    whole: Counter[Node] = Counter()
    parents: defaultdict[Node, Counter[Node]] = defaultdict(Counter)
    for _family, name, parent, parent_name, _how in dict.fromkeys(edges):
        if (part := Node(family, name)) != (above := Node(parent, parent_name)):
            parents[part][above] += 1
        if parent != family:
            whole[Node(parent)] += _weight(name)
    if enough := Counter({one: count for one, count in whole.items() if count >= _ENOUGH}):
        parents[Node(family)] = enough
    return _ordered(parents)


def _weight(name: str) -> int:
    """What an edge from the definition `name` counts for its family."""
    return 0 if not name else 1 if "." in name else _ENOUGH


def _ordered(counted: Mapping[Node, Counter[Node]]) -> dict[Node, tuple[Node, ...]]:
    """The neighbors of each node, those with most edges first; a fixed order among equals."""
    return {
        node: tuple(sorted(counts, key=lambda other: (-counts[other], other.family, other.name or "")))
        for node, counts in counted.items()
    }


def _reached(start: Node, neighbors: Callable[[Node], tuple[Node, ...]]) -> dict[Node, int]:
    """Every other node that can be reached from `start`, with the number of steps, nearest first."""
    found: dict[Node, int] = {start: 0}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in neighbors(node):
            if other not in found:
                found[other] = found[node] + 1
                waiting.append(other)
    del found[start]
    return found
