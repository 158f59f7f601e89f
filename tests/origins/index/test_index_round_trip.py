"""What was put into an index is found again, and nothing else."""

import ast
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins.catalog import Catalog, ContentBlock, Family, Notice, Project, Release
from compliance.origins.index.reader import Index
from compliance.origins.index.writer import LOW_BITS, IndexBuilder, ReadBlock, prefix_bits

fingerprint = st.integers(0, (1 << 64) - 1) | st.integers(0, 3).map(lambda low: (7 << 40) + low)
block = st.lists(fingerprint, min_size=1, max_size=6).map(tuple)
content = st.lists(block, max_size=4).map(tuple)
NAMES = ("aurora", "borealis", "aurora", "cirrus")
RELEASES = 3


@dataclass(frozen=True, slots=True)
class Held:
    """One content of a family in one release."""

    family: int
    release: int
    blocks: tuple[tuple[int, ...], ...]


held = st.builds(Held, st.integers(0, len(NAMES) - 1), st.integers(0, RELEASES - 1), content)


def written(everything: list[Held]) -> Index:
    builder = IndexBuilder()
    for one in dict.fromkeys(everything):
        digest = repr(one.blocks).encode()
        builder.hold(one.family, digest, one.release)
        if not builder.knows(digest):
            builder.read(
                digest,
                [
                    ReadBlock(repr(values), number + 1, number + 2, np.array(values, "<u8").tobytes())
                    for number, values in enumerate(one.blocks)
                ],
            )
    catalog = Catalog(
        recipe="trial 1 sha256:0",
        built="2026-11-01",
        projects=(Project("northwind", "Northwind", "NO", "MIT"),),
        releases=tuple(Release(0, str(number), None) for number in range(RELEASES)),
        families=tuple(Family(0, f"{number}.py", name, "", "") for number, name in enumerate(NAMES)),
        notices=(Notice(), Notice("MIT", ("2025 Northwind",))),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trial.index"
        builder.write(path, catalog, lambda digest: len(digest) % 2)
        index = Index(path)
        index.mapped.verify()
    return index


def told_apart(everything: list[Held]) -> int:
    """How many leading bits of a fingerprint an index of `everything` tells apart."""
    blocks = {values for one in everything for values in one.blocks}
    return prefix_bits(sum(len(values) for values in blocks)) + LOW_BITS


@given(st.lists(held, max_size=8), st.lists(fingerprint, max_size=8))
def test_every_fingerprint_leads_to_the_families_that_hold_it_and_no_other_is_known(
    everything: list[Held], others: list[int]
) -> None:
    index = written(everything)
    bits = told_apart(everything)
    families: dict[int, set[int]] = defaultdict(set)
    for one in everything:
        for values in one.blocks:
            for value in values:
                families[value >> (64 - bits)].add(one.family)
    asked = [*{value for one in everything for values in one.blocks for value in values}, *others]

    hits = index.look_up(np.array(asked, np.uint64))
    positions, found = index.families(hits.groups)

    answers: dict[int, set[int]] = defaultdict(set)
    for position, family in zip(hits.queries[positions].tolist(), found.tolist(), strict=True):
        answers[position].add(family)
    assert [answers[number] for number in range(len(asked))] == [
        families.get(value >> (64 - bits), set()) for value in asked
    ]


@given(st.lists(held, max_size=8))
def test_every_fingerprint_leads_to_the_blocks_that_hold_it(everything: list[Held]) -> None:
    index = written(everything)
    bits = told_apart(everything)
    numbers: dict[int, tuple[int, ...]] = {
        block.block: ast.literal_eval(block.name)
        for family in range(len(NAMES))
        for content in index.contents(family)
        for block in content.blocks
    }
    asked = sorted({value for one in everything for values in one.blocks for value in values})

    hits = index.look_up(np.array(asked, np.uint64))
    positions, found = index.blocks(hits.groups)

    answers: dict[int, set[tuple[int, ...]]] = defaultdict(set)
    for position, number in zip(hits.queries[positions].tolist(), found.tolist(), strict=True):
        answers[asked[position]].add(numbers[number])
    assert answers == {
        value: {
            held for held in numbers.values() if any(one >> (64 - bits) == value >> (64 - bits) for one in held)
        }
        for value in asked
    }
    assert [int(size) for size in index.block_sizes] == [len(numbers[number]) for number in sorted(numbers)]


@given(st.lists(held, max_size=8))
def test_a_familys_contents_are_those_it_holds_with_their_releases(everything: list[Held]) -> None:
    index = written(everything)
    expected: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for one in everything:
        expected[one.family][repr(one.blocks)].add(one.release)

    for family in range(len(NAMES)):
        found = index.contents(family)
        assert sorted(sorted(content.releases) for content in found) == sorted(
            sorted(set(releases)) for releases in expected[family].values()
        )


@given(st.lists(held, max_size=8))
def test_families_of_one_name_count_once(everything: list[Held]) -> None:
    index = written(everything)
    asked = np.array(sorted({value for one in everything for values in one.blocks for value in values}), np.uint64)

    hits = index.look_up(asked)
    spread = index.spread(hits.groups).tolist()
    positions, families = index.families(hits.groups)

    names: dict[int, set[str]] = defaultdict(set)
    for position, family in zip(positions.tolist(), families.tolist(), strict=True):
        names[position].add(NAMES[family])
    assert spread == [len(names[number]) for number in range(len(hits.groups))]


@pytest.mark.parametrize("everything", [[], [Held(0, 0, ())]], ids=["nothing", "a file without functions"])
def test_an_index_of_nothing_knows_nothing(everything: list[Held]) -> None:
    index = written(everything)

    assert len(index) == 0
    assert len(index.look_up(np.array([0, 1, (1 << 64) - 1], np.uint64)).queries) == 0
    assert [len(index.contents(family)) for family in range(len(NAMES))] == [len(everything), 0, 0, 0]


def test_a_function_in_two_releases_is_kept_once() -> None:
    values = (5 << 40, 6 << 40)
    index = written([Held(0, 0, (values,)), Held(0, 1, (values, (9 << 50,)))])

    assert [one.blocks[0] for one in sorted(index.contents(0), key=lambda one: one.releases)] == [
        ContentBlock(0, repr(values), 1, 2)
    ] * 2
    assert len(index.block_sizes) == 2
