"""What a reporter is, and how the reporters of this package are found."""

import importlib
import pkgutil
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import msgspec

from compliance.language import Language
from compliance.model.quotation import Quotations
from compliance.model.verdict import Assessment

if TYPE_CHECKING:
    from compliance.reporters.report.blocks import Report

_PACKAGE = "compliance.reporters"
ASSESSMENT = "assessment"
COMPARISON = "comparison"
"""How the names of files begin, about one submission and across teams; the format's suffix follows."""
QUOTING = frozenset({"html", "hwpx", "pdf", "xlsx"})
"""Formats that quote lines of examined files where they are given some."""


class ReportOptions(msgspec.Struct, frozen=True):
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


def reporter_named(name: str) -> Reporter | None:
    """The reporter called `name`; None where there is none.

    Most modules are called as their reporter is: then no other one is loaded, which takes longer than a short
    report.

    Raises:
        TypeError: as `reporters`.
    """
    if name in _modules():
        found = _declared(name)
        if found is not None and found.name == name:
            return found
    return reporters().get(name)


def reporters() -> dict[str, Reporter]:
    """The reporters of this package by name: each module that defines `REPORTER`, sorted by name.

    Raises:
        TypeError: a module's `REPORTER` is no reporter, or two have the same name.
    """
    found: dict[str, Reporter] = {}
    for module in _modules():
        one = _declared(module)
        if one is None:
            continue
        if one.name in found:
            raise TypeError(f"{module}.REPORTER hasn't a name of its own")
        found[one.name] = one
    return dict(sorted(found.items()))


def _modules() -> list[str]:
    """The modules of this package."""
    return [info.name for info in pkgutil.iter_modules(importlib.import_module(_PACKAGE).__path__)]


def _declared(module: str) -> Reporter | None:
    """What `module` of this package declares, if anything."""
    declared: object = getattr(importlib.import_module(f"{_PACKAGE}.{module}"), "REPORTER", None)
    if declared is None or isinstance(declared, Reporter):
        return declared
    raise TypeError(f"{module}.REPORTER is not a reporter")
