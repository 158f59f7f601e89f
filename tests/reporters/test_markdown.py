"""The comment for a pull request: short, and nothing of what was examined acts as markup."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from compliance.model.finding import DependencyFinding, place
from compliance.reporters.markdown import REPORTER
from compliance.reporters.report.building import report_of
from compliance.reporters.report.markdown_text import code, escaped
from compliance.reporters.reporter import ReportOptions
from tests.reporters.example_assessment import CLEAN, EXAMPLE

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


def read(markdown: str) -> str:
    """The text that a reader of `markdown` sees, without any markup."""
    (inline,) = [token for token in READER.parse(markdown) if token.type == "inline"]
    children = inline.children or []
    assert {child.type for child in children} <= {"text", "text_special", "code_inline"}, children
    return "".join(child.content for child in children)


@given(WORDS)
def test_escaped_words_read_as_they_do(words: str) -> None:
    assert read(f"x {escaped(words)} x") == f"x {words} x"


@given(WORDS)
def test_code_reads_as_it_does(words: str) -> None:
    assert read(f"x {code(words)} x") == f"x {words} x"


def test_every_verdict_and_every_rule_to_act_on_is_there() -> None:
    text = REPORTER.render(EXAMPLE, ReportOptions("en"))
    assert text.count("\n| ") == len(EXAMPLE.verdicts) + 1
    assert {one.rule for one in EXAMPLE.violations if one.severity in ("fail", "review")} == set(
        re.findall(r"^- \*\*\w+\*\* `([\w-]+)`", text, re.MULTILINE)
    )


def test_places_that_read_alike_stand_there_once_with_their_count() -> None:
    packages = [DependencyFinding(purl=f"pkg:pypi/{name}", scope="runtime") for name in "abcd"]
    findings = [place(one, "pyproject.toml", None) for one in packages[:3]]
    findings += [place(packages[3], f"{folder}/pyproject.toml", None) for folder in "abcd"]
    broken = msgspec.structs.replace(EXAMPLE.violations[0], findings=tuple(one.id for one in findings))
    assessment = msgspec.structs.replace(EXAMPLE, findings=tuple(findings), violations=(broken,))
    text = REPORTER.render(assessment, ReportOptions("en"))
    places = [line for line in text.splitlines() if line.startswith("  - ")][:-1]

    assert places[:3] == ["  - `a/pyproject.toml`", "  - `b/pyproject.toml`", "  - `c/pyproject.toml`"]
    assert "4 more" in places[3]


def test_a_clean_assessment_says_so() -> None:
    assert "No rule asks for a change or a review." in REPORTER.render(CLEAN, ReportOptions("en"))


def test_the_first_files_without_a_license_are_named_and_the_others_counted() -> None:
    counts = msgspec.structs.replace(CLEAN.counts, unlicensed=7, unlicensed_paths=tuple("abcdefg"))
    said = REPORTER.render(msgspec.structs.replace(CLEAN, counts=counts), ReportOptions(language="en"))
    listed = said.partition("**Files for which no license was found\\: 7**\n\n")[2].partition("\n\n")[0]
    assert listed.splitlines() == ["- `a`", "- `b`", "- `c`", "- `d`", "- `e`", "- and 2 more"]


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "![x](http://a)", "@team #1", "`` ` ``", "a|b"])
def test_a_hostile_path_is_no_markup(hostile: str) -> None:
    findings = tuple(msgspec.structs.replace(one, path=hostile) for one in EXAMPLE.findings)
    text = REPORTER.render(msgspec.structs.replace(EXAMPLE, findings=findings), ReportOptions("en"))
    tokens = [child for token in READER.parse(text) for child in token.children or []]
    assert not [one for one in tokens if one.type in {"image", "link_open"}]
    assert {one.content for one in tokens if one.type == "html_inline"} <= {"<br>", "<sub>", "</sub>"}


def test_a_whole_report_can_be_drawn_as_a_document() -> None:
    text = REPORTER.draw(report_of(EXAMPLE, "en", CLEAN))

    assert text.startswith("# Compliance report\n")
    assert "\n## Summary\n" in text
    assert "\n### Third\\-party code and its lineage\n" in text
    for part in report_of(EXAMPLE, "en", CLEAN).sections:
        assert escaped(part.title) in text
    assert "<" not in text.replace("<br>", "").replace("&lt;", "")
