"""Asking a rule of facts: once for each different set of values that its condition reads.

A hundred thousand license statements are a few hundred different ones, and many inventories hold the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

import msgspec

from compliance.model.verdict import Severity
from compliance.policy.conditions import Unevaluated
from compliance.policy.cost import MAX_WORK, TOO_MUCH_WORK
from compliance.policy.facts import Fact, WeightsFact
from compliance.policy.policy import Rule

_encode = msgspec.msgpack.Encoder().encode
_MOST_REMEMBERED = 200_000
"""Answers of one rule; a rule that reads paths has as many as there are files."""


class Answers(msgspec.Struct, frozen=True):
    """What a rule's condition said of all facts of its kind."""

    broken: bool
    broken_by: tuple[str, ...]
    """Identifiers of the facts that break the rule or could not be judged, sorted."""
    leads: tuple[str, ...]
    """Of those that break it only by what is known from reports or general knowledge, sorted."""
    unevaluated: int
    """How many of the facts could not be judged."""
    reason: str | None
    """Why the first of them could not be."""


Groups = Mapping[tuple[object, ...], Sequence[Fact]]
"""Facts by the values of some fields, in which all of a group are the same."""


def grouped(facts: Iterable[Fact], fields: Sequence[str]) -> Groups:
    """The groups of `facts` by the values of `fields`."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    values = _values_of(fields)
    for fact in facts:
        groups[values(fact)].append(fact)
    return groups


class FactGroups:
    """The facts of one inventory, which many rules ask for the same groups of."""

    def __init__(self, facts: Mapping[str, Sequence[Fact]]) -> None:
        """Args: facts by the rule's `for` they belong to, as of `facts_of`."""
        self.by_kind = facts
        self._groups: dict[tuple[str, tuple[str, ...]], Groups] = {}

    def same(self, kind: str, fields: tuple[str, ...]) -> Groups:
        """The groups of the facts of `kind` by the values of `fields`."""
        if (kind, fields) not in self._groups:
            self._groups[kind, fields] = grouped(self.by_kind[kind], fields)
        return self._groups[kind, fields]


Kept = dict[str, dict[bytes, tuple[bool, bool]]]
"""Answers as they are kept, by rule and the packed values that its condition reads: if it holds, and is proven."""


class Asking:
    """Asks the rules of one policy, and remembers the answers."""

    def __init__(self, kept: Kept | None = None) -> None:
        """Nothing is remembered yet but what was `kept` of the same policy's answers."""
        self._answers: dict[str, dict[tuple[object, ...], _Answer]] = {}
        self._kept = kept or {}

    def kept(self) -> Kept:
        """The answers given so far, except where a condition could not be evaluated."""
        return {
            rule: {
                packed: (answer.holds, answer.proven)
                for key, answer in answers.items()
                if isinstance(answer.holds, bool) and (packed := _packed(key)) is not None
            }
            for rule, answers in self._answers.items()
        }

    def ask(self, rule: Rule, same: Groups) -> Answers:
        """What the condition of `rule` says of facts of its kind, in groups by the values that it reads."""
        remembered = self._answers.setdefault(rule.id, {})
        kept = self._kept.get(rule.id, {})
        if len(remembered) > _MOST_REMEMBERED:
            remembered.clear()
        broken: list[Fact] = []
        leads: list[Fact] = []
        unevaluated = 0
        reason: str | None = None
        too_much = rule.condition.cost.work(same) > MAX_WORK
        for key, group in same.items():
            answer = _TOO_MUCH if too_much else remembered.get(key)
            if answer is None:
                answer = remembered[key] = _known(kept, key) or _answer(rule, key)
            if isinstance(answer.holds, Unevaluated):
                reason = reason or answer.holds.reason
                unevaluated += len(group)
                broken += group
            elif answer.holds and rule.severity is Severity.FAIL:
                for fact in group:
                    (broken if answer.proven and not rests_on_lead(rule, fact) else leads).append(fact)
            elif answer.holds:
                broken += group
        return Answers(
            broken=bool(broken),
            broken_by=_ids(broken),
            leads=_ids(leads),
            unevaluated=unevaluated,
            reason=reason,
        )


class _Answer(msgspec.Struct, frozen=True):
    """What a rule's condition said of one set of values."""

    holds: bool | Unevaluated
    proven: bool
    """It holds without what is known from reports alone, too."""


_TOO_MUCH = _Answer(Unevaluated(TOO_MUCH_WORK), proven=False)


def _known(kept: Mapping[bytes, tuple[bool, bool]], key: tuple[object, ...]) -> _Answer | None:
    packed = _packed(key) if kept else None
    return _Answer(*kept[packed]) if packed is not None and packed in kept else None


def _packed(key: tuple[object, ...]) -> bytes | None:
    """None where UTF-8 can't hold it."""
    try:
        return _encode(key)
    except UnicodeEncodeError:
        return None


def _answer(rule: Rule, key: Sequence[object]) -> _Answer:
    holds = rule.condition.holds(key)
    asked_again = holds is True and rule.severity is Severity.FAIL
    return _Answer(holds, proven=asked_again and rule.condition.holds(key, leads=False) is not False)


def _ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sorted({fact.id for fact in facts if fact.id}))


_WHOSE_IT_IS = frozenset(
    {"family", "developer", "country", "basis", "confidence", "license_id", "expression", "lead"}
)
"""Fields of weights that hang on whose they are; format and size were read in the file, whoever made it."""


def is_lead(fact: Fact) -> bool:
    """Whether `fact` says from general knowledge alone whose something is."""
    return isinstance(fact, WeightsFact) and fact.lead


def rests_on_lead(rule: Rule, fact: Fact) -> bool:
    """Whether `rule` asks `fact` for what is known from general knowledge alone, so that it can't fail."""
    return is_lead(fact) and not _WHOSE_IT_IS.isdisjoint(rule.condition.reads)


def _values_of(fields: Sequence[str]) -> Callable[[Fact], tuple[object, ...]]:
    match fields:
        case []:
            return lambda _: ()
        case [field]:
            only = attrgetter(field)
            return lambda fact: (only(fact),)
        case _:
            return attrgetter(*fields)
