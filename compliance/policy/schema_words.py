"""Explanations and suggestions for the JSON Schema of policy files, as editors show them.

Both languages stand in every `description`, since editors know no other place for a hover text.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compliance.licenses.term_answers import ANY, answers_of
from compliance.licenses.terms import TERMS
from compliance.model.text import Text
from compliance.policy.vocabulary import KINDS, Field, Kind
from compliance.policy.words import FUNCTION_WORDS, KIND_WORDS, field_words

Words = Mapping[str, Text]

_POLICY: Words = {
    "id": Text(en="Name of the policy; assessments name it.", ko="정책 이름. 판정 결과에 적힘."),
    "version": Text(en='Version, in quotes: "2026.11".', ko='버전. 따옴표로 감쌈: "2026.11".'),
    "languages": Text(en="Languages of the sentences.", ko="문장의 언어."),
    "status": Text(
        en="draft or in-force; a draft judges too.", ko="draft(초안) 또는 in-force(시행). 초안도 판정함."
    ),
    "description": Text(en="Whose reading it is and what for.", ko="누구의 해석이며 무엇을 위한 정책인지."),
    "lists": Text(
        en="Lists that conditions name, as lists.open_licenses for open-licenses.",
        ko="조건식에서 쓰는 목록. open-licenses 목록은 lists.open_licenses로 씀.",
    ),
    "thresholds": Text(
        en="Numbers that conditions name, as thresholds.sure_score for sure-score. 80 is whole, 80.0 a fraction.",
        ko="조건식에서 쓰는 기준값. sure-score는 thresholds.sure_score로 씀. 80은 정수, 80.0은 소수.",
    ),
    "rules": Text(en="The rules.", ko="규칙."),
    "extends": Text(
        en="A shipped policy, or the path of a policy file from this one.",
        ko="확장할 기본 제공 정책 이름 또는 이 파일 기준의 정책 파일 경로.",
    ),
    "retired": Text(
        en="Rules of the base that are not asked, each with the reason.",
        ko="묻지 않을 기반 정책의 규칙과 그 이유.",
    ),
}
_CHANGE: Words = {
    "add": Text(en="Entries that the base's list lacks.", ko="기반 목록에 더할 항목."),
    "remove": Text(en="Entries of the base's list that don't count.", ko="기반 목록에서 뺄 항목."),
}
_RULE: Words = {
    "id": Text(
        en="Unique in the policy; reports and waivers name it.",
        ko="정책 안에서 유일한 이름. 보고서에 쓰임.",
    ),
    "axis": Text(en="The verdict it counts for.", ko="이 규칙이 반영되는 판정 축."),
    "targets": Text(
        en="Only for national-infrastructure; all targets where left out.",
        ko="national-infrastructure 축에만 씀. 생략하면 모든 대상.",
    ),
    "severity": Text(en="What breaking the rule leads to.", ko="위반했을 때의 심각도."),
    "for": Text(en="The kind of fact that the condition is asked of.", ko="조건식을 묻는 사실의 종류."),
    "when": Text(
        en="A CEL condition on one line, in double quotes with single quotes inside; the rule is broken by every "
        "fact it holds of.",
        ko="한 줄로 쓴 CEL 조건식(큰따옴표로 감싸고 안에는 작은따옴표). 조건을 만족하는 사실마다 규칙 위반.",
    ),
    "message": Text(en="What was found.", ko="발견한 내용."),
    "remedy": Text(en="What to do about it.", ko="조치 방법."),
    "why": Text(en="Why the rule exists.", ko="규칙을 둔 이유."),
    "references": Text(en="Documents that the rule rests on.", ko="규칙의 근거 문서."),
    "owner": Text(en="Who answers for the rule.", ko="규칙 담당."),
    "from": Text(en="First day on which the rule is asked.", ko="규칙을 시행하는 첫날."),
    "until": Text(en="Last day on which the rule is asked.", ko="규칙을 시행하는 마지막 날."),
}
_SENTENCE: Words = {
    "en": Text(en="The sentence in English.", ko="영어 문장."),
    "ko": Text(en="The sentence in Korean.", ko="한국어 문장."),
}
_EXAMPLES: Mapping[str, list[str]] = {
    "when": [
        "requires(license.expression, lists.noncommercial)",
        "has(license.score) && license.score < thresholds.sure_score",
        "inventory.unlicensed > thresholds.unlicensed_files",
    ],
    "version": ["2026.11"],
    "from": ["2026-01-01"],
    "until": ["2026-12-31"],
}
_VALUES: Words = {
    "policy-independence": Text(en="policy independence", ko="정책적 독자성"),
    "national-infrastructure": Text(en="use in national infrastructure", ko="국가 인프라 활용"),
    "disclosure": Text(en="notices and license compliance", ko="고지·라이선스 준수"),
    "defence": Text(en="defence", ko="국방"),
    "security": Text(en="security", ko="안보"),
    "telecom": Text(en="telecommunications", ko="통신"),
    "fail": Text(en="the verdict is fail", ko="판정: 부적합"),
    "review": Text(en="a person must look", ko="판정: 검토 필요"),
    "obligation": Text(en="the verdict is pass with obligations", ko="판정: 의무 조건부 적합"),
    "note": Text(en="reported; the verdict stays pass", ko="보고만 하고 적합 유지"),
    "draft": Text(en="a draft for discussion; it judges too", ko="논의용 초안. 판정에도 쓸 수 있음"),
    "in-force": Text(en="in force", ko="시행 중"),
    "en": Text(en="English", ko="영어"),
    "ko": Text(en="Korean", ko="한국어"),
    **KIND_WORDS,
}


def explained(schema: Mapping[str, Any]) -> dict[str, Any]:
    """`schema`, as pydantic makes it of a policy's classes, with explanations, suggestions and examples."""
    result = copy.deepcopy(dict(schema))
    nodes = list(_nodes(result))
    objects = [node["properties"] for node in nodes if isinstance(node.get("properties"), dict)]
    for properties in objects:
        _explain(properties)
    for node in nodes:
        if "enum" in node:
            node["enumDescriptions"] = [_on_one_line(_VALUES[value]) for value in node["enum"]]
        if "patternProperties" in node:
            node["additionalProperties"] = False  # a name of another shape is none
        if "when" in node.get("properties", {}):
            node["allOf"] = [_for_kind(kind) for kind in KINDS.values()]
            del node["properties"]["when"]["description"]  # editors show the first one they find, not the longest
    for array in (node for one in objects for node in _nodes(one.get("lists", {})) if node.get("type") == "array"):
        array["items"] = {"anyOf": [{"$ref": "#/$defs/Answer"}, array["items"]]}
    result["$defs"]["Answer"] = _answers()
    return result


