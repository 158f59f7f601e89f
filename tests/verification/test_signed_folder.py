"""A signed folder: every change to any file is told, by the file's name."""

import base64
import functools
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import ConfigurationError
from compliance.signing.envelope import EnvelopeError, sealed
from compliance.signing.statement import ENVELOPE_NAME, statement_in
from compliance.verification.outcome import Outcome
from compliance.verification.verification import verify
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.signing.keys import key_pair, needs_openssl
from tests.verification.signed_reports import compared_files, put, signed_files

pytestmark = needs_openssl


@functools.cache
def files() -> dict[str, bytes]:
    return signed_files(EXAMPLE, previous=CLEAN)


@functools.cache
def teams() -> dict[str, bytes]:
    other = msgspec.structs.replace(CLEAN, subject=msgspec.structs.replace(CLEAN.subject, team="Team Hanbit"))
    return compared_files({"hanbit": EXAMPLE, "other": other})


def verified(location: Path, *names: str) -> Outcome:
    return verify(location, [key_pair(name).public for name in names or ("team",)])[0]


def wrong(outcome: Outcome) -> set[str]:
    return {one.file for one in outcome.wrong}


def test_an_untouched_report_is_right(tmp_path: Path) -> None:
    outcome = verified(put(tmp_path / "out", files()))

    assert not outcome.wrong
    assert not outcome.unchecked
    assert any(key_pair().public.key_id in one.message.en for one in outcome.right)


