"""ScanCode's license detection: what it must find, what it must leave alone, with evidence."""

from pathlib import Path

import licensedcode
import pytest

from compliance.detectors import license_text
from compliance.detectors.license_text import DETECTOR
from compliance.licenses.scancode import license_text as text_of
from compliance.model.evidence import LicenseMatch
from compliance.model.finding import LicenseFinding, ModelCardFinding
from compliance.model.skip import Skip
from tests.detectors.examined import examine

pytestmark = pytest.mark.slow


def found(folder: Path, path: str, content: str | bytes) -> list[LicenseFinding]:
    findings = examine(DETECTOR, folder, path, content)
    assert all(isinstance(one, LicenseFinding) for one in findings)
    return [one for one in findings if isinstance(one, LicenseFinding)]


def test_a_tag_is_found_with_line_rule_and_score(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "a.py", "x = 1\n# SPDX-License-Identifier: Apache-2.0\n")

    assert (finding.expression, finding.key_expression, finding.basis) == ("Apache-2.0", "apache-2.0", "detected")
    assert finding.lines == (2, 2)
    (match,) = finding.evidence
    assert isinstance(match, LicenseMatch)
    assert (match.matcher, match.score, match.coverage) == ("1-spdx-id", 100.0, 100.0)


def test_a_license_text_is_told_from_a_tag(tmp_path: Path) -> None:
    installed = Path(licensedcode.__file__).parent / "data" / "licenses" / "mit.LICENSE"
    text = installed.read_text(encoding="utf-8").rpartition("---")[2]

    tagged = found(tmp_path, "a.py", "# SPDX-License-Identifier: MIT\n")
    matches = [one for finding in (*found(tmp_path, "LICENSE", text), *tagged) for one in finding.evidence]
    assert [one.full_text for one in matches if isinstance(one, LicenseMatch)] == [True, False]


def test_a_choice_stays_a_choice(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "a.rs", "// SPDX-License-Identifier: MIT OR GPL-3.0-only\n")

    assert finding.expression == "MIT OR GPL-3.0-only"


def test_an_exception_stays_with_its_license(tmp_path: Path) -> None:
    tag = "GPL-2.0-only WITH Classpath-exception-2.0"
    (finding,) = found(tmp_path, "A.java", f"// SPDX-License-Identifier: {tag}\n")

    assert finding.expression == tag


def test_statements_far_apart_are_findings_of_their_own(tmp_path: Path) -> None:
    gap = "value = 1\n" * 60
    content = f"# SPDX-License-Identifier: MIT\n{gap}# SPDX-License-Identifier: ISC\n"

    assert [one.expression for one in found(tmp_path, "a.py", content)] == ["MIT", "ISC"]


def test_a_notice_that_points_to_a_file_names_it(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "a.py", "# See LICENSE for license information.\n")

    names = [
        name for one in finding.evidence if isinstance(one, LicenseMatch) for name in one.referenced_filenames
    ]
    assert "LICENSE" in names


@pytest.mark.parametrize("content", ["x = 1\n", b"\x00\x01\x02\xff" * 64, "세계\n" * 10])
def test_content_without_a_license_is_left_alone(tmp_path: Path, content: str | bytes) -> None:
    assert found(tmp_path, "a.py", content) == []


def test_the_same_content_under_another_path_gives_the_same(tmp_path: Path) -> None:
    content = "# SPDX-License-Identifier: MIT\n"

    assert found(tmp_path, "a/x.py", content) == found(tmp_path, "b/locale/x.py", content)


def test_only_the_name_and_a_locale_folder_are_part_of_the_key() -> None:
    assert DETECTOR.name_key("a/b/x.py") == DETECTOR.name_key("c/x.py") == "x.py"
    assert DETECTOR.name_key("a/locale/x.py") == DETECTOR.name_key("locales/x.py") == "locale/x.py"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_text_that_scancode_cannot_read_is_reported_and_not_taken_for_unlicensed(
    encoding: str, tmp_path: Path
) -> None:
    content = "# SPDX-License-Identifier: MIT\n".encode(encoding)

    (skip,) = examine(DETECTOR, tmp_path, "a.py", content)
    assert isinstance(skip, Skip)
    assert skip.reason == "unsupported"


def test_what_would_take_too_long_is_reported_and_exact_texts_are_still_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(license_text, "alignment_steps", lambda _size: 1_000)
    names = "the license of this software and its warranty, liability and conditions of use\n" * 400
    content = f"# SPDX-License-Identifier: ISC\n{names}Licensed under the Apache License, Version 2.0\n"

    findings = examine(DETECTOR, tmp_path, "a.txt", content)

    (skip,) = [one for one in findings if isinstance(one, Skip)]
    assert skip.reason == "truncated"
    expressions = [one.expression or "" for one in findings if isinstance(one, LicenseFinding)]
    assert any("Apache-2.0" in expression for expression in expressions)


def test_after_such_a_file_others_are_whole(tmp_path: Path) -> None:
    assert len(found(tmp_path, "a.py", "# SPDX-License-Identifier: ISC\n")) == 1


def test_a_license_in_a_file_named_as_a_vocabulary_is_found(tmp_path: Path) -> None:
    text = text_of("mit") or ""

    (finding,) = found(tmp_path, "tokenizer.json", text)

    assert finding.expression == "MIT"


def test_the_table_of_a_vocabulary_is_left_out_and_told_and_what_stands_above_it_is_found(tmp_path: Path) -> None:
    pieces = "".join(f"Ġ{number:x}z\n" for number in range(2_000))

    told, finding = examine(DETECTOR, tmp_path, "vocab.txt", f"# SPDX-License-Identifier: ISC\n{pieces}")

    assert isinstance(told, ModelCardFinding)
    assert (told.field, told.value) == (
        "vocabulary_table",
        "2,000 of 2,000 records at lines 2-2001 not read as text",
    )
    assert isinstance(finding, LicenseFinding)
    assert (finding.expression, finding.lines) == ("ISC", (1, 1))
