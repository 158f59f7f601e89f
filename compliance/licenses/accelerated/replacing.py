"""What is put in place of ScanCode's own functions and methods, once the installed ScanCode is the one reproduced.

Only what its other functions call by themselves; whatever can be called from here instead isn't replaced.
"""

from functools import cache
from typing import Any

from compliance.licenses.accelerated import refining, spans
from compliance.licenses.accelerated.query import ArrayQuery


@cache
def install() -> None:
    """Replace, for this process."""
    from licensedcode import detection, match
    from licensedcode.spans import Span

    originals()
    for name, function in refining.replacements(originals_of_match()["merge_matches"]).items():
        setattr(match, name, function)
    for name, method in spans.replacements().items():
        setattr(Span, name, method)
    detection.is_false_positive = _guarded(detection.is_false_positive)


@cache
def originals_of_match() -> dict[str, Any]:
    """ScanCode's own functions of its module `match` that `install` replaces, by name."""
    from licensedcode import match

    return {name: getattr(match, name) for name in refining.replacements(match.merge_matches)}


@cache
def originals() -> dict[str, Any]:
    """ScanCode's own methods of `Span` that `install` replaces, by name."""
    from licensedcode.spans import Span

    return {name: vars(Span)[name] for name in spans.replacements()}


def _guarded(original: Any) -> Any:
    """ScanCode's `is_false_positive`, which first reads all of the file, asked only where words could matter."""

    def is_false_positive(license_matches: list[Any], package_license: bool = False) -> bool:
        if package_license or not _may_be_false(license_matches):
            return False
        if not all(map(_may_name_copyright, license_matches)):
            return True
        return bool(original(license_matches, package_license))

    return is_false_positive


def _may_be_false(matches: list[Any]) -> bool:
    """Whether ScanCode calls `matches` false positives unless their texts name a copyright."""
    from licensedcode.detection import FALSE_POSITIVE_RULE_LENGTH_THRESHOLD, FALSE_POSITIVE_START_LINE_THRESHOLD

    rules = [match.rule for match in matches]
    if all(rule.relevance == 100 for rule in rules):
        return False
    irrelevant = all(rule.relevance < _RELEVANT for rule in rules)
    single_words = all(rule.length == 1 for rule in rules)
    return (
        (len(rules) == 1 and irrelevant and any(one in rules[0].identifier for one in _BARE))
        or (single_words and all("gpl" in rule.identifier for rule in rules))
        or (
            irrelevant
            and min(match.start_line for match in matches) > FALSE_POSITIVE_START_LINE_THRESHOLD
            and any(rule.length <= FALSE_POSITIVE_RULE_LENGTH_THRESHOLD for rule in rules)
        )
        or (single_words and all(rule.is_license_tag for rule in rules))
    )


def _may_name_copyright(match: Any) -> bool:
    """Whether the matched text could have a word for a copyright: its lines do, or some of it is spelled anew."""
    if not isinstance(match.query, ArrayQuery):
        return True
    text = match.query.text_around(match.qstart, match.qend)
    return not text.isascii() or any(word in text.lower() for word in _COPYRIGHT_WORDS)


_COPYRIGHT_WORDS = ("copyright", "(c)")
_RELEVANT = 60
"""Relevance in per cent below which ScanCode doubts a match."""
_BARE = ("gpl_bare", "freeware_bare", "public-domain_bare")
"""In the names of rules of a single bare word."""
