"""What differs between two policies: in what they ask, not in how their files are written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from compliance.model.text import Text
from compliance.policy.condition_parts import Part, form_of, parts_of
from compliance.policy.policy import Policy, Rule

COMPARISON_SCHEMA = "compliance.policy-diff/1"


class PolicyName(msgspec.Struct, frozen=True, kw_only=True):
    """Which policy it is, exactly."""

    id: str
    version: str
    digest: str
    file: str


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A field that says something else."""

    field: str
    """As policy files write it."""
    before: Any
    after: Any


class ConditionChange(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that asks something else, by the parts that `&&` or `||` join."""

    joined_by: str | None
    """`&&` or `||`; None where the two have not the same outermost operator, and each is one part."""
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]


class ListChange(msgspec.Struct, frozen=True, kw_only=True):
    """A list with other entries."""

    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    exists: tuple[bool, bool]
    """Whether there is such a list before and after."""


class RuleName(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that only one of the policies has."""

    id: str
    axis: str
    severity: str
    message: Text
    retired: Text | None = None
    """Why the policy that extends the other one leaves it out."""


class RuleChange(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of both that isn't the same."""

    id: str
    fields: tuple[FieldChange, ...]
    condition: ConditionChange | None = None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between two policies."""

    schema: str = COMPARISON_SCHEMA
    before: PolicyName
    after: PolicyName
    fields: tuple[FieldChange, ...]
    """Of the policy itself, but its id and version."""
    lists: tuple[ListChange, ...]
    thresholds: tuple[FieldChange, ...]
    """By the threshold's name; None where there is none."""
    added: tuple[RuleName, ...]
    removed: tuple[RuleName, ...]
    changed: tuple[RuleChange, ...]

    @property
    def same(self) -> bool:
        """Whether both ask the same."""
        return not (self.fields or self.lists or self.thresholds or self.added or self.removed or self.changed)


def compare(before: Policy, after: Policy) -> Comparison:
    """What differs from `before` to `after`.

    Layout, remarks and the order of rules, entries and parts of conditions are no difference.
    """
    old, new = {rule.id: rule for rule in before.rules}, {rule.id: rule for rule in after.rules}
    both = sorted(old.keys() & new.keys())
    return Comparison(
        before=_name(before),
        after=_name(after),
        fields=_changes(_own(before), _own(after)),
        lists=_lists(before.lists, after.lists),
        thresholds=_changes(before.thresholds, after.thresholds),
        added=tuple(_rule_name(new[name], before) for name in sorted(new.keys() - old.keys())),
        removed=tuple(_rule_name(old[name], after) for name in sorted(old.keys() - new.keys())),
        changed=tuple(change for name in both if (change := _rule_change(old[name], new[name]))),
    )


def _name(policy: Policy) -> PolicyName:
    return PolicyName(id=policy.id, version=policy.version, digest=policy.digest, file=policy.file)


def _own(policy: Policy) -> dict[str, object]:
    return {
        "status": policy.status,
        "languages": sorted(policy.languages),
        "description": msgspec.to_builtins(policy.description),
    }


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[FieldChange, ...]:
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        FieldChange(field=name, before=before.get(name), after=after.get(name))
        for name in names
        if _typed(before.get(name)) != _typed(after.get(name))
    )


def _typed(value: object) -> tuple[type, object]:
    """`80` and `80.0` are different thresholds: conditions can't compare one with the other's kind."""
    return type(value), value


def _lists(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> tuple[ListChange, ...]:
    changes = []
    for name in sorted(before.keys() | after.keys()):
        old, new = set(before.get(name, ())), set(after.get(name, ()))
        exists = (name in before, name in after)
        if old != new or not all(exists):
            changes.append(
                ListChange(
                    name=name, added=tuple(sorted(new - old)), removed=tuple(sorted(old - new)), exists=exists
                )
            )
    return tuple(changes)


def _rule_name(rule: Rule, other: Policy) -> RuleName:
    return RuleName(
        id=rule.id,
        axis=rule.axis.value,
        severity=rule.severity.value,
        message=rule.message,
        retired=other.retired.get(rule.id),
    )


def _rule_change(before: Rule, after: Rule) -> RuleChange | None:
    fields = _changes(_fields(before), _fields(after))
    condition = _condition_change(before.when, after.when)
    return RuleChange(id=before.id, fields=fields, condition=condition) if fields or condition else None


def _fields(rule: Rule) -> dict[str, object]:
    """Everything about a rule but its identity and its condition, by the names that policy files write."""
    return {
        "axis": rule.axis.value,
        "targets": [target.value for target in rule.targets if target],
        "severity": rule.severity.value,
        "for": rule.kind,
        "from": rule.begins.isoformat() if rule.begins else None,
        "until": rule.ends.isoformat() if rule.ends else None,
        "message": msgspec.to_builtins(rule.message),
        "remedy": msgspec.to_builtins(rule.remedy),
        "why": msgspec.to_builtins(rule.why),
        "references": sorted(rule.references),
        "owner": rule.owner,
    }


def _condition_change(before: str, after: str) -> ConditionChange | None:
    if form_of(before) == form_of(after):
        return None
    old, new = parts_of(before), parts_of(after)
    sign = {"and": "&&", "or": "||"}.get(old.operator) if old.operator == new.operator else None
    old_parts, new_parts = (old.parts, new.parts) if sign else ((old,), (new,))
    there = Counter(form_of(before, part) for part in old_parts)
    kept: list[str] = []
    added: list[str] = []
    for part in new_parts:
        form = form_of(after, part)
        (kept if there[form] > 0 else added).append(_text(after, part))
        there[form] -= 1
    left = Counter(form_of(after, part) for part in new_parts)
    removed = []
    for part in old_parts:
        form = form_of(before, part)
        if left[form] <= 0:
            removed.append(_text(before, part))
        left[form] -= 1
    return ConditionChange(joined_by=sign, kept=tuple(kept), removed=tuple(removed), added=tuple(added))


def _text(source: str, part: Part) -> str:
    return " ".join(part.text(source).split())
