"""Which lines of the source a report quotes, and what it never shows."""

from pathlib import Path

import msgspec
import pytest

from compliance.errors import ConfigurationError
from compliance.model.evidence import Lines
from compliance.model.finding import Origin, OriginFinding, Span, place
from compliance.model.submission import SourceReference, Subject
from compliance.model.verdict import Assessment
from compliance.quoting import LONGEST_LINE, MOST_LINES, quotations_at
from tests.reporters.small_assessments import violating
from tests.sources.repositories import git, repository

CODE = "".join(f"line_{number} = {number}\n" for number in range(1, 41))


def assessment(*places: Lines, path: str = "code.py", revision: str | None = None, name: str = "") -> Assessment:
    """Of one folder or repository with code that is near to other code at `places`."""
    nearest = Origin(family="other", project="other", relation="derived", role="direct")
    spans = tuple(Span(lines=one, name=name, origin_path="a.py", origin_lines=(1, 2)) for one in places)
    finding = place(OriginFinding(lines=(1, 40), lineage=(nearest,), spans=spans), path, revision)
    judged = violating(finding, rule="near")
    kind = "git" if revision else "directory"
    reference = SourceReference(kind=kind, path="examined", revision=revision)  # type: ignore[arg-type]  # either
    return msgspec.structs.replace(judged, subject=Subject(name="examined", sources=(reference,)))


def quoted(folder: Path, *places: Lines, name: str = "") -> dict[Lines, tuple[str, ...]]:
    return {one.lines: one.text for one in quotations_at(assessment(*places, name=name), folder).quotations}


def test_the_lines_of_a_place_are_quoted_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(CODE)

    assert quoted(tmp_path, (3, 4)) == {(3, 4): ("line_3 = 3", "line_4 = 4")}


def test_of_a_long_place_the_first_lines_are_quoted(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(CODE)

    (text,) = quoted(tmp_path, (2, 40)).values()

    assert text == tuple(f"line_{number} = {number}" for number in range(2, 2 + MOST_LINES))


def test_a_long_line_is_cut_and_marked(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("x" * 1_000 + "\n")

    assert quoted(tmp_path, (1, 1)) == {(1, 1): ("x" * (LONGEST_LINE - 1) + "…",)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_korean_lines_are_quoted_in_whatever_encoding_they_stand(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "code.py").write_bytes("# 첫째\r\n# 한빛 연구소\r\n".encode(encoding))

    assert quoted(tmp_path, (2, 2)) == {(2, 2): ("# 한빛 연구소",)}


@pytest.mark.parametrize(
    "line",
    [
        'client = Client("hf_AbCdEfGhIjKlMnOpQrStUv123")',
        'password = "correct horse"',
        "api_key: 'abc-def'",
        "url = https://someone:hidden@example.com/path",
        "other = 'q8Zr2LmN7vXc4TbY1sKd9WfGhJ'",
        "aws = AKIAIOSFODNN7EXAMPLE",
        "key = 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
    ],
)
def test_what_looks_like_a_key_or_password_is_masked(tmp_path: Path, line: str) -> None:
    (tmp_path / "code.py").write_text(line + "\n")

    ((text,),) = quoted(tmp_path, (1, 1)).values()

    assert "••••••" in text
    secret = ("hf_Ab", "correct", "abc-def", "hidden", "IOSFODNN7", "0f1e2d", "q8Zr2")
    assert not any(part in text for part in secret)


@pytest.mark.parametrize(
    "line",
    [
        "self.rotary_position_embedding_base = 10000",
        "class Qwen2ForConditionalGeneration2(Model):",
        "token = tokens[0]",
    ],
)
def test_names_in_code_stay(tmp_path: Path, line: str) -> None:
    (tmp_path / "code.py").write_text(line + "\n")

    assert quoted(tmp_path, (1, 1)) == {(1, 1): (line,)}


def test_a_place_that_is_no_longer_there_is_not_quoted(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(CODE)

    assert quoted(tmp_path, (30, 99)) == {}
    assert quoted(tmp_path, (3, 4), name="Router") == {}
    assert list(quoted(tmp_path, (3, 4), name="model.line_4")) == [(3, 4)]


def test_the_second_part_of_a_function_is_quoted_although_its_name_stands_above(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(CODE)

    assert quoted(tmp_path, (3, 4), name="model.line_1") == {(3, 4): ("line_3 = 3", "line_4 = 4")}


def test_a_repository_is_read_at_the_commit_that_was_examined(tmp_path: Path) -> None:
    head = git(repository(tmp_path, {"code.py": CODE}), "rev-parse", "HEAD")
    (tmp_path / "code.py").write_text("changed since\n" * 40)

    found = quotations_at(assessment((1, 1), revision=head), tmp_path)

    assert [one.text for one in found.quotations] == [("line_1 = 1",)]


def test_a_source_of_another_shape_is_a_wrong_call(tmp_path: Path) -> None:
    sources = "[{name: a, path: .}, {name: b, path: .}]"
    (tmp_path / "submission.yaml").write_text(f"team: A\nsources: {sources}\n")

    with pytest.raises(ConfigurationError):
        quotations_at(assessment((1, 1)), tmp_path / "submission.yaml")
