"""Licenses on any page of a PDF are found, and pages that aren't read are told."""

from pathlib import Path

import pytest
import typst

from compliance.detectors.copyright import DETECTOR as COPYRIGHT
from compliance.detectors.license_text import DETECTOR
from compliance.licenses.pdf_layout import MOST_BOXES
from compliance.licenses.pdf_pages import MOST_COMPARED, MOST_PAGES
from compliance.model.finding import CopyrightFinding, LicenseFinding
from compliance.model.skip import Skip
from tests.detectors.examined import Facts, examine

pytestmark = pytest.mark.slow

TAG = "SPDX-License-Identifier: MIT"


def pdf(*pages: str) -> bytes:
    content: bytes = typst.compile("#pagebreak()\n".join(f"{page}\n" for page in pages).encode())
    return content


def licenses(facts: Facts) -> list[str | None]:
    return [one.expression for one in facts if isinstance(one, LicenseFinding)]


def reasons(facts: Facts) -> list[str]:
    return [one.reason for one in facts if isinstance(one, Skip)]


def test_a_license_and_a_copyright_on_the_last_page_are_found(tmp_path: Path) -> None:
    content = pdf("Model", "Terms", f"{TAG}\n\nCopyright 2024 Team Hanbit")

    facts = examine(DETECTOR, tmp_path, "LICENSE.pdf", content)
    statements = examine(COPYRIGHT, tmp_path, "LICENSE.pdf", content)

    assert (licenses(facts), reasons(facts)) == (["MIT"], [])
    assert [one.holders for one in statements if isinstance(one, CopyrightFinding)] == [("Team Hanbit",)]


def test_pages_beyond_the_bound_are_told(tmp_path: Path) -> None:
    facts = examine(DETECTOR, tmp_path, "LICENSE.pdf", pdf(TAG, *["Terms"] * (MOST_PAGES - 1), TAG))

    assert (licenses(facts), reasons(facts)) == (["MIT"], ["truncated"])
    assert reasons(examine(DETECTOR, tmp_path, "a.pdf", pdf(*["Terms"] * MOST_PAGES))) == []


def test_pages_behind_full_ones_are_told(tmp_path: Path) -> None:
    cells = MOST_BOXES - 10
    table = f"""#set page(width: 3000pt, height: 3000pt)
    #set text(size: 4pt)
    #grid(columns: 20, column-gutter: 90pt, row-gutter: 20pt, ..range({cells}).map(one => [cell #one]))"""

    facts = examine(DETECTOR, tmp_path, "a.pdf", pdf(*[table] * (MOST_COMPARED // cells**2 + 2)))

    assert reasons(facts) == ["truncated"]


def by_hand(*pages: tuple[str, str]) -> bytes:
    """A PDF of pages with a box and a text each."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for number, (box, text) in enumerate(pages):
        stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET"
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {11 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[11 + 2 * number] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    body = "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in objects.items())
    return f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R >>\n%%EOF\n".encode()


def test_pages_before_a_broken_one_are_read_and_the_others_told(tmp_path: Path) -> None:
    whole, broken = "[0 0 300 200]", "[0 0 /x /y]"

    facts = examine(DETECTOR, tmp_path, "a.pdf", by_hand((whole, TAG), (broken, "Terms"), (whole, "More")))

    assert (licenses(facts), reasons(facts)) == (["MIT"], ["truncated"])
    assert reasons(examine(DETECTOR, tmp_path, "b.pdf", by_hand((whole, TAG), (whole, "Terms")))) == []


def test_a_pdf_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    facts = examine(
        DETECTOR, tmp_path, "LICENSE.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\nnothing of a PDF but its beginning\n"
    )

    assert (licenses(facts), reasons(facts)) == ([], ["unsupported"])
