"""`compliance report --source`: quoted lines, signed with the documents that show them, and verified."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from compliance.reporters.json_v1 import encode_assessment
from compliance.signing.keys import read_public
from compliance.signing.statement import QUOTATIONS_NAME
from compliance.sources.opening import OpenableSource
from compliance.sources.source import Source
from compliance.verification.verification import verify
from tests.cli.command import Finished, compliance
from tests.signing.keys import key_pair, needs_openssl
from tests.test_quoting import CODE, assessment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "code.py").write_text(CODE)
    (tmp_path / "hanbit.json").write_bytes(encode_assessment(assessment((3, 4))))
    return tmp_path


def report(folder: Path, *more: object) -> Finished:
    call = ("report", folder / "hanbit.json", "--output", folder / "out", "--format", "html", "--language", "en")
    return compliance(*call, *more)


def verified(folder: Path, *more: object) -> Finished:
    return compliance("verify", folder / "out", "--key", key_pair().public_file, "--language", "en", *more)


def test_with_the_source_its_lines_stand_in_the_document(folder: Path) -> None:
    assert report(folder, "--source", folder / "source").status == 0

    assert "4  line_4 = 4" in (folder / "out" / "assessment.html").read_text()
    assert {one.name for one in (folder / "out").iterdir()} == {"assessment.html"}


def test_without_the_source_places_alone_stand_there(folder: Path) -> None:
    assert report(folder).status == 0

    assert "line_4 = 4" not in (folder / "out" / "assessment.html").read_text()


def test_a_source_belongs_to_one_assessment(folder: Path) -> None:
    (folder / "garam.json").write_bytes(encode_assessment(assessment((5, 6))))

    assert report(folder, folder / "garam.json", "--source", folder / "source").status == 2
    assert not (folder / "out").exists()


@needs_openssl
def test_a_signed_report_keeps_what_it_quotes_so_that_it_can_be_drawn_again(folder: Path) -> None:
    report(folder, "--source", folder / "source", "--sign", key_pair().private_file)

    assert (folder / "out" / QUOTATIONS_NAME).is_file()
    done = verified(folder, "--render", "--source", folder / "source")
    assert done.status == 0, done.stdout
    assert "1 quoted place is as the source has it" in done.stdout


@needs_openssl
def test_other_quotations_than_were_signed_are_told(folder: Path) -> None:
    report(folder, "--source", folder / "source", "--sign", key_pair().private_file)
    kept = folder / "out" / QUOTATIONS_NAME
    kept.write_bytes(kept.read_bytes().replace(b"line_4", b"line_5"))

    done = verified(folder)

    assert done.status == 1
    assert QUOTATIONS_NAME in done.stdout


@needs_openssl
def test_lines_that_the_source_does_not_have_are_told(folder: Path) -> None:
    report(folder, "--source", folder / "source", "--sign", key_pair().private_file)
    (folder / "source" / "code.py").write_text(CODE.replace("line_4", "line_5"))

    done = verified(folder, "--source", folder / "source")

    assert done.status == 1
    assert [line for line in done.stdout.splitlines() if "code.py" in line and "quotes other lines" in line]


@needs_openssl
def test_quoted_lines_of_a_file_that_is_gone_are_not_compared(folder: Path) -> None:
    report(folder, "--source", folder / "source", "--sign", key_pair().private_file)
    (folder / "source" / "code.py").rename(folder / "source" / "other.py")

    done = verified(folder, "--source", folder / "source")

    assert done.status == 1
    assert "quotes other lines" not in done.stdout
    assert "1 quoted place not compared" in done.stdout


@needs_openssl
def test_evidence_and_quoted_lines_are_looked_up_in_one_walk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(folder, "--source", folder / "source", "--sign", key_pair().private_file)
    opened: list[str] = []
    really_open = OpenableSource.open

    def counted(source: OpenableSource) -> AbstractContextManager[Source]:
        opened.append(source.reference.path)
        return really_open(source)

    monkeypatch.setattr(OpenableSource, "open", counted)
    outcome, _folders = verify(
        folder / "out", [read_public(key_pair().public_file.read_bytes(), "office")], source=folder / "source"
    )

    assert not outcome.wrong
    assert not outcome.unchecked
    assert len(opened) == 1
