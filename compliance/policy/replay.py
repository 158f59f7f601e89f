"""Judging stored facts by two policies, or on two days: what would change."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from compliance.errors import ComplianceError
from compliance.model.inventory import Inventory
from compliance.model.replay import Replay, Replayed, RuleEffect, VerdictChange
from compliance.model.skip import Skip, refused
from compliance.model.text import Text
from compliance.model.verdict import SEVERITY_RANK, Assessment, Verdict, Violation, gravity
from compliance.policy.answers import FactGroups
from compliance.policy.evaluation import Judge
from compliance.policy.facts import facts_of

Stored = tuple[str, Callable[[], Inventory]]
"""A document's name, and how to read its facts; reading raises `OSError` or `ComplianceError`."""


def replay(documents: Iterable[Stored], before: Judge, after: Judge) -> Replay:
    """What changes from `before` to `after` for the facts in `documents`.

    Documents are read one after the other and not kept; one that can't be read is skipped, with the reason.
    """
    effects = _Effects()
    judged: list[Replayed] = []
    skipped: list[Skip] = []
    for name, read in documents:
        try:
            inventory = read()
        except OSError as error:
            skipped.append(refused(error, name))
            continue
        except ComplianceError as error:
            skipped.append(Skip.of("malformed", error.message, name))
            continue
        facts = FactGroups(facts_of(inventory))
        old, new = before.assess(inventory, facts), after.assess(inventory, facts)
        effects.count(old, new)
        judged.append(Replayed(file=name, subject=inventory.subject, changes=tuple(_changes(old, new))))
    return Replay(
        before=before.reference,
        after=after.reference,
        documents=tuple(sorted(judged, key=lambda one: (one.subject.team or "", one.subject.name, one.file))),
        rules=effects.told(),
        skipped=tuple(sorted(skipped, key=lambda one: one.path)),
    )


def _changes(before: Assessment, after: Assessment) -> Iterator[VerdictChange]:
    old = {(one.axis, one.target): one for one in before.verdicts}
    new = {(one.axis, one.target): one for one in after.verdicts}
    for place in [*old, *(place for place in new if place not in old)]:
        was, is_ = old.get(place), new.get(place)
        if (was and was.verdict) == (is_ and is_.verdict):
            continue
        leading = max((one for one in (was, is_) if one), key=lambda one: gravity(one.verdict))
        yield VerdictChange(
            axis=place[0],
            target=place[1],
            before=was.verdict if was else None,
            after=is_.verdict if is_ else None,
            rules=leading.rules if leading.verdict is not Verdict.INCOMPLETE else (),
        )


_Standing = tuple[int, tuple[str, ...]]
"""How grave the violations of one rule at one place are (0 the gravest, beyond all severities where waived), and
of which findings."""


class _Counts(msgspec.Struct):
    message: Text
    counts: dict[str, int] = msgspec.field(default_factory=lambda: defaultdict(int))


class _Effects(msgspec.Struct):
    """Counts of what becomes of each rule's violations."""

    rules: dict[str, _Counts] = msgspec.field(default_factory=dict)

    def count(self, before: Assessment, after: Assessment) -> None:
        """Add one document."""
        old, new = _standing(before.violations), _standing(after.violations)
        messages = {one.rule: one.message for one in (*before.violations, *after.violations)}
        for place in old.keys() | new.keys():
            if what := _effect(old.get(place), new.get(place)):
                rule = str(place[0])
                self.rules.setdefault(rule, _Counts(messages[rule])).counts[what] += 1

    def told(self) -> tuple[RuleEffect, ...]:
        """The counts, by rule."""
        return tuple(
            RuleEffect(rule=rule, message=one.message, **one.counts) for rule, one in sorted(self.rules.items())
        )


def _standing(violations: Iterable[Violation]) -> Mapping[tuple[object, ...], _Standing]:
    """Of each rule, axis and target the gravest violation, and all findings that count as much."""
    found: dict[tuple[object, ...], _Standing] = {}
    for one in violations:
        place = (one.rule, one.axis, one.target)
        rank = len(SEVERITY_RANK) if one.waiver else SEVERITY_RANK[one.severity]
        known = found.get(place)
        if known is None or rank < known[0]:
            found[place] = (rank, one.findings)
        elif rank == known[0]:
            found[place] = (rank, tuple(sorted({*known[1], *one.findings})))
    return found


def _effect(before: _Standing | None, after: _Standing | None) -> str | None:
    if before is None or after is None:
        return "appear" if before is None else "vanish"
    if before[0] != after[0]:
        return "graver" if after[0] < before[0] else "milder"
    return "other_findings" if before[1] != after[1] else None
