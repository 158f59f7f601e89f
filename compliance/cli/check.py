"""`compliance check`: examine, judge, print."""

import typer

from compliance.cli import options
from compliance.cli.exit_status import FailOn, status_of
from compliance.cli.output import chosen_reporters, write_reports
from compliance.cli.progress_display import progress_display
from compliance.cli.wording import say
from compliance.reporters.reporter import QUOTING

_HELP = say(
    "Examine SUBJECT, judge it by a policy and print the verdicts. Exit status: 0 clean, 1 policy violated, "
    "2 wrong call, 3 incomplete.",
    "SUBJECT 검사 후 정책에 따라 판정하고 출력. 종료 상태: 0 적합, 1 정책 위반, 2 잘못된 호출, 3 검사 미완료.",
)


def check(
    subject: options.Subject,
    revision: options.Revision = None,
    policy: options.Policy = options.DEFAULT_POLICY,
    waivers: options.Waivers = None,
    formats: options.Formats = None,
    output: options.Output = None,
    no_quotes: options.NoQuotes = False,
    language: options.Language = options.LANGUAGE,
    fail_on: options.FailOnOption = FailOn.FAIL,
    date: options.Date = None,
    environment: options.Environment = None,
    include_ignored: options.IncludeIgnored = False,
    origins: options.Origins = None,
    no_shipped_origins: options.NoShippedOrigins = False,
    weights: options.Weights = None,
    jobs: options.Jobs = 0,
    serial: options.Serial = False,
    cluster: options.Cluster = None,
    no_cache: options.NoCache = False,
    max_file_size: options.MaxFileSize = options.MAX_FILE_SIZE,
    timeout: options.Timeout = options.TIMEOUT,
    max_memory: options.MaxMemory = options.MAX_MEMORY,
    quiet: options.Quiet = False,
) -> None:
    """Examine, judge and print; everything that can be wrong with the call is checked before the long work."""
    from compliance import pipeline
    from compliance.sources.opening import open_submission

    chosen = chosen_reporters(formats or [], output)
    today = options.date_from(date)
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
    with pipeline.open_examiner(settings) as examiner:
        judging = examiner.judging(policy, waivers or [], today)
        submission = open_submission(subject, revision=revision, include_ignored=include_ignored)
        progress = progress_display(quiet=quiet)
        inventory = examiner.examine(submission, environment=environment, progress=progress)
        assessment = judging.assess(inventory)
    quotations = None
    if not no_quotes and any(one.name in QUOTING for one in chosen):
        from compliance.quoting import quotations_in

        quotations = quotations_in(assessment, submission.sources)
    write_reports(assessment, chosen, output, language.value, quotations=quotations)
    raise typer.Exit(status_of(assessment, fail_on))


check.__doc__ = _HELP
