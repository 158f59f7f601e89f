"""`compliance scan`: examine only; facts, no policy."""

import typer

from compliance.cli import options
from compliance.cli.exit_status import ExitStatus
from compliance.cli.output import refuse_folder, write_file, write_text
from compliance.cli.progress_display import progress_display
from compliance.cli.wording import say

_HELP = say(
    "Examine SUBJECT and write its inventory of facts, without judging. Exit status: 0 complete, 2 wrong call, "
    "3 something could not be examined.",
    "SUBJECT 검사 결과(조사 목록)를 판정 없이 저장. 종료 상태: 0 완료, 2 잘못된 호출, 3 검사 미완료.",
)


def scan(
    subject: options.Subject,
    output: options.Output = None,
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
    """Examine and write the inventory."""
    from compliance import pipeline
    from compliance.reporters.json_v1 import encode_inventory
    from compliance.sources.opening import open_submission

    refuse_folder(output)
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
    submission = open_submission(subject, revision=revision, include_ignored=include_ignored)
    inventory = pipeline.examine(
        submission, settings, environment=environment, progress=progress_display(quiet=quiet)
    )
    encoded = encode_inventory(inventory)
    if output is None:
        write_text(encoded.decode())
    else:
        write_file(output, encoded)
    raise typer.Exit(ExitStatus.INCOMPLETE if inventory.skipped else ExitStatus.CLEAN)


scan.__doc__ = _HELP
