"""Chains of base models: from a model to its base, to the base's base, as far as the examined folders tell."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

import msgspec

MAX_DEPTH = 12
"""Steps of a chain; longer ones end there, and say so."""
MAX_CHAINS = 50
"""Of one model; a merge of merges has many."""

B = TypeVar("B")


class Step(msgspec.Struct, Generic[B], frozen=True):
    """One base of a chain."""

    base: B
    """The statement that names it."""
    folder: str | None
    """Where its own card and configuration lie; None where they aren't among what was examined."""
    ends: str = ""
    """Why the chain isn't followed further though the folder is known: `cycle` or `too-deep`."""


def chains(
    folder: str, bases: Callable[[str], Sequence[tuple[B, Sequence[str]]]]
) -> Iterator[tuple[Step[B], ...]]:
    """Every chain from the model in `folder` to its last known ancestors, at most `MAX_CHAINS`.

    Args:
        folder: where to start.
        bases: the bases that are stated in a folder, each with the folders that it may lie in.
    """
    found = 0
    waiting: list[tuple[tuple[Step[B], ...], tuple[str, ...]]] = [((), (folder,))]
    while waiting and found < MAX_CHAINS:
        chain, met = waiting.pop()
        further = [] if chain and (chain[-1].folder is None or chain[-1].ends) else _next(met, bases)
        if further:
            waiting.extend(((*chain, step), (*met, step.folder or "")) for step in reversed(further[:MAX_CHAINS]))
        elif chain:
            found += 1
            yield chain


def _next(met: tuple[str, ...], bases: Callable[[str], Sequence[tuple[B, Sequence[str]]]]) -> list[Step[B]]:
    steps: list[Step[B]] = []
    for base, folders in bases(met[-1]):
        for folder in folders:
            ends = "cycle" if folder in met else "too-deep" if len(met) >= MAX_DEPTH else ""
            steps.append(Step(base, folder, ends))
        if not folders:
            steps.append(Step(base, None))
    return steps
