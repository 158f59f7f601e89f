"""`compliance report --sign` and `compliance verify`: what is written, what is printed, the exit status."""

import base64
import json
from pathlib import Path

import msgspec
import pytest

from compliance.cli.report_signing import PASSWORD_VARIABLE
from compliance.reporters.json_v1 import encode_assessment
from tests.cli.command import Finished, compliance
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.signing.keys import key_pair, needs_openssl, openssl

pytestmark = needs_openssl
ENVELOPE = "report.intoto.jsonl"


def stored(folder: Path, name: str = "hanbit") -> Path:
    """The example as a file that a program formatted otherwise, which must stay byte by byte as it is."""
    file = folder / f"{name}.json"
    file.write_bytes(encode_assessment(EXAMPLE) + b"\n")
    return file


def signed(folder: Path, *more: object, **environment: str) -> Finished:
    """The example's signed report in `folder / "out"`."""
    call = ("report", stored(folder), "--output", folder / "out", "--format", "markdown", "--language", "en")
    return compliance(*call, "--sign", key_pair().private_file, *more, cache=None, **environment)


def verified(folder: Path, *more: object) -> Finished:
    return compliance("verify", folder / "out", "--key", key_pair().public_file, "--language", "en", *more)


def statement(folder: Path) -> dict[str, object]:
    envelope = json.loads((folder / "out" / ENVELOPE).read_text())
    found: dict[str, object] = json.loads(base64.b64decode(envelope["payload"]))
    return found


def test_a_signed_report_holds_the_assessment_as_it_was_stored(tmp_path: Path) -> None:
    assert signed(tmp_path).status == 0

    assert {one.name for one in (tmp_path / "out").iterdir()} == {"assessment.md", "assessment.json", ENVELOPE}
    assert (tmp_path / "out" / "assessment.json").read_bytes() == (tmp_path / "hanbit.json").read_bytes()


def test_a_report_in_json_is_the_stored_assessment_too(tmp_path: Path) -> None:
    signed(tmp_path, "--format", "json")

    assert (tmp_path / "out" / "assessment.json").read_bytes() == (tmp_path / "hanbit.json").read_bytes()
    assert verified(tmp_path, "--render").status == 0


def test_signing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    signed(tmp_path)
    first = (tmp_path / "out" / ENVELOPE).read_bytes()
    signed(tmp_path)

    assert (tmp_path / "out" / ENVELOPE).read_bytes() == first
    assert statement(tmp_path)["predicate"]["signed_at"] is None  # type: ignore[index]


@pytest.mark.parametrize(
    ("more", "environment", "told"),
    [
        (("--signed-at", "2026-11-23T09:00:00+09:00"), {}, "2026-11-23T09:00:00+09:00"),
        ((), {"SOURCE_DATE_EPOCH": "1795392000"}, "2026-11-23T00:00:00+00:00"),
    ],
)
def test_the_moment_of_signing_is_stated_where_it_is_named(
    more: tuple[str, ...], environment: dict[str, str], told: str, tmp_path: Path
) -> None:
    signed(tmp_path, *more, **environment)

    assert statement(tmp_path)["predicate"]["signed_at"] == told  # type: ignore[index]


def test_a_wrong_moment_is_refused(tmp_path: Path) -> None:
    assert signed(tmp_path, "--signed-at", "yesterday").status == 2
    assert signed(tmp_path, SOURCE_DATE_EPOCH="soon").status == 2
    assert not (tmp_path / "out").exists()


def test_a_moment_without_a_key_is_refused(tmp_path: Path) -> None:
    done = compliance("report", stored(tmp_path), "--output", tmp_path / "out", "--signed-at", "2026-11-23")

    assert done.status == 2
    assert "--sign" in done.stderr


def test_an_assessment_with_a_key_twice_is_not_signed(tmp_path: Path) -> None:
    file = stored(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"{", b'{"schema": "compliance.assessment/1",', 1))
    call = ("report", file, "--output", tmp_path / "out", "--format", "notice")

    done = compliance(*call, "--sign", key_pair().private_file)

    assert done.status == 2
    assert "twice" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_files_is_not_signed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "older.pdf").write_bytes(b"")

    done = signed(tmp_path)

    assert done.status == 2
    assert "older.pdf" in done.stderr


