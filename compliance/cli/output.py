"""Where a command's words go: reports to standard output or files, errors to standard error."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from compliance.cli import wording
from compliance.errors import ComplianceError, ConfigurationError
from compliance.language import Language
from compliance.model.quotation import Quotations
from compliance.model.text import Text
from compliance.model.verdict import Assessment
from compliance.reporters.reporter import ASSESSMENT, Reporter, ReportOptions, encoded, reporter_named, reporters
from compliance.reporters.terminal_text import visible

DEFAULT_FORMAT = "console"
STANDARD_OUTPUT = Path("standard output")
_NARROWEST, _WIDEST, _USUAL = 40, 120, 80


def chosen_reporters(formats: Sequence[str], output: Path | None) -> list[Reporter]:
    """The reporters for `formats`, each once.

    Raises:
        ConfigurationError: an unknown format, or several without a folder to write them to.
    """
    chosen = []
    for name in dict.fromkeys(formats or [DEFAULT_FORMAT]):
        if (reporter := reporter_named(name)) is None:
            raise ConfigurationError(wording.unknown_format(name, list(reporters())))
        chosen.append(reporter)
    if len(chosen) > 1 and output is None:
        raise ConfigurationError(wording.SEVERAL_FORMATS)
    return chosen


def write_reports(
    assessment: Assessment,
    chosen: Sequence[Reporter],
    output: Path | None,
    language: Language,
    *,
    into_folder: bool = False,
    previous: Assessment | None = None,
    quotations: Quotations | None = None,
) -> None:
    """Render `assessment` in each chosen format: to standard output, to the file `output`, or into that folder.

    A folder it is for several formats, where it is one already, and `into_folder`. `previous` is an earlier
    assessment, for formats that tell what has changed; `quotations` are for those that quote.

    Raises:
        ConfigurationError: `output` can't be written.
    """
    for reporter in chosen:
        to_terminal = output is None
        chosen_options = msgspec.structs.replace(
            _options(language, to_terminal=to_terminal), previous=previous, quotations=quotations
        )
        rendered = reporter.render(assessment, chosen_options)
        if output is None:
            write_text(rendered)
        elif len(chosen) == 1 and not into_folder and not output.is_dir():
            write_file(output, rendered)
        else:
            write_file(output / f"{ASSESSMENT}{reporter.suffix}", rendered)


def write_text(text: str | bytes) -> None:
    """`text` to standard output, as UTF-8. A reader that has gone away changes nothing of the exit status.

    Raises:
        ConfigurationError: standard output is closed or can't take it.
    """
    if sys.stdout is None:
        raise ConfigurationError(about_path(STANDARD_OUTPUT, wording.UNWRITABLE, OSError()))
    try:
        sys.stdout.buffer.write(encoded(text))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        raise ConfigurationError(about_path(STANDARD_OUTPUT, wording.UNWRITABLE, error)) from error


def _discard_output() -> None:
    """Let what is left in standard output go nowhere, or Python complains of it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: Path, content: str | bytes) -> None:
    """Put `content` at `path`, as `writing` does.

    Raises:
        ConfigurationError: it can't be written.
    """
    with writing(path) as stream:
        stream.write(encoded(content))


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file that stands at `path` once it is whole, or not at all; the folders on the way are made.

    A pipe, a device or a link that stands there is written to and not replaced.

    Raises:
        ConfigurationError: it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            with path.open("wb") as stream:
                yield stream
            return
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with unfinished.open("wb") as stream:
                yield stream
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigurationError(about_path(path, wording.UNWRITABLE, error)) from error


def refuse_folder(output: Path | None) -> None:
    """Tell before the long work that a folder isn't a file.

    Raises:
        ConfigurationError: `output` is a folder.
    """
    if output is not None and output.is_dir():
        raise ConfigurationError(about_path(output, wording.UNWRITABLE, IsADirectoryError(21, os.strerror(21))))


def read_file(path: Path) -> bytes:
    """The bytes of the file `path`, which the caller named.

    Raises:
        ConfigurationError: it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(about_path(path, wording.UNREADABLE, error)) from error


def about_path(path: Path, what: Text, error: OSError) -> Text:
    """`path: what (the system's own words)`."""
    why = error.strerror or type(error).__name__
    return Text(en=f"{path}: {what.en} ({why})", ko=f"{path}: {what.ko} ({why})")


def print_error(error: ComplianceError, language: Language = wording.CALL_LANGUAGE) -> None:
    """`error` and each fault it lists, on standard error."""
    message = visible(error.message.in_language(language))
    tell(
        f"{wording.ERROR.in_language(language)}: {message}",
        *(f"  {visible(line)}" for line in error.lines(language)),
    )


def print_wrong_call(what: str, language: Language = wording.CALL_LANGUAGE) -> None:
    """What the option parser says is wrong with the call, and where to look it up."""
    tell(f"{wording.ERROR.in_language(language)}: {what}", wording.SEE_HELP.in_language(language))


def beginning_of(file: Path, largest: int) -> bytes:
    """At most `largest` bytes of `file` and one more, which tells that there are more.

    Raises:
        ConfigurationError: it is a folder, or can't be read.
    """
    try:
        if file.is_dir():
            raise ConfigurationError(wording.is_a_folder(file))
        with file.open("rb") as stream:
            return stream.read(largest + 1)
    except OSError as error:
        raise ConfigurationError(about_path(file, wording.UNREADABLE, error)) from error


def tell(*lines: str) -> None:
    """`lines` on standard error. Where that is closed or full, the exit status alone must do."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            print(*lines, sep="\n", file=sys.stderr, flush=True)


def _options(language: Language, *, to_terminal: bool) -> ReportOptions:
    on_terminal = to_terminal and _on_terminal()
    colour = on_terminal and not os.environ.get("NO_COLOR")
    columns = terminal_width() if on_terminal else _USUAL
    return ReportOptions(language=language, colour=colour, width=min(columns, _WIDEST))


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def terminal_width() -> int:
    """The columns of the terminal that standard output is, or that `COLUMNS` names, else 120; at least 40."""
    return max(shutil.get_terminal_size((_USUAL if _on_terminal() else _WIDEST, 24)).columns, _NARROWEST)
