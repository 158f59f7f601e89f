"""`compliance verify`: whether a signed report is what was signed, and whether its evidence is in the source."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options, wording
from compliance.cli.exit_status import ExitStatus
from compliance.cli.output import beginning_of, write_text
from compliance.cli.wording import say
from compliance.errors import ConfigurationError
from compliance.language import Language
from compliance.model.text import Text
from compliance.reporters.terminal_text import visible

if TYPE_CHECKING:
    from compliance.verification.outcome import Outcome, Remark
    from compliance.verification.signed_folder import SignedFolder

_HELP = say(
    "Check a signed report: signature, every file beside it, and on request its documents and its evidence.",
    "서명된 보고서 확인: 서명, 함께 있는 모든 파일, 요청 시 문서와 근거.",
)
Location = Annotated[
    Path,
    typer.Argument(
        metavar="FILE|FOLDER",
        help=say(
            "What `compliance report --sign` wrote.", "`compliance report --sign` 명령으로 만든 파일 또는 폴더."
        ),
    ),
]
Keys = Annotated[
    list[Path] | None,
    typer.Option(
        "--key",
        metavar="PUBLIC",
        help=say(
            "Public key (PEM, Ed25519) of who should have signed; may be repeated, and one of them is enough.",
            "서명했어야 할 사람의 공개 키(PEM, Ed25519). 여러 번 쓸 수 있으며 하나만 맞으면 됨.",
        ),
    ),
]
Render = Annotated[
    bool,
    typer.Option(
        "--render",
        help=say(
            "Draw every document again out of the assessment and compare it byte by byte.",
            "판정 결과로 모든 문서를 다시 만들어 바이트까지 비교.",
        ),
    ),
]
Source = Annotated[
    Path | None,
    typer.Option(
        help=say(
            "What was examined: looks up the file, lines and quoted words of every finding in it.",
            "검사 대상. 모든 사실의 파일, 행, 인용된 단어를 대조.",
        )
    ),
]
MOST_SHOWN = 1_000
"""Remarks of a kind that are printed."""


def verify(
    location: Location,
    keys: Keys = None,
    render: Render = False,
    source: Source = None,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Check everything that was asked for, print what is right, wrong and unchecked, and exit accordingly."""
    from compliance.signing.keys import LARGEST_KEY, read_public
    from compliance.verification import verification

    if not keys:
        raise ConfigurationError(wording.NO_KEY)
    public = [read_public(beginning_of(path, LARGEST_KEY), str(path)) for path in keys]
    outcome, folders = verification.verify(location, public, render=render, source=source)
    lines = chain(_about(folders, language.value), _lines(outcome, language.value))
    unasked = _unasked(render=render, source=source, language=language.value)
    write_text("\n".join([*lines, *unasked]) + "\n")
    raise typer.Exit(status_of(outcome))


verify.__doc__ = _HELP


def status_of(outcome: "Outcome") -> ExitStatus:
    """1 where something is wrong, 3 where something that was asked for could not be checked, else 0."""
    if outcome.wrong:
        return ExitStatus.VIOLATED
    return ExitStatus.INCOMPLETE if outcome.unchecked else ExitStatus.CLEAN


def _about(folders: "Sequence[SignedFolder]", language: Language) -> Iterator[str]:
    """What each statement is about; a reader sees whose report it is before what came of it."""
    from compliance.reporters.verdict_words import VERDICTS, policy_line, question
    from compliance.reporters.wording import title

    for folder in folders:
        if folder.statement.predicate.kind != "report":
            continue
        for one in folder.statement.predicate.judged:
            yield visible(title(one.subject))
            yield f"  {visible(policy_line(one.policy).in_language(language))}"
            for verdict in one.verdicts:
                label = VERDICTS[verdict.verdict].in_language(language)
                yield f"  {question(verdict.axis, [verdict.target], language)}: {label}"


def _lines(outcome: "Outcome", language: Language) -> Iterator[str]:
    for label, remarks in (
        (wording.RIGHT, outcome.right),
        (wording.WRONG, outcome.wrong),
        (wording.UNCHECKED, outcome.unchecked),
    ):
        yield from (_line(label, one, language) for one in remarks[:MOST_SHOWN])
        if len(remarks) > MOST_SHOWN:
            yield f"{label.in_language(language)}: … +{len(remarks) - MOST_SHOWN:,}"
    conclusion = {
        ExitStatus.CLEAN: wording.ALL_RIGHT,
        ExitStatus.VIOLATED: wording.NOT_RIGHT,
        ExitStatus.INCOMPLETE: wording.NOT_ALL_CHECKED,
    }[status_of(outcome)]
    yield conclusion.in_language(language)


def _line(label: Text, remark: "Remark", language: Language) -> str:
    place = f"{visible(remark.file)}: " if remark.file else ""
    return f"{label.in_language(language)}: {place}{visible(remark.message.in_language(language))}"


def _unasked(*, render: bool, source: Path | None, language: Language) -> Iterator[str]:
    from compliance.verification import messages

    if not render:
        yield messages.NOT_RENDERED.in_language(language)
    if source is None:
        yield messages.NOT_COMPARED.in_language(language)
