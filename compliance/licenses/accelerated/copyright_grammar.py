"""The grammar of ScanCode's copyright detection, of whose four hundred rules only those are tried that can apply.

A rule is a regular expression over the labels of words, and ScanCode tries each one on each group of lines. Most
ask for labels that a group doesn't have.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

_SPACES = re.compile(r"\s").sub
_BRACED = re.compile(r"\{[^{}]*\}").sub
"""Replaces what a rule puts between braces: what it groups."""
_ELEMENT = re.compile(r"(<[^<>]*>)(\+|\*|\?|\{\d+(?:,\d*)?\})?")
"""Labels, and how often they may stand there."""
_REMEMBERED_SETS = 1 << 12
_REMEMBERED_SHAPES = 1 << 12
_LONGEST_REMEMBERED = 2_000
"""Characters of labels up to which it is remembered what the rules make of them."""
_ROOT_LABEL = "ROOT"
_MARKED = r"{\g<group>}"
"""What stands where a rule matched."""
_OTHER_LABELS = ("EMPTY-LINE", "None")
"""Labels that neither the lexer nor the grammar gives: of empty lines, and of words without any."""

Shape = tuple[Any, ...]
"""What the rules make of a sequence: its places, and for each group of them its label and its own shape."""


@dataclass
class Rule:
    """A rule of the grammar."""

    label: str
    """Of what it groups."""
    pattern: str

    @cached_property
    def regexp(self) -> re.Pattern[str]:
        """What it groups, as pygmars compiles it; most of the rules never get this far."""
        from pygmars.parse import label_pattern_to_regex

        return re.compile(rf"(?P<group>{label_pattern_to_regex(self.pattern)})")


class RuleParser:
    """Applies the rules of a grammar, one after the other, to a sequence of labels."""

    def __init__(self, grammar: str, word_labels: Iterable[str]) -> None:
        """Use the rules of `grammar`, as pygmars reads it, for words with `word_labels`."""
        rules = self._rules = [Rule(*one) for one in _rules_in(grammar)]
        known = sorted({*word_labels, *(rule.label for rule in rules), *_OTHER_LABELS})
        taken = cache(partial(_taken, known=known))
        needs = [_needs(rule.pattern, len(known), taken) for rule in rules]
        self._known = {label: place for place, label in enumerate(known)}
        self._needs = np.concatenate(needs)
        self._starts = np.cumsum([0, *map(len, needs[:-1])])
        self._all = tuple(range(len(rules)))
        self._possible = lru_cache(maxsize=_REMEMBERED_SETS)(self._rules_for)
        self._remembered = lru_cache(maxsize=_REMEMBERED_SHAPES)(self._shape)

    def parse(self, tokens: list[Any]) -> Any:
        """The tree of `tokens`, ScanCode's `Parser.parse`."""
        labels = tuple(str(token.label) for token in tokens)
        find = self._remembered if sum(map(len, labels)) <= _LONGEST_REMEMBERED else self._shape
        return _tree(_ROOT_LABEL, find(labels), tokens)

    def _shape(self, labels: Sequence[str]) -> Shape:
        nodes: list[Any] = list(range(len(labels)))
        current = list(labels)
        encoded = _encoded(current)
        possible = self._possible_for(current)
        place = 0
        while place < len(possible):
            number = possible[place]
            rule = self._rules[number]
            place += 1
            if not rule.regexp.search(encoded):
                continue
            marked = rule.regexp.sub(_MARKED, encoded).replace("{}", "")  # braces around nothing don't count
            if marked == encoded:
                continue
            nodes, current = _grouped(nodes, current, marked, rule.label)
            # a label with brackets of its own counts as two: what is grouped isn't what stands between braces
            has_brackets = "<<" in encoded
            encoded = _encoded(current) if has_brackets else _BRACED(f"<{rule.label}>", marked)
            possible = self._possible_for(current)
            place = bisect_right(possible, number)
        return tuple(nodes)

    def _possible_for(self, labels: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the rules that could match in a sequence of `labels`."""
        present = frozenset(labels)
        return self._possible(present) if present <= self._known.keys() else self._all

    def _rules_for(self, present: frozenset[str]) -> tuple[int, ...]:
        places = [self._known[label] for label in present]
        met = self._needs[:, places].any(axis=1)
        return tuple(np.flatnonzero(np.logical_and.reduceat(met, self._starts)).tolist())


def _rules_in(grammar: str) -> Iterator[tuple[str, str]]:
    """Label and pattern of each rule, one a line, as pygmars' `Rule.from_grammar` reads them."""
    for line in map(str.strip, grammar.splitlines()):
        if line and not line.startswith("#"):
            label, _, rest = line.partition(":")
            pattern = rest.partition("#")[0].strip()
            if pattern.startswith("{") and pattern.endswith("}"):
                pattern = pattern[1:-1]
            yield label.strip(), pattern


def _needs(pattern: str, count: int, taken: Callable[[str], npt.NDArray[np.bool_]]) -> npt.NDArray[np.bool_]:
    """Which of the `count` labels (columns) are taken by each element (row) that a rule can't do without."""
    plain = _SPACES("", pattern)
    rows = [np.ones(count, dtype=bool)]
    if not _ELEMENT.sub("", plain):  # else it has groups or alternatives of several elements
        rows += [taken(one) for one, times in _ELEMENT.findall(plain) if times in ("", "+")]
    return np.stack(rows)


def _taken(element: str, known: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which of the `known` labels `element` takes."""
    from pygmars.parse import label_pattern_to_regex

    matches = re.compile(label_pattern_to_regex(element)).fullmatch
    return np.array([bool(matches(f"<{label}>")) for label in known])


def _encoded(labels: Iterable[str]) -> str:
    return "".join(f"<{label}>" for label in labels)


def _grouped(nodes: list[Any], labels: list[str], marked: str, label: str) -> tuple[list[Any], list[str]]:
    """`nodes` and their `labels` once those between braces in `marked` became one with `label`."""
    new_nodes: list[Any] = []
    new_labels: list[str] = []
    place = 0
    for number, part in enumerate(re.split(r"[{}]", marked)):
        end = place + part.count("<")
        if number % 2:
            new_nodes.append((label, tuple(nodes[place:end])))
            new_labels.append(label)
        else:
            new_nodes += nodes[place:end]
            new_labels += labels[place:end]
        place = end
    return new_nodes, new_labels


def _tree(label: str, shape: Shape, tokens: Sequence[Any]) -> Any:
    from pygmars.tree import Tree

    return Tree(label, [tokens[one] if isinstance(one, int) else _tree(one[0], one[1], tokens) for one in shape])
