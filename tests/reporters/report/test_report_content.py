"""What a report says: every finding in its chapter, every link with an end, the same in both languages."""

from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given

from compliance.language import Language
from compliance.model.finding import (
    ContradictionFinding,
    DependencyFinding,
    LicenseFinding,
    NoticeFinding,
    Origin,
    OriginFinding,
    Span,
    WeightsFinding,
    place,
)
from compliance.model.quotation import Quotation, Quotations
from compliance.model.text import Text
from compliance.model.verdict import Assessment, BaseReference, Verdict, WaiverFileReference
from compliance.reporters import finding_words
from compliance.reporters.report import counts
from compliance.reporters.report.blocks import (
    Bars,
    Block,
    Judgements,
    Link,
    Preformatted,
    Report,
    Row,
    SideBySide,
    Table,
    Violated,
    parts_of,
)
from compliance.reporters.report.building import report_of
from compliance.reporters.report.code_origins import MOST_IN_GRAPH
from compliance.reporters.report.condensing import MOST_ROWS
from compliance.reporters.report.frame import anchor_of
from compliance.reporters.report.on_pages import on_pages
from compliance.reporters.report.tables import Words
from tests.reporters.assessment_strategies import assessments
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.small_assessments import violating

LANGUAGES: tuple[Language, ...] = ("en", "ko")


def blocks(report: Report) -> Iterator[Block]:
    for chapter in report.sections:
        for section in chapter.walk():
            yield from section.blocks


def anchors(report: Report) -> Counter[str]:
    found = Counter(section.anchor for chapter in report.sections for section in chapter.walk())
    for block in blocks(report):
        match block:
            case Table(rows=rows):
                found.update(row.anchor for row in rows if row.anchor)
            case Violated(anchor=anchor) | SideBySide(anchor=anchor):
                found[anchor] += 1
    return found


def links(report: Report) -> Iterator[Link]:
    for block in blocks(report):
        match block:
            case Table(rows=rows):
                cells = [cell for row in rows for cell in row.cells]
                yield from (
                    one
                    for cell in cells
                    for one in (cell if isinstance(cell, tuple) else (cell,))
                    if isinstance(one, Link)
                )
            case Violated(places=places):
                yield from places
            case SideBySide(finding=Link() as finding):
                yield finding
            case Judgements(rows=judged):
                yield from (reason for one in judged for reason in one.reasons)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("assessment", [EXAMPLE, CLEAN])
def test_every_link_leads_to_one_place(language: Language, assessment: Assessment) -> None:
    report = report_of(assessment, language, EXAMPLE)
    found = anchors(report)
    assert max(found.values()) == 1
    assert {link.anchor for link in links(report)} <= set(found)


def test_every_finding_of_weight_has_a_row() -> None:
    told = anchors(report_of(EXAMPLE, "en"))
    kinds = (OriginFinding, WeightsFinding, NoticeFinding, DependencyFinding, ContradictionFinding)
    assert {anchor_of(one) for one in EXAMPLE.findings if isinstance(one, kinds)} <= set(told)


def test_every_finding_that_breaks_a_rule_has_a_row() -> None:
    broken = {name for one in EXAMPLE.violations for name in one.findings}
    told = anchors(report_of(EXAMPLE, "en"))
    assert {anchor_of(one) for one in EXAMPLE.findings if one.id in broken} <= set(told)


def rows_by_anchor(report: Report) -> dict[str, Row]:
    return {row.anchor: row for one in blocks(report) if isinstance(one, Table) for row in one.rows if row.anchor}


def test_quotations_are_the_end_of_a_report_and_numbered_as_the_rows_of_their_findings_say() -> None:
    origins = [one for one in EXAMPLE.findings if isinstance(one, OriginFinding)]
    quoted = [Quotation(path=one.path, lines=span.lines, text=("x",)) for one in origins for span in one.spans]
    report = report_of(EXAMPLE, "en", quotations=Quotations(quotations=tuple(quoted)))
    appendix = [block for block in report.sections[-1].blocks if isinstance(block, SideBySide)]

    assert [entry.number for entry in appendix] == list(range(1, len(appendix) + 1))
    for entry in appendix:
        assert isinstance(entry.finding, Link)
        row = rows_by_anchor(report)[entry.finding.anchor]
        assert row.cells[0] == (entry.finding.text, Link(entry.label, entry.anchor))


