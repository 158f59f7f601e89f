"""What a person reads on a terminal."""

import re
from unicodedata import east_asian_width

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.language import Language
from compliance.model.skip import Reason, Skip
from compliance.model.submission import SourceReference, Subject
from compliance.model.text import Text
from compliance.model.verdict import Assessment, Axis, AxisVerdict, Target, Verdict, WaiverFault
from compliance.reporters.console import REPORTER
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.skipped_words import SKIPS
from tests.reporters.assessment_strategies import ANY_TEXT, assessments
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.small_assessments import card, violating

ANSI = re.compile(r"\x1b\[[0-9;]*m")
LANGUAGES: tuple[Language, ...] = ("en", "ko")


def _plain(assessment: Assessment, language: Language = "en", width: int = 80) -> str:
    return REPORTER.render(assessment, ReportOptions(language, width=width))


def _columns(line: str) -> int:
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(language: Language, width: int) -> None:
    assert max(map(_columns, _plain(EXAMPLE, language, width).splitlines())) <= width


@settings(max_examples=60, deadline=None)
@given(assessments(ANY_TEXT), st.sampled_from(LANGUAGES), st.booleans())
def test_any_assessment_is_printable_and_fits(assessment: Assessment, language: Language, colour: bool) -> None:
    rendered = ANSI.sub("", REPORTER.render(assessment, ReportOptions(language, colour)))

    assert all(line.isprintable() for line in rendered.split("\n"))
    assert max(map(_columns, rendered.split("\n"))) <= 80


@settings(max_examples=60, deadline=None)
@given(assessments(ANY_TEXT), st.sampled_from(LANGUAGES))
def test_colour_changes_no_character(assessment: Assessment, language: Language) -> None:
    plain, painted = (REPORTER.render(assessment, ReportOptions(language, colour)) for colour in (False, True))

    assert ANSI.sub("", painted) == plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_in_colour_says_the_same(language: Language) -> None:
    painted = REPORTER.render(EXAMPLE, ReportOptions(language, colour=True))

    assert "\x1b[" in painted
    assert ANSI.sub("", painted) == _plain(EXAMPLE, language)


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in _plain(EXAMPLE)


def test_each_verdict_has_one_line_with_its_word_question_and_rules() -> None:
    lines = _plain(EXAMPLE).splitlines()

    assert "! incomplete  policy independence                foreign-weights" in lines
    assert "✗ fail        national infrastructure: telecom   weights-use-restricted" in lines


def test_who_hands_in_what_is_told_once_with_the_kind_of_each_source() -> None:
    sources = (SourceReference(kind="directory", path="serving"), SourceReference(kind="archive", path="docs.zip"))
    subject = Subject(team="가람", name="가람", sources=sources)
    said = _plain(msgspec.structs.replace(CLEAN, subject=subject), "ko")
    assert said.splitlines()[:3] == ["가람", "  디렉터리 serving", "  압축 파일 docs.zip"]


def test_verdicts_are_said_in_korean() -> None:
    assert "✗ 부적합       국가 인프라 활용: 국방  weights-use-restricted" in _plain(EXAMPLE, "ko").splitlines()


def test_rules_that_do_not_fit_beside_a_verdict_are_counted() -> None:
    rules = tuple(f"a-rule-with-a-long-name-{number}" for number in range(9))
    verdict = AxisVerdict(axis=Axis.DISCLOSURE, verdict=Verdict.FAIL, rules=rules)
    [line] = [
        line
        for line in _plain(msgspec.structs.replace(CLEAN, verdicts=(verdict,))).splitlines()
        if line.startswith("✗")
    ]

    assert line == "✗ fail  disclosure  a-rule-with-a-long-name-0, a-rule-with-a-long-name-1 +7"


def test_the_gravest_violation_comes_first_and_waived_ones_last() -> None:
    heads = re.findall(r"^[✗?✓-] (\w+)  (\S+) \(", _plain(EXAMPLE), re.MULTILINE)

    assert heads == [
        ("fail", "weights-use-restricted"),
        ("fail", "card-contradicts-license"),
        ("review", "foreign-weights"),
        ("review", "another-origin-nearer"),
        ("review", "contradiction"),
        ("review", "third-party-notice-in-doubt"),
        ("obligation", "keep-notices"),
        ("note", "root-license-missing"),
        ("fail", "copyleft-dependency"),
    ]


def test_a_violation_for_several_targets_is_told_once_with_all_of_them() -> None:
    rendered = _plain(EXAMPLE, "ko")

    assert rendered.count("이 가중치의 라이선스는 사용 분야를 제한합니다.") == 1
    assert "weights-use-restricted (국가 인프라 활용: 국방, 보안, 통신)" in rendered


def test_a_waived_violation_says_until_when_by_whom_and_why() -> None:
    said = " ".join(_plain(EXAMPLE).split())

    assert (
        "waived until 2027-03-31 by Open-source office: used for training only, not shipped "
        "(training-tools, OSO-2026-118)" in said
    )


def test_a_place_has_file_line_fact_and_evidence() -> None:
    rendered = _plain(EXAMPLE)

    assert "    src/hanbit/layers/embedding.py:1-13  Apache-2.0, detected, 94 %\n" in rendered
    assert "      94 % match of ScanCode's rule apache-2.0_7.RULE (nearly the same words)\n" in rendered
    assert "      requirement: tokens==1.4\n" in rendered


def test_five_places_are_shown_and_the_others_counted() -> None:
    rendered = _plain(violating(*(card(f"f{number}.md") for number in range(7))))

    assert [f"f{number}.md:3-4" in rendered for number in range(7)] == [True] * 5 + [False] * 2
    assert "and 2 more" in rendered


