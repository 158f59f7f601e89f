"""`compliance policy test`: run the tests that policy editors write beside a policy."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli import options
from compliance.cli.exit_status import ExitStatus
from compliance.cli.output import refuse_folder, terminal_width, write_file, write_text
from compliance.cli.wording import say

Tests = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[TESTS…]",
        help=say(
            "Files of tests, or folders with them; else those in tests/NAME/ beside NAME.yaml.",
            "테스트 파일 또는 폴더. 없으면 NAME.yaml 옆 tests/NAME/ 폴더의 파일.",
        ),
    ),
]
Coverage = Annotated[
    bool,
    typer.Option(
        "--coverage",
        help=say(
            "Show for each rule which tests break it, and which questions were never seen with both answers.",
            "규칙마다 위반한 테스트 수와 양쪽 답을 모두 확인하지 못한 질문을 표시.",
        ),
    ),
]
Mutate = Annotated[
    bool,
    typer.Option(
        "--mutate",
        help=say(
            "Change the policy in many small ways and list the changes that no test notices.",
            "정책을 조금씩 바꾸어 보고 어떤 테스트도 알아채지 못하는 변경을 표시.",
        ),
    ),
]
Junit = Annotated[
    Path | None,
    typer.Option(
        "--junit",
        metavar="FILE",
        help=say("Also write the outcome as JUnit XML.", "결과를 JUnit XML 파일로도 저장."),
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        help=say(
            "Day of tests that name none (2026-11-23); else today.",
            "날짜를 적지 않은 테스트의 기준일(2026-11-23). 없으면 오늘.",
        )
    ),
]


def run_tests(
    policy: options.PolicyArgument = options.DEFAULT_POLICY,
    tests: Tests = None,
    coverage: Coverage = False,
    mutate: Mutate = False,
    junit: Junit = None,
    date: Date = None,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Run the tests of the policy and print what they expected and didn't see."""
    from compliance.cli import junit_output, policy_test_output
    from compliance.policy.loading import load_policy, policy_file
    from compliance.policy.testing import mutants, mutation, suite
    from compliance.policy.testing.coverage import coverage_of
    from compliance.policy.testing.places import Places
    from compliance.policy.testing.running import run

    refuse_folder(junit)
    today = options.date_from(date)
    loaded, file = load_policy(policy), policy_file(policy)
    places = Places(file)
    found = suite.load_tests(loaded, suite.files_at(tests) if tests else suite.files_beside(file))
    outcomes = run(loaded, found.tests, today)
    page = policy_test_output.Page(loaded, language.value, terminal_width())
    page.outcomes(outcomes)
    page.coverage(coverage_of(loaded, places, outcomes), in_full=coverage)
    mutated = None
    if mutate:
        mutated = mutation.mutate(loaded, outcomes, mutants.mutants_of(loaded, places), found.claims)
        page.mutation(mutated, mutants.long_lists(places))
    write_text(page.text())
    if junit is not None:
        write_file(junit, junit_output.document(loaded, outcomes, mutated, language.value))
    failed = any(one.failures for one in outcomes) or (mutated is not None and not mutated.complete)
    raise typer.Exit(ExitStatus.VIOLATED if failed else ExitStatus.CLEAN)


run_tests.__doc__ = say(
    "Run the tests of a policy. Exit status: 0 all passed; 1 some failed, or a change of the policy was missed; "
    "2 a wrong call, policy or test file.",
    "정책 테스트 실행. 종료 상태: 0 모두 통과, 1 실패 또는 알아채지 못한 변경 있음, 2 호출·정책·테스트 파일 오류.",
)
