"""License files against the knowledge base: known texts, altered ones, and clauses of unknown ones."""

from pathlib import Path

import pytest
import typst

from compliance.detectors.weight_license import DETECTOR, LARGEST
from compliance.licenses import scancode
from compliance.model.evidence import Statement
from compliance.model.finding import LicenseFinding
from compliance.model.skip import Skip
from tests.detectors.examined import examine

LLAMA = scancode.license_text("llama-3.1-license-2024") or ""
MIT = scancode.license_text("mit") or ""
UNKNOWN = "Hanbit model license.\n\nYou may use the weights freely. You may not use them for military purposes.\n"


def found(folder: Path, content: str | bytes, path: str = "LICENSE") -> list[LicenseFinding | Skip]:
    findings = examine(DETECTOR, folder, path, content)
    return [one for one in findings if isinstance(one, LicenseFinding | Skip)]


def license_of(folder: Path, content: str | bytes) -> LicenseFinding:
    (finding,) = found(folder, content)
    assert isinstance(finding, LicenseFinding)
    return finding


def said(finding: LicenseFinding, field: str) -> list[str]:
    return [one.says for one in finding.evidence if isinstance(one, Statement) and one.field == field]


@pytest.mark.parametrize("path", ["LICENSE", "model/LICENSE.txt", "LICENSE_llama.md", "USE_POLICY.md", "COPYING"])
def test_files_that_hold_licenses_and_policies_are_wanted(path: str) -> None:
    assert DETECTOR.wants(path, 10)


@pytest.mark.parametrize("path", ["README.md", "license.py", "licenses.json", "model.safetensors"])
def test_other_files_are_not(path: str) -> None:
    assert not DETECTOR.wants(path, 10)


def test_a_known_text_is_named_with_the_phrase_that_tells_it_from_its_near_copies(tmp_path: Path) -> None:
    finding = license_of(tmp_path, LLAMA)

    assert finding.license_ids == ("llama-3.1",)
    assert finding.expression == "LicenseRef-llama-3.1"
    assert (finding.basis, finding.subject, finding.score, finding.altered) == (
        "detected",
        "weights",
        100.0,
        False,
    )
    assert said(finding, "told-apart-by") == ["Llama 3.1 Version Release Date"]


def test_an_altered_text_has_no_expression_and_says_what_was_altered(tmp_path: Path) -> None:
    finding = license_of(tmp_path, LLAMA.replace("700 million", "7 thousand"))

    assert (finding.license_ids, finding.expression, finding.altered) == (("llama-3.1",), None, True)
    (change,) = said(finding, "clause-changed")
    assert "[-700 million-] {+7 thousand+}" in change


def test_a_license_of_software_is_left_to_the_detector_that_knows_all_of_them(tmp_path: Path) -> None:
    assert found(tmp_path, MIT) == []
    assert found(tmp_path, f"Copyright (c) 2026 Team Hanbit\n\n{MIT}\n\nThanks to everybody.\n") == []


def test_unless_a_clause_was_added_that_restricts(tmp_path: Path) -> None:
    finding = license_of(tmp_path, f"{MIT}\n\nThe Software shall not be used for any commercial purpose.\n")

    assert (finding.license_ids, finding.expression, finding.altered) == (("mit",), None, True)
    assert said(finding, "clause-added") == ["the software shall not be used for any …"]


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("without restriction", "for research only, without commercial use"),
        ("and/or sell copies", "copies"),
        ("to deal in the Software", "solely to deal in the Software"),
    ],
)
def test_or_one_was_changed_so_that_it_grants_less(words: str, others: str, tmp_path: Path) -> None:
    assert words in MIT

    finding = license_of(tmp_path, MIT.replace(words, others))

    assert (finding.license_ids, finding.altered) == (("mit",), True)


def test_another_wording_of_the_same_is_left_alone(tmp_path: Path) -> None:
    bsd = scancode.license_text("bsd-new") or ""
    worded = bsd.replace("Neither the name of", "The name of").replace("may be used to", "may not be used to")

    assert found(tmp_path, worded.replace("[organization]", "Hanbit Research")) == []


def test_terms_of_an_unknown_text_are_read_for_review(tmp_path: Path) -> None:
    finding = license_of(tmp_path, UNKNOWN)

    assert (finding.license_ids, finding.expression, finding.score) == ((), None, None)
    (term,) = said(finding, "term:military_use")
    assert term.startswith("prohibited: ")
    assert [one.lines for one in finding.evidence] == [(3, 3)]


def test_a_text_without_terms_of_weight_says_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, "Hanbit model license.\n\nDo as you like.\n") == []


def test_utf_16_is_read(tmp_path: Path) -> None:
    assert license_of(tmp_path, LLAMA.encode("utf-16")).license_ids == ("llama-3.1",)


def test_a_huge_file_is_told_and_not_read(tmp_path: Path) -> None:
    (skip,) = found(tmp_path, "a " * LARGEST)

    assert isinstance(skip, Skip)
    assert skip.reason == "too-large"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"\x00" * 500, "한".encode() * 900, b"(" * 9_000, b"a.\n" * 9_000]
)
def test_odd_bytes_are_no_license(content: bytes, tmp_path: Path) -> None:
    assert found(tmp_path, content or b" ") == []


def test_a_file_with_a_license_of_software_and_one_of_weights_names_the_latter_with_its_lines(
    tmp_path: Path,
) -> None:
    apache = (scancode.license_text("apache-2.0") or "").strip()
    finding = license_of(tmp_path, f"{apache}\n\n{LLAMA.strip()}")

    assert (finding.license_ids, finding.altered) == (("llama-3.1",), False)
    assert finding.lines is not None
    assert finding.lines[0] > apache.count("\n")


def test_a_file_with_two_licenses_of_weights_gives_two_findings(tmp_path: Path) -> None:
    gemma = scancode.license_text("gemma-tou-2024-04-01") or ""
    findings = found(tmp_path, f"{gemma}\n\n{LLAMA}")

    assert [(one.license_ids, one.altered) for one in findings if isinstance(one, LicenseFinding)] == [
        (("gemma-2024-04-01",), False),
        (("llama-3.1",), False),
    ]


@pytest.mark.slow
def test_a_text_on_the_pages_of_a_pdf_is_known(tmp_path: Path) -> None:
    pages: bytes = typst.compile(b"#sys.inputs.text", sys_inputs={"text": LLAMA})

    (finding,) = found(tmp_path, pages, "LICENSE.pdf")

    assert isinstance(finding, LicenseFinding)
    assert (finding.license_ids, finding.altered) == (("llama-3.1",), False)
