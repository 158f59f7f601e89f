"""Violations without what approved exceptions cover, and what is wrong with the exceptions."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from compliance.licenses.expressions import only
from compliance.model.submission import Subject
from compliance.model.verdict import Axis, Violation, WaiverFault
from compliance.policy import waiver_words
from compliance.policy.facts import DependencyFact, Fact, WeightsFact, package_of
from compliance.policy.origin_facts import NoticeFact, OriginFact
from compliance.policy.path_patterns import pattern_matches
from compliance.policy.policy import Policy

if TYPE_CHECKING:  # loaded where there are waivers
    from compliance.policy.waiver_schema import Scope
    from compliance.policy.waivers import LoadedWaiver, WaiverFile


class Waived(msgspec.Struct, frozen=True):
    """Violations, of which the waived parts stand by themselves."""

    violations: Sequence[Violation]
    faults: tuple[WaiverFault, ...] = ()


def apply(
    violations: Sequence[Violation],
    files: "Sequence[WaiverFile]",
    policy: Policy,
    subject: Subject,
    facts: Mapping[str, Sequence[Fact]],
    today: datetime.date,
) -> Waived:
    """`violations` with the waivers in `files` that hold for `subject` on `today`.

    Findings that are covered become a violation of their own under their waiver; the rest counts. A violation
    whose condition could not be evaluated is never waived: nobody knows what was to be approved. Where several
    waivers cover a finding, the first one is shown.
    """
    concerned = [one for file in files for one in file.waivers if _concerns(one.scope, subject)]
    if not concerned:
        return Waived(violations)
    holding = _Holding([one for one in concerned if _holds(one, today)], facts)
    split = [part for violation in violations for part in holding.parts(violation)]
    return Waived(split, tuple(_faults(concerned, holding, policy, today)))


class _Holding(msgspec.Struct):
    """The waivers in force, and which of them were of use."""

    waivers: "Sequence[LoadedWaiver]"
    facts: Mapping[str, Sequence[Fact]]
    used: set[str] = msgspec.field(default_factory=set)
    """Identifiers of waivers that cover something."""
    in_vain: set[str] = msgspec.field(default_factory=set)
    """Of those that would cover something whose condition could not be evaluated."""
    _by_id: dict[str, Fact] = msgspec.field(default_factory=dict)

    def parts(self, violation: Violation) -> Iterator[Violation]:
        """What counts of `violation`, and what each waiver covers of it."""
        covered: dict[str | None, list[str]] = {}
        by_waiver = {one.waiver.id: one.waiver for one in self.waivers}
        asked = [one for one in self.waivers if _names(one, violation)]
        useful = self.in_vain if violation.unevaluated else self.used
        for finding in violation.findings or (None,):
            fact = self._fact(finding)
            covering = [one.waiver.id for one in asked if _covers(one, fact)]
            useful.update(covering)
            first = None if violation.unevaluated or not covering else covering[0]
            covered.setdefault(first, []).extend([finding] if finding else [])
        for name, findings in covered.items():
            waiver = by_waiver[name] if name is not None else None
            yield msgspec.structs.replace(violation, findings=tuple(findings), waiver=waiver)

    def _fact(self, identifier: str | None) -> Fact | None:
        if not self._by_id:
            self._by_id.update({fact.id: fact for kind in self.facts.values() for fact in kind})
        return self._by_id[identifier] if identifier is not None else None


def _concerns(scope: "Scope", subject: Subject) -> bool:
    return (scope.teams is None or subject.team in scope.teams) and (
        scope.subjects is None or subject.name in scope.subjects
    )


def _holds(waiver: "LoadedWaiver", today: datetime.date) -> bool:
    return (waiver.begins is None or waiver.begins <= today) and today <= waiver.expires


def _names(waiver: "LoadedWaiver", violation: Violation) -> bool:
    """Whether `waiver` is about that rule, axis and target."""
    axes, targets = waiver.scope.axes, waiver.scope.targets
    return (
        violation.rule in waiver.rules
        and (axes is None or violation.axis in axes)
        and (targets is None or violation.target in targets or _is_elsewhere(violation, axes))
    )


def _is_elsewhere(violation: Violation, axes: Sequence[Axis] | None) -> bool:
    """Targets limit one axis; another one that is named beside it is covered as a whole."""
    return violation.target is None and axes is not None


def _covers(waiver: "LoadedWaiver", fact: Fact | None) -> bool:
    """Whether the waiver's match fits `fact`, or the whole submission where there is none."""
    match = waiver.match
    if fact is None or match.whole_submission:
        return fact is None and match.whole_submission is True
    asked: Iterable[tuple[Sequence[str] | None, Callable[[Fact, Sequence[str]], bool]]] = (
        (match.findings, lambda one, entries: one.id in entries),
        (match.paths, _lies_in),
        (match.origins, _comes_from),
        (match.licenses, lambda one, entries: only(getattr(one, "expression", None), entries)),
        (match.purls, _is_package),
        (match.components, lambda one, entries: isinstance(one, WeightsFact) and one.component in entries),
    )
    return all(fits(fact, entries) for entries, fits in asked if entries is not None)


def _lies_in(fact: Fact, patterns: Sequence[str]) -> bool:
    path: str = getattr(fact, "path", "")
    return any(pattern_matches(pattern, path) for pattern in patterns)


def _comes_from(fact: Fact, names: Sequence[str]) -> bool:
    return isinstance(fact, OriginFact | NoticeFact) and not {fact.family, fact.project}.isdisjoint(names)


def _is_package(fact: Fact, purls: Sequence[str]) -> bool:
    if not isinstance(fact, DependencyFact):
        return False
    name, version, source = package_of(fact.purl)
    asked = (package_of(purl) for purl in purls)
    return any(one == name and of == source and at in ("", version) for one, at, of in asked)


def _faults(
    concerned: "Sequence[LoadedWaiver]", holding: _Holding, policy: Policy, today: datetime.date
) -> Iterator[WaiverFault]:
    rules = [rule.id for rule in policy.rules]
    for one in concerned:
        place = WaiverFault(
            waiver=one.waiver.id,
            file=one.file,
            line=one.line,
            fault="expired",
            message=waiver_words.expired(one.waiver.expires),
        )
        if one.expires < today:
            yield place
        elif not _holds(one, today) or one.waiver.id in holding.used:
            continue
        elif one.waiver.id in holding.in_vain:
            yield msgspec.structs.replace(place, fault="not-evaluated", message=waiver_words.NOT_EVALUATED)
        else:
            nothing = waiver_words.matches_nothing(one.rules, rules)
            yield msgspec.structs.replace(place, fault="matches-nothing", message=nothing)
