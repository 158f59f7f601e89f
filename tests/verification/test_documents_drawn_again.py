"""Drawing the documents of a signed report again: equal bytes, and what it means where they aren't."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from compliance.signing.envelope import sealed
from compliance.signing.statement import ENVELOPE_NAME, digest
from compliance.verification.outcome import Outcome
from compliance.verification.verification import verify
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.signing.keys import key_pair, needs_openssl
from tests.verification.signed_reports import compared_files, put, signed_files

pytestmark = needs_openssl


def rendered(folder: Path) -> Outcome:
    return verify(folder, [key_pair().public], render=True)[0]


def drawn(outcome: Outcome) -> set[str]:
    return {one.file for one in outcome.right if "draws" in one.message.en}


def signed_again(folder: Path, change: Callable[[Any], object]) -> None:
    """Sign what `change` makes of the statement in `folder`, with the digests that its files have now."""
    statement = json.loads(base64.b64decode(json.loads((folder / ENVELOPE_NAME).read_bytes())["payload"]))
    change(statement)
    for one in statement["subject"]:
        one["digest"]["sha256"] = digest((folder / one["name"]).read_bytes())
    (folder / ENVELOPE_NAME).write_bytes(sealed(json.dumps(statement).encode(), [key_pair().private]))


@pytest.mark.parametrize("previous", [None, CLEAN])
def test_documents_are_the_same_bytes_when_they_are_drawn_again(previous: Any, tmp_path: Path) -> None:
    formats = ("html", "hwpx", "pdf", "xlsx", "markdown", "csv", "notice", "console", "sarif")
    files = signed_files(EXAMPLE, previous=previous, language="ko", formats=formats)

    outcome = rendered(put(tmp_path / "out", files))

    assert not outcome.wrong
    assert drawn(outcome) == {name for name in files if name.startswith("assessment.")} - {"assessment.json"}


def test_documents_across_teams_are_the_same_bytes_when_they_are_drawn_again(tmp_path: Path) -> None:
    other = msgspec.structs.replace(CLEAN, subject=msgspec.structs.replace(CLEAN.subject, team="Team Hanbit"))

    outcome = rendered(put(tmp_path / "out", compared_files({"a": EXAMPLE, "b": other})))

    assert not outcome.wrong
    assert drawn(outcome) == {"comparison.html", "a/assessment.NOTICE", "b/assessment.NOTICE"}


def test_a_signed_document_that_the_assessment_does_not_give_is_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", signed_files(EXAMPLE))
    (folder / "assessment.html").write_bytes((folder / "assessment.html").read_bytes() + b" ")
    signed_again(folder, lambda statement: None)

    assert [one.file for one in rendered(folder).wrong] == ["assessment.html"]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["predicate"]["made_by"].update(version="0.0.1"),
        lambda one: one["predicate"]["made_by"]["libraries"].update(jinja2="1.0"),
    ],
)
def test_other_bytes_of_another_version_prove_nothing(change: Callable[[Any], object], tmp_path: Path) -> None:
    folder = put(tmp_path / "out", signed_files(EXAMPLE))
    (folder / "assessment.html").write_bytes(b"of another version")
    signed_again(folder, change)

    outcome = rendered(folder)

    assert not outcome.wrong
    assert [one.file for one in outcome.unchecked] == ["assessment.html"]
    assert "another version" in outcome.unchecked[0].message.en


@pytest.mark.parametrize("form", ["pdf", "hwpx"])
def test_other_bytes_of_a_document_with_fonts_may_come_from_them(form: str, tmp_path: Path) -> None:
    folder = put(tmp_path / "out", signed_files(CLEAN, formats=(form,)))
    (folder / f"assessment.{form}").write_bytes(b"%PDF")
    signed_again(folder, lambda statement: None)

    outcome = rendered(folder)

    assert not outcome.wrong
    assert "fonts" in outcome.unchecked[0].message.en


def test_a_format_that_this_version_does_not_have_is_left(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", signed_files(EXAMPLE, formats=("notice",)))
    signed_again(folder, lambda one: one["predicate"]["documents"][0].update(format="papyrus"))

    outcome = rendered(folder)

    assert not outcome.wrong
    assert "papyrus" in outcome.unchecked[0].message.en


def test_documents_are_not_compared_with_a_changed_assessment(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", signed_files(EXAMPLE))
    (folder / "assessment.json").write_bytes(b"{}")

    outcome = rendered(folder)

    assert [one.file for one in outcome.wrong] == ["assessment.json"]
    assert not drawn(outcome)
    assert outcome.unchecked
