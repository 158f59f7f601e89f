"""A report out of an assessment: chapters in their order, each rule told in the chapter of what breaks it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from compliance.language import Language
from compliance.model.finding import (
    ContradictionFinding,
    CopyrightFinding,
    DependencyFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    NoticeFinding,
    OriginFinding,
    WeightsFinding,
)
from compliance.model.quotation import Quotations
from compliance.model.text import Text
from compliance.model.verdict import Assessment
from compliance.reporters import wording
from compliance.reporters.report import (
    appendix,
    changes,
    closing,
    code_origins,
    examination,
    obligations,
    statements,
    summary,
    weights,
)
from compliance.reporters.report.blocks import Block, Paragraph, Report, Section
from compliance.reporters.report.frame import Frame
from compliance.reporters.terminal_text import visible
from compliance.reporters.violation_groups import ViolationGroup, findings_of

_OF_KIND: Mapping[type[Finding], str] = {
    OriginFinding: "code",
    WeightsFinding: "weights",
    ModelCardFinding: "weights",
    NoticeFinding: "notices",
    LicenseFinding: "licenses",
    CopyrightFinding: "licenses",
    DependencyFinding: "dependencies",
    ContradictionFinding: "contradictions",
}
_WHOLE = "whole"
"""The chapter of rules that are asked of the submission as a whole."""


def report_of(
    assessment: Assessment,
    language: Language,
    previous: Assessment | None = None,
    quotations: Quotations | None = None,
) -> Report:
    """What there is to tell of `assessment`, in `language`.

    Args:
        assessment: the judged facts.
        language: of every text.
        previous: an earlier assessment of the same submission, to say what has changed.
        quotations: lines of the examined files, to stand beside known code.
    """
    return told(Frame(assessment, language, quotations), previous)


def told(frame: Frame, previous: Assessment | None = None) -> Report:
    """What there is to tell of what `frame` has looked up; `previous` as for `report_of`."""
    assessment, subject = frame.assessment, frame.assessment.subject
    since = [changes.section(frame, previous)] if previous is not None else []
    waived = [one] if (one := obligations.waivers(frame)) else []
    compared = [one] if (one := appendix.section(frame)) else []
    return Report(
        title=frame.say(_TITLE),
        subtitle=visible(wording.title(subject)),
        language=frame.language,
        sections=(
            summary.section(frame),
            *since,
            examination.section(frame),
            _findings(frame),
            obligations.section(frame),
            *waived,
            closing.glossary(frame),
            closing.reproduction(frame, compared=previous is not None),
            *compared,
        ),
        date=assessment.policy.evaluated_on,
        author=f"{assessment.tool.name} {assessment.tool.version}",
    )


def _findings(frame: Frame) -> Section:
    groups: defaultdict[str, list[ViolationGroup]] = defaultdict(list)
    for group in frame.groups:
        groups[_chapter_of(frame, group)].append(group)
    told = {id(group): said for group, said in zip(frame.groups, frame.violated(frame.groups), strict=True)}
    chapters = []
    for name, title, draw in _CHAPTERS:
        blocks: tuple[Block, ...] = (*(told[id(group)] for group in groups[name]), *draw(frame))
        chapters.append(Section(name, frame.say(title), blocks or (Paragraph(frame.say(_NOTHING), "quiet"),)))
    return Section("findings", frame.say(_FINDINGS), sections=tuple(chapters))


def _chapter_of(frame: Frame, group: ViolationGroup) -> str:
    """The chapter of most of the findings behind `group`; of as many, of the first ones by place."""
    chapters = Counter(map(_chapter, findings_of(group, frame.by_id)))
    return chapters.most_common(1)[0][0] if chapters else _WHOLE


def _chapter(finding: Finding) -> str:
    if isinstance(finding, LicenseFinding) and finding.subject == "weights":
        return "weights"
    return _OF_KIND[type(finding)]


def _nothing(frame: Frame) -> Iterator[Block]:
    return iter(())


_CHAPTERS: tuple[tuple[str, Text, Callable[[Frame], Iterator[Block]]], ...] = (
    (_WHOLE, Text(en="The submission as a whole", ko="제출물 전체"), _nothing),
    ("code", Text(en="Third-party code and its lineage", ko="제삼자 코드와 계보"), code_origins.blocks),
    ("weights", Text(en="Weights, their parts and licenses", ko="가중치, 구성 요소, 라이선스"), weights.blocks),
    ("notices", Text(en="Notices", ko="고지"), statements.notices),
    (
        "licenses",
        Text(en="Licenses and copyrights of code and data", ko="코드와 데이터의 라이선스, 저작권"),
        statements.licenses,
    ),
    ("dependencies", Text(en="Dependencies", ko="의존성"), statements.dependencies),
    ("contradictions", Text(en="Contradictions", ko="모순"), statements.contradictions),
)
_TITLE = Text(en="Compliance report", ko="라이선스·오픈소스 준수 검사 보고서")
_FINDINGS = Text(en="Findings", ko="확인한 사실")
_NOTHING = Text(en="Nothing was found.", ko="확인된 것이 없습니다.")
