"""`compliance report`: documents out of stored assessments."""

from pathlib import Path

from compliance.reporters.json_v1 import encode_assessment
from tests.cli.command import compliance
from tests.reporters.example_assessment import CLEAN, EXAMPLE


def stored(folder: Path) -> tuple[Path, Path]:
    one, other = folder / "hanbit.json", folder / "clean.json"
    one.write_bytes(encode_assessment(EXAMPLE))
    other.write_bytes(encode_assessment(CLEAN))
    return one, other


def test_one_assessment_becomes_documents_in_a_folder(tmp_path: Path) -> None:
    one, _ = stored(tmp_path)
    done = compliance(
        "report", str(one), "--output", str(tmp_path / "out"), "--format", "markdown", "--format", "notice"
    )
    assert done.status == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"assessment.md", "assessment.NOTICE"}


def test_several_assessments_have_a_folder_each(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    compliance("report", str(one), str(other), "--output", str(tmp_path / "out"), "--format", "markdown")
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"hanbit", "clean"}


def test_an_earlier_assessment_belongs_to_one(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    done = compliance("report", str(one), str(other), "--output", str(tmp_path / "out"), "--previous", str(one))
    assert done.status == 2
    assert "--previous" in done.stderr


def test_nothing_is_written_where_a_file_is_no_assessment(tmp_path: Path) -> None:
    one, other = stored(tmp_path)
    other.write_text("{}", encoding="utf-8")
    done = compliance("report", str(one), str(other), "--output", str(tmp_path / "out"))
    assert done.status == 2
    assert not (tmp_path / "out").exists()
