"""Weights: who made which part of the model, under which license, and what that license says."""

from collections.abc import Iterator, Sequence

from compliance import country_names
from compliance.licenses import catalog
from compliance.licenses.catalog import WeightLicense
from compliance.licenses.expressions import leaves
from compliance.licenses.term_definition import ABSENT, TermDefinition
from compliance.licenses.term_words import answer, clause
from compliance.licenses.terms import TERMS
from compliance.model import fact_words
from compliance.model.finding import LicenseFinding, ModelCardFinding, WeightsFinding
from compliance.model.text import Text
from compliance.reporters import card_words, finding_words, wording
from compliance.reporters.report import counts
from compliance.reporters.report.blocks import Block, Edge, Graph, Node, Paragraph, Row
from compliance.reporters.report.frame import Frame
from compliance.reporters.report.tables import table
from compliance.reporters.terminal_text import visible


def blocks(frame: Frame) -> Iterator[Block]:
    """Parts of the model with their makers, stated licenses, the terms of those, and what cards say."""
    parts = frame.of(WeightsFinding)
    yield from _components(frame, parts)
    if parts:
        yield table(frame.say, _PARTS, _PART_COLUMNS, [_part(frame, one) for one in parts])
    stated = [one for one in frame.of(LicenseFinding) if one.subject == "weights"]
    if stated:
        yield table(frame.say, _LICENSES, _LICENSE_COLUMNS, [_stated(frame, one) for one in stated])
    if known := _known(parts, stated):
        yield Paragraph(frame.say(_keys([one.id for one in known])), "quiet")
    for license_ in known:
        yield from _terms(frame, license_)
    if cards := frame.of(ModelCardFinding):
        yield table(
            frame.say,
            _CARDS,
            _CARD_COLUMNS,
            [frame.row(one, _field(frame, one), visible(one.value)) for one in cards],
        )


def _part(frame: Frame, finding: WeightsFinding) -> Row:
    size = [frame.say(one) for one in wording.weights_size(finding.tensors, finding.parameters)]
    country = frame.say(country_names.name(finding.country))
    return frame.row(
        finding,
        (
            frame.say(fact_words.component(visible(finding.component))),
            *filter(None, (visible(finding.format or ""),)),
            *size,
        ),
        visible(", ".join(filter(None, (finding.family, finding.developer, country)))) or "–",
        counts.percent(finding.confidence),
        (
            frame.say(fact_words.WEIGHTS_BASES[finding.basis]),
            *filter(None, (finding_words.grounds(finding, frame.language),)),
        ),
    )


def _field(frame: Frame, finding: ModelCardFinding) -> str:
    return card_words.field(finding.field, frame.language) or visible(finding.field)


def _stated(frame: Frame, finding: LicenseFinding) -> Row:
    return frame.row(
        finding,
        finding_words.fact(finding, frame.language),
        finding_words.grounds(finding, frame.language) or "–",
    )


def _known(parts: Sequence[WeightsFinding], stated: Sequence[LicenseFinding]) -> list[WeightLicense]:
    """The licenses of the knowledge base that findings name, each once, by id."""
    ids = {one.license_id for one in parts if one.license_id}
    ids |= {identifier for one in stated for identifier in one.license_ids}
    found = [one for name in sorted(ids) if (one := catalog.weight_license(name))]
    named = [leaf for one in stated for leaf in leaves(one.expression)]
    found += [one for leaf in named for one in catalog.licenses_by_spdx(leaf)]
    return sorted({one.id: one for one in found}.values(), key=lambda one: one.id)


def _keys(licenses: Sequence[str]) -> Text:
    """How an editor of policies finds the words that rules use for what the tables below say."""
    commands = ", ".join(f"`compliance licenses show {one}`" for one in licenses)
    return Text(
        en=f"The words that policies use for the terms below are told by {commands}.",
        ko=f"아래 조건을 정책에 적을 때 쓰는 이름을 보려면: {commands}",
    )


