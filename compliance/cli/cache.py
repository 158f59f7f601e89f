"""`compliance cache info · export · import · prune`: what is remembered between runs, and how it travels."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from compliance.cli import options, wording
from compliance.cli.exit_status import ExitStatus
from compliance.cli.output import about_path, refuse_folder, tell, write_text, writing
from compliance.cli.report_signing import PASSWORD_VARIABLE
from compliance.cli.wording import say
from compliance.errors import ConfigurationError

application = typer.Typer(
    help=say(
        "What was found earlier: tell, share between machines, remove what is out of use.",
        "이전 검사 결과 캐시: 정보, 다른 장비와 공유, 쓰지 않는 것 제거.",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)
Folder = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        metavar="DIR",
        help=say(
            "Folder of the cache. Default: COMPLIANCE_CACHE_DIR, else compliance in the user's cache folder.",
            "캐시 폴더. 기본값: COMPLIANCE_CACHE_DIR, 없으면 사용자 캐시 폴더의 compliance.",
        ),
    ),
]
Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FILE", help=say("File to write.", "저장할 파일."), show_default=False),
]
Exported = Annotated[
    Path, typer.Argument(metavar="FILE", help=say("File that `cache export` wrote.", "`cache export` 결과 파일."))
]
Sign = Annotated[
    list[Path] | None,
    typer.Option(
        "--sign",
        metavar="KEY",
        help=say(
            "Sign with this Ed25519 private key (PEM); may be repeated. Writes FILE.intoto.jsonl beside it. "
            f"The password comes from {PASSWORD_VARIABLE} or a prompt.",
            "이 Ed25519 개인 키(PEM)로 서명. 여러 번 쓸 수 있음. 옆에 FILE.intoto.jsonl 파일을 씀. 암호는 "
            f"{PASSWORD_VARIABLE} 환경 변수 또는 입력으로 받음.",
        ),
    ),
]
Keys = Annotated[
    list[Path] | None,
    typer.Option(
        "--key",
        metavar="PUBLIC",
        help=say(
            "Take the file only if FILE.intoto.jsonl beside it is signed with this key (PEM, Ed25519); may be "
            "repeated, and one of them is enough.",
            "옆의 FILE.intoto.jsonl 파일이 이 공개 키(PEM, Ed25519)로 서명된 경우에만 가져옴. 여러 번 쓸 수 "
            "있으며 하나만 맞으면 됨.",
        ),
    ),
]
UnusedFor = Annotated[
    int | None,
    typer.Option(
        "--unused-for",
        metavar="DAYS",
        min=0,
        help=say(
            "Remove what wasn't used for so many days; 0 leaves what was used today. Default: 30, or none with "
            "--largest.",
            "이 일수 동안 쓰지 않은 것을 제거. 0이면 오늘 쓴 것만 남김. 기본값: 30. --largest 옵션이 있으면 없음.",
        ),
    ),
]
Largest = Annotated[
    int | None,
    typer.Option(
        "--largest",
        metavar="MIB",
        min=0,
        help=say(
            "Then remove what was used longest ago until the cache has at most so many MiB; what was used "
            "today stays.",
            "그다음 캐시가 이 크기(MiB) 이하가 될 때까지 오래전에 쓴 것부터 제거. 오늘 쓴 것은 남음.",
        ),
    ),
]
_UNUSED_FOR = 30


def info(
    cache: Folder = None,
    format_: options.TextOrJsonOption = options.TextOrJson.TEXT,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Say what the cache holds."""
    from compliance.cli.cache_output import described
    from compliance.store.upkeep import summary

    with _opened(path := _existing(cache)) as connection:
        write_text(described(path, summary(connection), format_, language.value))


def export(
    output: Output, cache: Folder = None, sign: Sign = None, language: options.Language = options.LANGUAGE
) -> None:
    """Write every row about a content to one file."""
    from compliance.cli import cache_signing
    from compliance.cli.cache_output import exported
    from compliance.store import exchange

    path = _existing(cache)
    refuse_folder(output)
    keys = cache_signing.read_keys(sign or [])
    with _opened(path) as connection, writing(output) as stream:
        rows = exchange.write(connection, stream)
    if keys:
        cache_signing.sign(output, keys)
    tell(exported(output, rows, language.value))


