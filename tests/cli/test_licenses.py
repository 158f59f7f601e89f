"""`compliance licenses`, as a user runs it."""

import json
from pathlib import Path

import pytest

from compliance.licenses import scancode
from compliance.licenses.terms import TERMS
from tests.cli.command import compliance

# list


def test_list_names_every_license_with_the_terms_asked_for_most() -> None:
    found = compliance("licenses", "list", "--language", "en")

    assert found.status == 0
    assert "112 licenses" in found.stdout
    row = next(line for line in found.stdout.splitlines() if line.startswith("deepseek-1.0 "))
    assert row.split()[:4] == ["deepseek-1.0", "CN", "allowed", "prohibited"]


def test_list_marks_what_is_known_by_report_alone() -> None:
    found = compliance("licenses", "list", "--language", "en")

    assert "h-research? " in found.stdout
    assert "It is a lead, no proof." in found.stdout


def test_list_says_it_in_korean() -> None:
    found = compliance("licenses", "list", "--language", "ko", COLUMNS="200")

    assert "라이선스 112개" in found.stdout
    assert "Llama 4 커뮤니티 라이선스 계약" in found.stdout
    assert "언급 없음(silent)" in found.stdout


def test_a_term_selects_licenses() -> None:
    found = compliance("licenses", "list", "--term", "territory_excluded=KR", "--format", "json").json

    assert [one["id"] for one in found["licenses"]] == [
        "minimax-h3-community",
        "tencent-hunyuan-3d-2.0",
        "tencent-hunyuan-eu-uk-kr",
    ]


def test_several_terms_must_all_hold() -> None:
    terms = ("--term", "military_use=prohibited", "--term", "commercial_use=allowed")
    found = compliance("licenses", "list", *terms, "--format", "json").json

    assert found["licenses"]
    for one in found["licenses"]:
        assert one["terms"]["military_use"]["value"] == "prohibited"
        assert one["terms"]["commercial_use"]["value"] == "allowed"


def test_a_value_of_a_set_selects_every_license_that_has_it() -> None:
    found = compliance("licenses", "list", "--term", "output_use=licensor_owned", "--format", "json").json

    assert [one["id"] for one in found["licenses"]] == ["exaone-1.1-nc"]


def test_none_that_fits_is_no_error() -> None:
    found = compliance("licenses", "list", "--term", "territory_excluded=JP", "--language", "en")

    assert found.status == 0
    assert "0 licenses" in found.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("military_use", "--term military_use=prohibited"),
        ("militry_use=prohibited", "Did you mean: military_use?"),
        ("military_use=forbidden", "silent, conditional, prohibited, unknown"),
    ],
)
def test_a_wrong_filter_says_how_to_write_it(words: str, expected: str) -> None:
    found = compliance("licenses", "list", "--term", words)

    assert found.status == 2
    assert expected in found.stderr
    assert found.stdout == ""


# show


def test_show_prints_every_term_with_section_and_locator() -> None:
    found = compliance("licenses", "show", "deepseek-1.0", "--language", "en")

    assert found.status == 0
    assert found.stdout.startswith("deepseek-1.0: DeepSeek License Agreement 1.0")
    for definition in TERMS:
        assert f"  {definition.name} " in found.stdout
    assert "military use: prohibited" in found.stdout
    assert 'Att. A: "' in found.stdout


def test_show_prints_the_same_in_korean() -> None:
    found = compliance("licenses", "show", "k-exaone", "--language", "ko")

    assert found.stdout.startswith("k-exaone: K-EXAONE AI 모델 라이선스 계약")
    assert "LG경영개발원(LG AI연구원) · 대한민국 (KR)" in found.stdout
    assert "준거법: 대한민국 (KR)" in found.stdout
    assert "서울 대한상사중재원(KCAB) 중재, 한국어" in found.stdout


def test_show_says_where_a_policy_was_not_read() -> None:
    found = compliance("licenses", "show", "databricks-open-model", "--language", "en", COLUMNS="200")

    assert "military use: unknown" in found.stdout
    assert "the policy that the license refers to was not read" in found.stdout


def test_show_says_what_scancode_takes_the_text_for() -> None:
    found = compliance("licenses", "show", "llama-3", "--language", "en", COLUMNS="200")

    assert "llama-3.1-license-2024 (96 %): wrong" in found.stdout


def test_show_as_json_has_both_languages() -> None:
    found = compliance("licenses", "show", "kimi-k3", "--format", "json").json

    assert found["schema"] == "compliance.license/1"
    assert found["name"] == {"en": "Kimi K3 License", "ko": "Kimi K3 라이선스"}
    assert found["expression"] == "LicenseRef-kimi-k3"
    assert found["basis"] == "full-text"
    assert list(found["terms"]) == [one.name for one in TERMS]
    first = found["terms"]["scale_gates"]["value"][0]
    assert (first["metric"], first["greater_than"]) == ("revenue_12m_usd", 20_000_000)
    assert set(first["exempt"]) == {"en", "ko"}


