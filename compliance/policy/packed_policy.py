"""A correct policy as bytes, from which it is made again without YAML, and with no check but of conditions."""

from dataclasses import fields
from typing import Any, get_type_hints

import msgspec

from compliance.policy.cel import CelEvaluator
from compliance.policy.policy import Policy, Rule


def _fields_of(cls: type, *without: str) -> list[tuple[str, Any]]:
    hints = get_type_hints(cls)
    return [(one.name, hints[one.name]) for one in fields(cls) if one.name not in without]


_Rule = msgspec.defstruct("_Rule", _fields_of(Rule, "condition"), frozen=True, array_like=True)
"""A rule but for its condition, which `when` says."""
_Policy = msgspec.defstruct(
    "_Policy",
    [*_fields_of(Policy, "rules", "read"), ("rules", tuple[_Rule, ...])],  # type: ignore[valid-type]
    frozen=True,
    array_like=True,
)
_encode = msgspec.msgpack.Encoder().encode
_policy = msgspec.msgpack.Decoder(_Policy).decode


def packed(policy: Policy) -> bytes:
    """`policy` without the compiled conditions, and without the files that it was read from."""
    return _encode(msgspec.convert(policy, _Policy, from_attributes=True))


def unpacked(content: bytes) -> Policy:
    """The policy that `packed` made `content` of.

    Raises:
        msgspec.DecodeError: it is damaged, or a condition isn't right any more.
    """
    kept: Any = _policy(content)
    evaluator = CelEvaluator(kept.lists, kept.thresholds)
    rules = tuple(_made(rule, evaluator) for rule in kept.rules)
    return Policy(**{**msgspec.structs.asdict(kept), "rules": rules})


def _made(rule: Any, evaluator: CelEvaluator) -> Rule:
    condition = evaluator.compile(rule.kind, rule.when)
    if isinstance(condition, tuple):
        raise msgspec.DecodeError(f"the condition of {rule.id} isn't right")
    return Rule(**msgspec.structs.asdict(rule), condition=condition)
