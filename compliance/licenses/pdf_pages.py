"""The text of all pages of a PDF, where ScanCode reads the first one alone: its loop over pages returns too early.

A page of a license takes a twentieth of a second. What isn't read of a file is known afterwards.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from compliance.licenses import pdf_layout

_MARK = b"%PDF-"
"""What PDFs begin with."""
MOST_PAGES = 50
MOST_COMPARED = 200_000
"""Pairs of text boxes, on all pages: some seven seconds. The first page is read in any case."""

_Record = tuple[int, ...]


@cache
def install() -> None:
    """Let ScanCode read all pages, for this process, and load the library only once there is a PDF.

    `text_lines` is all that ScanCode asks its own module for, the import of which takes as long as many a file.
    """
    import textcode

    if (module := sys.modules.get("textcode.pdf")) is None:
        module = sys.modules["textcode.pdf"] = ModuleType("textcode.pdf")
    replaced: Any = module
    replaced.get_text_lines = text_lines
    textcode.pdf = module


def text_lines(location: str, max_pages: int = 0) -> list[bytes]:
    """The lines of the PDF at `location`; `max_pages` is ScanCode's, which it doesn't keep to.

    Raises whatever the library raises for the first page.
    """
    del max_pages
    record = _record(location)
    if _last.record != record:
        _last.lines, _last.is_whole = _read(Path(location))
        _last.record = record
    return list(_last.lines)


def is_pdf(location: Path) -> bool:
    """Whether the file at `location` says that it is a PDF. Raises OSError where it can't be read."""
    with location.open("rb") as file:
        return file.read(len(_MARK)) == _MARK


def was_read(location: Path) -> bool:
    """Whether the file at `location` is the PDF that was read last; an encrypted or broken one never is."""
    return _last.record == _record(location)


def is_whole(location: Path) -> bool:
    """Whether nothing of the file at `location`, if it is the PDF that was read last, was left unread."""
    return _last.is_whole or not was_read(location)


class _Last(msgspec.Struct):
    """The PDF that was read last in this process: licenses and copyrights are asked for one after the other."""

    record: _Record = ()
    lines: tuple[bytes, ...] = ()
    is_whole: bool = True


_last = _Last()


def _record(location: str | Path) -> _Record:
    status = Path(location).stat()
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def _read(location: Path) -> tuple[tuple[bytes, ...], bool]:
    from pdfminer.converter import TextConverter
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfparser import PDFParser

    pdf_layout.bound()
    text = BytesIO()
    with location.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        manager = PDFResourceManager()
        with closing(TextConverter(manager, text, laparams=LAParams())) as converter:
            whole = _process(document, PDFPageInterpreter(manager, converter))
    text.seek(0)
    return tuple(text.readlines()), whole


def _process(document: Any, interpreter: Any) -> bool:
    """Write the text of the pages; whether all of them were."""
    compared = pdf_layout.compared()
    pages = _pages(document)
    for number in range(MOST_PAGES):
        try:
            if (page := next(pages, None)) is None:
                return True
            interpreter.process_page(page)
        except MemoryError:
            raise
        except Exception:  # of a broken page; what stands on those before it is read
            if number == 0:
                raise
            return False
        if pdf_layout.compared() - compared > MOST_COMPARED:
            break
    return next(pages, None) is None


def _pages(document: Any) -> Iterator[Any]:
    from pdfminer.pdfpage import PDFPage

    pages: Iterator[Any] = PDFPage.create_pages(document)
    return pages