def test_an_appendix_without_quotations_has_the_same_numbers() -> None:
    entries = [block for block in report_of(EXAMPLE, "en").sections[-1].blocks if isinstance(block, SideBySide)]

    assert [(one.number, one.label) for one in entries] == [(1, "Places 1")]
    assert [one.brief for one in entries[0].stretches] == [
        "14-96 ↔ 102-190  HanbitExperts ↔ GaramMoE",
        "120-212 ↔ 201-300",
    ]


def test_a_class_that_is_called_alike_on_both_sides_is_named_once() -> None:
    spans = (
        Span(lines=(1, 9), name="Model", origin_path="o.py", origin_lines=(3, 11), origin_name="Model"),
        Span(lines=(20, 29), name="Ours", origin_path="o.py", origin_lines=(30, 39), origin_name="Theirs"),
    )
    nearest = Origin(family="f", project="p", relation="copied", role="direct")
    report = report_of(violating(place(OriginFinding(lineage=(nearest,), spans=spans), "a.py", None)), "en")

    (entry,) = [block for block in blocks(report) if isinstance(block, SideBySide)]

    assert [one.names for one in entry.stretches] == ["Model", "Ours ↔ Theirs"]


def test_a_report_without_places_side_by_side_has_no_appendix() -> None:
    assert "appendix" not in {section.anchor for section in report_of(CLEAN, "en").sections}


def test_every_violation_is_told_once_for_all_targets() -> None:
    told = [block.rule for block in blocks(report_of(EXAMPLE, "en")) if isinstance(block, Violated)]
    assert Counter(told) == Counter({one.rule for one in EXAMPLE.violations})


def test_both_languages_have_the_same_form() -> None:
    english, korean = (report_of(EXAMPLE, language) for language in LANGUAGES)
    assert [type(block) for block in blocks(english)] == [type(block) for block in blocks(korean)]
    assert anchors(english) == anchors(korean)


def test_the_first_page_has_every_verdict() -> None:
    (page,) = [block for block in blocks(report_of(EXAMPLE, "en")) if isinstance(block, Judgements)]
    assert [one.verdict for one in page.rows] == [one.verdict for one in EXAMPLE.verdicts]


def test_a_verdict_that_isnt_a_pass_has_a_reason() -> None:
    (page,) = [block for block in blocks(report_of(EXAMPLE, "en")) if isinstance(block, Judgements)]
    assert all(one.reasons for one in page.rows if one.verdict is not Verdict.PASS)


def test_obligations_come_with_a_notice_file_that_names_holder_license_and_files() -> None:
    made = [block for block in blocks(report_of(EXAMPLE, "en")) if isinstance(block, Preformatted)]
    (text,) = [block.text for block in made if block.title == "NOTICE"]
    assert "garam-serve 0.8.5\n  2024 Garam Example Lab\n  License: Apache-2.0\n" in text
    assert "    src/hanbit/layers/experts.py\n" in text


def test_a_notice_file_names_every_origin_and_says_where_its_license_is_not_known() -> None:
    nearest = Origin(family="siglip", project="", relation="declared", role="direct")
    found = place(OriginFinding(lineage=(nearest,)), "a.py", None)

    (text,) = [
        one.text
        for one in blocks(report_of(violating(found), "en"))
        if isinstance(one, Preformatted) and one.title == "NOTICE"
    ]

    assert (
        "\nsiglip\n  License: not known, find out before you publish this\n  In these files:\n    a.py\n" in text
    )


def test_a_license_is_named_once_and_a_confidence_called_so() -> None:
    license_ = LicenseFinding(
        expression="LicenseRef-llama-3.1", basis="detected", license_ids=("llama-3.1",), score=100
    )
    part = WeightsFinding(component="model", family="llama", basis="config", confidence=0.2)

    assert finding_words.fact(license_, "ko") == "LicenseRef-llama-3.1, 탐지, 100 %"
    assert finding_words.fact(part, "ko") == "모델 전체: llama, 설정 파일, 신뢰도 20 %"


def test_a_later_report_says_what_is_new_and_what_is_gone() -> None:
    only = [one for one in EXAMPLE.violations if one.rule == "another-origin-nearer"]
    fewer = msgspec.structs.replace(
        EXAMPLE, violations=tuple(one for one in EXAMPLE.violations if one not in only)
    )
    assert only
    assert changed(EXAMPLE, fewer) == {"New findings to which a rule applies": len(only[0].findings)}
    assert changed(fewer, EXAMPLE) == {"Findings that are gone": len(only[0].findings)}


