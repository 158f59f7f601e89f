"""`compliance assess`: judge stored facts again, without examining anything."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli import options, wording
from compliance.cli.exit_status import ExitStatus, FailOn, status_of
from compliance.cli.output import chosen_reporters, read_file, write_reports
from compliance.cli.wording import say
from compliance.errors import ConfigurationError

_HELP = say(
    "Judge stored inventories by a policy. The exit status is the gravest of all.",
    "저장된 조사 목록을 정책에 따라 다시 판정. 종료 상태는 가장 심각한 것.",
)
_GRAVEST_FIRST = (ExitStatus.VIOLATED, ExitStatus.INCOMPLETE, ExitStatus.CLEAN)

Inventories = Annotated[
    list[Path],
    typer.Argument(
        metavar="INVENTORY…", help=say("Files written by `compliance scan`.", "`compliance scan`으로 저장한 파일.")
    ),
]
_WITHOUT_EFFECT = say("Without effect: nothing is examined.", "효과 없음: 검사하지 않는 명령.")
Jobs = Annotated[int, typer.Option(min=0, help=_WITHOUT_EFFECT)]
NoCache = Annotated[bool, typer.Option("--no-cache", help=_WITHOUT_EFFECT)]
Quiet = Annotated[bool, typer.Option("--quiet", help=_WITHOUT_EFFECT)]


def assess(
    inventories: Inventories,
    policy: options.Policy = options.DEFAULT_POLICY,
    waivers: options.Waivers = None,
    formats: options.Formats = None,
    output: options.Output = None,
    language: options.Language = options.LANGUAGE,
    fail_on: options.FailOnOption = FailOn.FAIL,
    date: options.Date = None,
    jobs: Jobs = 0,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """Judge each inventory and print; several ones go to a folder of their own each, if files are asked for."""
    from compliance.policy.evaluation import assess as judge
    from compliance.policy.loading import load_policy
    from compliance.policy.waivers import load_waivers
    from compliance.reporters.json_v1 import decode_inventory

    del jobs, no_cache, quiet  # the options are the same everywhere
    chosen = chosen_reporters(formats or [], output)
    today = options.date_from(date)
    rules = load_policy(policy)
    exceptions = load_waivers(waivers or [])
    if output is not None and len({path.stem for path in inventories}) < len(inventories):
        raise ConfigurationError(wording.SAME_NAMES)
    facts = [(path, decode_inventory(read_file(path), name=str(path))) for path in inventories]
    statuses = set()
    for path, inventory in facts:
        assessment = judge(inventory, rules, today, exceptions)
        several = len(facts) > 1
        target = output / path.stem if output is not None and several else output
        write_reports(assessment, chosen, target, language.value, into_folder=several)
        statuses.add(status_of(assessment, fail_on))
    raise typer.Exit(next(status for status in _GRAVEST_FIRST if status in statuses))


assess.__doc__ = _HELP
