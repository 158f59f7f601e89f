"""`python -m benchmarks.origins.fitting` fits the weights of candidates' traits on the tuning half."""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.origins import samples
from benchmarks.origins.ancestry import SHORTEST
from benchmarks.origins.corpus import Corpus, Half, half_of, known_code, model_name
from benchmarks.origins.lineage import Descendant, Lineages
from benchmarks.origins.plan import FULL
from compliance.origins.attribution import Reals, Traits, Weights, traits_of
from compliance.origins.index.reader import Index
from compliance.origins.languages import PYTHON
from compliance.origins.matching import Known, matches_of
from compliance.origins.search import Search
from compliance.origins.shipped import SHIPPED_INDEX

MUTANTS = ("hard30", "hard50", "handlike")
FEWEST_PRINTS = 15
"""Of a part of a mutant that is fitted on."""
STEPS = 800
RATE = 0.05
PENALTY = 0.01
"""On the squares of the weights of standardized traits."""


@dataclass(frozen=True, slots=True)
class Question:
    """A part whose origin is known, and the families that may be it."""

    traits: Reals
    """Of each candidate in a row."""
    right: NDArray[np.bool_]
    """Which candidates it truly comes from; at least one."""


def main() -> None:
    """Fit, and print the weights and how often they choose rightly on both halves."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.origins.fitting", description=__doc__)
    parser.add_argument("--index", type=Path, default=SHIPPED_INDEX, help="index to search")
    arguments = parser.parse_args()
    corpus, search = known_code(), Search([Index(arguments.index)])
    descendants = {half: list(_of_descendants(corpus, search, half)) for half in ("tuning", "test")}
    mutants = {half: list(_of_mutants(corpus, search, half)) for half in ("tuning", "test")}
    fitted = fit(descendants["tuning"], mutants["tuning"])
    for name, weights in (("shipped", Weights()), ("fitted", fitted)):
        print(name, *(f"{trait}={value:.2f}" for trait, value in msgspec.structs.asdict(weights).items()))
        for half in ("tuning", "test"):
            parents, origins = chosen(descendants[half], weights), chosen(mutants[half], weights)
            print(f"  {half}: right parent of {parents:.3f} of {len(descendants[half])} classes, ", end="")
            print(f"right origin of {origins:.3f} of {len(mutants[half])} parts of mutants")


def fit(*groups: Sequence[Question]) -> Weights:
    """The weights under which the right candidates are likeliest, each of `groups` counting the same.

    A conditional logit: a candidate's probability is the softmax of its weighted traits over the question's; of
    several right ones the probabilities add up. Adam on standardized traits (Kingma and Ba, 2015).
    """
    questions = [one for group in groups for one in group]
    importance = np.concatenate([np.full(len(group), 1 / (len(group) * len(groups))) for group in groups if group])
    traits = np.concatenate([one.traits for one in questions])
    right = np.concatenate([one.right for one in questions]).astype(np.float64)
    asked = np.repeat(np.arange(len(questions)), [len(one.right) for one in questions])
    mean, deviation = traits.mean(0), traits.std(0) + 1e-9
    traits = (traits - mean) / deviation
    weights = np.zeros(traits.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        chances = _softmax(traits @ weights, asked, len(questions))
        of_right = chances * right
        share = of_right / np.bincount(asked, of_right, len(questions))[asked]
        gradient = (((share - chances) * importance[asked])[:, None] * traits).sum(0) - PENALTY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return Weights(*(round(one, 2) for one in (weights / deviation).tolist()))


def chosen(questions: Sequence[Question], weights: Weights) -> float:
    """The share of `questions` in which the likeliest candidate is right."""
    values = np.array(msgspec.structs.astuple(weights))
    right = [bool(one.right[int(np.argmax(one.traits @ values))]) for one in questions]
    return sum(right) / max(len(right), 1)


def _softmax(scores: Reals, asked: NDArray[np.int64], count: int) -> Reals:
    highest = np.full(count, -np.inf)
    np.maximum.at(highest, asked, scores)
    powers = np.exp(scores - highest[asked])
    chances: Reals = powers / np.bincount(asked, powers, count)[asked]
    return chances


def _of_descendants(corpus: Corpus, search: Search, half: Half) -> Iterator[Question]:
    """Classes of `half` that name their parent, their own model and all that descends from it left out."""
    lineages = Lineages(corpus)
    models = _models(search.known)
    by_file: defaultdict[str, list[Descendant]] = defaultdict(list)
    for one in lineages.generated_classes(SHORTEST):
        if half_of(model_name(one.file.family)) == half:
            by_file[one.file.family].append(one)
    for family, classes in sorted(by_file.items()):
        without = lineages.left_out(family)
        asked = _asked(search, lineages.content(classes[0].file), without)
        if asked is None:
            continue
        for one in classes:
            parent = model_name(one.parent)
            yield from _question(asked, one.name, frozenset(n for n, of in models.items() if parent in of))


def _of_mutants(corpus: Corpus, search: Search, half: Half) -> Iterator[Question]:
    """Parts of mutants of `half` that have enough fingerprints."""
    known = search.known
    files = samples.model_files(corpus, half, FULL.sources)
    for one in samples.mutants(corpus, files, MUTANTS, half):
        number = known.numbers.get(one.origin.family)
        asked = _asked(search, one.content, frozenset())
        if number is None or asked is None:
            continue
        true = frozenset({int(known.name_of_family[number])})
        for name, prints in zip(asked.parts.names, asked.parts.sizes.tolist(), strict=True):
            if prints >= FEWEST_PRINTS:
                yield from _question(asked, name, true)


def _asked(search: Search, content: bytes, without: frozenset[str]) -> Traits | None:
    matches = matches_of(content, PYTHON, search.known, without)
    return traits_of(matches, search.children(without)) if matches else None


def _question(asked: Traits, part: str, true: frozenset[int]) -> Iterator[Question]:
    """The part of that name, if one of its candidates is a family of `true`."""
    if part not in asked.parts.names:
        return
    here = asked.pairs.parts == asked.parts.names.index(part)
    right = np.isin(asked.pairs.names[here], list(true))
    if right.any():
        yield Question(asked.values[here], right)


def _models(known: Known) -> dict[int, set[str]]:
    """The models that the files of each model family are about, by the name that is the same in every project."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for family, number in known.numbers.items():
        found[int(known.name_of_family[number])].add(model_name(family))
    return found


if __name__ == "__main__":
    main()
