"""Pages of PDFs with so many text boxes that ordering them would take minutes."""

from pathlib import Path

import pytest
import typst

from compliance.licenses.pdf_layout import MOST_BOXES
from compliance.licenses.scancode import license_regions

pytestmark = pytest.mark.slow


def page(folder: Path, cells: int) -> Path:
    """A PDF page that names a license above a table of `cells`, each a text box of its own."""
    content = f"""#set page(width: 3000pt, height: 3000pt)
    #set text(size: 4pt)
    SPDX-License-Identifier: MIT
    #grid(columns: 20, column-gutter: 90pt, row-gutter: 20pt, ..range({cells}).map(one => [cell #one]))"""
    location = folder / "table.pdf"
    location.write_bytes(typst.compile(content.encode()))
    return location


@pytest.mark.parametrize("cells", [20, 20 * MOST_BOXES])
def test_a_license_above_a_table_is_found_however_many_cells_it_has(tmp_path: Path, cells: int) -> None:
    found = license_regions(page(tmp_path, cells))
    assert [one.expression for one in found] == ["MIT"]
