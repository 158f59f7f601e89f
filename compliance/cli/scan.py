"""`compliance scan`: examine only; facts, no policy."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options, wording
from compliance.cli.exit_status import ExitStatus
from compliance.cli.output import print_error, write_file, write_text
from compliance.cli.progress_display import progress_display
from compliance.cli.wording import say
from compliance.errors import ComplianceError, ConfigurationError

if TYPE_CHECKING:  # loaded when the call has proved right
    from compliance.sources.opening import Submission

_HELP = say(
    "Examine each SUBJECT and write its inventory of facts, without judging; of several, one file each into the "
    "folder that --output names. Exit status: 0 complete, 2 wrong call, 3 something could not be examined.",
    "SUBJECT 검사 결과(조사 목록)를 판정 없이 저장. 여럿이면 --output 폴더에 파일을 하나씩 저장. "
    "종료 상태: 0 완료, 2 잘못된 호출, 3 검사 미완료.",
)
Subjects = Annotated[
    list[Path],
    typer.Argument(metavar="SUBJECT…", parser=options.subject_path, help=options.SUBJECT_HELP),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help=say(
            "File to write, or folder; a folder for several subjects.", "저장할 파일 또는 폴더. 여럿이면 폴더."
        ),
    ),
]
_SUFFIX = ".json"
_GRAVEST_FIRST = (ExitStatus.WRONG_CALL, ExitStatus.INCOMPLETE, ExitStatus.CLEAN)


def scan(
    subjects: Subjects,
    output: Output = None,
    revision: options.Revision = None,
    environment: options.Environment = None,
    include_ignored: options.IncludeIgnored = False,
    origins: options.Origins = None,
    no_shipped_origins: options.NoShippedOrigins = False,
    weights: options.Weights = None,
    language: options.Language = options.LANGUAGE,
    jobs: options.Jobs = 0,
    serial: options.Serial = False,
    cluster: options.Cluster = None,
    no_cache: options.NoCache = False,
    max_file_size: options.MaxFileSize = options.MAX_FILE_SIZE,
    timeout: options.Timeout = options.TIMEOUT,
    max_memory: options.MaxMemory = options.MAX_MEMORY,
    quiet: options.Quiet = False,
) -> None:
    """Examine and write the inventories; a subject that can't be opened stops no other."""
    from compliance import pipeline
    from compliance.reporters.json_v1 import encode_inventory

    places = _places(subjects, output)
    del language  # an inventory holds both languages; the option is the same everywhere
    settings = options.settings_from(
        jobs=jobs,
        serial=serial,
        cluster=cluster,
        no_cache=no_cache,
        max_file_size=max_file_size,
        timeout=timeout,
        max_memory=max_memory,
        origins=origins,
        no_shipped_origins=no_shipped_origins,
        weights=weights,
    )
    submissions = _opened(subjects, revision, include_ignored=include_ignored)
    progress = progress_display(quiet=quiet)
    statuses = {ExitStatus.WRONG_CALL if len(submissions) < len(subjects) else ExitStatus.CLEAN}
    with pipeline.open_examiner(settings) as examiner:
        for subject, submission in submissions:
            inventory = examiner.examine(submission, environment=environment, progress=progress)
            _write(places[subject], encode_inventory(inventory))
            if inventory.skipped:
                statuses.add(ExitStatus.INCOMPLETE)
    raise typer.Exit(next(status for status in _GRAVEST_FIRST if status in statuses))


def _places(subjects: Sequence[Path], output: Path | None) -> dict[Path, Path | None]:
    """Where each subject's inventory goes; None stands for standard output.

    Raises:
        ConfigurationError: several would go to one place.
    """
    if len(subjects) == 1 and (output is None or not output.is_dir()):
        return {subjects[0]: output}
    if output is None or (output.exists() and not output.is_dir()):
        raise ConfigurationError(wording.SEVERAL_SUBJECTS)
    places: dict[Path, Path | None] = {subject: output / inventory_name(subject) for subject in subjects}
    if len(set(places.values())) < len(subjects):
        raise ConfigurationError(wording.SAME_SUBJECTS)
    return places


def inventory_name(subject: Path) -> str:
    """The name of the file for `subject`: its path as written, in one part, so that no two are alike by chance."""
    parts = [part for part in subject.parts if part not in {"..", subject.anchor}]
    return "--".join(parts or [subject.absolute().name]) + _SUFFIX


def _opened(
    subjects: Sequence[Path], revision: str | None, *, include_ignored: bool
) -> list[tuple[Path, "Submission"]]:
    """Those of `subjects` that can be opened, before the long work; any other of several is told and left out.

    Raises:
        ComplianceError: the only one can't be opened.
    """
    from compliance.sources.opening import open_submission

    opened = []
    for subject in subjects:
        try:
            opened.append((subject, open_submission(subject, revision=revision, include_ignored=include_ignored)))
        except ComplianceError as error:
            if len(subjects) == 1:
                raise
            print_error(error)
    return opened


def _write(place: Path | None, inventory: bytes) -> None:
    if place is None:
        write_text(inventory)
    else:
        write_file(place, inventory)


scan.__doc__ = _HELP
