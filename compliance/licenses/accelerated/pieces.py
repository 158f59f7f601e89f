"""Pieces of a rule that the alignment finds in a query, merged as plain numbers before any becomes a match.

A text that is like a license is cut into pieces for each of seventy similar rules. ScanCode makes a match of every
piece, merges those of a rule, and drops nearly all of them afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence

_FARTHEST = 50
"""ScanCode's `MAX_DIST`: tokens between two pieces beyond which they aren't merged."""


class Piece:
    """Positions of a query beside those of a rule; a set is the bits of an integer from its first position on."""

    __slots__ = ("high", "i_bits", "i_end", "i_start", "q_bits", "q_end", "q_start", "run_start")

    def __init__(self, run_start: int, q_start: int, i_start: int, length: int, high: int) -> None:
        """The `length` positions from `q_start` of the query and from `i_start` of the rule.

        Args:
            run_start: where ScanCode says that the run of the query starts.
            q_start: first position in the query.
            i_start: first position in the rule.
            length: how many.
            high: a one for each of them that is a legal word, the first one lowest.
        """
        self.run_start = run_start
        self.q_start = q_start
        self.q_end = q_start + length - 1
        """The last position."""
        self.q_bits = self.i_bits = (1 << length) - 1
        self.i_start = i_start
        self.i_end = i_start + length - 1
        self.high = high
        """Legal words, counted from the first position in the rule."""

    def q_distance(self, other: "Piece") -> int:
        """ScanCode's distance between both in the query."""
        if self.q_end < other.q_start:
            return other.q_start - self.q_end
        if _common(self.q_start, self.q_bits, other.q_start, other.q_bits):
            return 0
        return self.q_start - other.q_end  # interleaved ones too: ScanCode's answer

    def i_distance(self, other: "Piece") -> int:
        """ScanCode's distance between both in the rule."""
        if self.i_end < other.i_start:
            return other.i_start - self.i_end
        if _common(self.i_start, self.i_bits, other.i_start, other.i_bits):
            return 0
        return self.i_start - other.i_end

    def same_in_query(self, other: "Piece") -> bool:
        """Whether both have the same positions in the query."""
        return self.q_start == other.q_start and self.q_bits == other.q_bits

    def same_in_rule(self, other: "Piece") -> bool:
        """Whether both have the same positions in the rule."""
        return self.i_start == other.i_start and self.i_bits == other.i_bits

    def contains(self, other: "Piece") -> bool:
        """Whether it has all of the other's positions in the query."""
        if self.q_start > other.q_start or self.q_end < other.q_end:
            return False
        return not other.q_bits & ~(self.q_bits >> (other.q_start - self.q_start))

    def surrounds(self, other: "Piece") -> bool:
        """Whether the other begins and ends within it, in the query."""
        return self.q_start <= other.q_start and self.q_end >= other.q_end

    def q_overlap(self, other: "Piece") -> int:
        """How many positions of the query both have."""
        return _common(self.q_start, self.q_bits, other.q_start, other.q_bits).bit_count()

    def i_overlap(self, other: "Piece") -> int:
        """How many positions of the rule both have."""
        return _common(self.i_start, self.i_bits, other.i_start, other.i_bits).bit_count()

    def is_aligned_with(self, other: "Piece") -> bool:
        """Whether together they have as many positions in the query as in the rule."""
        q_count = self.q_bits.bit_count() + other.q_bits.bit_count() - self.q_overlap(other)
        return q_count == self.i_bits.bit_count() + other.i_bits.bit_count() - self.i_overlap(other)

    def is_after(self, other: "Piece") -> bool:
        """Whether it begins behind the end of the other, in the query and in the rule."""
        return self.q_start > other.q_end and self.i_start > other.i_end

    def goes_on(self, other: "Piece") -> bool:
        """Whether the other neither begins nor ends before it, and they share as much on both sides."""
        if self.q_start > other.q_start or self.q_end > other.q_end:
            return False
        if self.i_start > other.i_start or self.i_end > other.i_end:
            return False
        shared = self.q_overlap(other)
        return bool(shared) and shared == self.i_overlap(other)

    def take(self, other: "Piece") -> None:
        """Add the other's positions."""
        self.q_start, self.q_bits = _union(self.q_start, self.q_bits, other.q_start, other.q_bits)
        first, self.high = self.i_start, _union(self.i_start, self.high, other.i_start, other.high)[1]
        self.i_start, self.i_bits = _union(first, self.i_bits, other.i_start, other.i_bits)
        self.q_end = max(self.q_end, other.q_end)
        self.i_end = max(self.i_end, other.i_end)
        self.run_start = min(self.run_start, other.run_start)