def test_a_license_is_shown_by_a_name_that_it_alone_has() -> None:
    found = compliance("licenses", "show", "LicenseRef-scancode-qwen-2024", "--language", "en")

    assert found.stdout.startswith("qwen: ")


def test_an_unknown_license_is_a_wrong_call_and_near_names_are_told() -> None:
    found = compliance("licenses", "show", "lama-3.1", "--language", "en")

    assert found.status == 2
    assert "llama-3.1" in found.stderr
    assert "`compliance licenses list`" in found.stderr


def test_an_unknown_license_is_told_in_korean() -> None:
    found = compliance("licenses", "show", "lama-3.1", "--language", "ko")

    assert found.status == 2
    assert "라이선스 자료에 없는 이름: 'lama-3.1'. 비슷한 이름: llama-3.1" in found.stderr


def test_a_name_that_several_licenses_have_is_not_guessed() -> None:
    found = compliance("licenses", "show", "modified-mit", "--language", "en")

    assert found.status == 2
    assert "kimi-k2-modified-mit, minimax-m2-modified-mit" in found.stderr


# terms and schema


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Whether the text restricts"), ("ko", "군사 이용을 제한하는지")]
)
def test_terms_are_explained_in_both_languages(language: str, said: str) -> None:
    found = compliance("licenses", "terms", "--language", language)

    assert found.status == 0
    assert said in found.stdout
    assert all(f"{definition.name}: " in found.stdout for definition in TERMS)


def test_terms_as_json_have_labels_for_every_value() -> None:
    found = compliance("licenses", "terms", "--format", "json").json

    (military,) = (one for one in found["terms"] if one["name"] == "military_use")
    assert military["values"]["prohibited"] == {"en": "prohibited", "ko": "금지"}


def test_schema_is_a_json_schema_of_a_data_file() -> None:
    found = json.loads(compliance("licenses", "schema").stdout)

    assert "military_use" in json.dumps(found)


# match

LLAMA = scancode.license_text("llama-3.1-license-2024") or ""


def test_match_names_the_license_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(LLAMA, encoding="utf-8")

    found = compliance("licenses", "match", str(tmp_path / "LICENSE"), "--language", "en")

    assert found.status == 0
    assert found.stdout.startswith("llama-3.1: Llama 3.1 Community License Agreement\n")
    assert "No clause differs" in found.stdout


def test_match_tells_two_licenses_in_one_file_one_by_one(tmp_path: Path) -> None:
    apache = scancode.license_text("apache-2.0") or ""
    (tmp_path / "LICENSE").write_text(f"{LLAMA}\n\n{apache}", encoding="utf-8")

    found = compliance("licenses", "match", str(tmp_path / "LICENSE"), "--language", "en")
    plain = compliance("licenses", "match", str(tmp_path / "LICENSE"), "--format", "json").json

    assert found.stdout.count("No clause differs") == 2
    assert [(one["id"], one["changes"]) for one in plain["licenses"]] == [("llama-3.1", []), ("apache-2.0", [])]
    assert plain["license"]["id"] == "llama-3.1"


@pytest.mark.parametrize(("language", "said"), [("en", "changed"), ("ko", "변경")])
def test_match_shows_altered_clauses(language: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(LLAMA.replace("700 million", "7 thousand"), encoding="utf-8")

    found = compliance("licenses", "match", str(tmp_path / "LICENSE"), "--language", language, COLUMNS="200")

    assert f"  {said}" in found.stdout
    assert "[-700 million-] {+7 thousand+}" in found.stdout


def test_match_reads_terms_of_an_unknown_text(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("You may not use it for military purposes.\n", encoding="utf-8")

    found = compliance("licenses", "match", str(tmp_path / "LICENSE"), "--format", "json").json

    assert found["license"] is None
    assert [(one["term"], one["value"], one["lines"]) for one in found["terms"]] == [
        ("military_use", "prohibited", [1, 1])
    ]


@pytest.mark.parametrize("name", ["missing", ""])
def test_match_of_what_can_not_be_read_is_a_wrong_call(name: str, tmp_path: Path) -> None:
    assert compliance("licenses", "match", str(tmp_path / name)).status == 2


# speed


def test_no_library_that_reads_yaml_or_detects_licenses_is_loaded() -> None:
    found = compliance("licenses", "list", PYTHONPROFILEIMPORTTIME="1")

    assert "licensedcode" not in found.stderr
    assert "ruamel" not in found.stderr
