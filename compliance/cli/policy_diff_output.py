"""What differs between two policies, and what a policy is made of, for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from compliance.cli.laid_out_lines import Lines
from compliance.language import Language
from compliance.model.text import Text
from compliance.model.verdict import Axis, Severity
from compliance.policy.comparison import (
    Comparison,
    ConditionChange,
    FieldChange,
    ListChange,
    PolicyName,
    RuleChange,
    RuleName,
)
from compliance.policy.policy import Policy, Rule
from compliance.reporters.terminal_text import padded
from compliance.reporters.verdict_words import AXES, SEVERITIES, question


def differences(comparison: Comparison, language: Language, width: int) -> str:
    """Everything that differs, one block a rule."""
    said = Lines(language, width)
    said.marked("-", _named(comparison.before))
    said.marked("+", _named(comparison.after))
    said.line("")
    _compared(said, comparison)
    return said.text()


def overview(policy: Policy, below: Sequence[tuple[str, Comparison]], language: Language, width: int) -> str:
    """What `policy` is made of, and what differs from each policy `below` it, by the names of these."""
    said = Lines(language, width)
    said.flow(f"{policy.id} {policy.version} ({policy.file}, {policy.digest})")
    said.flow(policy.description.in_language(language))
    for base in policy.extends:
        said.row(_EXTENDS, f"{base.id} {base.version} ({base.digest})")
    said.line("")
    changed = {one.id for one in below[0][1].changed} if below else set[str]()
    added = {one.id for one in below[0][1].added} if below else set[str]()
    for rule in policy.rules:
        mark = "+" if rule.id in added else "~" if rule.id in changed else " "
        severity = padded(SEVERITIES[rule.severity].in_language(language), 12)
        said.cut(f"{mark} {severity}{rule.id}  {_asked(rule, language)}")
    for name, comparison in below:
        said.line("")
        said.flow(Text(en=f"Against {name}:", ko=f"비교 대상: {name}").in_language(language))
        _compared(said, comparison)
    return said.text()


def _compared(said: Lines, comparison: Comparison) -> None:
    if comparison.same:
        said.flow(_SAME.in_language(said.language))
        return
    for change in comparison.fields:
        _field(said, change)
    for threshold in comparison.thresholds:
        said.flow(
            f"~ {_THRESHOLD.in_language(said.language)} {threshold.field}: {_arrow(threshold, said.language)}"
        )
    for entries in comparison.lists:
        _list(said, entries)
    for rule in comparison.removed:
        _rule(said, "-", rule)
    for rule in comparison.added:
        _rule(said, "+", rule)
    for changed in comparison.changed:
        _changed(said, changed)
    said.line("")
    said.flow(_counted(comparison).in_language(said.language))


def _field(said: Lines, change: FieldChange, indent: int = 0) -> None:
    """Short values on one line, sentences below each other."""
    before, after = (_value(one, said.language) for one in (change.before, change.after))
    if before == after:  # the other language's sentence differs
        other: Language = "en" if said.language == "ko" else "ko"
        before, after = (_value(one, other) for one in (change.before, change.after))
    if len(before) + len(after) < said.width // 2:
        said.marked("~", f"{change.field}: {before} → {after}", indent)
        return
    said.marked("~", f"{change.field}:", indent)
    said.marked("-", before, indent + 2)
    said.marked("+", after, indent + 2)


def _list(said: Lines, change: ListChange) -> None:
    mark = {(True, True): "~", (True, False): "-", (False, True): "+"}[change.exists]
    said.marked(mark, f"{_LIST.in_language(said.language)} {change.name}")
    for sign, entries in (("-", change.removed), ("+", change.added)):
        if entries:
            said.marked(sign, ", ".join(entries), 2)


def _rule(said: Lines, mark: str, rule: RuleName) -> None:
    severity = SEVERITIES[Severity(rule.severity)].in_language(said.language)
    axis = AXES[Axis(rule.axis)].in_language(said.language)
    said.marked(mark, f"{_RULE.in_language(said.language)} {rule.id} ({severity}, {axis})")
    said.marked(" ", rule.message.in_language(said.language), 2)
    if rule.retired:
        said.marked(" ", f"{_RETIRED.in_language(said.language)}: {rule.retired.in_language(said.language)}", 2)


def _changed(said: Lines, change: RuleChange) -> None:
    said.marked("~", f"{_RULE.in_language(said.language)} {change.id}")
    for field in change.fields:
        _field(said, field, 2)
    if change.condition:
        _condition(said, change.condition)


def _condition(said: Lines, change: ConditionChange) -> None:
    joined = f" ({change.joined_by})" if change.joined_by else ""
    said.marked("~", f"when{joined}:", 2)
    for mark, parts in ((" ", change.kept), ("-", change.removed), ("+", change.added)):
        for part in parts:
            said.marked(mark, part, 4)


def _asked(rule: Rule, language: Language) -> str:
    days = "".join(f" {name} {day}" for name, day in (("from", rule.begins), ("until", rule.ends)) if day)
    return f"({question(rule.axis, rule.targets, language)}{days})"


def _named(policy: PolicyName) -> str:
    return f"{policy.id} {policy.version} ({policy.file}, {policy.digest})"


def _arrow(change: FieldChange, language: Language) -> str:
    return f"{_value(change.before, language)} → {_value(change.after, language)}"


def _value(value: Any, language: Language) -> str:
    match value:
        case None:
            return "–"
        case Mapping():
            return str(value[language])
        case list():
            return ", ".join(map(str, value)) or "–"
        case _:
            return str(value)


def _counted(comparison: Comparison) -> Text:
    added, removed, changed = (len(one) for one in (comparison.added, comparison.removed, comparison.changed))
    lists, thresholds = len(comparison.lists), len(comparison.thresholds)
    return Text(
        en=f"Rules: {added} added, {removed} removed, {changed} changed. Lists changed: {lists}. "
        f"Thresholds changed: {thresholds}.",
        ko=f"규칙: 추가 {added}, 삭제 {removed}, 변경 {changed}. 목록 변경: {lists}. 기준값 변경: {thresholds}.",
    )


_SAME = Text(en="Both ask the same.", ko="내용이 같음.")
_RULE = Text(en="rule", ko="규칙")
_LIST = Text(en="list", ko="목록")
_THRESHOLD = Text(en="threshold", ko="기준값")
_RETIRED = Text(en="retired", ko="폐지 사유")
_EXTENDS = Text(en="extends", ko="기반 정책")