def _common(first: int, bits: int, other_first: int, other_bits: int) -> int:
    shift = other_first - first
    return (bits >> shift) & other_bits if shift >= 0 else bits & (other_bits >> -shift)


def _union(first: int, bits: int, other_first: int, other_bits: int) -> tuple[int, int]:
    shift = other_first - first
    return (first, bits | other_bits << shift) if shift >= 0 else (other_first, bits << -shift | other_bits)


def reach(rule_length: int) -> int:
    """The distance up to which pieces of a rule with that many tokens are merged."""
    return min((rule_length // 2) or 1, _FARTHEST)


def merged(pieces: Iterable[Piece], rule_length: int) -> list[Piece]:
    """The `pieces` of one rule with `rule_length` tokens, merged as ScanCode's `merge_matches` does."""
    left = sorted(pieces, key=_order)
    if len(left) > 1:
        _merge(left, reach(rule_length))
    return left


def _order(piece: Piece) -> tuple[int, int, int]:
    return piece.q_start, -piece.high.bit_count(), -piece.q_bits.bit_count()


def _merge(left: list[Piece], farthest: int) -> None:
    place = 0
    while place < len(left) - 1:
        place = _merge_into(left, place, farthest) + 1


def _merge_into(left: list[Piece], place: int, farthest: int) -> int:
    """Merge those after `place` with the one there; its place, or that of the one before it if it is gone."""
    one = left[place]
    following = place + 1
    while following < len(left):
        other = left[following]
        if one.q_distance(other) > farthest or one.i_distance(other) > farthest:
            break
        match _fate(one, other):
            case "other goes":
                del left[following]
            case "one goes":
                del left[place]
                return place - 1
            case _:
                following += 1
    return place


def _fate(one: Piece, other: Piece) -> str:
    """What becomes of two neighbours: one of them may go, in favour of or into the other."""
    if one.same_in_rule(other):
        if one.same_in_query(other):
            return "other goes"
        if one.q_overlap(other):
            return "other goes" if one.q_end - one.q_start <= other.q_end - other.q_start else "one goes"
    if one.contains(other):
        return "other goes"
    if other.contains(one):
        return "one goes"
    if one.surrounds(other) and one.is_aligned_with(other):
        one.take(other)
        return "other goes"
    if other.surrounds(one) and one.is_aligned_with(other):
        other.take(one)
        return "one goes"
    if other.is_after(one) or one.goes_on(other):
        one.take(other)
        return "other goes"
    return "both stay"


def clusters(
    pieces: Sequence[Piece], others: Sequence[tuple[int, int]], farthest: int
) -> Iterator[tuple[list[Piece], bool]]:
    """`pieces` of one rule in groups that are too far from each other to be merged, and whether `others` are near.

    Args:
        pieces: of one rule, in any order.
        others: first and last position in the query of further matches of the rule.
        farthest: as `reach` says.
    """
    extents = [(piece.q_start, piece.q_end, number) for number, piece in enumerate(pieces)]
    extents += [(start, end, -1) for start, end in others]
    extents.sort()
    group: list[int] = []
    is_near, end_of_group = False, 0
    for start, end, number in extents:
        if start - end_of_group > farthest:
            if group:
                yield [pieces[one] for one in sorted(group)], is_near
            group, is_near = [], False
        if number < 0:
            is_near = True
        else:
            group.append(number)
        end_of_group = max(end_of_group, end)
    if group:
        yield [pieces[one] for one in sorted(group)], is_near
