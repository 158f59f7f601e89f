"""Measures how well a method names the parent of code whose own family and descendants it may not name."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.origins.corpus import model_name, rank
from benchmarks.origins.lineage import Descendant, Lineages
from benchmarks.origins.measures import nearest
from benchmarks.origins.method import Guess, Method

SHORTEST = 15
"""Lines of code of a class that is scored."""
MOSTLY_KEPT = 0.7
"""Share of a class's lines from the parent from which its text still tells whose it is."""


@dataclass(frozen=True, slots=True)
class Named:
    """One class and what it was taken for."""

    descendant: Descendant
    guess: Guess | None

    @property
    def strict(self) -> bool:
        """The parent's model is named first, in whichever project."""
        return self.guess is not None and model_name(self.guess.family) == model_name(self.descendant.parent)

    @property
    def right(self) -> bool:
        """The parent, one of its ancestors, or a tie that holds one of them is named."""
        return self.guess is not None and self._names({self.guess.family, *self.guess.ties})

    @property
    def told(self) -> bool:
        """Right, or the parent is among what the named one is said to descend from."""
        parent = model_name(self.descendant.parent)
        return self.right or (self.guess is not None and parent in map(model_name, self.guess.ancestors))

    def _names(self, families: Iterable[str]) -> bool:
        return bool({model_name(one) for one in families} & {model_name(one) for one in self.descendant.lineage})


@dataclass(frozen=True, slots=True)
class Ancestry:
    """What one method said of all classes and files."""

    named: tuple[Named, ...]
    files: tuple[tuple[str, str | None, frozenset[str]], ...]
    """File, its main origin as the method has it, and the families that it declares as parents."""
    seconds: float

    @property
    def strict(self) -> float:
        """Share of classes with the very parent."""
        return _share([one.strict for one in self.named])

    @property
    def right(self) -> float:
        """Share of classes with the right lineage."""
        return _share([one.right for one in self.named])

    @property
    def told(self) -> float:
        """Share of classes with the right lineage, ancestors of the named family included."""
        return _share([one.told for one in self.named])

    @property
    def file_declared(self) -> float:
        """Share of files whose main origin is one of their declared parents."""
        return _share(
            [
                main is not None and model_name(main) in {model_name(one) for one in declared}
                for _, main, declared in self.files
            ]
        )

    def only(self, kept: float) -> "Ancestry":
        """The same for classes that keep at least this share of their lines from the parent."""
        chosen = [one for one in self.named if one.descendant.kept >= kept]
        return Ancestry(tuple(chosen), self.files, self.seconds)


def trace(method: Method, lineages: Lineages, descendants: Sequence[Descendant], files: int) -> Ancestry:
    """Asks `method` about up to `files` files, each with its own family and its descendants left out."""
    grouped: defaultdict[str, list[Descendant]] = defaultdict(list)
    for descendant in descendants:
        grouped[descendant.file.family].append(descendant)
    named: list[Named] = []
    mains: list[tuple[str, str | None, frozenset[str]]] = []
    began = time.process_time()
    for family in sorted(grouped, key=lambda one: rank("lineage", one))[:files]:
        classes = grouped[family]
        content = lineages.content(classes[0].file)
        answer = method.query(f"team/{rank(family)[:8]}.py", content, lineages.left_out(family))
        main = answer.origins[0].family if answer.origins else None
        mains.append((family, main, frozenset(one.parent for one in classes)))
        named += [Named(one, nearest(answer, one.first_line, one.last_line)) for one in classes]
    return Ancestry(tuple(named), tuple(mains), time.process_time() - began)


def _share(truths: Sequence[bool]) -> float:
    return sum(truths) / len(truths) if truths else 0.0
