"""A waiver that has expired or covers nothing is told in every report that tells what was waived."""

import msgspec
import pytest

from compliance.language import Language
from compliance.model.text import Text
from compliance.model.verdict import Assessment, WaiverFault
from compliance.reporters.report.building import report_of
from compliance.reporters.reporter import ReportOptions, reporters
from tests.reporters.example_assessment import CLEAN, EXAMPLE

SAYS = Text(en="it expired yesterday", ko="어제 만료됨")
FAULT = WaiverFault(waiver="oldone", file="waivers.yaml", line=7, fault="expired", message=SAYS)


def with_fault(assessment: Assessment) -> Assessment:
    return msgspec.structs.replace(assessment, waiver_faults=(FAULT,))


@pytest.mark.parametrize("assessment", [CLEAN, EXAMPLE], ids=["clean", "example"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", ["console", "html", "json", "junit", "markdown", "sarif"])
def test_the_fault_is_told_with_its_waiver(name: str, language: Language, assessment: Assessment) -> None:
    rendered = reporters()[name].render(with_fault(assessment), ReportOptions(language))
    text = rendered if isinstance(rendered, str) else rendered.decode()
    assert SAYS.in_language(language) in text
    assert "oldone" in text


@pytest.mark.parametrize("assessment", [CLEAN, EXAMPLE], ids=["clean", "example"])
def test_documents_for_offices_have_it_in_their_section_of_waivers(assessment: Assessment) -> None:
    sections = {one.anchor: one for one in report_of(with_fault(assessment), "ko").sections}
    assert "어제 만료됨" in repr(sections["waivers"])
