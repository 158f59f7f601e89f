"""Evidence in the source: each finding's file, lines and words, in every kind of source."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from compliance.errors import ComplianceError, ConfigurationError
from compliance.model.evidence import Lines, Statement
from compliance.model.finding import (
    CopyrightFinding,
    Declaration,
    DependencyFinding,
    Finding,
    LicenseFinding,
    ModelCardFinding,
    NoticeFinding,
    Origin,
    OriginFinding,
    Span,
    place,
)
from compliance.model.submission import SourceReference, Subject
from compliance.model.verdict import Assessment
from compliance.verification.evidence import compare_evidence
from compliance.verification.outcome import Outcome
from tests.reporters.example_assessment import CLEAN

CODE = """\
# Copyright 2024 Example Authors
# Copied from other/project

class Attention:
    pass
"""
NOWHERE = Declaration(path="code.py", lines=(2, 2), says="Copied from nowhere")
ROUTER = Span(lines=(4, 5), name="Router", origin_path="a.py", origin_lines=(1, 2))
CARD = "---\nlicense: mit\nbase_model: someone/model\n---\n"


def repository(folder: Path) -> str:
    """A repository with code and a card in `folder`; its commit."""
    folder.mkdir()
    (folder / "code.py").write_text(CODE)
    (folder / "README.md").write_text(CARD)
    git = ["git", "-C", str(folder), "-c", "user.name=Example Authors", "-c", "user.email=authors@example.com"]
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first"], check=True)
    return subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()


def copyright_at(
    lines: Lines, statement: str = "Copyright 2024 Example Authors", path: str = "code.py"
) -> Finding:
    return place(CopyrightFinding(lines=lines, statement=statement), path, None)


def origin(**changes: object) -> Finding:
    nearest = Origin(family="other", project="other", relation="declared", role="direct")
    finding = OriginFinding(
        lines=(1, 5),
        lineage=(nearest,),
        spans=(Span(lines=(4, 5), name="code.Attention", origin_path="a.py", origin_lines=(1, 2)),),
        declared=Declaration(path="code.py", lines=(2, 2), says="Copied from other/project"),
    )
    return place(msgspec.structs.replace(finding, **changes), "code.py", None)


def card(field: str, value: str, lines: Lines = (3, 3)) -> Finding:
    return place(ModelCardFinding(lines=lines, field=field, value=value), "README.md", None)


def assessment(
    *findings: Finding, revision: str | None = None, kind: str = "git", team: str | None = None
) -> Assessment:
    reference = SourceReference(kind=kind, path="examined", revision=revision)  # type: ignore[arg-type]  # one of them
    subject = Subject(team=team, name="examined", sources=(reference,))
    return msgspec.structs.replace(CLEAN, subject=subject, findings=findings)


def compared(of: Assessment, source: Path) -> Outcome:
    outcome = Outcome()
    compare_evidence(of, source, outcome)
    return outcome


def test_evidence_that_is_there_is_found_with_its_words(tmp_path: Path) -> None:
    commit = repository(tmp_path / "team")
    (tmp_path / "team" / "code.py").write_text("changed since")
    findings = [copyright_at((1, 1)), origin(), card("base_model", "someone/model")]

    outcome = compared(assessment(*findings, revision=commit), tmp_path / "team")

    assert not outcome.wrong
    assert not outcome.unchecked
    assert outcome.right[0].message.en.startswith("3 of 3 findings")
    assert "these 3 quote" in outcome.right[0].message.en


OTHER_STATEMENT = "Copyright 2024 Team Hanbit"


@pytest.mark.parametrize(
    ("finding", "where", "why"),
    [
        (copyright_at((1, 1), path="none.py"), "none.py:1", "isn't in what was examined"),
        (copyright_at((1, 1), OTHER_STATEMENT), "code.py:1", "team, hanbit"),
        (copyright_at((3, 3)), "code.py:3", "2024"),
        (copyright_at((99, 99)), "code.py:99", "line 99"),
        (card("base_model", "other/model"), "README.md:3", "other"),
        (origin(declared=NOWHERE), "code.py:2", "nowhere"),
        (origin(spans=(ROUTER,)), "code.py:4-5", "router"),
    ],
)
def test_evidence_that_is_not_there_is_told_with_its_place(
    finding: Finding, where: str, why: str, tmp_path: Path
) -> None:
    commit = repository(tmp_path / "team")

    outcome = compared(assessment(finding, revision=commit), tmp_path / "team")

    assert [one.file for one in outcome.wrong] == [where]
    assert why in outcome.wrong[0].message.en


@pytest.mark.parametrize(
    "finding",
    [
        origin(spans=(Span(lines=(5, 5), name="code.Attention", origin_path="a.py", origin_lines=(2, 2)),)),
        origin(declared=Declaration(path="code.py", says="third_party/other")),
    ],
    ids=["the second part of a class", "a statement that a path makes"],
)
def test_what_is_not_said_to_stand_at_the_lines_is_not_missed_there(finding: Finding, tmp_path: Path) -> None:
    commit = repository(tmp_path / "team")

    outcome = compared(assessment(finding, revision=commit), tmp_path / "team")

    assert not outcome.wrong


def test_another_file_that_evidence_names_is_looked_up(tmp_path: Path) -> None:
    commit = repository(tmp_path / "team")
    said = Statement(path="README.md", lines=(2, 2), field="license", says="apache-2.0")
    finding = place(
        LicenseFinding(expression="MIT", basis="declared", score=None, evidence=(said,)), "code.py", None
    )
    notice = place(NoticeFinding(origin="other", cured_by=("NOTICE",)), "code.py", None)

    outcome = compared(assessment(finding, notice, revision=commit), tmp_path / "team")

    assert {one.file for one in outcome.wrong} == {"README.md:2", "NOTICE"}


def test_a_commit_that_is_not_there_ends_the_call(tmp_path: Path) -> None:
    repository(tmp_path / "team")

    with pytest.raises(ComplianceError):
        compared(assessment(copyright_at((1, 1)), revision="1" * 40), tmp_path / "team")


def test_without_a_commit_the_files_on_disk_are_looked_up_ignored_ones_too(tmp_path: Path) -> None:
    repository(tmp_path / "team")
    (tmp_path / "team" / ".gitignore").write_text("built/\n")
    (tmp_path / "team" / "built").mkdir()
    (tmp_path / "team" / "built" / "code.py").write_text(CODE)
    findings = [copyright_at((1, 1), path="built/code.py"), copyright_at((1, 1), path="gone.py")]

    outcome = compared(assessment(*findings), tmp_path / "team")

    assert [one.file for one in outcome.wrong] == ["gone.py:1"]
    assert "may have changed" in outcome.wrong[0].message.en


def test_what_has_no_place_is_counted_as_unchecked(tmp_path: Path) -> None:
    commit = repository(tmp_path / "team")
    (tmp_path / "team" / "binary").write_bytes(b"\0")
    findings = (
        place(ModelCardFinding(field="x", value=""), "", None),
        place(DependencyFinding(purl="pkg:pypi/a", scope="installed"), "environment/a", None),
    )
    of = assessment(*findings, revision=commit)
    environment = SourceReference(kind="environment", path=".venv")
    sources = (*of.subject.sources, environment)
    of = msgspec.structs.replace(of, subject=msgspec.structs.replace(of.subject, sources=sources))

    outcome = compared(of, tmp_path / "team")

    assert not outcome.wrong
    assert len(outcome.unchecked) == 2
    assert all(one.message.en.startswith("1 finding (") for one in outcome.unchecked)
    assert outcome.right[0].message.en.startswith("0 of 2 findings")


def test_lines_of_a_binary_file_are_left_unchecked(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "binary").write_bytes(b"\0Copyright")

    outcome = compared(assessment(copyright_at((1, 1), path="binary"), kind="directory"), tmp_path / "team")

    assert not outcome.wrong
    assert "binary" in outcome.unchecked[0].message.en


def test_a_folder_and_the_root_are_places(tmp_path: Path) -> None:
    commit = repository(tmp_path / "team")
    of_root = place(LicenseFinding(expression="MIT", basis="declared", score=None), ".", None)

    assert not compared(assessment(of_root, revision=commit), tmp_path / "team").wrong


def submission(folder: Path, names: Sequence[str], revision: str = "") -> Path:
    sources = "\n".join(f"  - {{name: {name}, path: team{revision}}}" for name in names)
    (folder / "submission.yaml").write_text(f"team: Team Hanbit\nsources:\n{sources}\n")
    return folder / "submission.yaml"


def test_paths_of_a_submission_begin_with_the_name_of_the_source(tmp_path: Path) -> None:
    repository(tmp_path / "team")
    finding = copyright_at((1, 1), path="code/code.py")

    outcome = compared(assessment(finding, team="Team Hanbit"), submission(tmp_path, ["code"]))

    assert not outcome.wrong
    assert outcome.right[0].message.en.startswith("1 of 1")


def test_a_source_at_another_commit_is_left_unchecked(tmp_path: Path) -> None:
    repository(tmp_path / "team")
    file = submission(tmp_path, ["code"], ", revision: HEAD")

    outcome = compared(
        assessment(copyright_at((1, 1), path="code/code.py"), revision="2" * 40, team="Team Hanbit"), file
    )

    assert not outcome.wrong
    assert "2" * 40 in outcome.unchecked[0].message.en


def test_another_folder_of_the_repository_is_a_wrong_call(tmp_path: Path) -> None:
    repository(tmp_path / "team")
    of = assessment(copyright_at((1, 1)))
    inside = msgspec.structs.replace(of.subject.sources[0], prefix="src")
    of = msgspec.structs.replace(of, subject=msgspec.structs.replace(of.subject, sources=(inside,)))

    with pytest.raises(ConfigurationError, match="src"):
        compared(of, tmp_path / "team")


@pytest.mark.parametrize("names", [["code", "model"], []])
def test_another_submission_is_a_wrong_call(names: list[str], tmp_path: Path) -> None:
    repository(tmp_path / "team")
    source = submission(tmp_path, names) if names else tmp_path / "team"

    with pytest.raises(ConfigurationError):
        compared(assessment(copyright_at((1, 1), path="code/code.py"), team="Team Hanbit"), source)