def _explain(properties: dict[str, Any]) -> None:
    words = _words_of(properties)
    for name, described in properties.items():
        if name in words:
            described["description"] = _both(words[name])
        if name in _EXAMPLES:
            described["examples"] = _EXAMPLES[name]


def _words_of(properties: Mapping[str, Any]) -> Words:
    if "when" in properties:
        return _RULE
    if "rules" in properties:
        return _POLICY
    return _CHANGE if "add" in properties else _SENTENCE


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    parts: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _nodes(part)


def _both(text: Text) -> str:
    return f"{text.en}\n\n{text.ko}"


def _on_one_line(text: Text) -> str:
    return f"{text.en} / {text.ko}"


def _for_kind(kind: Kind) -> dict[str, Any]:
    """What `when` may ask where `for` is `kind`."""
    fields = [
        _line(f"{kind.variable}.{field.name}", field_words(kind.name, field.name), field)
        for field in kind.fields.values()
    ]
    functions = [_line(words.written, words.meaning) for words in FUNCTION_WORDS.values()]
    described = "\n".join([_both(_RULE["when"]), "", *fields, "", *functions])
    return {
        "if": {"properties": {"for": {"const": kind.name}}, "required": ["for"]},
        "then": {"properties": {"when": {"description": described}}},
    }


def _line(written: str, meaning: Text, field: Field | None = None) -> str:
    values = f" ({', '.join(field.values)})" if field is not None and field.values else ""
    return f"- {written}{values}: {_on_one_line(meaning)}"


def _answers() -> dict[str, Any]:
    """Entries of lists that ask licenses for their terms, and the terms themselves."""
    named: dict[str, str] = {}
    for definition in TERMS:
        named[definition.name] = _on_one_line(definition.explanation)
        for answer in dict.fromkeys((*answers_of(definition.name), ANY)):
            label = definition.label_of(answer)
            said = Text(en=f"{definition.label.en}: {label.en}", ko=f"{definition.label.ko}: {label.ko}")
            named[f"{definition.name}={answer}"] = _on_one_line(_any(definition.label) if answer == ANY else said)
    return {"enum": list(named), "enumDescriptions": list(named.values())}


def _any(label: Text) -> Text:
    return Text(en=f"{label.en}: any answer that names something", ko=f"{label.ko}: 내용이 있는 모든 값")
