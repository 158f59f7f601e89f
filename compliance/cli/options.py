"""Options that several commands share, each defined once."""

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from compliance.cli import wording
from compliance.cli.exit_status import FailOn
from compliance.cli.wording import CALL_LANGUAGE, say
from compliance.errors import ConfigurationError
from compliance.settings import Settings, default_cache

DEFAULT_POLICY = "sovereign-ai"


class LanguageOption(StrEnum):
    """Languages to choose from."""

    KO = "ko"
    EN = "en"


class TextOrJson(StrEnum):
    """How commands about policies write: for people, or for programs."""

    TEXT = "text"
    JSON = "json"


def subject_path(value: str | Path) -> Path:
    """The path that the call names. An empty word, such as a CI job's unset variable, isn't the current folder.

    Raises:
        typer.BadParameter: it is empty.
    """
    if not str(value):
        raise typer.BadParameter(
            say("SUBJECT is empty; name a path.", "SUBJECT 값이 비어 있음: 경로를 지정하세요.")
        )
    return Path(value)


SUBJECT_HELP = say(
    "Folder, git repository, archive, model snapshot or submission.yaml to examine.",
    "검사할 폴더, git 저장소, 압축 파일, 모델 스냅숏 또는 submission.yaml.",
)
Subject = Annotated[Path, typer.Argument(metavar="SUBJECT", parser=subject_path, help=SUBJECT_HELP)]
Revision = Annotated[
    str | None,
    typer.Option(
        help=say("Examine this git revision, not the files on disk.", "디스크 파일 대신 검사할 git 리비전.")
    ),
]
Environment = Annotated[
    Path | None,
    typer.Option(
        help=say(
            "Also list the packages installed in this virtual environment.",
            "이 가상 환경에 설치된 패키지도 목록에 포함.",
        )
    ),
]
IncludeIgnored = Annotated[
    bool,
    typer.Option(
        "--include-ignored", help=say("Examine files that .gitignore excludes.", ".gitignore 대상도 검사.")
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        min=0, help=say("Worker processes; 0: one a processor.", "작업 프로세스 수. 0: 프로세서마다 하나.")
    ),
]
Serial = Annotated[
    bool,
    typer.Option(
        "--serial",
        help=say(
            "Examine in this process, for debugging: no cap on time or memory holds, and a crash ends the run.",
            "디버깅용: 이 프로세스에서 검사. 시간·메모리 한도가 없고, 비정상 종료 시 전체 중단.",
        ),
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help=say(
            "Examine on the workers of this dask scheduler (tls://HOST:8786). Files are sent to them, and whoever "
            "can reach it can run code there: trusted networks only.",
            "이 dask 스케줄러(tls://HOST:8786)의 작업자에서 검사. 파일 내용을 전송하며, 접속할 수 있는 누구나 "
            "코드를 실행할 수 있으므로 신뢰하는 네트워크에서만 사용.",
        ),
    ),
]
NoCache = Annotated[
    bool,
    typer.Option("--no-cache", help=say("Examine everything anew; keep nothing.", "캐시 없이 전부 다시 검사.")),
]
MaxFileSize = Annotated[
    int,
    typer.Option(
        min=1,
        max=1 << 20,
        help=say("MiB; larger files are reported as not examined.", "MiB. 더 큰 파일은 미검사로 보고."),
    ),
]
Timeout = Annotated[
    float,
    typer.Option(min=1, max=86_400, help=say("Seconds that one file may take.", "파일 하나에 허용하는 시간(초).")),
]
MaxMemory = Annotated[
    int,
    typer.Option(
        min=64, max=1 << 24, help=say("MiB that one file may take.", "파일 하나에 허용하는 메모리(MiB).")
    ),
]
Origins = Annotated[
    list[Path] | None,
    typer.Option(
        "--origins",
        help=say(
            "Another index of known code to compare with; may be repeated.",
            "추가로 대조할 알려진 코드 색인. 여러 번 쓸 수 있음.",
        ),
    ),
]
NoShippedOrigins = Annotated[
    bool,
    typer.Option(
        "--no-shipped-origins",
        help=say(
            "Compare with the indexes named by --origins alone.", "--origins 옵션으로 지정한 색인만 대조에 사용."
        ),
    ),
]
Weights = Annotated[
    list[Path] | None,
    typer.Option(
        "--weights",
        help=say(
            "Reference of known weights (`weights fingerprint`) to compare every tensor with; may be repeated. "
            "Reads all weights.",
            "모든 텐서와 대조할 알려진 가중치의 참조 파일(`weights fingerprint` 참고). 여러 번 쓸 수 있음. "
            "가중치를 모두 읽음.",
        ),
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help=say("Show no progress.", "진행 상황을 표시하지 않음."))]
_POLICY_HELP = say("Policy file, or the name of a shipped policy.", "정책 파일 또는 기본 제공 정책 이름.")
Policy = Annotated[str, typer.Option(help=_POLICY_HELP)]
PolicyArgument = Annotated[str, typer.Argument(metavar="POLICY", help=_POLICY_HELP)]


