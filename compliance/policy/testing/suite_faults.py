"""Faults of a file of policy tests, each at its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.model.verdict import Axis, Target
from compliance.policy import shape
from compliance.policy.policy import Policy
from compliance.policy.suggestions import closest
from compliance.policy.testing.document import INVENTORY, WORDS, TestDocument, TestsDocument


def faults(root: Any, policy: Policy) -> Iterator[Fault]:
    """Every fault of the file `root` (nodes with positions) of tests of `policy`; of what it means only where it
    has the right shape."""
    found = [*shape.faults(root, TestsDocument)]
    tests = root.get("tests")
    for test in tests if isinstance(tests, list) else ():
        if isinstance(test, Mapping):
            found += _in_findings(test)
    yield from found
    if found:
        return
    document = TestsDocument.model_validate(yaml_documents.plain(root))
    if not document.tests:
        yield Fault(*yaml_documents.position(root, "tests"), _NO_TESTS)
    yield from _repeated_names(root, document)
    rules = [rule.id for rule in policy.rules]
    for test, node in zip(document.tests, root["tests"], strict=True):
        yield from _in_expectations(test, node, policy, rules)
    for claim, node in zip(document.equivalent, root.get("equivalent", ()), strict=True):
        if claim.of not in (named := [*rules, *policy.lists, *policy.thresholds]):
            yield Fault(*yaml_documents.position(node, "of"), _no_rule(claim.of, named))


def _in_findings(test: Any) -> Iterator[Fault]:
    inventory = test.get("inventory")
    if isinstance(inventory, Mapping):
        yield from shape.faults(inventory, WORDS[INVENTORY])
    findings = test.get("findings")
    for index, finding in enumerate(findings if isinstance(findings, list) else ()):
        if not isinstance(finding, Mapping):
            continue  # the shape of the file says so
        kind = finding.get("kind")
        if isinstance(kind, str) and kind in WORDS and kind != INVENTORY:
            yield from shape.faults(finding, WORDS[kind])
        elif "kind" in finding:
            yield Fault(*yaml_documents.position(finding, "kind"), _no_kind(kind))
        else:
            yield Fault(*yaml_documents.position(findings, index), _KIND_MISSING)


def _repeated_names(root: Any, document: TestsDocument) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for test, node in zip(document.tests, root["tests"], strict=True):
        line, column = yaml_documents.position(node, "name")
        if test.name in first:
            yield Fault(line, column, _repeated(test.name, first[test.name]))
        first.setdefault(test.name, line)


def _in_expectations(test: TestDocument, node: Any, policy: Policy, rules: Sequence[str]) -> Iterator[Fault]:
    name = yaml_documents.position(node, "name")
    if not test.flags and not test.leaves and not test.verdicts.by_place():
        yield Fault(*name, _NOTHING_EXPECTED)
    for key, named in (("flags", [one.rule for one in test.flags]), ("leaves", test.leaves)):
        for place, rule in enumerate(named):
            if rule not in rules:
                yield Fault(*yaml_documents.position(node[key], place), _no_rule(rule, rules))
    for rule in sorted({one.rule for one in test.flags} & {*test.leaves}):
        yield Fault(*name, _both_ways(rule))
    for axis, target in test.verdicts.by_place():
        if (axis, target) not in policy.judged():
            yield Fault(*yaml_documents.key_position(node["verdicts"], axis.value), _not_judged(axis, target))


def _no_kind(kind: object) -> Text:
    kinds = [name for name in WORDS if name != INVENTORY]
    hint = closest(str(kind), kinds)
    choice = ", ".join(kinds)
    return Text(
        en=f"there is no kind of finding {kind!r}; the kinds are {choice}{hint.en}",
        ko=f"없는 발견 종류: {kind!r}. 있는 종류: {choice}{hint.ko}",
    )


def _no_rule(name: str, rules: Iterable[str]) -> Text:
    hint = closest(name, rules)
    return Text(
        en=f"the policy has no rule {name!r}{hint.en or '; write the id of a rule'}",
        ko=f"정책에 없는 규칙: {name!r}{hint.ko or '. 규칙 id를 쓰세요'}",
    )


def _repeated(name: str, line: int) -> Text:
    return Text(
        en=f"the test in line {line} has the same name {name!r}; choose another",
        ko=f"테스트 이름 중복: {name!r}({line}행). 다른 이름으로 바꾸세요",
    )


def _both_ways(rule: str) -> Text:
    return Text(
        en=f"the rule {rule!r} can't be broken and not broken; take it out of flags or of leaves",
        ko=f"flags와 leaves 양쪽에 있는 규칙: {rule!r}. 한쪽에서 지우세요",
    )


def _not_judged(axis: Axis, target: Target | None) -> Text:
    place = f"{axis} ({target})" if target else str(axis)
    return Text(
        en=f"the policy has no rule for {place}, so there is no such verdict; remove it",
        ko=f"정책에 규칙이 없어 판정하지 않는 항목: {place}. 지우세요",
    )


_KIND_MISSING = Text(
    en="a finding needs its kind, such as {kind: license, expression: MIT}",
    ko="발견 사항에 kind 항목 누락. {kind: license, expression: MIT}처럼 쓰세요",
)
_NOTHING_EXPECTED = Text(
    en="the test expects nothing; add flags, leaves or verdicts",
    ko="기대 결과 없음: flags, leaves, verdicts 중 하나를 추가하세요",
)
_NO_TESTS = Text(
    en="there is no test here; write one, or remove the file", ko="테스트 없음: 작성하거나 파일을 지우세요"
)
