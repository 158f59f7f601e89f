"""Signed reports in folders, made as the command makes them."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from compliance.cli.report_signing import Signer
from compliance.language import Language
from compliance.model.verdict import Assessment
from compliance.reporters.json_v1 import encode_assessment
from compliance.reporters.report import documents
from compliance.reporters.reporter import DocumentReporter, reporters
from tests.signing.keys import KeyPair, key_pair

FORMATS = ("html", "notice", "csv")


def signed_files(
    assessment: Assessment,
    *keys: KeyPair,
    previous: Assessment | None = None,
    language: Language = "en",
    formats: tuple[str, ...] = FORMATS,
) -> dict[str, bytes]:
    """The files of a signed report of `assessment`, by name."""
    chosen = [reporters()[name] for name in formats]
    drawn = {
        f"assessment{one.suffix}": documents.of_submission(one, assessment, language, previous) for one in chosen
    }
    signer = Signer([one.private for one in keys or (key_pair(),)], None, language)
    before = encode_assessment(previous) if previous else None
    return signer.report(encode_assessment(assessment), assessment, before, drawn, chosen)


def compared_files(assessments: Mapping[str, Assessment]) -> dict[str, bytes]:
    """The files of a signed comparison of `assessments` by folder, with the report of each."""
    files = {
        f"{key}/{name}": content
        for key, one in assessments.items()
        for name, content in signed_files(one, formats=("notice",)).items()
    }
    html = reporters()["html"]
    assert isinstance(html, DocumentReporter)
    pairs: dict[str, tuple[Assessment, Assessment | None]] = {key: (one, None) for key, one in assessments.items()}
    drawn = {"comparison.html": documents.across_teams(html, pairs, "en")}
    return Signer([key_pair().private], None, "en").comparison(pairs, files, drawn, [html])


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    """`files` in `folder`, and nothing else; returns it."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