def _from_here(paths: list[Path] | None) -> list[Path] | None:
    """`paths`, those below the working directory from there: reports name them."""
    if not paths:
        return paths
    here = Path.cwd()
    return [one.relative_to(here) if one.is_relative_to(here) else one for one in paths]


Waivers = Annotated[
    list[Path] | None,
    typer.Option(
        "--waivers",
        callback=_from_here,
        help=say(
            "File of approved exceptions (waivers.yaml); may be repeated.",
            "승인된 예외 파일(waivers.yaml). 여러 번 쓸 수 있음.",
        ),
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        help=say(
            "console, csv, cyclonedx, html, hwpx, json, junit, markdown, notice, pdf, sarif, spdx2, spdx3, xlsx.",
            "console, csv, cyclonedx, html, hwpx, json, junit, markdown, notice, pdf, sarif, spdx2, spdx3, xlsx. "
            "여러 번 쓸 수 있음.",
        ),
    ),
]
TextOrJsonOption = Annotated[TextOrJson, typer.Option("--format", help=say("text or json.", "text 또는 json."))]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help=say("File to write; a folder for several formats.", "저장할 파일. 형식이 여러 개면 폴더."),
    ),
]
NoQuotes = Annotated[
    bool,
    typer.Option(
        "--no-quotes",
        help=say(
            "Name places of code alone; otherwise html, pdf and hwpx quote the lines that are near to known code.",
            "코드의 위치만 적음. 이 옵션이 없으면 html, pdf, hwpx는 알려진 코드와 가까운 행을 인용.",
        ),
    ),
]
Language = Annotated[LanguageOption, typer.Option(help=say("Language of the report.", "보고서 언어."))]
FailOnOption = Annotated[
    FailOn, typer.Option(help=say("Severity from which exit status is 1.", "종료 상태 1이 되는 심각도."))
]
Date = Annotated[
    str | None,
    typer.Option(
        help=say(
            "Judge by the rules in force on this day (2026-11-23).",
            "이 날짜에 시행 중인 규칙으로 판정 (2026-11-23).",
        )
    ),
]

LANGUAGE = LanguageOption(CALL_LANGUAGE)
_DEFAULTS = Settings()
MAX_FILE_SIZE = _DEFAULTS.largest_file >> 20
TIMEOUT = _DEFAULTS.seconds_per_file
MAX_MEMORY = _DEFAULTS.memory_per_file >> 20


def settings_from(
    *,
    jobs: int,
    no_cache: bool,
    max_file_size: int,
    timeout: float,
    max_memory: int,
    origins: list[Path] | None = None,
    no_shipped_origins: bool = False,
    weights: list[Path] | None = None,
    serial: bool = False,
    cluster: str | None = None,
) -> Settings:
    """The settings that a call's options amount to; sizes in MiB, time in seconds.

    Raises:
        ConfigurationError: two of them contradict each other.
    """
    if serial and (jobs or cluster is not None):
        raise ConfigurationError(wording.SERIAL_AND_MORE)
    return Settings(
        jobs=jobs,
        serial=serial,
        cluster=cluster,
        cache=None if no_cache else default_cache(),
        largest_file=max_file_size << 20,
        seconds_per_file=timeout,
        memory_per_file=max_memory << 20,
        origins=tuple(origins or ()),
        shipped_origins=not no_shipped_origins,
        weights=tuple(weights or ()),
    )


def date_from(value: str | None) -> datetime.date:
    """The day on which rules are asked; today where none is named.

    Raises:
        ConfigurationError: not an ISO date.
    """
    if value is None:
        return datetime.datetime.now(tz=datetime.UTC).astimezone().date()
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise ConfigurationError(wording.wrong_date(value)) from error
