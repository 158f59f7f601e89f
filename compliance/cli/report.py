"""`compliance report`: documents out of stored assessments, signed on request."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from compliance.cli import options, report_signing, wording
from compliance.cli.output import chosen_reporters, read_file, tell, write_file
from compliance.cli.wording import say
from compliance.errors import ConfigurationError
from compliance.language import Language
from compliance.model.quotation import Quotations
from compliance.model.verdict import Assessment
from compliance.reporters.reporter import ASSESSMENT, COMPARISON, DocumentReporter, Reporter

_HELP = say(
    "Write documents out of assessments (`--format json`): of several, one folder each and a comparison.",
    "판정 결과(`--format json`)로 문서를 만듭니다. 여럿이면 폴더를 하나씩 만들고 비교 문서를 더합니다.",
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
    list[Path] | None,
    typer.Option(
        help=say(
            "An earlier assessment of the same submission: tells what is new and what is gone. May be repeated; "
            "of several assessments, each is compared with the earlier one of the same team.",
            "같은 제출물의 이전 판정 결과. 새로 생긴 것과 해소된 것을 함께 알림. 여러 번 쓸 수 있으며 팀 이름으로 "
            "짝을 찾음.",
        )
    ),
]
Source = Annotated[
    Path | None,
    typer.Option(
        help=say(
            "What was examined: quotes its own lines beside the known code that they are near to "
            "(html, pdf, hwpx). Git is read at the commit that was examined.",
            "검사 대상. 알려진 코드와 가까운 행을 나란히 인용(html, pdf, hwpx). git은 검사한 커밋에서 읽음.",
        )
    ),
]
DEFAULT_FORMATS = ("html", "pdf", "hwpx", "xlsx", "notice")


class Stored(msgspec.Struct, frozen=True):
    """An assessment as it was stored."""

    path: Path
    content: bytes
    assessment: Assessment


def report(
    assessments: Assessments,
    output: Folder,
    formats: options.Formats = None,
    previous: Previous = None,
    source: Source = None,
    sign: report_signing.Keys = None,
    signed_at: report_signing.SignedAt = None,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Read and draw everything, then write; nothing is written where one of the files is wrong."""
    chosen = chosen_reporters(formats or DEFAULT_FORMATS, output)
    if len({path.stem for path in assessments}) < len(assessments):
        raise ConfigurationError(wording.SAME_NAMES)
    if source is not None and len(assessments) > 1:
        raise ConfigurationError(wording.ONE_SOURCE)
    judged = [_stored(path) for path in assessments]
    earlier = _matched(judged, [_stored(path) for path in previous or []])
    signer = report_signing.signer_from(sign or [], signed_at, language.value)
    quotations = _quotations(judged[0].assessment, source) if source is not None else None
    files = _documents(judged, earlier, chosen, language.value, signer, quotations)
    if signer is not None:
        report_signing.refuse_others(output, files)
    for name, content in files.items():
        write_file(output / name, content)


report.__doc__ = _HELP


def _stored(path: Path) -> Stored:
    from compliance.reporters.json_v1 import decode_assessment

    content = read_file(path)
    return Stored(path, content, decode_assessment(content, name=str(path)))


def _quotations(assessment: Assessment, source: Path) -> Quotations:
    from compliance.quoting import quotations_at

    return quotations_at(assessment, source)


def _matched(judged: Sequence[Stored], earlier: Sequence[Stored]) -> dict[Path, Stored]:
    """The earlier assessment of each that has one, by the path of the present one."""
    from compliance.reporters.report.comparison import team_name

    if len(judged) == 1 and len(earlier) == 1 and not _of_different_teams(judged[0], earlier[0]):
        return {judged[0].path: earlier[0]}
    found: dict[Path, Stored] = {}
    for one in earlier:
        same = [each.path for each in judged if team_name(each.assessment) == team_name(one.assessment)]
        if len(same) != 1 or same[0] in found:
            raise ConfigurationError(wording.no_match(one.path, team_name(one.assessment), len(same)))
        found[same[0]] = one
    return found


def _of_different_teams(one: Stored, other: Stored) -> bool:
    teams = {each.assessment.subject.team for each in (one, other)}
    return None not in teams and len(teams) > 1


def _documents(
    judged: Sequence[Stored],
    earlier: dict[Path, Stored],
    chosen: Sequence[Reporter],
    language: Language,
    signer: report_signing.Signer | None,
    quotations: Quotations | None,
) -> dict[str, bytes]:
    """Every file to be written, by its name relative to the folder."""
    files: dict[str, bytes] = {}
    for one in judged:
        folder = f"{one.path.stem}/" if len(judged) > 1 else ""
        drawn = _of_submission(one, earlier.get(one.path), chosen, language, signer, quotations)
        files |= {folder + name: content for name, content in drawn.items()}
    return files if len(judged) == 1 else _across_teams(judged, earlier, chosen, language, signer, files)


def _of_submission(
    one: Stored,
    before: Stored | None,
    chosen: Sequence[Reporter],
    language: Language,
    signer: report_signing.Signer | None,
    quotations: Quotations | None,
) -> dict[str, bytes]:
    from compliance.reporters.json_v1 import encode_quotations
    from compliance.reporters.report import documents

    previous = before.assessment if before else None
    drawn = {
        f"{ASSESSMENT}{each.suffix}": documents.of_submission(each, one.assessment, language, previous, quotations)
        for each in chosen
    }
    if signer is None:
        return drawn
    kept = encode_quotations(quotations) if quotations is not None else None
    return signer.report(one.content, one.assessment, before.content if before else None, drawn, chosen, kept)


def _across_teams(
    judged: Sequence[Stored],
    earlier: dict[Path, Stored],
    chosen: Sequence[Reporter],
    language: Language,
    signer: report_signing.Signer | None,
    files: dict[str, bytes],
) -> dict[str, bytes]:
    """`files` of the teams with the documents across them."""
    from compliance.reporters.report import documents

    drawing = [one for one in chosen if isinstance(one, DocumentReporter)]
    if not drawing:
        tell(wording.NO_COMPARISON.in_language(language))
        return files
    pairs = {
        one.path.stem: (one.assessment, before.assessment if (before := earlier.get(one.path)) else None)
        for one in judged
    }
    compared = {f"{COMPARISON}{each.suffix}": documents.across_teams(each, pairs, language) for each in drawing}
    return files | compared if signer is None else signer.comparison(pairs, files, compared, drawing)
