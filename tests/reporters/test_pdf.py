"""The report on paper, read back by another library: all its words, tagged, always the same, nothing as markup."""

import io
from pathlib import Path

import msgspec
import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from compliance.errors import ConfigurationError
from compliance.language import Language
from compliance.model.evidence import Statement
from compliance.model.finding import LicenseFinding, place
from compliance.model.verdict import Assessment
from compliance.reporters.pdf import REPORTER
from compliance.reporters.report.blocks import Violated
from compliance.reporters.report.building import report_of
from compliance.reporters.reporter import ReportOptions
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.small_assessments import violating

REPORT = (Path(__file__).parents[2] / "reports" / "templates" / "report.typ").read_text(encoding="utf-8")


def pdf(assessment: Assessment, language: Language = "ko") -> bytes:
    return REPORTER.render(assessment, ReportOptions(language, previous=EXAMPLE))


def text_of(content: bytes) -> str:
    """All words, without the breaks of lines and pages."""
    return "".join(extract_text(io.BytesIO(content)).replace("\u200b", "").split())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_chapter_and_every_broken_rule_is_there(language: Language) -> None:
    text = text_of(pdf(EXAMPLE, language))
    for chapter in report_of(EXAMPLE, language, EXAMPLE).sections:
        for section in chapter.walk():
            assert "".join(section.title.split()) in text
            for block in section.blocks:
                assert not isinstance(block, Violated) or "".join(block.message.split()) in text


def test_it_is_tagged_titled_and_in_the_readers_language() -> None:
    document = PDFDocument(PDFParser(io.BytesIO(pdf(EXAMPLE))))
    assert document.catalog["MarkInfo"]["Marked"]
    assert document.catalog["Lang"] == b"ko"
    assert "StructTreeRoot" in document.catalog
    metadata = document.catalog["Metadata"].resolve().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


@pytest.mark.parametrize("assessment", [EXAMPLE, CLEAN])
def test_the_same_assessment_gives_the_same_bytes(assessment: Assessment) -> None:
    assert pdf(assessment) == pdf(assessment)


@pytest.mark.parametrize(
    "hostile",
    ['#panic("x")', "$ x^2 $", "*bold* _it_", '#import "@preview/x:1.0.0"', "\\u{41}", "@label", "= heading"],
)
def test_hostile_words_stay_words(hostile: str) -> None:
    findings = tuple(msgspec.structs.replace(one, path=hostile, lines=None) for one in EXAMPLE.findings)
    subject = msgspec.structs.replace(EXAMPLE.subject, name=hostile)
    text = text_of(pdf(msgspec.structs.replace(EXAMPLE, findings=findings, subject=subject)))
    assert text.count("".join(hostile.split())) > len(findings) / 2


def test_without_a_font_for_korean_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.reporters.report.typesetting.FONTS", ("No Such Font",))
    monkeypatch.setattr(
        "compliance.shipped_files.read",
        lambda *names: REPORT.replace('"Pretendard GOV", "Noto Sans CJK KR"', '"No Such Font",'),
    )
    with pytest.raises(ConfigurationError, match="font"):
        pdf(EXAMPLE)


def test_a_long_name_without_a_gap_stays_in_its_column() -> None:
    said = Statement(field="license", says="7" * 60)
    finding = place(LicenseFinding(expression="MIT", basis="detected", evidence=(said,)), "x", None)
    pages = extract_pages(io.BytesIO(pdf(violating(finding, rule="zzz"), "en")))
    lines = [
        line
        for page in pages
        for box in page
        if isinstance(box, LTTextBox)
        for line in box
        if isinstance(line, LTTextLine)
    ]
    evidence = [line for line in lines if line.get_text().replace("\u200b", "").startswith("777")]
    rules = [line for line in lines if line.get_text().strip() == "zzz"]
    assert len(evidence) > 1
    assert max(line.x1 for line in evidence) <= max(line.x0 for line in rules)


def test_a_fact_that_stands_twice_in_a_stored_assessment_has_one_row() -> None:
    finding = place(LicenseFinding(expression="MIT", basis="detected", lines=(3, 3)), "once.py", None)
    told = violating(finding, finding)

    once = text_of(REPORTER.render(msgspec.structs.replace(told, findings=(finding,)), ReportOptions("en")))

    assert text_of(REPORTER.render(told, ReportOptions("en"))).count("once.py:3") == once.count("once.py:3")
