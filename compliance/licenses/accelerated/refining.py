"""Steps in which ScanCode refines matches, over plain numbers; put in place of its functions of the same names.

Most matches of a file have no other of the same rule nearby. Those that have are merged by ScanCode itself.
"""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

from compliance.licenses.accelerated.pieces import reach
from compliance.licenses.accelerated.positions import Positions

Matches = list[Any]
Refine = Callable[..., Any]


def replacements(merge_matches: Refine) -> dict[str, Refine]:
    """Functions for ScanCode's module `match`, by name, which ask its own `merge_matches` where they must."""
    return {
        "merge_matches": partial(_merge_matches, merge_matches),
        "filter_contained_matches": _filter_contained_matches,
        "filter_matches_missing_required_phrases": _filter_matches_missing_required_phrases,
    }


def _merge_matches(original: Refine, matches: Matches) -> Matches:
    """ScanCode's, asked only for matches of one rule of which two are near each other."""
    if len(matches) < 2:
        return matches
    matches.sort(key=_order_by_rule)
    result: Matches = []
    for _identifier, group in groupby(matches, key=_identifier_of):
        same_rule = list(group)
        result += original(same_rule) if _any_near(same_rule) else same_rule
    return result


def _identifier_of(match: Any) -> Any:
    return match.rule.identifier


def _order_by_rule(match: Any) -> tuple[str, int, int, int, int]:
    return match.rule.identifier, *_order(match)


def _any_near(matches: Matches) -> bool:
    """Whether any two of `matches`, sorted, are so near that ScanCode could merge them."""
    farthest = reach(matches[0].rule.length)
    end = matches[0].qspan._set.last
    for match in matches[1:]:
        positions = match.qspan._set
        if positions.first - end <= farthest:
            return True
        end = positions.last
    return False


def _filter_contained_matches(matches: Matches) -> tuple[Matches, Matches]:
    """ScanCode's."""
    from licensedcode.match import DiscardReason

    if len(matches) < 2:
        return matches, []
    kept = sorted(matches, key=_order)
    discarded: Matches = []
    place = 0
    while place < len(kept) - 1:
        place = _drop_contained(kept, place, discarded) + 1
    for match in discarded:
        match.discard_reason = DiscardReason.CONTAINED
    return kept, discarded


def _order(match: Any) -> tuple[int, int, int, int]:
    positions = match.qspan._set
    return positions.first, -len(match.hispan._set), -len(positions), match.matcher_order


def _drop_contained(kept: Matches, place: int, discarded: Matches) -> int:
    """Drop those that the match at `place` contains, up to the first that ends behind it, or that match itself.

    Returns its place, or that of the one before it if it is gone.
    """
    match = kept[place]
    positions = match.qspan._set
    last, is_contiguous = positions.last, positions.is_contiguous
    following = place + 1
    while following < len(kept):
        other = kept[following].qspan._set
        if other.last > last:
            break
        if positions == other:
            if match.coverage() < kept[following].coverage():
                discarded.append(kept.pop(place))
                return place - 1
            discarded.append(kept.pop(following))
        elif is_contiguous or other.issubset(positions):  # it begins and ends within
            discarded.append(kept.pop(following))
        elif positions.issubset(other):
            discarded.append(kept.pop(place))
            return place - 1
        else:
            following += 1
    return place


def _filter_matches_missing_required_phrases(matches: Matches) -> tuple[Matches, Matches]:
    """ScanCode's."""
    from licensedcode.match import DiscardReason

    kept: Matches = []
    discarded: Matches = []
    for match in matches:
        if _has_required_phrases(match):
            kept.append(match)
        else:
            match.discard_reason = DiscardReason.MISSING_REQUIRED_PHRASES
            discarded.append(match)
    return kept, discarded


def _has_required_phrases(match: Any) -> bool:
    """Whether the phrases that the rule requires, or all of it, are there without other words in between.

    Stopwords may stand where they stand in the rule. What follows the last word of a phrase doesn't count.
    """
    rule = match.rule
    in_query, in_rule = match.qspan._set, match.ispan._set
    if rule.is_continuous or rule.is_required_phrase:
        phrases = [in_rule]
        if not in_query.is_contiguous:
            return False
    elif rule.required_phrase_spans:
        phrases = [span._set for span in rule.required_phrase_spans]
        if not all(phrase.issubset(in_rule) for phrase in phrases):
            return False
    else:
        return True
    unknown, stopwords, of_rule = match.query.unknowns_by_pos, match.query.stopwords_by_pos, rule.stopwords_by_pos
    place_in_query = _places(in_rule, in_query)
    for phrase in phrases:
        pairs = [(place, place_in_query(place)) for place in phrase]
        if pairs[-1][1] - pairs[0][1] != len(pairs) - 1:
            return False
        if any(place in unknown or of_rule.get(own) != stopwords.get(place) for own, place in pairs[:-1]):
            return False
    return True


def _places(in_rule: Positions, in_query: Positions) -> Callable[[int], int]:
    """Where a position of the rule is in the query: both are matched in order."""
    if in_rule.is_contiguous and in_query.is_contiguous:
        return (in_query.first - in_rule.first).__add__
    return dict(zip(in_rule, in_query, strict=True)).__getitem__
