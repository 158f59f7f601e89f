"""The JSON form of assessments and inventories."""

import json
from typing import Any

import msgspec
import pytest

from compliance.errors import ConfigurationError
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.reporters.json_v1 import (
    REPORTER,
    decode_assessment,
    decode_inventory,
    encode_assessment,
    encode_inventory,
)
from compliance.reporters.reporter import ReportOptions
from tests.reporters.example_assessment import EXAMPLE, INVENTORY
from tests.reporters.example_findings import CONTRADICTION, LICENSE_CHANGED

EXAMPLE_BYTES = encode_assessment(EXAMPLE)
DOCUMENT: dict[str, Any] = json.loads(EXAMPLE_BYTES)


def _message(content: bytes) -> Text:
    with pytest.raises(ConfigurationError) as caught:
        decode_assessment(content, "a.json")
    return caught.value.message


def test_the_report_is_the_encoded_assessment_in_either_language() -> None:
    assert REPORTER.render(EXAMPLE, ReportOptions("ko")).encode() == EXAMPLE_BYTES
    assert REPORTER.render(EXAMPLE, ReportOptions("en")).encode() == EXAMPLE_BYTES


def test_findings_stand_by_path_lines_kind_and_identifier() -> None:
    keys = [(one["path"], one["lines"] or [], one["kind"], one["id"]) for one in DOCUMENT["findings"]]

    assert keys == sorted(keys)


def test_the_order_in_which_facts_were_found_changes_no_byte() -> None:
    data = dict(reversed(EXAMPLE.tool.data.items()))
    shuffled = msgspec.structs.replace(
        EXAMPLE,
        findings=EXAMPLE.findings[7:] + EXAMPLE.findings[6::-1],
        skipped=EXAMPLE.skipped[::-1],
        tool=msgspec.structs.replace(EXAMPLE.tool, data=data),
    )

    assert encode_assessment(shuffled) == EXAMPLE_BYTES


def test_a_skip_has_path_reason_and_detail_in_both_languages_alone() -> None:
    assert all(list(skip) == ["path", "reason", "detail", "detail_ko"] for skip in DOCUMENT["skipped"])


def test_a_contradiction_lists_its_claims_with_their_places() -> None:
    [own] = [one for one in DOCUMENT["findings"] if one["id"] == CONTRADICTION.id]

    assert own["claims"] == [
        {"path": "모델카드/README.md", "lines": [2, 2], "says": "apache-2.0", "says_ko": "apache-2.0"},
        {
            "path": "weights/LICENSE",
            "lines": [1, 64],
            "says": "LicenseRef-garam-community-1.0",
            "says_ko": "LicenseRef-garam-community-1.0",
        },
    ]


def test_a_claim_of_a_release_names_its_tag_commit_and_date() -> None:
    [own] = [one for one in DOCUMENT["findings"] if one["id"] == LICENSE_CHANGED.id]

    assert own["claims"][0] == {
        "path": "weights/LICENSE",
        "lines": [1, 64],
        "says": "LicenseRef-garam-community-1.0",
        "says_ko": "LicenseRef-garam-community-1.0",
    }
    assert own["claims"][1] == {
        "path": "weights/LICENSE",
        "lines": [1, 201],
        "says": "Apache-2.0",
        "says_ko": "Apache-2.0",
        "release": "v0.9",
        "revision": "5f1c0e7a9b3d4e6f8a2b1c0d9e8f7a6b5c4d3e2f",
        "date": "2026-08-14",
    }


def test_korean_stands_as_it_is_and_not_as_escapes() -> None:
    assert "모델카드/README.md".encode() in EXAMPLE_BYTES


def test_characters_that_a_terminal_would_obey_or_hide_stand_as_escapes_and_come_back() -> None:
    hostile = "a\x1b[2J\x9bb\u202ec\u200b\ufeff\U000e0041"
    inventory = msgspec.structs.replace(
        INVENTORY, skipped=(Skip(path=hostile, reason="symlink", detail="\n"),), findings=()
    )
    encoded = encode_inventory(inventory)

    assert rb"a\u001b[2J\u009bb\u202ec\u200b\ufeff\udb40\udc41" in encoded
    assert decode_inventory(encoded).skipped[0].path == hostile


def test_a_lone_surrogate_stands_as_visible_characters() -> None:
    inventory = msgspec.structs.replace(INVENTORY, limits=(Text(en="\udc80", ko="\ud800"),))

    assert decode_inventory(encode_inventory(inventory)).limits == (Text(en="\\udc80", ko="\\ud800"),)


def test_unknown_fields_of_a_later_version_are_ignored() -> None:
    later = {**DOCUMENT, "added_later": {"x": 1}}
    later["subject"] = {**later["subject"], "added_later": None}

    assert decode_assessment(json.dumps(later).encode()) == decode_assessment(EXAMPLE_BYTES)


def test_broken_json_is_named_with_line_and_column() -> None:
    message = _message(b'{"schema": "compliance.assessment/1",\n "tool": ?}')

    assert "a.json, line 2, column 10" in message.en
    assert "a.json, 2행 10열" in message.ko


@pytest.mark.parametrize("content", [b"", b'{"schema": "compliance.assessment/1"', EXAMPLE_BYTES[:-20]])
def test_a_truncated_file_is_named_as_such(content: bytes) -> None:
    assert "truncated" in _message(content).en


@pytest.mark.parametrize(
    "content",
    [b'{"schema": "\xff"}', b"\xff\xfe{}", b'{"schema": "\\ud800"}', b'{"x":' + b"[" * 100_000, b"{} {}"],
)
def test_hostile_bytes_are_an_error_with_a_place(content: bytes) -> None:
    assert "a.json" in _message(content).en


def test_a_wrong_value_is_named_with_its_place_in_the_document() -> None:
    wrong = json.loads(EXAMPLE_BYTES)
    wrong["findings"][3]["lines"][1] = "x"

    assert "$.findings[3].lines[1]" in _message(json.dumps(wrong).encode()).en


def test_a_missing_field_is_named() -> None:
    message = _message(json.dumps({key: DOCUMENT[key] for key in DOCUMENT if key != "policy"}).encode())

    assert "`policy`" in message.en


@pytest.mark.parametrize(
    "content", [b"{}", b'{"schema": "compliance.assessment/2"}', encode_inventory(INVENTORY), b'{"schema": null}']
)
def test_another_schema_is_named_beside_the_one_that_is_needed(content: bytes) -> None:
    message = _message(content)

    assert "'compliance.assessment/1'" in message.en
    assert "'compliance.assessment/1'" in message.ko


@pytest.mark.parametrize("content", [b"[]", b"null", b"3", b'{"schema": 3}'])
def test_json_that_is_no_document_is_refused(content: bytes) -> None:
    assert "not a valid compliance.assessment/1 document" in _message(content).en


def test_an_assessment_is_no_inventory() -> None:
    with pytest.raises(ConfigurationError, match=r"compliance\.inventory/1"):
        decode_inventory(EXAMPLE_BYTES)
