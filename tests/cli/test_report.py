"""`compliance report`: documents out of stored assessments."""

from pathlib import Path

import msgspec

from compliance.reporters.json_v1 import encode_assessment
from tests.cli.command import compliance
from tests.reporters.example_assessment import CLEAN, EXAMPLE


def stored(folder: Path) -> tuple[Path, Path]:
    one, other = folder / "hanbit.json", folder / "clean.json"
    one.write_bytes(encode_assessment(EXAMPLE))
    other.write_bytes(encode_assessment(CLEAN))
    return one, other


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_one_assessment_becomes_documents_in_a_folder(tmp_path: Path) -> None:
    one, _ = stored(tmp_path)
    done = compliance(
        "report", str(one), "--output", str(tmp_path / "out"), "--format", "markdown", "--format", "notice"
    )
    assert done.status == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"assessment.md", "assessment.NOTICE"}


def test_several_assessments_have_a_folder_each_and_a_comparison(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    compliance("report", str(one), str(other), "--output", str(tmp_path / "out"), "--format", "markdown")
    assert written(tmp_path / "out") == {"hanbit/assessment.md", "clean/assessment.md", "comparison.md"}


def test_a_format_that_holds_no_comparison_is_told(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    done = compliance("report", one, other, "--output", tmp_path / "out", "--format", "notice")
    assert done.status == 0
    assert "No comparison" in done.stderr
    assert written(tmp_path / "out") == {"hanbit/assessment.NOTICE", "clean/assessment.NOTICE"}


def test_earlier_assessments_are_matched_by_team(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    renamed = msgspec.structs.replace(CLEAN, subject=msgspec.structs.replace(CLEAN.subject, team="Team Hanbit"))
    other.write_bytes(encode_assessment(renamed))
    before = tmp_path / "before.json"
    before.write_bytes(encode_assessment(CLEAN))
    call = ("report", one, other, "--output", tmp_path / "out", "--format", "markdown", "--previous", before)

    done = compliance(*call, "--language", "en")

    assert done.status == 0
    assert "no earlier report" in (tmp_path / "out" / "comparison.md").read_text()
    assert compliance(*call, "--previous", before).status == 2


def test_an_earlier_assessment_of_no_team_or_of_two_is_refused(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    done = compliance("report", one, other, "--output", tmp_path / "out", "--previous", one)
    assert done.status == 2
    assert "Hanbit" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_earlier_assessment_of_another_team_is_refused(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    renamed = msgspec.structs.replace(CLEAN, subject=msgspec.structs.replace(CLEAN.subject, team="Team Hanbit"))
    other.write_bytes(encode_assessment(renamed))

    done = compliance("report", one, "--output", tmp_path / "out", "--previous", other)

    assert done.status == 2
    assert "Team Hanbit" in done.stderr


def test_nothing_is_written_where_a_file_is_no_assessment(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    other.write_text("{}", encoding="utf-8")
    done = compliance("report", str(one), str(other), "--output", str(tmp_path / "out"))
    assert done.status == 2
    assert not (tmp_path / "out").exists()