@pytest.mark.parametrize("name", [ENVELOPE_NAME, "assessment.html"])
def test_a_file_of_the_folder_stands_for_it(name: str, tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    (folder / "extra").write_text("")

    assert wrong(verified(folder / name)) == {"extra"}


@given(st.data())
def test_one_changed_byte_in_any_file_is_told_by_its_name(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = put(tmp_path_factory.getbasetemp() / "flipped", files())
    name = data.draw(st.sampled_from(sorted(files())))
    content = bytearray(files()[name])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    (folder / name).write_bytes(content)

    assert name in wrong(verified(folder))


@given(st.data())
def test_one_changed_byte_in_any_file_of_several_teams_is_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = put(tmp_path_factory.getbasetemp() / "flipped-teams", teams())
    name = data.draw(st.sampled_from(sorted(teams())))
    content = bytearray(teams()[name])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    (folder / name).write_bytes(content)

    assert name in wrong(verified(folder))


@pytest.mark.parametrize("length", [0, 1, 100, -1])
def test_a_truncated_envelope_is_told(length: int, tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    (folder / ENVELOPE_NAME).write_bytes(files()[ENVELOPE_NAME][:length])

    assert wrong(verified(folder)) == {ENVELOPE_NAME}


@pytest.mark.parametrize("name", sorted({"assessment.html", "assessment.json", "previous.json"}))
def test_a_missing_file_is_told(name: str, tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    (folder / name).unlink()

    assert wrong(verified(folder)) == {name}


def test_files_that_the_signature_does_not_cover_are_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    (folder / "more").mkdir()
    (folder / "more" / "file.pdf").write_bytes(b"")
    (folder / ".hidden").write_bytes(b"")
    (folder / "link").symlink_to(tmp_path)

    assert wrong(verified(folder)) == {"more/file.pdf", ".hidden", "link"}


def test_a_link_or_a_pipe_in_the_place_of_a_document_is_told_without_waiting(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    (tmp_path / "elsewhere").write_bytes(files()["assessment.html"])
    (folder / "assessment.html").unlink()
    (folder / "assessment.html").symlink_to(tmp_path / "elsewhere")
    (folder / "assessment.csv").unlink()
    os.mkfifo(folder / "assessment.csv")

    assert wrong(verified(folder)) == {"assessment.html", "assessment.csv"}


def test_another_key_has_not_signed(tmp_path: Path) -> None:
    outcome, folders = verify(put(tmp_path / "out", files()), [key_pair("other").public], render=True)

    assert wrong(outcome) == {ENVELOPE_NAME}
    assert folders == []


def test_one_of_several_keys_is_enough(tmp_path: Path) -> None:
    assert not verified(put(tmp_path / "out", files()), "other", "team").wrong


def test_a_second_signature_by_a_key_that_was_not_named_is_left_unchecked(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", signed_files(EXAMPLE, key_pair(), key_pair("other")))

    assert not verified(folder, "team", "other").unchecked
    outcome = verified(folder, "team")
    assert not outcome.wrong
    assert key_pair("other").public.key_id in outcome.unchecked[0].message.en


def test_a_signature_of_another_report_is_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    other = json.loads(signed_files(CLEAN)[ENVELOPE_NAME])
    own = json.loads(files()[ENVELOPE_NAME])
    own["signatures"] = other["signatures"]
    (folder / ENVELOPE_NAME).write_bytes(json.dumps(own, separators=(",", ":")).encode() + b"\n")

    assert wrong(verified(folder)) == {ENVELOPE_NAME}


def test_a_signature_under_the_name_of_another_key_is_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    own = json.loads(files()[ENVELOPE_NAME])
    own["signatures"][0]["keyid"] = "0" * 64
    (folder / ENVELOPE_NAME).write_bytes(json.dumps(own, separators=(",", ":")).encode() + b"\n")

    assert wrong(verified(folder)) == {ENVELOPE_NAME}


def test_an_envelope_without_signatures_is_not_signed(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    own = json.loads(files()[ENVELOPE_NAME])
    own["signatures"] = []
    (folder / ENVELOPE_NAME).write_bytes(json.dumps(own, separators=(",", ":")).encode() + b"\n")

    assert wrong(verified(folder)) == {ENVELOPE_NAME}


def test_a_folder_without_an_envelope_is_a_wrong_call(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", {"assessment.html": b""})

    for location in (folder, folder / "assessment.html", folder / "none", tmp_path / "nowhere"):
        with pytest.raises(ConfigurationError, match=r"report\.intoto\.jsonl"):
            verified(location)


def test_reports_of_several_teams_are_all_verified(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", teams())

    outcome = verified(folder)
    assert not outcome.wrong
    assert {one.file for one in outcome.right} == {
        ENVELOPE_NAME,
        f"hanbit/{ENVELOPE_NAME}",
        f"other/{ENVELOPE_NAME}",
    }


def test_a_signed_report_that_the_comparison_does_not_name_is_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", {**teams(), **{f"third/{name}": content for name, content in files().items()}})

    assert wrong(verified(folder)) == {f"third/{name}" for name in files()}


def test_folders_with_a_report_each_are_verified_without_a_comparison(tmp_path: Path) -> None:
    both = {f"{team}/{name}": content for team in ("one", "two") for name, content in files().items()}
    folder = put(tmp_path / "out", both)
    (folder / "two" / "assessment.csv").write_bytes(b"")
    (folder / "loose").write_bytes(b"")

    assert wrong(verified(folder)) == {"two/assessment.csv", "loose"}


def _statement() -> Any:
    return json.loads(base64.b64decode(json.loads(files()[ENVELOPE_NAME])["payload"]))


def _signed(statement: Any, folder: Path) -> Outcome:
    payload = statement if isinstance(statement, bytes) else json.dumps(statement).encode()
    (folder / ENVELOPE_NAME).write_bytes(sealed(payload, [key_pair().private]))
    return verified(folder)


def test_a_statement_that_says_other_verdicts_than_the_assessment_is_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    statement = _statement()
    for one in statement["predicate"]["judged"][0]["verdicts"]:
        one["verdict"] = "pass"

    assert wrong(_signed(statement, folder)) == {"assessment.json"}


def test_a_signed_assessment_with_a_key_twice_is_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "out", files())
    twice = files()["assessment.json"].replace(b"{", b'{"schema": "compliance.assessment/1",', 1)
    (folder / "assessment.json").write_bytes(twice)
    statement = _statement()
    for one in statement["subject"]:
        if one["name"] == "assessment.json":
            one["digest"]["sha256"] = hashlib.sha256(twice).hexdigest()

    outcome = _signed(statement, folder)

    assert wrong(outcome) == {"assessment.json"}
    assert "occurs twice" in outcome.wrong[0].message.en


@pytest.mark.parametrize("name", ["../key", "/etc/passwd", "a/../b", "a\\b", "C:x", "", "a//b", "./a", "a\0"])
def test_a_statement_about_a_file_outside_its_folder_is_refused(name: str) -> None:
    statement = _statement()
    statement["subject"].append({"name": name, "digest": {"sha256": "0" * 64}})

    with pytest.raises(EnvelopeError):
        statement_in(json.dumps(statement).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(_type="https://in-toto.io/Statement/v0.1"),
        lambda one: one.update(predicateType="https://slsa.dev/provenance/v1"),
        lambda one: one.pop("_type"),
        lambda one: one["subject"].append(one["subject"][0]),
        lambda one: one["subject"].pop(0),
        lambda one: one["predicate"].update(judged=[]),
        lambda one: one["predicate"].update(kind="comparison"),
        lambda one: one["predicate"].update(language="fr"),
    ],
)
def test_a_statement_of_another_shape_is_refused(change: Any) -> None:
    statement = _statement()
    change(statement)

    with pytest.raises(EnvelopeError):
        statement_in(json.dumps(statement).encode())


def test_a_statement_with_a_key_twice_is_refused() -> None:
    payload = json.dumps(_statement()).encode()

    with pytest.raises(EnvelopeError, match="twice"):
        statement_in(payload.replace(b'"predicateType"', b'"_type": "x", "predicateType"', 1))
