"""Slightly wrong forms of a condition, each of which a good test would notice."""

import re
from collections.abc import Iterator

import msgspec

from compliance.policy.condition_parts import Part, parts_of
from compliance.policy.threshold_steps import moved

_LITERAL = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\""""
_SIGN = r"(?P<sign>>=|<=|>|<)"
_NUMBER = r"(?P<number>(?<![\w.])\d+(?:\.\d+)?(?![\w.]))"
_SIGN_OR_NUMBER = re.compile(f"{_LITERAL}|{_SIGN}|{_NUMBER}")
_WRITTEN_LIST = re.compile(rf"\[\s*(?:{_LITERAL})(?:\s*,\s*(?:{_LITERAL}))*\s*\]")
_SUM = re.compile(r"lists\.\w+(?:\s*\+\s*lists\.\w+)+")
_MEMBERS = re.compile(rf"{_LITERAL}|lists\.\w+")
_OTHER_SIGN = {">=": ">", ">": ">=", "<=": "<", "<": "<="}


class ConditionMutant(msgspec.Struct, frozen=True):
    """A condition with one small change."""

    change: str
    """`without this`, or `this → that`; it names the mutant among those of its condition."""
    condition: str


def mutants(condition: str) -> tuple[ConditionMutant, ...]:
    """Forms of `condition` with one change: it, or a question, is negated; a part of `&&` or `||` is left out, or
    the one stands for the other; a comparison takes in its bound or doesn't; a number is moved; a member of a
    written list or of a sum of lists is left out.

    Every different one once; none is the condition itself. Some may not be conditions at all.
    """
    tree = parts_of(condition)
    found: dict[str, ConditionMutant] = {}
    changes: set[str] = set()
    for start, mutant in [*_of_parts(condition, tree), *_of_questions(condition, tree)]:
        if mutant.condition == condition or mutant.condition in found:
            continue
        change = f"{mutant.change} (column {start + 1})" if mutant.change in changes else mutant.change
        changes.add(change)
        found[mutant.condition] = ConditionMutant(change, mutant.condition)
    return tuple(found.values())


Placed = tuple[int, ConditionMutant]
"""A mutant and how many characters stand before its change."""


def _of_parts(source: str, tree: Part) -> Iterator[Placed]:
    if tree.operator != "question":
        yield 0, ConditionMutant("negated", f"!({source})")
    for part in tree.walk():
        match part.operator:
            case "and" | "or":
                yield from _of_joint(source, part)
            case "question":
                start, mutant = _replaced(source, part, f"!({part.text(source)})")
                yield start, ConditionMutant(f"negated {part.text(source)}", mutant.condition)


def _of_joint(source: str, joint: Part) -> Iterator[Placed]:
    """The joint with each of its parts left out, and with the other sign."""
    sign, other = (" && ", " || ") if joint.operator == "and" else (" || ", " && ")
    texts = [f"({one.text(source)})" if one.parts[1:] else one.text(source) for one in joint.parts]
    for place, one in enumerate(joint.parts):
        _, shorter = _replaced(source, joint, sign.join(texts[:place] + texts[place + 1 :]))
        yield one.start, ConditionMutant(f"without {texts[place]}", shorter.condition)
    yield _replaced(source, joint, other.join(texts))


def _of_questions(source: str, tree: Part) -> Iterator[Placed]:
    for question in tree.questions():
        text = question.text(source)
        for match in _SIGN_OR_NUMBER.finditer(text):
            for new in _others(match):
                yield _replaced(source, question, text[: match.start()] + new + text[match.end() :])
        for match in [*_WRITTEN_LIST.finditer(text), *_SUM.finditer(text)]:
            for member, shorter in _shortened(match[0]):
                whole = text[: match.start()] + shorter + text[match.end() :]
                start, mutant = _replaced(source, question, whole)
                yield start + match.start(), ConditionMutant(f"without {member}", mutant.condition)


def _others(match: re.Match[str]) -> tuple[str, ...]:
    if sign := match["sign"]:
        return (_OTHER_SIGN[sign],)
    if number := match["number"]:
        value = float(number) if "." in number else int(number)
        return str(moved(value, -1)), str(moved(value, 1))
    return ()


def _shortened(written: str) -> Iterator[tuple[str, str]]:
    """Each member of the list or sum, and what is written without it."""
    separator, opening, closing = (", ", "[", "]") if written.startswith("[") else (" + ", "", "")
    members = _MEMBERS.findall(written)
    for place, member in enumerate(members):
        yield member, opening + separator.join(members[:place] + members[place + 1 :]) + closing


def _replaced(source: str, part: Part, new: str) -> Placed:
    change = f"{part.text(source)} → {new}"
    return part.start, ConditionMutant(change, source[: part.start] + new + source[part.end :])
