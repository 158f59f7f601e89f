"""The web page: self-contained, every link with an end, and nothing of what was examined acts as markup."""

import re
from collections import Counter
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given

from compliance.language import Language
from compliance.model.verdict import Assessment
from compliance.reporters.html import REPORTER
from compliance.reporters.reporter import ReportOptions
from tests.reporters.assessment_strategies import assessments
from tests.reporters.example_assessment import CLEAN, EXAMPLE

LANGUAGES: tuple[Language, ...] = ("en", "ko")
TAGS = """
html head meta title style body a header p h1 h2 h3 h4 nav ul li form label input select option output main
section table thead tbody tr th td caption col colgroup span code strong article details summary div dl dt dd
figure figcaption pre svg rect path text script wbr
"""


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        found = dict(attributes)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.addresses += [found[name] or "" for name in ("href", "src") if name in found]
        assert not [name for name in found if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def page(assessment: Assessment, language: Language = "en") -> Page:
    return Page(REPORTER.render(assessment, ReportOptions(language, previous=EXAMPLE)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("assessment", [EXAMPLE, CLEAN])
def test_every_link_leads_to_one_place_of_the_page(assessment: Assessment, language: Language) -> None:
    found = page(assessment, language)
    assert max(Counter(found.ids).values()) == 1
    assert {address.removeprefix("#") for address in found.addresses} <= set(found.ids)


def test_nothing_is_loaded_from_elsewhere() -> None:
    text = REPORTER.render(EXAMPLE, ReportOptions("en"))
    assert "default-src 'none'" in text
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) == {"http://www.w3.org/2000/svg"}


def test_long_paths_may_break_at_their_signs_and_stay_the_same_when_copied() -> None:
    path = "src/hanbit/layers/a_long_name_<b>_of_a_module.py"
    findings = tuple(msgspec.structs.replace(one, path=path, lines=None) for one in EXAMPLE.findings)
    found = page(msgspec.structs.replace(EXAMPLE, findings=findings))

    assert found.tags["wbr"] > len(findings)
    assert "".join(found.said).count(path) >= len(findings)
    assert "wbr" not in "".join(found.said)


def test_the_numbers_of_lines_stay_together() -> None:
    findings = tuple(
        msgspec.structs.replace(one, path="models/hanbit.py", lines=(101, 112)) for one in EXAMPLE.findings
    )
    text = REPORTER.render(msgspec.structs.replace(EXAMPLE, findings=findings), ReportOptions("en"))

    assert 'hanbit.py:<wbr><span class="together">101-112</span>' in text


def test_the_page_says_which_language_it_is_in() -> None:
    assert '<html lang="ko">' in REPORTER.render(EXAMPLE, ReportOptions("ko"))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7*7 }}",
        "{% raw %}",
        '" onclick="x',
        "</pre>",
    ],
)
def test_hostile_words_stay_words(hostile: str) -> None:
    findings = tuple(msgspec.structs.replace(one, path=hostile) for one in EXAMPLE.findings)
    subject = msgspec.structs.replace(EXAMPLE.subject, name=hostile, team=hostile)
    found = page(msgspec.structs.replace(EXAMPLE, findings=findings, subject=subject))
    assert found.tags["script"] == 1
    assert set(found.tags) <= set(TAGS.split())
    assert any(hostile in said for said in found.said)


@given(assessments())
def test_any_assessment_is_a_page_of_known_tags(assessment: Assessment) -> None:
    found = page(assessment)
    assert set(found.tags) <= set(TAGS.split())
    assert found.tags["script"] == 1