def changed(now: Assessment, before: Assessment) -> dict[str, int]:
    (changes,) = [section for section in report_of(now, "en", before).sections if section.anchor == "changes"]
    return {block.title: len(block.rows) for block in changes.blocks if isinstance(block, Table) and block.title}


def test_files_without_a_license_are_named() -> None:
    tables = [one for one in blocks(report_of(EXAMPLE, "en")) if isinstance(one, Table)]

    (table,) = [one for one in tables if one.title == "Under no license that was found: the first 2"]
    assert [row.cells for row in table.rows] == [("scripts/serve.sh",), ("tools/요청 기록.py",)]


@given(assessments())
def test_any_assessment_can_be_told(assessment: Assessment) -> None:
    for language in LANGUAGES:
        report_of(assessment, language, assessment)


def reproduction(report: Report) -> str:
    return repr(next(one for one in report.sections if one.anchor == "reproduction"))


def test_the_end_names_all_policies_and_waivers_behind_the_verdicts() -> None:
    policy = msgspec.structs.replace(
        EXAMPLE.policy,
        id="our-own",
        extends=(BaseReference(id="base", version="1", digest="sha256:aa"),),
        waivers=(WaiverFileReference(file="our waivers.yaml", digest="sha256:bb"),),
    )
    report = report_of(msgspec.structs.replace(EXAMPLE, policy=policy), "en")
    end = reproduction(report)
    for told in ("base 1", "sha256:aa", "sha256:bb", "--policy our-own.yaml --waivers", "our waivers.yaml"):
        assert told in end


def test_a_shipped_policy_is_named_by_its_name() -> None:
    end = reproduction(report_of(EXAMPLE, "en"))
    assert f"--policy {EXAMPLE.policy.id} " in end


def test_a_change_is_told_with_the_rules_and_policies_behind_it() -> None:
    policy = msgspec.structs.replace(EXAMPLE.policy, version="0.9")
    whole = next(one.rule for one in EXAMPLE.violations if not one.findings and not one.waiver)
    kept = tuple(one for one in EXAMPLE.violations if one.rule != whole)
    before = msgspec.structs.replace(EXAMPLE, policy=policy, violations=kept)
    told = repr(next(one for one in report_of(EXAMPLE, "en", before).sections if one.anchor == "changes"))
    assert f"('Rules that newly apply', '{whole}')" in told
    assert f"{policy.id} 0.9" in told
    same = repr(next(one for one in report_of(EXAMPLE, "en", EXAMPLE).sections if one.anchor == "changes"))
    assert "another policy" not in same


def test_the_commands_at_the_end_name_all_that_the_report_was_made_of() -> None:
    quoted = Quotations()

    assert "report assessment.json --language ko --output report" in reproduction(report_of(EXAMPLE, "ko"))
    told = reproduction(report_of(EXAMPLE, "en", EXAMPLE, quoted))
    assert "assessment.json --previous previous.json --source submission.yaml --language en --output" in told


def test_commands_in_sentences_stand_in_quotes_and_without_marks_of_markup() -> None:
    for language in LANGUAGES:
        for block in blocks(report_of(EXAMPLE, language)):
            assert "`" not in repr(block)
    assert Words("ko")(Text(en="", ko="`git lfs pull` 실행")) == "“git lfs pull” 실행"


def many_origins(count: int) -> Assessment:
    near = [
        Origin(
            family=f"family{number % 7}", project="vllm", relation="copied", role="direct", expression="Apache-2.0"
        )
        for number in range(count)
    ]
    return violating(*(place(OriginFinding(lineage=(one,)), f"a{n:03}.py", None) for n, one in enumerate(near)))


def test_on_pages_findings_of_which_the_same_is_said_share_a_row_with_their_count_and_first_places() -> None:
    whole = report_of(many_origins(MOST_ROWS + 1), "ko")

    (told,) = [block for block in blocks(on_pages(whole)) if isinstance(block, Table) and "출처가" in block.title]

    ((relation, project, families, count, places, rules),) = [row.cells for row in told.rows]
    assert (relation, project) == ("복사된 코드, 색인에서 가장 가까운 출처", ("vllm", "Apache-2.0"))
    assert families == ("family0", "family1", "family2", "family3", "외 3개")
    assert (count, places) == ("101", ("a000.py", "a001.py", "a002.py", "외 98건"))
    assert rules


