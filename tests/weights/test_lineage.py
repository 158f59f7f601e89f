"""Chains through a graph of bases end, whatever the graph is."""

from hypothesis import given
from hypothesis import strategies as st

from compliance.weights.lineage import MAX_CHAINS, MAX_DEPTH, chains


def walk(graph: dict[str, list[str]], start: str) -> list[list[str | None]]:
    def bases(folder: str) -> list[tuple[str, list[str]]]:
        return [(name, [name] if name in graph else []) for name in graph.get(folder, ())]

    return [[step.base for step in chain] for chain in chains(start, bases)]


def test_chains_reach_what_is_not_at_hand() -> None:
    assert walk({"a": ["b", "x"], "b": ["y"]}, "a") == [["b", "y"], ["x"]]


def test_a_long_chain_is_cut_where_it_is_too_deep() -> None:
    graph = {str(number): [str(number + 1)] for number in range(100)}

    (chain,) = walk(graph, "0")
    assert len(chain) == MAX_DEPTH


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefxyz"), max_size=4)))
def test_any_graph_gives_bounded_chains(graph: dict[str, list[str]]) -> None:
    found = walk(graph, "a")

    assert len(found) <= MAX_CHAINS
    assert all(1 <= len(chain) <= MAX_DEPTH for chain in found)
    assert bool(found) == bool(graph.get("a"))
