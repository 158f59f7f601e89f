"""Pieces of a rule are merged as ScanCode merges matches."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from licensedcode.match import LicenseMatch
from licensedcode.match_seq import MATCH_SEQ
from licensedcode.models import Rule
from licensedcode.spans import Span

from compliance.licenses.accelerated import replacing
from compliance.licenses.accelerated.pieces import Piece, clusters, merged, reach
from compliance.licenses.accelerated.positions import Positions

_PIECES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30), st.integers(1, 9), st.integers(0, 511)), max_size=9
)
_RULE_LENGTHS = st.integers(1, 80)


@given(_PIECES, _RULE_LENGTHS)
def test_pieces_are_merged_as_matches_are(pieces: list[tuple[int, int, int, int]], length: int) -> None:
    rule = Rule(license_expression="mit", identifier="mit.RULE", is_synthetic=True)
    rule.length = length
    merge = replacing.originals_of_match()["merge_matches"]
    matches = [_match(rule, *piece) for piece in pieces]

    ours = [_said(piece) for piece in merged([_piece(*one) for one in pieces], length)]

    assert ours == [
        (list(one.qspan), list(one.ispan), list(one.hispan), one.query_run_start) for one in merge(matches)
    ]


@given(_PIECES, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=3), _RULE_LENGTHS)
def test_clusters_are_too_far_from_each_other_to_be_merged(
    pieces: list[tuple[int, int, int, int]], others: list[tuple[int, int]], length: int
) -> None:
    made = [_piece(*one) for one in pieces]
    extents = [(start, start + size) for start, size in others]

    found = list(clusters(made, extents, reach(length)))

    assert sorted(id(piece) for cluster, _ in found for piece in cluster) == sorted(map(id, made))
    for cluster, is_near in found:
        strangers = [(one.q_start, one.q_end) for one in made if not any(one is own for own in cluster)]
        for piece in cluster:
            near = [end >= piece.q_start - reach(length) for _start, end in strangers]
            behind = [start - reach(length) > piece.q_end for start, _end in strangers]
            assert all(is_behind or not is_close for is_close, is_behind in zip(near, behind, strict=True))
            assert is_near or not any(
                start - reach(length) <= piece.q_end and end >= piece.q_start - reach(length)
                for start, end in extents
            )


def _piece(start: int, rule_start: int, length: int, high: int) -> Piece:
    return Piece(start // 7, start, rule_start, length, high & ((1 << length) - 1))


def _match(rule: Rule, start: int, rule_start: int, length: int, high: int) -> Any:
    return LicenseMatch(
        rule=rule,
        qspan=Span(range(start, start + length)),
        ispan=Span(range(rule_start, rule_start + length)),
        hispan=Span([rule_start + place for place in range(length) if high >> place & 1]),
        query_run_start=start // 7,
        matcher=MATCH_SEQ,
        matcher_order=3,
    )


def _said(piece: Piece) -> tuple[list[int], list[int], list[int], int]:
    return (
        list(Positions(piece.q_bits, piece.q_start)),
        list(Positions(piece.i_bits, piece.i_start)),
        list(Positions(piece.high, piece.i_start)),
        piece.run_start,
    )