def test_a_violation_says_what_to_do() -> None:
    assert "  → Put it right.\n" in _plain(violating())


def test_a_condition_that_could_not_be_evaluated_is_said() -> None:
    doubtful = msgspec.structs.replace(
        violating().violations[0], unevaluated=Text(en="Not evaluated on 2 files.", ko="파일 2개 평가 실패.")
    )

    assert "Not evaluated on 2 files." in _plain(msgspec.structs.replace(CLEAN, violations=(doubtful,)))


def test_a_long_path_loses_its_middle_and_keeps_its_name_and_lines() -> None:
    rendered = _plain(violating(card("가나다라/" * 30 + "모델카드.md", (1234, 1234))))
    [shown] = [line.strip() for line in rendered.splitlines() if "모델카드.md" in line]

    assert shown.startswith("가나다라/")
    assert "…" in shown
    assert shown.endswith("/모델카드.md:1234")


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\nb.md", "a\\nb.md:3-4"),
        ("\x1b[2J.md", "\\x1b[2J.md:3-4"),
        ("abc\u202edm.md", "abc\\u202edm.md:3-4"),
        ("\udcff.md", "\\udcff.md:3-4"),
    ],
)
def test_hostile_characters_of_a_path_are_shown_as_escapes(hostile: str, shown: str) -> None:
    finding = msgspec.structs.replace(card("x"), path=hostile)

    assert f"    {shown}" in _plain(violating(finding))


def test_hostile_characters_of_evidence_are_shown_as_escapes() -> None:
    assert "license: \\x1b]8;;x\\x07\\u2066mit\n" in _plain(
        violating(card("a.md", value="\x1b]8;;x\x07\u2066mit"))
    )


@pytest.mark.parametrize("colour", [False, True])
def test_markup_in_examined_material_means_nothing(colour: bool) -> None:
    markup = "[bold red]x[/] [link=y]z[/link] :smile:"
    rendered = REPORTER.render(
        violating(card("[red]a.md", value=markup), rule="[blink]r"), ReportOptions(colour=colour)
    )

    assert "[red]a.md:3-4" in rendered
    assert markup in rendered
    assert "[blink]r" in rendered


def test_the_policy_is_named_with_version_date_and_digest() -> None:
    assert "Policy: sovereign-ai 2026.1, rules in force on 2026-11-23, sha256:5e5e5e5e5e5e\n" in _plain(CLEAN)


def test_what_was_skipped_is_counted_by_reason_with_what_to_do() -> None:
    rendered = _plain(EXAMPLE)

    assert "Not examined: 7." in rendered
    assert "  content in Git LFS (2): fetch it with `git lfs pull` and examine again\n" in rendered
    assert "    docs/설계 문서.pdf  unsupported format: encrypted document\n" in rendered
    assert "lfs-pointer" not in rendered
    assert "    and 2 more" in rendered


@pytest.mark.parametrize("reason", SKIPS)
def test_every_reason_for_a_skip_has_words(reason: Reason) -> None:
    assessment = msgspec.structs.replace(CLEAN, skipped=(Skip(path="a", reason=reason, detail="d"),))

    for language in LANGUAGES:
        assert SKIPS[reason].advice.in_language(language) in " ".join(_plain(assessment, language).split())


def test_the_first_files_without_a_license_are_named_and_the_others_counted() -> None:
    paths = tuple(f"serving/{number}.py" for number in range(1, 9))
    counts = msgspec.structs.replace(CLEAN.counts, unlicensed=1_208, unlicensed_paths=paths)
    lines = _plain(msgspec.structs.replace(CLEAN, counts=counts), "ko").splitlines()
    start = lines.index("라이선스를 찾지 못한 파일: 1,208개")
    assert lines[start + 1 : start + 8] == [*(f"    {path}" for path in paths[:5]), "    외 1,203개", ""]


def test_limits_are_listed() -> None:
    assert "  - 제출물 밖은 읽지 않음: 이름만 있는 패키지의 라이선스는 알 수 없음.\n" in _plain(EXAMPLE, "ko")


def test_the_report_closes_with_the_counts() -> None:
    closing = " ".join(_plain(EXAMPLE).rsplit("\n\n", 1)[1].split())

    assert closing == (
        "Violations: 2 fail, 4 review, 1 obligation, 1 note, 1 waived; examined 117 of 124 files, skipped 7"
    )


def test_a_clean_assessment_says_so() -> None:
    assert "정책 규칙 위반 없음" in _plain(CLEAN, "ko")
    assert "검사하지 못한" not in _plain(CLEAN, "ko")


def test_targets_without_findings_in_the_assessment_still_show_the_violation() -> None:
    violation = msgspec.structs.replace(violating().violations[0], target=Target.DEFENCE, findings=("unknown",))

    assert "Something is wrong." in _plain(msgspec.structs.replace(CLEAN, violations=(violation,)))


def _with_waiver_fault() -> Assessment:
    says = Text(en="it covers no violation", ko="해당하는 위반이 없음")
    fault = WaiverFault(waiver="old-one", file="waivers.yaml", line=7, fault="matches-nothing", message=says)
    return msgspec.structs.replace(EXAMPLE, waiver_faults=(fault,))


def test_a_waiver_that_covers_nothing_is_told_with_its_place() -> None:
    assert "✗ old-one (waivers.yaml:7): it covers no violation" in _plain(_with_waiver_fault())
    assert "✗ old-one (waivers.yaml:7): 해당하는 위반이 없음" in _plain(_with_waiver_fault(), "ko")
