"""Libraries that ScanCode imports at once and asks about few files are loaded when it asks."""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from compliance.licenses.accelerated.releases import LATE_DIGEST, LATE_MODULES, reproduced

_NAMES: Mapping[str, Mapping[str, str]] = {
    "commoncode.text": {"UnicodeDammit": "bs4.dammit"},
    "typecode.contenttype": {
        "PDFParser": "pdfminer.pdfparser",
        "PDFSyntaxError": "pdfminer.pdfparser",
        "PDFDocument": "pdfminer.pdfdocument",
        "PDFEncryptionError": "pdfminer.pdfdocument",
        "PSSyntaxError": "pdfminer.psparser",
        "PDFException": "pdfminer.pdftypes",
    },
    "typecode.extractible": {"can_extract": "extractcode.archive"},
}
"""What each of ScanCode's modules imports by name, and from where.

Each calls a function of its own list before it names an exception of it, so that all are there by then.
"""
_ALONE = ("bs4.dammit",)
"""What tells encodings is one file; its package imports every parser of HTML that is installed (.1 s)."""


@cache
def install() -> None:
    """Import the modules that ask late, with stand-ins for what they ask; another release's as they are.

    Their imports take a tenth of a second, for encodings that nothing declares, for PDFs and for archives.
    """
    if not any(name in sys.modules for name in _NAMES) and reproduced(LATE_MODULES, LATE_DIGEST):
        with _stand_ins():
            importlib.import_module("typecode.contenttype")  # which imports the others


@contextmanager
def _stand_ins() -> Iterator[None]:
    """In place of modules that aren't loaded yet, for imports by name alone."""
    made: dict[str, ModuleType] = {}
    for importer, names in _NAMES.items():
        for name, module in names.items():
            if module not in sys.modules:
                stand_in: Any = made.setdefault(module, ModuleType(module))
                setattr(stand_in, name, _late(importer, name))
    sys.modules.update(made)
    try:
        yield
    finally:
        for module in made:
            del sys.modules[module]


def _late(importer: str, name: str) -> Callable[..., Any]:
    """A function that gives `importer` what it imported, then does what `name` does."""

    def asked(*arguments: object, **named: object) -> Any:
        asking = sys.modules[importer]
        for one, module in _NAMES[importer].items():
            setattr(asking, one, getattr(_imported(module), one))
        return getattr(asking, name)(*arguments, **named)

    return asked


def _imported(module: str) -> ModuleType:
    """`module`; one of `_ALONE` without its package, if it does without."""
    package = module.partition(".")[0]
    spec = find_spec(package) if module in _ALONE and package not in sys.modules else None
    if spec is not None:
        stand_in = sys.modules[package] = ModuleType(package)
        stand_in.__path__ = list(spec.submodule_search_locations or ())
        try:
            return importlib.import_module(module)
        except (ImportError, AttributeError):  # another release, which needs its package
            pass
        finally:
            for name in [one for one in sys.modules if one.partition(".")[0] == package]:
                del sys.modules[name]
    return importlib.import_module(module)
