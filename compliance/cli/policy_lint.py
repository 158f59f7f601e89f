"""`compliance policy lint`: every fault of a policy file, and what is suspicious in it."""

from typing import Annotated

import typer

from compliance.cli import options, wording
from compliance.cli.exit_status import ExitStatus
from compliance.cli.output import write_text
from compliance.cli.wording import say
from compliance.model.text import Text
from compliance.reporters.terminal_text import visible

Strict = Annotated[
    bool, typer.Option("--strict", help=say("Exit status 2 for warnings too.", "경고도 종료 상태 2."))
]


def lint(
    policy: options.PolicyArgument = options.DEFAULT_POLICY,
    *,
    strict: Strict = False,
    date: options.Date = None,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Load the policy, which lists every fault or none; then tell what is suspicious."""
    from compliance.policy.linting.lint import lint as lint_policy
    from compliance.policy.loading import edited_file, load_policy

    today = options.date_from(date)
    loaded = load_policy(policy)
    found = lint_policy(loaded, edited_file(policy), today)
    lines = [
        f"{loaded.file}:{one.line}:{one.column}: {_WARNING.in_language(language.value)}: "
        f"{one.message.in_language(language.value)}"
        for one in found.warnings
    ]
    if found.undecided:
        lines.append(_undecided(found.undecided).in_language(language.value))
    words = _warned(len(found.warnings)) if found.warnings else wording.POLICY_CLEAN
    lines.append(f"{loaded.id} {loaded.version}: {words.in_language(language.value)}")
    write_text("".join(f"{visible(line)}\n" for line in lines))
    if strict and found.warnings:
        raise typer.Exit(ExitStatus.WRONG_CALL)


lint.__doc__ = say(
    "List every fault of a policy file with its place, and what is suspicious in it. Exit status: 0 no fault, "
    "2 some; with --strict warnings count as faults.",
    "정책 파일의 모든 오류와 의심스러운 점을 위치와 함께 표시. 종료 상태: 0 오류 없음, 2 오류 있음. "
    "--strict 옵션을 쓰면 경고도 오류로 처리.",
)
_WARNING = Text(en="warning", ko="경고")


def _warned(count: int) -> Text:
    return Text(en=f"no faults, {count} warning{'s' * (count != 1)}", ko=f"오류 없음, 경고 {count}건")


def _undecided(count: int) -> Text:
    return Text(
        en=f"{count} question{'s' * (count != 1)} about conditions would have taken too long and stayed open; "
        "simpler conditions can be looked into further.",
        ko=f"조건식 검토 {count}건은 오래 걸려 판단하지 않음. 조건식을 단순하게 쓰면 더 살펴볼 수 있습니다.",
    )