def _terms(frame: Frame, license_: WeightLicense) -> Iterator[Block]:
    title = Text(en=f"What {license_.name.en} says", ko=f"{license_.name.ko}의 조건")
    if license_.is_lead:
        yield Paragraph(f"{frame.say(license_.name)}: {frame.say(_LEAD)}")
    answered = [one for one in TERMS if license_.terms[one.name].value not in ABSENT]
    rows = [_answered(frame, license_, one) for one in answered]
    for value, label in ABSENT.items():
        names = [frame.say(one.label) for one in TERMS if license_.terms[one.name].value == value]
        if names:
            rows.append(Row((frame.say(label), ", ".join(names), "–")))
    yield table(frame.say, title, _TERM_COLUMNS, rows)


def _answered(frame: Frame, license_: WeightLicense, definition: TermDefinition) -> Row:
    term = license_.terms[definition.name]
    return Row(
        (
            frame.say(definition.label),
            visible(answer(definition, term.value, frame.language)),
            visible(clause(term, frame.language)) or "–",
        )
    )


def _components(frame: Frame, parts: Sequence[WeightsFinding]) -> Iterator[Graph]:
    """Which part of the model comes from whom, as far as something says so."""
    makers: dict[tuple[str, str], set[str]] = {}
    for one in parts:
        maker = one.developer or one.family
        if maker:
            makers.setdefault((one.component, maker), set()).add(frame.say(fact_words.WEIGHTS_BASES[one.basis]))
    if not makers:
        return
    components = sorted({one.component for one in parts})
    nodes = [Node("subject", visible(frame.assessment.subject.name), kind="subject")]
    called = {name: frame.say(fact_words.component(visible(name))) for name in components}
    nodes += [Node(f"part-{name}", called[name], kind="component") for name in components]
    nodes += [
        Node(f"maker-{name}", visible(name), kind="maker") for name in sorted({maker for _, maker in makers})
    ]
    edges = [Edge("subject", f"part-{name}") for name in components]
    edges += [
        Edge(f"part-{part}", f"maker-{maker}", ", ".join(sorted(how)))
        for (part, maker), how in sorted(makers.items())
    ]
    told = "; ".join(
        f"{called[part]} → {maker} ({', '.join(sorted(how))})" for (part, maker), how in sorted(makers.items())
    )
    yield Graph(frame.say(_MAP), told, tuple(nodes), tuple(edges))


_MAP = Text(
    en="Parts of the model and whom they name (a name is no proof of whose the values are)",
    ko="모델의 구성 요소와 언급된 개발자(이름은 가중치 출처의 증명이 아님)",
)
_PARTS = Text(en="Parts of the model", ko="모델의 구성 요소")
_LICENSES = Text(en="Licenses stated for weights", ko="가중치에 대해 밝힌 라이선스")
_CARDS = Text(en="What cards and configurations say", ko="모델 카드와 설정 파일의 내용")
_LEAD = Text(
    en="known from reports by others alone. It is a lead and no proof; read the text before relying on it.",
    ko="간접 자료로만 알려진 라이선스입니다. 단서일 뿐 증거가 아니므로 원문을 확인한 뒤 판단하세요.",
)
_PLACE = Text(en="File and lines", ko="파일과 행")
_RULES = Text(en="Rules", ko="규칙")
_EVIDENCE = Text(en="Evidence", ko="근거")
_PART_COLUMNS = (
    (_PLACE, 4),
    (Text(en="Part, format, size", ko="구성 요소, 형식, 크기"), 4),
    (Text(en="Family, developer, country", ko="계열, 개발자, 국가"), 4),
    (Text(en="Confidence", ko="신뢰도"), 1, True),
    (Text(en="Told by, evidence", ko="판단 근거"), 6),
    (_RULES, 5),
)
_LICENSE_COLUMNS = ((_PLACE, 4), (Text(en="License", ko="라이선스"), 4), (_EVIDENCE, 4), (_RULES, 6))
_CARD_COLUMNS = ((_PLACE, 4), (Text(en="Field", ko="항목"), 4), (Text(en="Value", ko="값"), 5), (_RULES, 4))
_TERM_COLUMNS = (
    (Text(en="Term", ko="조건"), 2),
    (Text(en="What the license says", ko="라이선스의 내용"), 4),
    (Text(en="Section and first words", ko="조항과 첫 단어"), 4),
)