def test_an_encrypted_key_takes_its_password_from_the_environment(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    openssl("pkey", "-in", key_pair().private_file, "-aes-256-cbc", "-passout", "pass:secret", "-out", key)
    call = ("report", stored(tmp_path), "--output", tmp_path / "out", "--format", "notice", "--sign", key)

    assert compliance(*call).status == 2
    assert compliance(*call, cache=None, **{PASSWORD_VARIABLE: "wrong"}).status == 2
    assert compliance(*call, cache=None, **{PASSWORD_VARIABLE: "secret"}).status == 0
    assert verified(tmp_path).status == 0


def test_an_untouched_report_is_right(tmp_path: Path) -> None:
    signed(tmp_path)

    done = verified(tmp_path, "--render")

    assert done.status == 0
    assert "Hanbit" in done.stdout
    assert "national infrastructure: defence: fail" in done.stdout
    assert "assessment.md: the same bytes" in done.stdout
    assert "--source" in done.stdout  # what was not asked for is told


def test_a_changed_file_is_wrong(tmp_path: Path) -> None:
    signed(tmp_path)
    with (tmp_path / "out" / "assessment.md").open("a") as file:
        file.write(" ")

    done = verified(tmp_path)

    assert done.status == 1
    assert "wrong: assessment.md: changed" in done.stdout


def test_what_could_not_be_checked_is_status_3(tmp_path: Path) -> None:
    signed(tmp_path, "--sign", key_pair("other").private_file)

    assert verified(tmp_path).status == 3
    assert verified(tmp_path, "--key", key_pair("other").public_file).status == 0


@pytest.mark.parametrize("keys", [(), ("--key", "none.pem"), ("--key", __file__)])
def test_a_call_without_a_public_key_is_wrong(keys: tuple[str, ...], tmp_path: Path) -> None:
    signed(tmp_path)

    done = compliance("verify", tmp_path / "out", *keys)

    assert done.status == 2
    assert done.stdout == ""


@pytest.mark.slow
def test_evidence_is_looked_up_in_a_source(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "a.py").write_text("# Copyright 2024 Example Authors\n")
    assessment = tmp_path / "hanbit.json"
    compliance("scan", tmp_path / "code", "--output", tmp_path / "facts.json", "--no-cache", "--quiet")
    compliance("assess", tmp_path / "facts.json", "--format", "json", "--output", assessment)
    call = ("report", assessment, "--output", tmp_path / "out", "--format", "notice")
    assert compliance(*call, "--sign", key_pair().private_file).status == 0

    assert verified(tmp_path, "--source", tmp_path / "code").status == 0
    (tmp_path / "code" / "a.py").write_text("# Copyright 2024 Team Hanbit\n")
    done = verified(tmp_path, "--source", tmp_path / "code")
    assert done.status == 1
    assert "wrong: a.py:1" in done.stdout


def test_reports_of_several_teams_are_signed_and_verified_together(tmp_path: Path) -> None:
    one = stored(tmp_path)
    other = tmp_path / "second.json"
    subject = msgspec.structs.replace(CLEAN.subject, team="Team Hanbit")
    other.write_bytes(encode_assessment(msgspec.structs.replace(CLEAN, subject=subject)))
    call = ("report", one, other, "--output", tmp_path / "out", "--format", "markdown", "--format", "notice")
    assert compliance(*call, "--sign", key_pair().private_file).status == 0

    done = verified(tmp_path, "--render")

    assert done.status == 0
    assert done.stdout.count("signed by key") == 3
    assert "comparison.md: the same bytes" in done.stdout
    (tmp_path / "out" / "second" / ENVELOPE).unlink()
    assert verified(tmp_path).status == 1


def test_the_report_is_verified_in_korean_too(tmp_path: Path) -> None:
    signed(tmp_path)
    (tmp_path / "out" / "assessment.md").unlink()

    done = compliance("verify", tmp_path / "out", "--key", key_pair().public_file, "--language", "ko")

    assert "오류: assessment.md: 파일 없음" in done.stdout
