"""Whether the tests of a policy would notice if it were slightly wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from compliance.model.text import Text
from compliance.policy.evaluation import violations_of
from compliance.policy.policy import Policy
from compliance.policy.testing.claims import refuted
from compliance.policy.testing.mutants import Mutant
from compliance.policy.testing.running import Outcome, Seen, failures
from compliance.policy.testing.suite import Claim
from compliance.policy.vocabulary import KINDS


class Mutation(msgspec.Struct, frozen=True):
    """What came of all mutants."""

    tried: int
    survivors: tuple[Mutant, ...]
    """Those that no test notices and of which nobody says why."""
    equivalent: tuple[tuple[Mutant, Claim], ...]
    """Those that no test notices and that change nothing, as an editor says."""
    refuted: tuple[tuple[Claim, Text], ...]
    """What editors say of mutants that there aren't, or that change something after all, with the reason."""

    @property
    def noticed(self) -> int:
        """How many a test notices."""
        return self.tried - len(self.survivors) - len(self.equivalent)

    @property
    def complete(self) -> bool:
        """Whether every change that has an effect is noticed, and no editor is wrong about one."""
        return not self.survivors and not self.refuted


def mutate(
    policy: Policy, outcomes: Sequence[Outcome], mutants: Iterable[Mutant], claims: Sequence[Claim]
) -> Mutation:
    """Try `mutants` of `policy` on its tests.

    Args:
        policy: as the tests are about it.
        outcomes: of the tests; those that failed notice nothing.
        mutants: of the policy.
        claims: of editors, that some mutants change nothing.
    """
    passed = [one for one in outcomes if not one.failures]
    noticed_by = {mutant: _first_to_notice(policy, mutant, passed) for mutant in mutants}
    claimed = {(one.of, one.change): one for one in claims}
    unnoticed = [mutant for mutant, outcome in noticed_by.items() if outcome is None]
    return Mutation(
        tried=len(noticed_by),
        survivors=tuple(one for one in unnoticed if one.name not in claimed),
        equivalent=tuple((one, claimed[one.name]) for one in unnoticed if one.name in claimed),
        refuted=tuple(_refuted(policy, claimed, noticed_by, passed)),
    )


def _refuted(
    policy: Policy,
    claimed: Mapping[tuple[str, str], Claim],
    noticed_by: Mapping[Mutant, Outcome | None],
    passed: Sequence[Outcome],
) -> Iterator[tuple[Claim, Text]]:
    named = {mutant.name: mutant for mutant in noticed_by}
    facts = {kind: [fact for one in passed for fact in one.test.facts[kind]] for kind in KINDS}
    for name, claim in claimed.items():
        if name not in named:
            yield claim, _NO_SUCH_MUTANT
        elif outcome := noticed_by[named[name]]:
            yield claim, _noticed(outcome.test.name)
        elif found := refuted(policy, named[name], facts):
            yield claim, found


def _first_to_notice(policy: Policy, mutant: Mutant, outcomes: Iterable[Outcome]) -> Outcome | None:
    changed = mutant.policy(policy)
    for outcome in outcomes:
        seen = _seen(mutant, outcome)
        if seen != outcome.seen and any(failures(changed, outcome.test, outcome.day, seen)):
            return outcome
    return None


def _seen(mutant: Mutant, outcome: Outcome) -> Seen:
    """What is seen in the test of `outcome` by the rules of the mutant; only these are asked anew."""
    seen = dict(outcome.seen)
    for rule in mutant.rules:
        facts = outcome.test.facts[rule.kind]
        violations = tuple(violations_of(rule, facts)) if facts and rule.in_force(outcome.day) else ()
        seen.pop(rule.id, None)
        if violations:
            seen[rule.id] = violations
    return seen


def _noticed(test: str) -> Text:
    return Text(en=f"the test {test!r} tells the two apart", ko=f"이 변경을 구별하는 테스트: {test!r}")


_NO_SUCH_MUTANT = Text(
    en="there is no such change of this policy; remove the claim, or write the change as it is printed",
    ko="이 정책에 없는 변경: 항목을 지우거나 출력된 대로 쓰세요",
)
