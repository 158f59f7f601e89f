"""How a text differs from a known license: which clauses were added, removed or changed."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from compliance.licenses.words import Sentence, TextWords
from compliance.model.evidence import Lines

SHINGLE = 5
"""Words in a run that two texts are compared by."""
LEAST_CHANGED = 3
"""Words that differ in a clause before it counts as changed, unless one of them decides."""
MOST_SHOWN = 8
"""Words that are shown of a clause, and of what differs in it."""
_ALIKE = 0.5
"""Share of their words that two clauses have in common if one is the other's changed form."""
_NOTICE = frozenset({"copyright", "c", "©", "rights", "reserved", "author", "authors", "저작권"})
_SHORT_NOTICE = 20
_DECIDING_WORDS = (
    "not no never may must shall only solely except unless without non noncommercial commercial military research"
    " academic prohibited permitted allowed irrevocable revocable exclusive sublicensable million billion users"
    " revenue territory export government defense revoked sell sublicense modify distribute patent"
    " terminate royalty free 금지 상업적 비상업적 군사 연구 不 禁 止 商 业 军 事"
)
DECIDING = frozenset(_DECIDING_WORDS.split())
"""One of these words among those that differ changes what a clause says."""

ChangeKind = Literal["added", "removed", "changed"]


class ClauseChange(msgspec.Struct, frozen=True):
    """A clause of which the examined text and the known one differ."""

    kind: ChangeKind
    lines: Lines | None
    """In the examined text; of a removed clause, None."""
    says: str
    """First words of the clause as it stands in the examined text; of a removed clause, in the known one."""
    was: str
    """First words that only the known text has."""
    now: str
    """First words that only the examined text has."""
    differing: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    """All words that only the known text has, and all that only the examined one has."""


def shared(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """0–1: how much of `one` is in `other`."""
    return len(one & other) / len(one) if one else 0.0


def changes(text: TextWords, known: TextWords) -> tuple[ClauseChange, ...]:
    """The differences of `text` from `known`, clause by clause in the order of `text`; none if both say the same.

    Lines of copyright statements don't count, nor do a word or two that decide nothing.
    """
    return tuple(_changes(text.sentences, known.sentences))


def _changes(own: Sequence[Sentence], known: Sequence[Sentence]) -> Iterator[ClauseChange]:
    matcher = SequenceMatcher(None, [one.words for one in own], [one.words for one in known], autojunk=False)
    for how, begin, end, known_begin, known_end in matcher.get_opcodes():
        if how != "equal":
            yield from _differing(own[begin:end], known[known_begin:known_end])


def _differing(own: Sequence[Sentence], known: Sequence[Sentence]) -> Iterator[ClauseChange]:
    """Of two stretches between equal clauses: which changed into which, and which stand on one side alone."""
    if [word for one in own for word in one.words] == [word for one in known for word in one.words]:
        return  # the same words, divided otherwise
    left = list(known)
    for sentence in own:
        partner = max(left, key=lambda one: _ratio(sentence, one), default=None)
        if partner is None or _ratio(sentence, partner) < _ALIKE:
            yield from _change("added", sentence, (), sentence.words)
            continue
        left.remove(partner)
        yield from _change("changed", sentence, *_different(partner, sentence))
    for sentence in left:
        yield from _change("removed", sentence, sentence.words, ())


def _change(
    kind: ChangeKind, sentence: Sentence, was: tuple[str, ...], now: tuple[str, ...]
) -> Iterator[ClauseChange]:
    differing = {*was, *now}
    decides = bool(differing & DECIDING) or any(word.isdigit() for word in differing)
    if (decides or len(differing) >= LEAST_CHANGED) and not _is_notice(sentence):
        lines = None if kind == "removed" else sentence.lines
        words = frozenset(was) - frozenset(now), frozenset(now) - frozenset(was)
        yield ClauseChange(kind, lines, _shown(sentence.words), _shown(was), _shown(now), words)


def _shown(words: Sequence[str]) -> str:
    return " ".join(words[:MOST_SHOWN])


def _is_notice(sentence: Sentence) -> bool:
    """Whether it is a copyright line, which every copy has of its own."""
    return sentence.words[0] in _NOTICE and len(sentence.words) < _SHORT_NOTICE


def _ratio(one: Sentence, other: Sentence) -> float:
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


def _different(known: Sentence, own: Sentence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that only the known sentence has, and words that only the examined one has."""
    opcodes = SequenceMatcher(None, known.words, own.words, autojunk=False).get_opcodes()
    changed = [opcode for opcode in opcodes if opcode[0] != "equal"]
    was = [word for _, begin, end, _, _ in changed for word in known.words[begin:end]]
    now = [word for _, _, _, begin, end in changed for word in own.words[begin:end]]
    return tuple(was), tuple(now)
