"""What `compliance licenses` says: a list, one license with its terms, and what the terms mean."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from compliance import country_names
from compliance.cli.laid_out_lines import Lines
from compliance.language import Language
from compliance.licenses.catalog import WeightLicense
from compliance.licenses.license_document import Term
from compliance.licenses.term_definition import Kind, TermDefinition
from compliance.licenses.term_files import data_version
from compliance.licenses.term_words import answer, clause, read
from compliance.licenses.terms import TERMS
from compliance.model.text import Text
from compliance.reporters.terminal_text import padded, usual_cells

_TERM_WIDTH = max(len(one.name) for one in TERMS) + 2
_LISTED_TERMS = ("commercial_use", "military_use", "critical_infrastructure_use", "public_sector_use")


def listed(licenses: Sequence[WeightLicense], language: Language, width: int) -> str:
    """The `licenses`, one a line, with the terms that are asked for most."""
    said = Lines(language, width)
    rows = [[_ID, _COUNTRY, *(_HEADINGS[name] for name in _LISTED_TERMS), _NAME]]
    rows += [_row(one) for one in licenses]
    words = [[cell.in_language(language) for cell in row] for row in rows]
    widths = [max(usual_cells(row[column]) for row in words) + 2 for column in range(len(rows[0]))]
    for row in words:
        said.cut("".join(padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip())
    said.line("")
    said.line(_count(len(licenses)).in_language(language))
    for sentence in (_ABSENCE, _LEADS, _MORE):
        said.paragraph(sentence)
    return said.text()


def shown(license_: WeightLicense, language: Language, width: int) -> str:
    """Everything about one license."""
    said = Lines(language, width)
    said.flow(f"{license_.id}: {license_.name.in_language(language)}")
    for label, text in _facts(license_):
        said.row(label, text)
    said.line("")
    said.line(_TERMS.in_language(language))
    for definition in TERMS:
        _term(said, definition, license_.terms[definition.name])
    if license_.notes:
        said.line("")
        said.line(_NOTES.in_language(language))
    for note in license_.notes:
        said.paragraph(note)
    said.line("")
    said.paragraph(_ABSENCE, indent=0)
    return said.text()


def explained(language: Language, width: int) -> str:
    """Each term, what it asks, and its values."""
    said = Lines(language, width)
    for definition in TERMS:
        said.flow(f"{definition.name}: {definition.explanation.in_language(language)}")
        for value in definition.answers:
            said.row(Text(en=value, ko=value), definition.label_of(value), _TERM_WIDTH + 12)
        if form := _FORMS.get(definition.kind):
            said.row(Text(en="…", ko="…"), form, _TERM_WIDTH + 12)
    said.line("")
    said.paragraph(_ABSENCE, indent=0)
    return said.text()


def list_json(licenses: Sequence[WeightLicense]) -> dict[str, Any]:
    """The `licenses` for machines."""
    return {
        "schema": "compliance.licenses/1",
        "data": data_version(),
        "licenses": [_license_fields(one) for one in licenses],
    }


def license_json(license_: WeightLicense) -> dict[str, Any]:
    """One license for machines."""
    return {"schema": "compliance.license/1", "data": data_version(), **_license_fields(license_)}


def terms_json() -> dict[str, Any]:
    """The definitions of the terms for machines."""
    return {"schema": "compliance.license-terms/1", "terms": [_definition_fields(one) for one in TERMS]}


def _license_fields(license_: WeightLicense) -> dict[str, Any]:
    terms = {name: _without_none(term) for name, term in license_.terms.items()}
    fields = {
        name: getattr(license_, name) for name in WeightLicense.__struct_fields__ if name not in ("terms", "notes")
    }
    plain: dict[str, Any] = msgspec.to_builtins(
        {**fields, "expression": license_.expression, "is_lead": license_.is_lead}
    )
    return {**plain, "terms": terms, "notes": msgspec.to_builtins(license_.notes)}


def _without_none(term: Term) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(term)
    return {name: value for name, value in fields.items() if value is not None}


def _definition_fields(definition: TermDefinition) -> dict[str, Any]:
    fields = {
        "name": definition.name,
        "label": definition.label,
        "explanation": definition.explanation,
        "kind": definition.kind.value,
        "values": {value: definition.label_of(value) for value in definition.answers},
    }
    plain: dict[str, Any] = msgspec.to_builtins(fields)
    return plain


def _row(license_: WeightLicense) -> list[Text]:
    lead = "?" if license_.is_lead else ""
    country = license_.country or "-"
    answers = [
        definition.label_of(license_.terms[definition.name].value)
        for definition in TERMS
        if definition.name in _LISTED_TERMS
    ]
    return [_same(license_.id + lead), _same(country), *answers, license_.name]


def _facts(license_: WeightLicense) -> Iterator[tuple[Text, Text | str]]:
    names = (*license_.huggingface.tags, *license_.huggingface.names)
    yield _VERSION, license_.version or "-"
    yield _LICENSOR, _with_country(license_)
    yield _SPDX, license_.expression
    yield _SCANCODE, ", ".join(license_.scancode.keys) or "-"
    if license_.scancode.detection:
        yield _DETECTED, _detection(license_)
    yield _HUGGING_FACE, ", ".join(dict.fromkeys(names)) or "-"
    if license_.huggingface.unconfirmed_names:
        yield _REPORTED, ", ".join(license_.huggingface.unconfirmed_names)
    if license_.models:
        yield _MODELS, license_.models
    yield _READ, read(license_)
    yield _SOURCE, license_.source
    if license_.missing:
        yield _MISSING, license_.missing


def _term(said: Lines, definition: TermDefinition, term: Term) -> None:
    label = definition.label.in_language(said.language)
    words = answer(definition, term.value, said.language, keys=True)
    said.row(_same(definition.name), f"{label}: {words}", _TERM_WIDTH)
    if place := clause(term, said.language):
        said.row(_same(""), place, _TERM_WIDTH)


def _with_country(license_: WeightLicense) -> Text:
    code = license_.country
    if not code:
        return license_.licensor
    country = country_names.name(code)
    return Text(
        en=f"{license_.licensor.en} · {country.en} ({code})", ko=f"{license_.licensor.ko} · {country.ko} ({code})"
    )


def _detection(license_: WeightLicense) -> Text:
    found = license_.scancode.detection
    if found is None:
        return _same("-")
    keys = ", ".join(found.keys) or "-"
    coverage = "" if found.coverage is None else f" ({found.coverage} %)"
    verdict, remark = _DETECTIONS[found.verdict], found.remark or _same("")
    return Text(
        en=f"{found.version}: {keys}{coverage}: {'. '.join(filter(None, (verdict.en, remark.en)))}",
        ko=f"{found.version}: {keys}{coverage}: {'. '.join(filter(None, (verdict.ko, remark.ko)))}",
    )


def _same(words: str) -> Text:
    return Text(en=words, ko=words)


def _count(count: int) -> Text:
    return Text(en=f"{count:,} license{'s' * (count != 1)}", ko=f"라이선스 {count:,}개")


_ID = Text(en="id", ko="id")
_COUNTRY = Text(en="country", ko="국가")
_NAME = Text(en="name", ko="이름")
_HEADINGS = {
    "commercial_use": Text(en="commercial", ko="상업"),
    "military_use": Text(en="military", ko="군사"),
    "critical_infrastructure_use": Text(en="infrastructure", ko="기반 시설"),
    "public_sector_use": Text(en="public", ko="공공"),
}
_VERSION = Text(en="version", ko="버전")
_LICENSOR = Text(en="licensor", ko="제공자")
_SPDX = Text(en="SPDX", ko="SPDX")
_SCANCODE = Text(en="ScanCode", ko="ScanCode")
_DETECTED = Text(en="detected as", ko="탐지 결과")
_HUGGING_FACE = Text(en="Hugging Face", ko="Hugging Face")
_REPORTED = Text(en="reported name", ko="미확인 이름")
_MODELS = Text(en="models", ko="모델")
_READ = Text(en="read", ko="읽은 범위")
_SOURCE = Text(en="source", ko="출처")
_MISSING = Text(en="missing", ko="읽지 못함")
_TERMS = Text(en="Terms", ko="조건")
_NOTES = Text(en="Notes", ko="참고")
_DETECTIONS = {
    "correct": Text(en="right", ko="맞음"),
    "wrong": Text(en="wrong", ko="틀림"),
    "unidentified": Text(en="not identified", ko="식별 못 함"),
}
_FORMS = {
    Kind.WORDS: Text(en="words of the text", ko="문안에 있는 문구"),
    Kind.FORUM: Text(en="country of the court or tribunal", ko="법원 또는 중재 기관의 국가"),
    Kind.CODE: Text(en="country or state, such as KR or US-CA", ko="국가 또는 주. 예: KR, US-CA"),
    Kind.SCALE_GATES: Text(
        en="metric, bound, effect, whose size counts and when", ko="기준, 한도, 효과, 대상과 시점"
    ),
    Kind.TERRITORIES: Text(en="country such as KR, or EU", ko="국가 또는 EU. 예: KR"),
    Kind.NATIONAL_INTERESTS: Text(en="country and duty", ko="국가와 의무"),
}
_ABSENCE = Text(
    en="silent: the text was read and says nothing, which is no permission. unknown: nobody has read whether it "
    "does; read the text before relying on it.",
    ko="언급 없음(silent): 문안을 읽었으나 조항이 없음. 허락이 아님. 알 수 없음(unknown): 아직 읽지 않음. "
    "문안을 확인한 뒤 판단하세요.",
)
_LEADS = Text(
    en="? after an id: known from reports by others alone. It is a lead, no proof.",
    ko="id 뒤의 ?: 간접 자료로만 알려짐. 단서일 뿐 증거가 아님.",
)
_MORE = Text(
    en="All terms of one license: `compliance licenses show ID`.",
    ko="라이선스 하나의 모든 조건: `compliance licenses show ID`.",
)
