"""`compliance origins build · info · match`: the index of known code."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options, wording
from compliance.cli.exit_status import ExitStatus
from compliance.cli.output import about_path, beginning_of, refuse_folder, tell, terminal_width, write_text
from compliance.cli.wording import say
from compliance.errors import ConfigurationError

if TYPE_CHECKING:
    from compliance.origins.index.reader import Index

application = typer.Typer(
    help=say("The index of known code: build, describe, compare.", "알려진 코드 색인: 만들기, 설명, 대조."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Recipe = Annotated[
    str,
    typer.Argument(
        metavar="RECIPE",
        help=say(
            "Recipe file, or the name of a shipped recipe (known-code).",
            "레시피 파일 또는 기본 제공 레시피 이름(known-code).",
        ),
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", help=say("Index file to write.", "저장할 색인 파일."), show_default=False)
]
Downloads = Annotated[
    Path | None,
    typer.Option(
        help=say(
            "Folder of the packages that the recipe pins; what is missing there is downloaded by name and checked "
            "by digest. Default: in the cache's folder.",
            "레시피에 고정된 패키지 폴더. 없는 것은 이름으로 내려받아 다이제스트로 확인. 기본값: 캐시 폴더 안.",
        )
    ),
]
Indexes = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[INDEX]...",
        help=say("Index files; the shipped one by default.", "색인 파일. 기본값은 기본 제공 색인."),
    ),
]
File = Annotated[Path, typer.Argument(metavar="FILE", help=say("Source file to compare.", "대조할 소스 파일."))]
Beside = Annotated[
    list[Path] | None,
    typer.Option(
        "--beside",
        help=say(
            "Folder with the origin's text, such as an installed package, to print both sides; may be repeated.",
            "출처 원문이 있는 폴더(예: 설치된 패키지). 지정하면 양쪽을 나란히 출력. 여러 번 쓸 수 있음.",
        ),
    ),
]


def build(
    recipe: Recipe,
    output: Output,
    downloads: Downloads = None,
    language: options.Language = options.LANGUAGE,
    jobs: options.Jobs = 0,
    no_cache: options.NoCache = False,
    quiet: options.Quiet = False,
) -> None:
    """Collect, read and write; nothing collected is ever run."""
    from compliance import pipeline
    from compliance.cli.origins_output import built, counted
    from compliance.origins.building.index_building import Building
    from compliance.origins.building.recipe_loading import load_recipe
    from compliance.origins.index.reader import Index
    from compliance.settings import Settings, default_cache

    loaded = load_recipe(recipe)
    refuse_folder(output)
    folder = downloads or default_cache().parent / "downloads"
    building = Building(loaded, folder, Settings(jobs=jobs).workers)
    cache = pipeline.open_cache(None if no_cache else default_cache())
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        building.write(output, _today(), cache, None if quiet else lambda *said: tell(counted(*said)))
    except OSError as error:
        raise ConfigurationError(about_path(output, wording.UNWRITABLE, error)) from error
    finally:
        cache.close()
    write_text(built(Index(output), building.skipped, language.value))
    raise typer.Exit(ExitStatus.INCOMPLETE if building.skipped else ExitStatus.CLEAN)


def info(indexes: Indexes = None, language: options.Language = options.LANGUAGE) -> None:
    """Describe each index; one that can't be used ends the command."""
    from compliance.cli.origins_output import described
    from compliance.origins.shipped import SHIPPED_INDEX

    opened = _opened(indexes or [SHIPPED_INDEX])
    write_text("\n".join(described(one, _today(), language.value) for one in opened))


def match(
    file: File,
    origins: options.Origins = None,
    no_shipped_origins: options.NoShippedOrigins = False,
    beside: Beside = None,
    language: options.Language = options.LANGUAGE,
) -> None:
    """Compare one file and print what it is nearest to."""
    from compliance.cli.origins_output import matched
    from compliance.cli.side_by_side import Originals
    from compliance.detectors.origin_code import OriginCode
    from compliance.origins.opening import KnownCode
    from compliance.origins.shipped import SHIPPED_INDEX

    size = _comparable(file)
    folders = _folders(beside or [])
    paths = [*([] if no_shipped_origins else [SHIPPED_INDEX]), *(origins or [])]
    if not paths:
        raise ConfigurationError(wording.NO_INDEX)
    detector = OriginCode(KnownCode([one.mapped for one in _opened(paths)]))
    said = matched(file, size, detector, Originals(folders), language.value, terminal_width())
    write_text(said)


def _opened(paths: Iterable[Path]) -> "list[Index]":
    """Every index of `paths`, read through once.

    Raises:
        IndexFaultError: one can't be used.
    """
    from compliance.origins.index.reader import Index

    opened = [Index(path) for path in paths]
    for one in opened:
        one.mapped.verify()
    return opened


def _comparable(file: Path) -> int:
    """The size of `file` in bytes, which is text in a language that can be compared.

    Raises:
        ConfigurationError: it isn't.
    """
    from compliance.detectors.origin_code import LARGEST
    from compliance.origins.languages import language_of

    content = beginning_of(file, LARGEST)
    if language_of(file.name) is None:
        raise ConfigurationError(wording.unknown_language(file))
    if b"\0" in content:
        raise ConfigurationError(wording.is_binary(file))
    if len(content) > LARGEST:
        raise ConfigurationError(wording.too_large(file, LARGEST))
    return len(content)


def _folders(named: list[Path]) -> list[Path]:
    for one in named:
        if not one.is_dir():
            raise ConfigurationError(wording.no_folder(one))
    return named


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date()


build.__doc__ = say(
    "Build an index from the packages, trees and histories that RECIPE names; nothing of them is run. "
    "Exit status: 0 complete, 2 wrong call or recipe, 3 something could not be read.",
    "RECIPE에 적힌 패키지, 폴더, 이력으로 색인 만들기(코드는 실행하지 않음). "
    "종료 상태: 0 완료, 2 잘못된 호출 또는 레시피, 3 일부 읽지 못함.",
)
info.__doc__ = say(
    "Say what an index covers, how fresh it is, and what it can't know. Exit status: 2 where it can't be used.",
    "색인이 담은 것, 최신성, 알 수 없는 것 설명. 쓸 수 없는 색인이면 종료 상태 2.",
)
match.__doc__ = say(
    "Print what the code of one file is nearest to in the index, lines beside lines. Exit status: 0, or 2 where "
    "the file or an index can't be used.",
    "파일 하나의 코드와 색인에서 가장 가까운 출처를 줄끼리 나란히 출력. "
    "종료 상태: 0. 파일이나 색인을 쓸 수 없으면 2.",
)
application.command("build")(build)
application.command("info")(info)
application.command("match")(match)