def test_off_pages_and_in_short_tables_every_finding_has_its_row() -> None:
    many, few = report_of(many_origins(MOST_ROWS + 1), "en"), report_of(many_origins(MOST_ROWS), "en")

    (rows,) = [block.rows for block in blocks(many) if isinstance(block, Table) and block.title.startswith("Code")]
    assert len(rows) == MOST_ROWS + 1
    assert on_pages(few) == few


def test_on_pages_every_link_still_leads_to_one_place() -> None:
    drawn = on_pages(report_of(many_origins(MOST_ROWS + 1), "en"))
    ends = anchors(drawn)
    for block in blocks(drawn):
        if isinstance(block, Table):
            ends.update(anchor for row in block.rows for anchor in row.anchors)

    assert {ends[link.anchor] for link in links(drawn)} == {1}


def many_packages(*purls: str) -> Report:
    found = [
        DependencyFinding(purl=purl, expression="MIT", scope="runtime", locked=True, lines=(line, line))
        for line, purl in enumerate(purls, 1)
    ]
    made = [place(one, "requirements.txt", None) for one in found]
    return on_pages(report_of(violating(*made), "ko"))


@pytest.mark.parametrize(
    ("other", "first", "last"),
    [("pkg:pypi/z", "p000@1", "z"), ("pkg:npm/%40scope/z@1", "npm/%40scope/z@1", "pypi/p099@1")],
)
def test_on_pages_many_packages_with_the_same_terms_share_a_row_that_names_them_all(
    other: str, first: str, last: str
) -> None:
    report = many_packages(*(f"pkg:pypi/p{number:03}@1" for number in range(MOST_ROWS)), other)

    (told,) = [block for block in blocks(report) if isinstance(block, Table) and block.title == "패키지"]

    ((license_, _scope, pinned, packages, count, _rules),) = [row.cells for row in told.rows]
    named = str(packages).split(", ")
    assert (license_, pinned, count) == ("MIT", "예", "101")
    assert (len(named), named[0], named[-1]) == (101, first, last)


def many_third_parties(count: int) -> Assessment:
    """Each with two files, every other one under a license that isn't known."""
    near = [
        Origin(
            family="",
            project=f"project{number:02}",
            relation="copied",
            role="direct",
            share=0.5,
            expression="MIT" if number % 2 else None,
        )
        for number in range(count)
    ]
    found = [
        place(OriginFinding(lineage=(one,)), f"{one.project}/{name}.py", None) for one in near for name in "ab"
    ]
    return violating(*found)


def test_on_pages_a_long_notice_has_a_row_for_third_parties_with_the_same_license_and_holders() -> None:
    whole = report_of(many_third_parties(30), "ko")

    (told,) = [block for block in blocks(on_pages(whole)) if isinstance(block, Table) and block.title == "NOTICE"]
    unknown, known = (row.cells for row in told.rows)

    assert unknown[0] == "알 수 없음(배포 전에 확인하세요)"
    assert (known[0], known[2:]) == (("MIT",), ("–", "30"))
    assert str(known[1]).startswith("project01 (2, 변경됨), project03 (2, 변경됨), ")
    assert str(known[1]).count("project") == str(unknown[1]).count("project") == 15
    assert any(isinstance(block, Preformatted) and block.title == "NOTICE" for block in blocks(whole))


def test_a_short_notice_stands_on_pages_as_it_is() -> None:
    report = report_of(many_third_parties(3), "en")

    assert on_pages(report) == report


def test_the_last_bar_tells_what_the_families_that_are_not_drawn_make_together() -> None:
    found = [
        place(
            OriginFinding(
                lineage=(Origin(family=f"f{number:02}", project="p", relation="copied", role="direct"),),
                spans=(Span(lines=(1, 10), origin_path="o.py", origin_lines=(1, 10)),),
            ),
            f"a{number}.py",
            None,
        )
        for number in range(MOST_IN_GRAPH + 3)
    ]

    (bars,) = [block.bars for block in blocks(report_of(violating(*found), "ko")) if isinstance(block, Bars)]

    assert (len(bars), bars[-1].label, bars[-1].note) == (MOST_IN_GRAPH + 1, "그 밖의 계열 3개", "30행")
    assert sum(one.share for one in bars) == pytest.approx(1)


