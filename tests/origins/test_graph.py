"""Who descends from whom: parents, ancestors and founders, with cycles as authors make them."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins.graph import CatalogEdge, LineageGraph, Node, Relative
from compliance.origins.index.reader import Index
from tests.origins import invented as world

MOST = 7
GRANDCHILD, CHILD, PARENT, OTHER = range(4)


def descends(child: int, parent: int, name: str = "A") -> CatalogEdge:
    return child, name, parent, name, "inherits"


edges = st.lists(
    st.builds(
        descends, st.integers(0, MOST - 1), st.integers(0, MOST - 1), st.sampled_from(["A", "B", "A.f", "A.g", ""])
    ),
    max_size=25,
)


def test_a_family_descends_from_that_of_its_class() -> None:
    graph = LineageGraph([descends(CHILD, PARENT)])

    assert graph.parents(CHILD) == (Node(PARENT),)
    assert graph.parents(CHILD, "A") == (Node(PARENT, "A"),)
    assert graph.parents(PARENT) == graph.parents(OTHER) == graph.parents(CHILD, "B") == ()


def test_ancestors_come_nearest_first_with_their_distance() -> None:
    graph = LineageGraph([descends(CHILD, PARENT), descends(GRANDCHILD, CHILD), descends(PARENT, OTHER)])

    assert graph.ancestors(GRANDCHILD) == (
        Relative(Node(CHILD), 1),
        Relative(Node(PARENT), 2),
        Relative(Node(OTHER), 3),
    )


def test_the_shortest_way_counts() -> None:
    graph = LineageGraph([descends(CHILD, PARENT), descends(GRANDCHILD, CHILD), descends(GRANDCHILD, PARENT, "B")])

    assert dict(graph.ancestors(GRANDCHILD)) == {Node(CHILD): 1, Node(PARENT): 1}


def test_the_parent_of_most_parts_comes_first() -> None:
    graph = LineageGraph([descends(CHILD, OTHER), descends(CHILD, PARENT, "B"), descends(CHILD, PARENT, "C")])

    assert graph.parents(CHILD) == (Node(PARENT), Node(OTHER))


def test_parents_of_as_many_parts_stand_in_a_fixed_order() -> None:
    both = [descends(CHILD, PARENT, "B"), descends(CHILD, OTHER)]

    assert LineageGraph(both).parents(CHILD) == LineageGraph(both[::-1]).parents(CHILD)


@pytest.mark.parametrize(("methods", "parents"), [(1, ()), (2, ()), (3, (Node(PARENT),))])
def test_three_methods_make_a_family_descend_from_another(methods: int, parents: tuple[Node, ...]) -> None:
    graph = LineageGraph([descends(CHILD, PARENT, f"A.f{number}") for number in range(methods)])

    assert graph.parents(CHILD) == parents
    assert graph.parents(CHILD, "A.f0") == (Node(PARENT, "A.f0"),)


def test_what_a_file_only_uses_makes_no_descent() -> None:
    graph = LineageGraph([(CHILD, "", PARENT, name, "imports") for name in "ABCD"])

    assert graph.parents(CHILD) == ()


def test_an_edge_counts_once() -> None:
    assert LineageGraph([descends(CHILD, PARENT, "A.f")] * 5).parents(CHILD) == ()


def test_nobody_descends_from_itself() -> None:
    graph = LineageGraph([descends(CHILD, CHILD), (CHILD, "A", CHILD, "B", "inherits")])

    assert graph.ancestors(CHILD) == ()
    assert graph.parents(CHILD, "A") == (Node(CHILD, "B"),)


def test_those_who_copy_from_each_other_are_founders_together() -> None:
    graph = LineageGraph([descends(PARENT, OTHER), descends(OTHER, PARENT), descends(CHILD, PARENT)])

    assert set(graph.founders(CHILD)) == {Node(PARENT), Node(OTHER)}
    assert set(graph.founders(PARENT)) == {Node(PARENT), Node(OTHER)}
    assert [one.node for one in graph.ancestors(PARENT)] == [Node(OTHER)]


def test_who_descends_from_nobody_is_its_own_founder() -> None:
    assert LineageGraph([]).founders(CHILD) == (Node(CHILD),)


def test_the_invented_index_knows_that_borealis_descends_from_aurora(invented: Path) -> None:
    index = Index(invented)
    paths = [one.path for one in index.catalog.families]
    aurora, borealis = paths.index(world.AURORA), paths.index(world.BOREALIS)

    assert LineageGraph.of(index.catalog).parents(borealis) == (Node(aurora),)


def closure(found: list[CatalogEdge]) -> set[tuple[int, int]]:
    """All pairs of child and ancestor of a graph, from its parents alone."""
    graph = LineageGraph(found)
    pairs = {(child, one.family) for child in range(MOST) for one in graph.parents(child)}
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    return {(child, ancestor) for child, ancestor in pairs if child != ancestor}


@given(edges)
def test_ancestors_are_all_that_parents_lead_to(found: list[CatalogEdge]) -> None:
    graph = LineageGraph(found)
    above = {(child, one.node.family) for child in range(MOST) for one in graph.ancestors(child)}

    assert above == closure(found)


@given(edges)
def test_founders_descend_from_none_but_one_another(found: list[CatalogEdge]) -> None:
    graph, pairs = LineageGraph(found), closure(found)

    for family in range(MOST):
        founders = {one.family for one in graph.founders(family)}
        assert founders
        for founder in founders:
            above = {ancestor for child, ancestor in pairs if child == founder}
            assert above <= founders


@given(edges)
def test_distances_grow_by_one_step_at_a_time(found: list[CatalogEdge]) -> None:
    graph = LineageGraph(found)

    for family in range(MOST):
        distances = {Node(family): 0} | {one.node: one.distance for one in graph.ancestors(family)}
        for node, distance in distances.items():
            assert all(distances[parent] <= distance + 1 for parent in graph.parents(node.family))
        assert [*distances.values()] == sorted(distances.values())


@given(edges, st.randoms())
def test_the_order_of_edges_does_not_matter(found: list[CatalogEdge], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    one, two = LineageGraph(found), LineageGraph(shuffled)

    for family in range(MOST):
        assert one.ancestors(family) == two.ancestors(family)


def test_a_long_line_is_gone_up_without_recursion() -> None:
    graph = LineageGraph([descends(number, number + 1) for number in range(10_000)])

    assert graph.ancestors(0)[-1] == Relative(Node(10_000), 10_000)