def import_(
    file: Exported,
    cache: Folder = None,
    key: Keys = None,
    format_: options.TextOrJsonOption = options.TextOrJson.TEXT,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Take in every whole row of an exported file; what is here already stays."""
    from compliance.cli import cache_signing
    from compliance.cli.cache_output import faulty, merged
    from compliance.store import exchange
    from compliance.store.database import RowKey, day_of
    from compliance.store.upkeep import merge

    path = _path(cache)
    faults: list[exchange.Fault] = []

    def whole(stream: BinaryIO) -> Iterator[tuple[RowKey, bytes]]:
        for one in exchange.read(stream, os.fstat(stream.fileno()).st_size):
            if isinstance(one, exchange.Fault):
                faults.append(one)
                tell(faulty(file, one, language.value))
            else:
                yield one

    try:
        with file.open("rb") as stream:
            if key:
                cache_signing.verify(file, stream, key)
            with _opened(path) as connection:
                counts = merge(connection, whole(stream), day_of())
    except OSError as error:
        raise ConfigurationError(about_path(file, wording.UNREADABLE, error)) from error
    write_text(merged(counts, len(faults), format_, language.value))
    if faults and not (counts.added or counts.known or counts.differing):
        raise typer.Exit(ExitStatus.WRONG_CALL)
    raise typer.Exit(ExitStatus.INCOMPLETE if faults else ExitStatus.CLEAN)


def prune(
    cache: Folder = None,
    unused_for: UnusedFor = None,
    largest: Largest = None,
    format_: options.TextOrJsonOption = options.TextOrJson.TEXT,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Remove what is out of use, by days and by size."""
    from compliance.cli.cache_output import pruned
    from compliance.store import upkeep
    from compliance.store.database import day_of

    days = _UNUSED_FOR if unused_for is None and largest is None else unused_for
    size = None if largest is None else largest << 20
    with _opened(_existing(cache)) as connection:
        before = upkeep.summary(connection)
        upkeep.prune(connection, day_of(), days, size)
        after = upkeep.summary(connection)
    write_text(pruned(before, after, size, format_, language.value))


def _path(folder: Path | None) -> Path:
    from compliance.settings import cache_in, default_cache

    return cache_in(folder) if folder is not None else default_cache()


def _existing(folder: Path | None) -> Path:
    path = _path(folder)
    if not path.is_file():
        raise ConfigurationError(wording.no_cache(path))
    return path


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The cache at `path`, made where there is none.

    Raises:
        ConfigurationError: it can't be used, as it is or at all; nothing of it is lost.
    """
    from compliance.store.database import connect

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = connect(path)
    except (OSError, sqlite3.Error) as error:
        raise ConfigurationError(wording.cache_unusable(path, error)) from error
    try:
        yield connection
    except sqlite3.Error as error:
        raise ConfigurationError(wording.cache_unusable(path, error)) from error
    finally:
        connection.close()


info.__doc__ = say(
    "Say what the cache holds, by detector and version. Exit status: 2 where there is none.",
    "캐시 내용을 탐지기와 버전별로 출력. 캐시가 없으면 종료 상태 2.",
)
export.__doc__ = say(
    "Write what was found to one file, for another machine: findings by content, nothing of paths, names or "
    "times. The same findings give the same bytes. Exit status: 0, or 2 where it can't be written.",
    "다른 장비에서 쓸 수 있게 검사 결과를 파일 하나로 저장. 내용별 결과만 담으며 경로, 이름, 시각은 없음. "
    "같은 결과면 같은 바이트. 종료 상태: 0. 저장할 수 없으면 2.",
)
import_.__doc__ = say(
    "Take in what was found on another machine. TRUST: rows say what is in a file, and nothing examines it "
    "again: whoever wrote them decides what is found. Import from people whom you would let examine for you, "
    "and check their signature with --key. What is here already stays. Exit status: 0 all taken, 2 nothing "
    "taken, 3 some rows are damaged.",
    "다른 장비의 검사 결과 가져오기. 신뢰 주의: 캐시의 행은 파일에 무엇이 있는지 말하며 다시 검사하지 "
    "않으므로, 행을 쓴 사람이 결과를 정함. 검사를 맡길 수 있는 사람의 것만 가져오고 --key 옵션으로 서명을 "
    "확인하세요. 이미 있는 행은 그대로 둠. 종료 상태: 0 모두 가져옴, 2 가져오지 않음, 3 일부 행 손상.",
)
prune.__doc__ = say(
    "Remove what wasn't used lately: contents, and versions of detectors. What was used today always stays. "
    "Exit status: 0, or 2 where there is no cache or it is in use for too long.",
    "최근에 쓰지 않은 내용과 탐지기 버전 제거. 오늘 쓴 것은 항상 남음. 종료 상태: 0. 캐시가 없거나 오래 "
    "사용 중이면 2.",
)
application.command("info")(info)
application.command("export")(export)
application.command("import")(import_)
application.command("prune")(prune)
