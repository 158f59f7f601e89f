"""What a reporter is, and how the reporters of this package are found."""

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from compliance.language import Language
from compliance.model.quotation import Quotations
from compliance.model.verdict import Assessment

if TYPE_CHECKING:
    from compliance.reporters.report.blocks import Report

ASSESSMENT = "assessment"
COMPARISON = "comparison"
"""How the names of files begin, about one submission and across teams; the format's suffix follows."""
QUOTING = frozenset({"html", "hwpx", "pdf", "xlsx"})
"""Formats that quote lines of examined files where they are given some."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What the reader of a report asked for."""

    language: Language = "en"
    colour: bool = False
    """Whether the text may hold terminal colour codes; formats without colour ignore it."""
    width: int = 80
    """Columns of the terminal; formats without columns ignore it."""
    previous: Assessment | None = None
    """An earlier assessment of the same submission; formats that tell no history ignore it."""
    quotations: Quotations | None = None
    """Lines of the examined files; formats that quote nothing ignore it."""


@runtime_checkable
class Reporter(Protocol):
    """Turns an assessment into one document. A pure function: no clock, no files, no environment."""

    name: str
    """What `--format` calls it."""
    media_type: str
    suffix: str
    """How a file with this report ends, with the dot."""

    def render(self, assessment: Assessment, options: ReportOptions) -> str | bytes:
        """The document; the same arguments give the same one. Never raises for odd content."""


@runtime_checkable
class DocumentReporter(Reporter, Protocol):
    """A format that can hold any report: of one submission, or across several."""

    def draw(self, report: "Report") -> str | bytes:
        """The document that says what `report` does; the same one for the same report."""


def encoded(document: str | bytes) -> bytes:
    """`document` as it stands in a file: UTF-8, with an escape for what that can't hold."""
    return document if isinstance(document, bytes) else document.encode("utf-8", "backslashreplace")


def reporters() -> dict[str, Reporter]:
    """The reporters of this package by name: each module that defines `REPORTER`, sorted by name.

    Raises:
        TypeError: a module's `REPORTER` is no reporter, or two have the same name.
    """
    package = importlib.import_module("compliance.reporters")
    modules = [
        importlib.import_module(f"{package.__name__}.{info.name}")
        for info in pkgutil.iter_modules(package.__path__)
    ]
    found: dict[str, Reporter] = {}
    for module in modules:
        declared: object = getattr(module, "REPORTER", None)
        if declared is None:
            continue
        if not isinstance(declared, Reporter) or declared.name in found:
            raise TypeError(f"{module.__name__}.REPORTER is not a reporter with a name of its own")
        found[declared.name] = declared
    return dict(sorted(found.items()))