def test_a_share_that_would_read_as_nothing_is_told_as_less_than_one() -> None:
    assert counts.percent(0.004) == "<1\u00a0%"
    assert counts.percent(0.0) == "0\u00a0%"


def test_a_submission_of_one_source_is_scanned_by_its_file() -> None:
    one = msgspec.structs.replace(EXAMPLE.subject, team="Team Hanbit", sources=EXAMPLE.subject.sources[:1])
    report = report_of(msgspec.structs.replace(EXAMPLE, subject=one), "en")
    assert "compliance scan submission.yaml " in reproduction(report)


def test_a_title_names_a_team_once_that_calls_its_submission_like_itself() -> None:
    subject = msgspec.structs.replace(EXAMPLE.subject, team="Hanbit", name="Hanbit")

    assert report_of(msgspec.structs.replace(EXAMPLE, subject=subject), "en").subtitle == "Hanbit"


@pytest.mark.parametrize(("language", "country"), [("en", "China"), ("ko", "중국")])
def test_countries_are_told_by_their_names(language: Language, country: str) -> None:
    origin = Origin(
        family="qwen2", project="transformers", developer="Qwen", country="CN", relation="copied", role="direct"
    )
    found = (
        place(OriginFinding(lineage=(origin,)), "model.py", None),
        place(
            WeightsFinding(component="model", basis="config", developer="Qwen", country="CN"), "config.json", None
        ),
    )

    told = [
        line
        for block in blocks(report_of(msgspec.structs.replace(CLEAN, findings=found), language))
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for line in parts_of(cell)
    ]
    assert sum(f"Qwen, {country}" in line for line in told) == len(found)
    assert not any("CN" in line for line in told)


def test_contradictions_are_told_apart_in_whole_sentences() -> None:
    about = ("from-scratch-and-part", "from-scratch-and-base")
    found = tuple(place(ContradictionFinding(about=one), "README.md", None) for one in about)

    (broken,) = [block for block in blocks(report_of(violating(*found), "en")) if isinstance(block, Violated)]
    assert {one.text for one in broken.places} == {f"README.md · {finding_words.fact(one, 'en')}" for one in found}


def test_findings_at_one_place_are_told_apart_by_what_was_found() -> None:
    purls = ("pkg:pypi/torch", "pkg:pypi/xformers")
    found = [
        place(DependencyFinding(purl=one, scope="runtime", lines=(5, 5)), "pyproject.toml", None) for one in purls
    ]
    (violated,) = [one for one in blocks(report_of(violating(*found), "en")) if isinstance(one, Violated)]

    assert {one.text for one in violated.places} == {f"pyproject.toml:5 · {one}, runtime" for one in purls}


def test_a_rule_is_told_in_the_chapter_of_most_of_what_breaks_it() -> None:
    weights = [
        place(LicenseFinding(expression="x", basis="detected", subject="weights"), path, None) for path in "bc"
    ]
    code = place(LicenseFinding(expression="x", basis="detected"), "a", None)
    chapters = {
        section.anchor
        for chapter in report_of(violating(code, *weights), "en").sections
        for section in chapter.walk()
        if any(isinstance(block, Violated) for block in section.blocks)
    }

    assert chapters == {"weights"}


def test_of_many_families_a_row_names_the_first_and_counts_the_others() -> None:
    families = [f"family-{number}" for number in range(7)]
    lineage = tuple(Origin(family=one, project="p", relation="derived", role="shared") for one in families)
    found = place(OriginFinding(lines=(1, 9), lineage=lineage), "a.py", None)
    row = rows_by_anchor(report_of(violating(found), "en"))[anchor_of(found)]

    said = row.cells[2]
    assert isinstance(said, tuple)
    assert said[-1] == "family-1, family-2, family-3, family-4 and 2 more"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_license_says_nothing_of_is_one_row(language: Language) -> None:
    stated = place(LicenseFinding(expression="MIT", basis="declared", subject="weights"), "README.md", None)
    title = {"en": "What MIT License says", "ko": "MIT 라이선스의 조건"}[language]
    (table,) = [
        one
        for one in blocks(report_of(violating(stated), language))
        if isinstance(one, Table) and one.title == title
    ]
    silent = {"en": "silent", "ko": "언급 없음"}[language]

    assert [row.cells[0] for row in table.rows].count(silent) == 1
    assert silent not in {row.cells[1] for row in table.rows}
