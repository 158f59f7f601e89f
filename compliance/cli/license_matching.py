"""What `compliance licenses match` says: which license a text is, what was altered, or which terms it may have."""

from typing import Any

import msgspec

from compliance.cli.laid_out_lines import Lines
from compliance.language import Language
from compliance.licenses.catalog import WeightLicense, weight_license
from compliance.licenses.clause_reading import ReadTerm, read_terms
from compliance.licenses.term_definition import TermDefinition
from compliance.licenses.terms import TERMS
from compliance.licenses.text_comparison import ClauseChange
from compliance.licenses.text_matching import TextMatch
from compliance.licenses.text_parts import license_parts
from compliance.licenses.weight_license_texts import known_texts
from compliance.licenses.words import TextWords
from compliance.model.text import Text

_DEFINITIONS = {one.name: one for one in TERMS}


def matched(text: TextWords, language: Language, width: int) -> str:
    """What `text` is, for a person."""
    said = Lines(language, width)
    known = [
        (part, license_)
        for part in license_parts(text, known_texts())
        if (license_ := weight_license(part.match.id)) is not None
    ]
    for number, (part, license_) in enumerate(known):
        if number:
            said.line("")
        if len(known) > 1:
            said.row(_PART, f"{part.text.lines[0]}\u2013{part.text.lines[-1]}")
        _known(said, part.match, license_)
    if not known:
        _unknown(said, read_terms(text))
    return said.text()


def matched_json(text: TextWords) -> dict[str, Any]:
    """The same for programs: the first license and all of them, or null and the terms that patterns read."""
    parts = license_parts(text, known_texts())
    terms = () if parts else read_terms(text)
    return {
        "license": _plain(parts[0].match) if parts else None,
        "licenses": [{"lines": [part.text.lines[0], part.text.lines[-1]], **_plain(part.match)} for part in parts],
        "terms": [msgspec.to_builtins(one) for one in terms],
    }


def _plain(found: TextMatch) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(found)
    for change in plain["changes"]:
        del change["differing"]  # sets, of which the first words are told
    return plain


def _known(said: Lines, found: TextMatch, license_: WeightLicense) -> None:
    said.flow(f"{license_.id}: {license_.name.in_language(said.language)}")
    said.row(_SHARE, _BASES[found.basis].in_language(said.language).format(share=f"{100 * found.share:.0f}"))
    if found.told_by:
        said.row(_TOLD_BY, f'"{found.told_by}"')
    said.row(_TERMS, f"compliance licenses show {license_.id}")
    said.line("")
    if found.basis == "clauses":
        said.paragraph(_NOT_COMPARED, indent=0)
    elif not found.changes:
        said.paragraph(_UNALTERED, indent=0)
    else:
        said.paragraph(_altered(len(found.changes)), indent=0)
    for change in found.changes:
        said.row(_KINDS[change.kind], _changed(change))


def _changed(change: ClauseChange) -> str:
    place = f"{change.lines[0]}\u2013{change.lines[1]}: " if change.lines else ""
    difference = f" [-{change.was}-] {{+{change.now}+}}" if change.kind == "changed" else ""
    return f"{place}{change.says} \u2026{difference}"


def _unknown(said: Lines, terms: tuple[ReadTerm, ...]) -> None:
    said.paragraph(_READ if terms else _NOTHING, indent=0)
    for one in terms:
        definition: TermDefinition = _DEFINITIONS[one.term]
        label = definition.label.in_language(said.language)
        value = definition.label_of(one.value).in_language(said.language)
        said.flow(f"  {one.lines[0]}: {label}: {value}: {one.says} \u2026")


_PART = Text(en="lines", ko="행")
_SHARE = Text(en="likeness", ko="일치도")
_TOLD_BY = Text(en="told apart by", ko="구별 문구")
_TERMS = Text(en="terms", ko="조건")
_BASES = {
    "text": Text(en="{share} % of the known text stands here", ko="알려진 본문의 {share} %가 이 파일에 있음"),
    "clauses": Text(
        en="{share} % of the known clauses stand here; the whole text isn't at hand",
        ko="알려진 조항의 {share} %가 이 파일에 있음. 비교할 전체 본문은 없음",
    ),
}
_KINDS = {
    "added": Text(en="added", ko="추가"),
    "removed": Text(en="removed", ko="삭제"),
    "changed": Text(en="changed", ko="변경"),
}
_UNALTERED = Text(en="No clause differs from the known text.", ko="알려진 본문과 다른 조항 없음.")
_NOT_COMPARED = Text(
    en="Whether clauses were altered can't be told. Compare it with the original text by hand.",
    ko="조항 변경 여부는 알 수 없음. 원문과 직접 비교하세요.",
)
_NOTHING = Text(
    en="No license of the knowledge base, and no clause that a pattern knows. Read it, or let `compliance check` "
    "ask ScanCode, which knows thousands of other licenses.",
    ko="라이선스 자료에 없는 본문이고 자동으로 읽힌 조항도 없음. 직접 읽거나, "
    "다른 라이선스 수천 종을 아는 ScanCode로 `compliance check` 명령을 실행하세요.",
)
_READ = Text(
    en="No license of the knowledge base. Patterns read these clauses; whatever they miss is unknown, not silent. "
    "Read the text before you rely on it.",
    ko="라이선스 자료에 없는 본문. 아래는 자동으로 읽은 조항이며, 빠진 조건은 없는 것이 아니라 알 수 없는 것임. "
    "근거로 쓰기 전에 본문을 직접 읽으세요.",
)


def _altered(count: int) -> Text:
    return Text(
        en=f"Clauses that differ from the known text: {count}. Ask for the terms that hold.",
        ko=f"알려진 본문과 다른 조항 {count}개. 실제로 적용되는 조건을 확인하세요.",
    )
