"""`compliance report`: documents out of stored assessments."""

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli import options, wording
from compliance.cli.output import chosen_reporters, read_file, write_reports
from compliance.cli.wording import say
from compliance.errors import ConfigurationError

_HELP = say(
    "Write documents out of assessments (`--format json`), one folder each where there are several.",
    "판정 결과(`--format json`)로 문서를 만듭니다. 여럿이면 폴더를 하나씩 만듭니다.",
)
Assessments = Annotated[
    list[Path],
    typer.Argument(
        metavar="ASSESSMENT…",
        help=say(
            "Files written by `compliance check` or `compliance assess` with `--format json`.",
            "`compliance check`나 `compliance assess`가 `--format json`으로 쓴 파일.",
        ),
    ),
]
Folder = Annotated[Path, typer.Option("--output", "-o", help=say("Folder for the documents.", "문서를 둘 폴더."))]
Previous = Annotated[
    Path | None,
    typer.Option(
        help=say(
            "An earlier assessment of the same submission: tells what is new and what is gone.",
            "같은 제출물의 이전 판정 결과. 새로 생긴 것과 해소된 것을 함께 알립니다.",
        )
    ),
]
DEFAULT_FORMATS = ("html", "pdf", "hwpx", "xlsx", "notice")


def report(
    assessments: Assessments,
    output: Folder,
    formats: options.Formats = None,
    previous: Previous = None,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Decode everything, then write; nothing is written where one of the files is wrong."""
    from compliance.reporters.json_v1 import decode_assessment

    chosen = chosen_reporters(formats or DEFAULT_FORMATS, output)
    if len({path.stem for path in assessments}) < len(assessments):
        raise ConfigurationError(wording.SAME_NAMES)
    if previous is not None and len(assessments) > 1:
        raise ConfigurationError(wording.PREVIOUS_OF_ONE)
    judged = [(path, decode_assessment(read_file(path), name=str(path))) for path in assessments]
    before = decode_assessment(read_file(previous), name=str(previous)) if previous is not None else None
    for path, assessment in judged:
        folder = output / path.stem if len(judged) > 1 else output
        write_reports(assessment, chosen, folder, language.value, into_folder=True, previous=before)


report.__doc__ = _HELP
