"""How the terms of a weight license read: values, and the places of their clauses."""

from typing import Any

from compliance import country_names
from compliance.language import Language
from compliance.licenses.catalog import WeightLicense
from compliance.licenses.license_document import ExcludedTerritory, NationalInterest, ScaleGate, Term, Tribunal
from compliance.licenses.term_definition import ABSENT, Kind, TermDefinition
from compliance.licenses.use_terms import GATE_EFFECTS, SCALE_METRICS
from compliance.model.text import Text


def answer(definition: TermDefinition, value: Any, language: Language, *, keys: bool = False) -> str:
    """What a license answers, in words.

    Args:
        definition: of the term.
        value: as a license's file has it.
        language: of the words.
        keys: add the word that filters and policies use, where that is another.
    """
    if isinstance(value, tuple):
        return "; ".join(answer(definition, one, language, keys=keys) for one in value)
    match value:
        case Tribunal():
            return _tribunal(value, language, keys)
        case ScaleGate():
            return _gate(value, language, keys)
        case ExcludedTerritory():
            country = _country(value.code, language, keys)
            return f"{country} ({value.scope.in_language(language)})" if value.scope else country
        case NationalInterest():
            named = value.country
            country = _country(named, language, keys) if named else _UNNAMED.in_language(language)
            return f"{country}: {value.duty.in_language(language)}"
        case str() if definition.kind is Kind.CODE and value not in {*ABSENT, *definition.values}:
            return _country(value, language, keys)
        case _:
            return _with_key(definition.label_of(str(value)).in_language(language), str(value), keys)


def clause(term: Term, language: Language) -> str:
    """Where the answer stands: document, section, first words; and what is to be said of it."""
    return clause_place(
        section=term.section,
        locator=term.locator,
        document=term.document,
        remark=term.remark,
        language=language,
    )


def clause_place(
    *, section: str | None, locator: str | None, document: str | None, remark: Text | None, language: Language
) -> str:
    """The same of a clause's parts."""
    policy = _POLICY.in_language(language) if document else ""
    place = _section(section, language) if section else ""
    words = f'"{locator}"' if locator else ""
    place = ": ".join(filter(None, (" ".join(filter(None, (policy, place))), words)))
    return " · ".join(filter(None, (place, remark.in_language(language) if remark else "")))


def _section(section: str, language: Language) -> str:
    named = _PLACES.get(section)
    return named.in_language(language) if named else f"§ {section}" if section[0].isdigit() else section


def read(license_: WeightLicense) -> Text:
    """What of the license was read, and when its terms were written down."""
    extent = _EXTENTS[license_.basis]
    return Text(en=f"{extent.en} ({license_.recorded})", ko=f"{extent.ko} ({license_.recorded})")


def _tribunal(value: Tribunal, language: Language, keys: bool) -> str:
    place = value.place.in_language(language)
    country = value.country if keys else country_names.name(value.country).in_language(language)
    return place if country in place else f"{place} ({country})"


def _country(code: str, language: Language, keys: bool) -> str:
    return _with_key(country_names.name(code).in_language(language), code, keys)


def _with_key(label: str, key: str, wanted: bool) -> str:
    return f"{label} ({key})" if wanted and label not in (key, key.replace("_", " ")) else label


def _gate(gate: ScaleGate, language: Language, keys: bool) -> str:
    metric = SCALE_METRICS[gate.metric].in_language(language)
    effect = _with_key(GATE_EFFECTS[gate.effect].in_language(language), gate.effect, keys)
    bound = Text(en=metric, ko=metric)
    if gate.greater_than is not None:
        bound = Text(en=f"{metric} over {gate.greater_than:,}", ko=f"{metric} {gate.greater_than:,} 초과")
    details = [one.in_language(language) for one in (gate.business, gate.scope, gate.measured) if one]
    if gate.exempt:
        details.append(f"{_EXEMPT.in_language(language)}: {gate.exempt.in_language(language)}")
    aside = f" ({'; '.join(details)})" if details else ""
    return f"{bound.in_language(language)}: {effect}{aside}"


_UNNAMED = Text(en="a state that isn't named", ko="밝히지 않은 국가")
_EXEMPT = Text(en="exempt", ko="예외")
_POLICY = Text(en="acceptable use policy", ko="허용 사용 정책")
_PLACES = {
    "intro": Text(en="introduction", ko="서두"),
    "last para": Text(en="last paragraph", ko="마지막 문단"),
    "notice": Text(en="notice", ko="고지 문단"),
    "preamble": Text(en="preamble", ko="머리말"),
    "grant": Text(en="grant", ko="허락 문단"),
    "head": Text(en="head", ko="첫머리"),
    "end": Text(en="end", ko="끝"),
    "def.": Text(en="definitions", ko="정의"),
}
"""Places that have no number of their own."""
_EXTENTS = {
    "full-text": Text(en="the whole text", ko="전문을 읽음"),
    "operative-clauses": Text(
        en="the operative clauses, and a search of the rest", ko="주요 조항을 읽고 나머지는 검색함"
    ),
    "secondary": Text(
        en="reports by others alone: a lead, no proof; read the text before relying on it",
        ko="간접 자료뿐: 단서일 뿐 증거가 아님. 문안을 확인한 뒤 판단하세요",
    ),
}
