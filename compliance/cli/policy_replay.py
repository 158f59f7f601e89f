"""`compliance policy replay`: judge stored facts by two policies, or on two days, and show what changes."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options, wording
from compliance.cli.exit_status import DIFFERENT, ExitStatus
from compliance.cli.output import terminal_width, write_file, write_text
from compliance.cli.wording import say
from compliance.errors import ConfigurationError

if TYPE_CHECKING:
    from compliance.model.inventory import Inventory
    from compliance.model.replay import Replay


class Format(StrEnum):
    """How the changes are written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


Inventories = Annotated[
    list[Path],
    typer.Argument(
        metavar="INVENTORY…",
        help=say(
            "Files of `compliance scan` or assessments as JSON, or folders of them.",
            "`compliance scan` 파일, JSON 판정 보고서 또는 그런 파일이 있는 폴더.",
        ),
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        help=say("The policy to compare with; the same one if left out.", "비교할 정책. 생략하면 같은 정책.")
    ),
]
AgainstDate = Annotated[
    str | None,
    typer.Option(help=say("The day to compare with; the same if left out.", "비교할 날짜. 생략하면 동일.")),
]
FormatOption = Annotated[Format, typer.Option("--format", help=say("text, json or html.", "text, json, html."))]


def replay(
    inventories: Inventories,
    policy: options.Policy = options.DEFAULT_POLICY,
    against: Against = None,
    date: options.Date = None,
    against_date: AgainstDate = None,
    waivers: options.Waivers = None,
    format_: FormatOption = Format.TEXT,
    output: options.Output = None,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Judge twice and print what changes."""
    from compliance.policy import replay as replaying
    from compliance.policy.evaluation import Judge
    from compliance.policy.loading import load_policy
    from compliance.policy.waivers import load_waivers

    if against is None and against_date is None:
        raise ConfigurationError(wording.NOTHING_TO_COMPARE)
    today = options.date_from(date)
    exceptions = load_waivers(waivers or [])
    before = Judge(load_policy(policy), today, exceptions)
    after = Judge(
        load_policy(against if against is not None else policy),
        options.date_from(against_date) if against_date is not None else today,
        exceptions,
    )
    files = list(_files(inventories))
    if not files:
        raise ConfigurationError(wording.NO_INVENTORIES)
    replayed = replaying.replay(((str(file), _reader(file)) for file in files), before, after)
    rendered = _rendered(replayed, format_, language)
    if output is None:
        write_text(rendered)
    else:
        write_file(output, rendered)
    raise typer.Exit(_status(replayed))


def _files(named: Sequence[Path]) -> Iterator[Path]:
    """The files that the call names, and those ending in `.json` below its folders; links aren't followed."""
    for path in named:
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def _below(folder: Path) -> Iterable[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        files = (Path(parent, name) for name in sorted(names) if name.endswith(".json"))
        yield from (file for file in files if file.is_file())


def _reader(file: Path) -> "Callable[[], Inventory]":
    from compliance.reporters.json_v1 import decode_facts

    return lambda: decode_facts(file.read_bytes(), name=str(file))


def _rendered(replayed: "Replay", format_: Format, language: options.LanguageOption) -> str:
    match format_:
        case Format.JSON:
            import msgspec

            from compliance.reporters.json_text import encode_text

            return encode_text(msgspec.to_builtins(replayed))
        case Format.HTML:
            from compliance.reporters.replay_html import replay_page

            return replay_page(replayed, language.value)
        case Format.TEXT:
            from compliance.cli.policy_replay_output import changes

            return changes(replayed, language.value, terminal_width())


def _status(replayed: "Replay") -> int:
    """What changes wins over what could not be judged: it is certain."""
    if not replayed.same:
        return DIFFERENT
    return ExitStatus.INCOMPLETE if replayed.skipped else ExitStatus.CLEAN


replay.__doc__ = say(
    "Judge stored inventories by two policies, or on two days, and show whose verdicts change and by which rule. "
    "Exit status: 0 nothing changes, 1 something changes, 3 a file could not be judged.",
    "저장된 조사 목록을 두 정책 또는 두 날짜로 판정해 달라지는 판정과 근거 규칙을 표시. "
    "종료 상태: 0 변화 없음, 1 변화 있음, 3 판정하지 못한 파일 있음.",
)
