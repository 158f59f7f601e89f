"""What reports say of origins: facts and nearness, no more."""

import json
from typing import Any, get_args

import msgspec
import pytest

from compliance.language import Language
from compliance.model import fact_words
from compliance.model.evidence import Statement
from compliance.model.finding import (
    Declaration,
    Finding,
    Origin,
    OriginFinding,
    Relation,
    Span,
    WeightsFinding,
    place,
)
from compliance.origins.code_relations import Mechanism
from compliance.origins.statements import How
from compliance.reporters import finding_words, origin_words
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.sarif import REPORTER
from tests.reporters.example_findings import NOTICE, ORIGIN
from tests.reporters.small_assessments import violating

LANGUAGES: tuple[Language, ...] = ("en", "ko")


def _origin(relation: Relation, **more: Any) -> OriginFinding:
    member = Origin(
        family="garam_moe", project="garam", version="1.0", path="a.py", relation=relation, role="direct"
    )
    return place(OriginFinding(lineage=(member,), **more), "src/x.py", None)


@pytest.mark.parametrize("relation", get_args(Relation))
def test_only_the_relation_copied_is_called_copied(relation: Relation) -> None:
    said = {language: finding_words.fact(_origin(relation), language) for language in LANGUAGES}

    assert ("cop" in said["en"]) is (relation == "copied")
    assert ("복사" in said["ko"]) is (relation == "copied")


@pytest.mark.parametrize("relation", ["copied", "derived"])
def test_what_text_tells_is_nearest_in_the_index(relation: Relation) -> None:
    assert "nearest in the index: garam 1.0 a.py" in finding_words.fact(_origin(relation), "en")
    assert "색인에서 가장 가까운 출처: garam 1.0 a.py" in finding_words.fact(_origin(relation), "ko")


def test_relatives_are_facts_of_the_lineage() -> None:
    said = finding_words.fact(ORIGIN, "en")

    assert "share 84 %, confidence 97 %" in said
    assert "also in nuri_moe; which descends from baram" in said
    assert "src/hanbit/layers/experts.py:3 names another" in said
    assert "holders not named here: Garam Example Lab" in said


def test_an_undeclared_origin_is_said_to_be_unnamed_and_a_declared_one_where_it_is_named() -> None:
    declared = Declaration(path="NOTICE", lines=(3, 3), says="garam", agreement="agrees")

    assert "not named by the submission" in finding_words.fact(_origin("derived"), "en")
    assert "named in NOTICE:3" in finding_words.fact(_origin("derived", declared=declared), "en")
    assert "not named" not in finding_words.fact(_origin("imported"), "en")


def test_words_that_name_a_source_are_not_said_to_name_another() -> None:
    nearest = Origin(family="garam", project="garam", relation="declared", role="direct")
    declared = Declaration(path="a.py", lines=(3, 3), says="garam", agreement="another-is-nearer")
    found = OriginFinding(lines=(3, 3), lineage=(nearest,), declared=declared)

    assert "names another" not in finding_words.fact(place(found, "a.py", None), "en")
    assert "a.py:3 names another" in finding_words.fact(place(found, "b.py", None), "en")


def test_the_grounds_of_an_origin_are_both_places_first() -> None:
    said = finding_words.grounds(ORIGIN, "en")

    assert said.split("; ") == [
        "14-96 HanbitExperts ↔ garam_moe.py:102-190 GaramMoE",
        "120-212 ↔ garam_moe.py:201-300",
        "and 3 more",
    ]


def test_a_notice_says_what_is_missing_and_what_is_here() -> None:
    assert (
        "missing: statement of changes, holder 2024 Garam Example Lab; here: license text"
        in finding_words.fact(NOTICE, "en")
    )
    assert "누락: 변경 사실 표시, 저작권자 2024 Garam Example Lab; 있음: 라이선스 원문" in finding_words.fact(
        NOTICE, "ko"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_hostile_files_stay_on_one_printable_line(language: Language) -> None:
    hostile = _origin(
        "derived", spans=(Span(lines=(1, 2), name="\x1b[31m\n", origin_path="\u202e/x", origin_lines=(1, 1)),)
    )

    assert finding_words.fact(hostile, language).isprintable()
    assert finding_words.grounds(hostile, language).isprintable()


def test_every_relation_has_words() -> None:
    assert set(fact_words.RELATIONS) == set(get_args(Relation))


def _related(finding: Finding) -> list[dict[str, Any]]:
    log = json.loads(REPORTER.render(violating(finding), ReportOptions()))
    return list(log["runs"][0]["results"][0].get("relatedLocations", []))


def test_sarif_shows_each_stretch_at_its_lines_and_names_its_counterpart() -> None:
    first, second = _related(ORIGIN)

    assert first["physicalLocation"]["artifactLocation"]["uri"] == "src/hanbit/layers/experts.py"
    assert first["physicalLocation"]["region"] == {"startLine": 14, "endLine": 96}
    assert first["logicalLocations"] == [
        {"fullyQualifiedName": "garam-serve 0.8.5 garam_serve/models/garam_moe.py", "kind": "module"}
    ]
    assert first["message"]["text"] == (
        "14-96 HanbitExperts ↔ garam-serve 0.8.5 garam_serve/models/garam_moe.py:102-190 GaramMoE"
    )
    assert [first["id"], second["id"]] == [1, 2]


def test_sarif_shows_a_stretch_inside_an_archive_at_the_archive() -> None:
    inside = msgspec.structs.replace(ORIGIN, path="vendor/a.whl!/b.py", id="x")

    for related in _related(inside):
        assert related["physicalLocation"]["artifactLocation"]["uri"] == "vendor/a.whl"
        assert related["physicalLocation"]["region"] == {"startLine": 1, "endLine": 1}


def test_sarif_has_no_related_places_where_there_are_none() -> None:
    assert _related(_origin("imported")) == []


def test_the_fingerprint_stays_when_history_becomes_known() -> None:
    def fingerprint(finding: Finding) -> str:
        log = json.loads(REPORTER.render(violating(finding), ReportOptions()))
        return str(log["runs"][0]["results"][0]["partialFingerprints"]["complianceFinding/v1"])

    assert fingerprint(ORIGIN) == fingerprint(msgspec.structs.replace(ORIGIN, introduction=None))


def test_what_a_comment_says_is_not_told_as_equal_tensors() -> None:
    said = Statement(lines=(3, 3), field="copied-from", says="# Copied from transformers.models.llama")
    nearest = Origin(family="llama", project="transformers", relation="declared", role="direct")
    code = OriginFinding(lines=(3, 3), lineage=(nearest,), evidence=(said,))
    weights = WeightsFinding(
        component="model", basis="digest", evidence=(Statement(field="copied-from", says="base"),)
    )

    assert finding_words.grounds(code, "ko") == "복사해 왔다고 적힌 곳: # Copied from transformers.models.llama"
    assert (
        finding_words.grounds(code, "en") == "the file says copied from: # Copied from transformers.models.llama"
    )
    assert finding_words.grounds(weights, "en") == "the same tensors are those of: base"


def test_everything_that_code_may_say_of_its_source_has_words() -> None:
    assert {*get_args(How), *get_args(Mechanism)} - origin_words.STATEMENT_FIELDS.keys() == {"trust_remote_code"}
