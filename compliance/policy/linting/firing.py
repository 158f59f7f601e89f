"""Rules that can never be broken or always are, and parts of conditions that decide nothing."""

from collections.abc import Iterator
from itertools import combinations

from compliance.model.text import Text
from compliance.policy.conditions import ConditionFault
from compliance.policy.linting.decisions import Decisions
from compliance.policy.linting.formulas import And, Answer, Formula, Piece, Question
from compliance.policy.linting.values import fields_in
from compliance.policy.vocabulary import Field, Kind

_NEVER: frozenset[Answer] = frozenset({False})
_ALWAYS: frozenset[Answer] = frozenset({True})


def constant_parts(source: str, piece: Piece, kind: Kind, decisions: Decisions) -> Iterator[ConditionFault]:
    """What is wrong with the answers that the condition `source`, taken apart as `piece`, can have.

    A condition that is just `true` is meant so: every fact of its kind breaks the rule.
    """
    if piece.part.text(source) == "true":
        return
    possible = decisions.possible(piece.formula, kind)
    if possible == _NEVER:
        culprit = _culprit(source, piece, kind, decisions)
        yield ConditionFault(piece.part.start, _never_broken(culprit))
    elif False not in possible:
        yield ConditionFault(piece.part.start, _always_broken(kind))
    else:
        yield from _inside(source, piece, kind, decisions)


def _inside(source: str, piece: Piece, kind: Kind, decisions: Decisions) -> Iterator[ConditionFault]:
    """Innermost parts with one answer, where the whole has several."""
    for one in piece.pieces:
        inner = list(_inside(source, one, kind, decisions))
        yield from inner
        possible = decisions.possible(one.formula, kind)
        if not inner and possible in (_NEVER, _ALWAYS):
            text = one.part.text(source)
            yield ConditionFault(one.part.start, _decides_nothing(text, one.formula, kind, holds=True in possible))


def _culprit(source: str, piece: Piece, kind: Kind, decisions: Decisions) -> Text:
    """Why the condition never holds, where one part or two parts of it alone tell."""
    parts = piece.pieces if isinstance(piece.formula, And) else ()
    for one in parts:
        if decisions.possible(one.formula, kind) == _NEVER:
            return _one_is_false(one.part.text(source), one.formula, kind)
    for one, other in combinations(parts, 2):
        if decisions.possible(And((one.formula, other.formula)), kind) == _NEVER:
            return _two_exclude(one.part.text(source), other.part.text(source))
    if isinstance(piece.formula, Question):
        return _one_is_false(piece.part.text(source), piece.formula, kind)
    return Text(en="its parts exclude each other", ko="조건의 각 부분이 함께 성립할 수 없음")


def _range(formula: Formula, kind: Kind) -> Text:
    """What the field in question may be, where it is a number of a known range; an end of a sentence."""
    names = fields_in(formula.node, kind) if isinstance(formula, Question) else frozenset[str]()
    fields: list[Field] = [kind.fields[name] for name in names]
    for field in fields:
        if field.shape in {"integer", "number"}:
            least, most = field.range
            if most > least and most != float("inf"):
                return Text(
                    en=f" ({field.name} lies between {least:g} and {most:g})",
                    ko=f" ({field.name} 값의 범위: {least:g}–{most:g})",
                )
            return Text(en=f" ({field.name} is never negative)", ko=f" ({field.name} 값은 음수가 될 수 없음)")
    return Text(en="", ko="")


def _one_is_false(text: str, formula: Formula, kind: Kind) -> Text:
    why = _range(formula, kind)
    return Text(en=f"`{text}` is always false{why.en}", ko=f"항상 거짓: `{text}`{why.ko}")


def _two_exclude(one: str, other: str) -> Text:
    return Text(en=f"`{one}` and `{other}` exclude each other", ko=f"함께 성립할 수 없음: `{one}`, `{other}`")


def _never_broken(why: Text) -> Text:
    return Text(
        en=f"the rule can never be broken: {why.en}; correct the condition or remove the rule",
        ko=f"이 규칙은 위반될 수 없음. {why.ko}: 조건식을 고치거나 규칙을 지우세요",
    )


def _always_broken(kind: Kind) -> Text:
    return Text(
        en=f'the condition holds for every {kind.name} fact; correct it, or write "true" if that is meant',
        ko=f'모든 {kind.name} 사실이 위반으로 판정됨: 조건식을 고치거나, 의도한 것이면 "true" 로 쓰세요',
    )


def _decides_nothing(text: str, formula: Formula, kind: Kind, *, holds: bool) -> Text:
    why = _range(formula, kind)
    answer = Text(en="true", ko="참") if holds else Text(en="false", ko="거짓")
    return Text(
        en=f"`{text}` is always {answer.en}{why.en}; correct or remove this part",
        ko=f"항상 {answer.ko}: `{text}`{why.ko}. 이 부분을 고치거나 지우세요",
    )
