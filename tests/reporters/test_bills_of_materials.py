"""Bills of materials: valid by their published schemas, with every part and its places, and always the same."""

import io
import json
from typing import Any

import msgspec
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import given
from spdx_python_model import v3_0_1
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from compliance.model.finding import DependencyFinding, ModelCardFinding, Origin, OriginFinding, place
from compliance.model.verdict import Assessment
from compliance.reporters import cyclonedx, spdx2, spdx3
from compliance.reporters.report.bill import parts_of
from compliance.reporters.reporter import ReportOptions
from tests.reporters.assessment_strategies import assessments
from tests.reporters.example_assessment import CLEAN, EXAMPLE

Json = dict[str, Any]
DATASET = place(ModelCardFinding(field="datasets", value="example/corpus", lines=(5, 5)), "README.md", None)
WITH_DATASET = msgspec.structs.replace(EXAMPLE, findings=(*EXAMPLE.findings, DATASET))
SAMPLES = [EXAMPLE, CLEAN, WITH_DATASET]


def cyclonedx_of(assessment: Assessment) -> Json:
    found: Json = json.loads(cyclonedx.REPORTER.render(assessment, ReportOptions()))
    return found


def spdx2_of(assessment: Assessment) -> Json:
    found: Json = json.loads(spdx2.REPORTER.render(assessment, ReportOptions()))
    return found


def spdx3_of(assessment: Assessment) -> v3_0_1.SHACLObjectSet:
    objects = v3_0_1.SHACLObjectSet()
    text = spdx3.REPORTER.render(assessment, ReportOptions())
    v3_0_1.JSONLDDeserializer().read(io.BytesIO(text.encode()), objects)
    return objects


@pytest.mark.parametrize("assessment", SAMPLES)
def test_cyclonedx_is_valid_by_its_published_schema(assessment: Assessment) -> None:
    text = cyclonedx.REPORTER.render(assessment, ReportOptions())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


@pytest.mark.parametrize("assessment", SAMPLES)
def test_spdx_2_is_valid_by_the_reference_validator(assessment: Assessment) -> None:
    parser: Any = JsonLikeDictParser
    document = parser().parse(spdx2_of(assessment))
    assert validate_full_spdx_document(document, "SPDX-2.3") == []


@pytest.mark.parametrize("assessment", SAMPLES)
def test_spdx_3_is_read_back_by_the_model_of_its_ontology(assessment: Assessment) -> None:
    (document,) = spdx3_of(assessment).foreach_type(v3_0_1.SpdxDocument)
    (root,) = document.rootElement
    assert isinstance(root, v3_0_1.ai_AIPackage)
    assert root.name == assessment.subject.name


@given(assessments())
def test_any_assessment_makes_a_valid_cyclonedx_bill(assessment: Assessment) -> None:
    text = cyclonedx.REPORTER.render(assessment, ReportOptions())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


@given(assessments())
def test_any_assessment_can_be_written_as_spdx(assessment: Assessment) -> None:
    spdx2_of(assessment)
    spdx3_of(assessment)


def test_every_part_stands_in_every_bill() -> None:
    names = {part.name for part in parts_of(WITH_DATASET)}
    assert "example/corpus" in names
    assert {one["name"] for one in cyclonedx_of(WITH_DATASET)["components"]} == names
    assert names <= {one["name"] for one in spdx2_of(WITH_DATASET)["packages"]}
    packages = spdx3_of(WITH_DATASET).foreach_type(v3_0_1.software_Package, match_subclass=True)
    assert names <= {one.name for one in packages}


def test_code_of_which_only_the_family_is_known_has_its_name() -> None:
    origin = Origin(family="qwen2", project="", relation="inherited", role="direct")
    known = place(OriginFinding(lineage=(origin,)), "models.py", None)
    assessment = msgspec.structs.replace(EXAMPLE, findings=(known,), violations=())

    assert [one["name"] for one in cyclonedx_of(assessment)["components"]] == ["qwen2"]


def test_the_developer_of_a_family_is_no_supplier_of_the_project_that_holds_its_code() -> None:
    origin = Origin(family="llama", project="vllm", developer="Meta", relation="imported", role="direct")
    known = place(OriginFinding(lineage=(origin,)), "models.py", None)
    assessment = msgspec.structs.replace(EXAMPLE, findings=(known,), violations=())

    (component,) = cyclonedx_of(assessment)["components"]

    assert component["name"] == "vllm"
    assert "supplier" not in component


def test_a_package_keeps_its_address_its_license_and_its_place() -> None:
    (dependency,) = [one for one in EXAMPLE.findings if isinstance(one, DependencyFinding)][:1]
    component = next(one for one in cyclonedx_of(EXAMPLE)["components"] if one.get("purl") == dependency.purl)
    assert component["licenses"] == [{"expression": dependency.expression, "acknowledgement": "declared"}]
    assert {"location": dependency.path, "line": (dependency.lines or (0,))[0]} in component["evidence"][
        "occurrences"
    ]


def test_the_model_has_a_card_with_its_datasets() -> None:
    model = cyclonedx_of(WITH_DATASET)["metadata"]["component"]
    assert model["modelCard"]["modelParameters"]["datasets"] == [{"type": "dataset", "name": "example/corpus"}]


def test_a_part_that_is_only_near_says_how_sure_that_is() -> None:
    code = next(one for one in cyclonedx_of(EXAMPLE)["components"] if one["bom-ref"].startswith("code:"))
    assert code["evidence"]["identity"][0]["confidence"] < 1
    assert {"name": "compliance:found-by", "value": "derived"} in code["properties"]


def test_what_was_skipped_makes_the_bill_incomplete() -> None:
    assert cyclonedx_of(EXAMPLE)["compositions"][0]["aggregate"] == "incomplete"
    assert cyclonedx_of(CLEAN)["compositions"][0]["aggregate"] == "unknown"
