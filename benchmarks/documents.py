"""Documents that several benchmarks write, each its own section between marks; the others' sections stay."""

import re
from pathlib import Path

_DOCS = Path(__file__).parents[1] / "docs"
ACCURACY, PERFORMANCE = _DOCS / "accuracy.md", _DOCS / "performance.md"
"""The documents that many write."""


def write_section(document: Path, name: str, text: str) -> None:
    """Puts `text` between the marks of section `name` of `document`, which gets them at its end if it has none."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    section = f"{begin}\n{text.strip()}\n{end}"
    written = document.read_text(encoding="utf-8") if document.is_file() else ""
    found = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if found.search(written):
        written = found.sub(lambda _: section, written, count=1)
    else:
        written = f"{written.rstrip()}\n\n{section}\n".lstrip()
    document.write_text(written, encoding="utf-8")
