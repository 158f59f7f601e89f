"""What is written as JSON is read back unchanged, whatever it is."""

import json
from typing import TypeVar

import msgspec
from hypothesis import given, settings

from compliance.model.inventory import Inventory
from compliance.model.verdict import Assessment
from compliance.reporters.json_v1 import decode_assessment, decode_inventory, encode_assessment, encode_inventory
from tests.reporters.assessment_strategies import ANY_TEXT, assessments, inventories

D = TypeVar("D", Assessment, Inventory)
few = settings(max_examples=60, deadline=None)


def _ordered(document: D) -> D:
    """`document` with its findings and skips in the order of the JSON form."""
    return msgspec.structs.replace(
        document,
        findings=tuple(
            sorted(
                document.findings,
                key=lambda one: (one.path, one.lines or (), str(type(one).__struct_config__.tag), one.id),
            )
        ),
        skipped=tuple(sorted(document.skipped, key=lambda one: (one.path, one.reason, one.detail))),
    )


@few
@given(assessments())
def test_an_assessment_comes_back(assessment: Assessment) -> None:
    assert decode_assessment(encode_assessment(assessment)) == _ordered(assessment)


@few
@given(inventories())
def test_an_inventory_comes_back(inventory: Inventory) -> None:
    assert decode_inventory(encode_inventory(inventory)) == _ordered(inventory)


@few
@given(assessments(ANY_TEXT))
def test_any_string_can_be_written_and_writing_again_changes_nothing(assessment: Assessment) -> None:
    encoded = encode_assessment(assessment)

    assert json.loads(encoded)["schema"] == "compliance.assessment/1"
    assert encode_assessment(decode_assessment(encoded)) == encoded
