"""A policy that was packed is the same policy afterwards."""

import msgspec
import pytest
from msgspec.structs import replace

from compliance.policy.conditions import Unevaluated
from compliance.policy.loading import load_policy
from compliance.policy.packed_policy import packed, unpacked
from compliance.policy.policy import Policy, Rule
from compliance.policy.shipped import shipped_policies


@pytest.mark.parametrize("name", shipped_policies())
def test_a_shipped_policy_is_made_again_whole(name: str) -> None:
    policy = load_policy(name)

    assert _told(unpacked(packed(policy))) == _told(replace(policy, read=()))


@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("name", shipped_policies())
def test_conditions_that_were_packed_answer_as_before(name: str, leads: bool) -> None:
    policy = load_policy(name)

    for rule, again in zip(policy.rules, unpacked(packed(policy)).rules, strict=True):
        values = [None] * len(rule.condition.reads)
        assert again.condition.holds(values, leads=leads) == rule.condition.holds(values, leads=leads)


def test_a_condition_that_is_wrong_now_has_no_answer() -> None:
    policy = load_policy("sovereign-ai")
    rule = next(one for one in policy.rules if one.condition.reads)
    broken = unpacked(packed(replace(policy, rules=(replace(rule, when="nothing_known == 1"),)))).rules[0]

    assert isinstance(broken.condition.holds([None] * len(broken.condition.reads)), Unevaluated)


def test_damaged_bytes_are_no_policy() -> None:
    with pytest.raises(msgspec.DecodeError):
        unpacked(packed(load_policy("sovereign-ai"))[:-5])


def _told(policy: Policy) -> tuple[object, ...]:
    """All that a policy says, with what its conditions are."""
    conditions = [(one.condition.tree, one.condition.reads, one.condition.cost) for one in policy.rules]
    rules = [msgspec.to_builtins({name: getattr(one, name) for name in _SAID}) for one in policy.rules]
    return conditions, rules, replace(policy, rules=())


_SAID = [one for one in Rule.__struct_fields__ if one != "condition"]
