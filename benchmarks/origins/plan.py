"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of the samples, for each half where there are halves."""

    sources: int
    """Model files that mutants are made from."""
    releases: int
    """Model files with several texts in the corpus, of which one is mutated."""
    independent: int
    """Files of each independent project."""
    lineages: int
    """Generated files, and as many written by hand that say what they were copied from."""
    peer_sources: int
    """Of the sources, those that the peers are asked about too."""
    peer_known: int
    """Files that fast peers know, besides the sources."""
    slow_known: int
    """Files that slow peers know, besides the sources."""
    slow_sources: int
    """Of the sources, those that slow peers are asked about."""


QUICK = Plan(
    sources=10,
    releases=5,
    independent=4,
    lineages=24,
    peer_sources=5,
    peer_known=60,
    slow_known=20,
    slow_sources=2,
)
FULL = Plan(
    sources=60,
    releases=40,
    independent=40,
    lineages=400,
    peer_sources=40,
    peer_known=2500,
    slow_known=400,
    slow_sources=12,
)
KINDS = ("stripped", "renamed", "half-rewritten", "hard30", "hard50", "handlike")
PASTED_KINDS = ("renamed", "renamed30")
FEWEST_TEXTS = 3
"""Different contents of a file whose release is asked for."""
VERSION_KINDS = ("renamed", "half-rewritten", "hard30")
