"""`compliance policy diff`, `show` and `replay`, and waivers of a whole call."""

import json
from pathlib import Path
from typing import Any

import pytest

from compliance.reporters.json_v1 import encode_inventory
from tests.cli.command import compliance
from tests.policy.inventories import inventory, license_of, policy_file, rule, weights_license
from tests.policy.waiver_files import waiver, waiver_file

GPL = "requires(license.expression, ['GPL-*'])"


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A folder with the inventories of two submissions, one of them below another folder."""
    folder = tmp_path / "stored"
    (folder / "more").mkdir(parents=True)
    (folder / "a.json").write_bytes(encode_inventory(inventory(license_of("GPL-2.0-only"))))
    (folder / "more" / "b.json").write_bytes(encode_inventory(inventory(weights_license("LicenseRef-k-exaone"))))
    (folder / "note.txt").write_text("no inventory", encoding="utf-8")
    return folder


def policies(folder: Path) -> tuple[Path, Path]:
    """One that reviews, and one that fails."""
    (folder / "before").mkdir()
    (folder / "after").mkdir()
    return (
        policy_file(folder / "before", rule(when=GPL)),
        policy_file(folder / "after", rule(when=GPL, severity="fail")),
    )


def test_diff_tells_two_versions_apart_by_its_exit_status(tmp_path: Path) -> None:
    before, after = policies(tmp_path)
    finished = compliance("policy", "diff", before, after, "--language", "en")
    assert finished.status == 1
    assert "~ severity: review → fail" in finished.stdout
    assert compliance("policy", "diff", before, before).status == 0
    assert compliance("policy", "diff", before, tmp_path / "gone.yaml").status == 2


def test_diff_speaks_korean_and_json(tmp_path: Path) -> None:
    before, after = policies(tmp_path)
    assert "규칙: 추가 0" in compliance("policy", "diff", before, after, "--language", "ko").stdout
    document = compliance("policy", "diff", before, after, "--format", "json").json
    assert document["schema"] == "compliance.policy-diff/1"
    assert document["changed"][0]["fields"] == [{"field": "severity", "before": "review", "after": "fail"}]


def test_show_tells_what_a_policy_changes_of_its_base() -> None:
    finished = compliance("policy", "show", "telecom-strict", "--language", "en")
    assert finished.status == 0
    assert "Against sovereign-ai" in finished.stdout
    assert "~ threshold sure-score: 90.0 → 95.0" in finished.stdout
    assert "+ rule telecom-foreign-weights-proven" in finished.stdout


def test_replay_shows_whose_verdict_changes_and_by_which_rule(tmp_path: Path, stored: Path) -> None:
    before, after = policies(tmp_path)
    finished = compliance("policy", "replay", stored, "--policy", before, "--against", after, "--language", "en")
    assert finished.status == 1
    assert "review → fail  sample-rule" in finished.stdout
    assert "1 verdict of 1 of 2 submissions change" in finished.stdout


def test_replay_under_the_same_policy_on_the_same_day_is_quiet(tmp_path: Path, stored: Path) -> None:
    before, _ = policies(tmp_path)
    assert compliance("policy", "replay", stored, "--policy", before, "--against", before).status == 0


def test_replay_without_anything_to_compare_or_to_judge_is_a_wrong_call(tmp_path: Path, stored: Path) -> None:
    finished = compliance("policy", "replay", stored, LC_ALL="C.UTF-8")
    assert finished.status == 2
    assert "--against" in finished.stderr
    (tmp_path / "empty").mkdir()
    assert compliance("policy", "replay", tmp_path / "empty", "--against", "telecom-strict").status == 2


def test_replay_tells_of_documents_that_it_can_not_read(tmp_path: Path, stored: Path) -> None:
    before, after = policies(tmp_path)
    (stored / "broken.json").write_text("{", encoding="utf-8")
    (stored / "foreign.json").write_text('{"schema": "other/1"}', encoding="utf-8")
    call = ["policy", "replay", stored, stored / "gone.json", "--policy", before, "--format", "json"]
    same = compliance(*call, "--against", before)
    assert same.status == 3
    assert [(one["reason"], Path(one["path"]).name) for one in same.json["skipped"]] == [
        ("malformed", "broken.json"),
        ("malformed", "foreign.json"),
        ("unreadable", "gone.json"),
    ]
    assert compliance("policy", "replay", stored, "--policy", before, "--against", after).status == 1


def test_replay_judges_assessments_by_their_facts(tmp_path: Path, stored: Path) -> None:
    before, after = policies(tmp_path)
    assessed = tmp_path / "assessed.json"
    compliance("assess", stored / "a.json", "--policy", before, "--format", "json", "-o", assessed)
    from_assessment = compliance(
        "policy", "replay", assessed, "--policy", before, "--against", after, "--format", "json"
    ).json
    from_inventory = compliance(
        "policy", "replay", stored / "a.json", "--policy", before, "--against", after, "--format", "json"
    ).json
    assert from_assessment["rules"] == from_inventory["rules"]
    assert from_assessment["documents"][0]["changes"] == from_inventory["documents"][0]["changes"]


def test_replay_writes_one_html_file(tmp_path: Path, stored: Path) -> None:
    before, after = policies(tmp_path)
    page = tmp_path / "page.html"
    call = ["policy", "replay", stored, "--policy", before, "--against", after, "--format", "html"]
    assert compliance(*call, "-o", page, "--language", "ko").status == 1
    assert "달라지는 판정" in page.read_text(encoding="utf-8")


def test_a_waived_violation_passes_the_gate_and_stands_in_every_report(tmp_path: Path, stored: Path) -> None:
    _, after = policies(tmp_path)
    waivers = waiver_file(tmp_path, waiver())
    call: list[Any] = ["assess", stored / "a.json", "--policy", after, "--date", "2026-11-23"]
    assert compliance(*call).status == 1
    assert compliance(*call, "--waivers", waivers).status == 0
    console = compliance(*call, "--waivers", waivers, "--language", "ko").stdout
    assert "예외 승인(만료일 2027-01-31, 승인자 Policy Office): 승인함. (sample-waiver, PO-1)" in " ".join(
        console.split()
    )
    document = compliance(*call, "--waivers", waivers, "--format", "json").json
    assert document["violations"][0]["waiver"]["reference"] == "PO-1"
    assert document["policy"]["waivers"][0]["file"] == "waivers.yaml"
    sarif = compliance(*call, "--waivers", waivers, "--format", "sarif").json
    assert sarif["runs"][0]["results"][0]["suppressions"][0]["justification"] == "Agreed."


def test_a_file_of_waivers_is_named_from_the_working_directory_however_it_is_called(
    tmp_path: Path, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    waivers = waiver_file(tmp_path / "rules", waiver())
    call = ["assess", stored / "a.json", "--policy", policies(tmp_path)[1], "--date", "2026-11-23"]
    monkeypatch.chdir(tmp_path)

    absolute, relative = (
        compliance(*call, "--waivers", path, "--format", "json").stdout for path in (waivers, "rules/waivers.yaml")
    )

    assert json.loads(absolute)["policy"]["waivers"][0]["file"] == "rules/waivers.yaml"
    assert absolute == relative


def test_a_call_without_waivers_asks_for_no_working_directory(
    tmp_path: Path, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    call = ["assess", stored / "a.json", "--policy", policies(tmp_path)[1], "--date", "2026-11-23"]
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    assert compliance(*call, "--format", "json").json["violations"]


def test_an_expired_waiver_fails_the_gate_with_the_facts_still_reported(tmp_path: Path, stored: Path) -> None:
    before, _ = policies(tmp_path)
    waivers = waiver_file(tmp_path, waiver(expires="2026-11-22"))
    call = ["assess", stored / "a.json", "--policy", before, "--date", "2026-11-23", "--waivers", waivers]
    finished = compliance(*call, "--language", "en")
    assert finished.status == 1
    assert "it expired on 2026-11-22" in finished.stdout
    assert "review  sample-rule" in finished.stdout
    document = json.loads(compliance(*call, "--format", "json").stdout)
    assert [one["fault"] for one in document["waiver_faults"]] == ["expired"]


def test_a_wrong_file_of_waivers_ends_the_call_before_anything_is_judged(tmp_path: Path, stored: Path) -> None:
    waivers = waiver_file(tmp_path, waiver(expires="soon"))
    finished = compliance("assess", stored / "a.json", "--waivers", waivers, "--language", "en")
    assert finished.status == 2
    assert f"{waivers}:8:12: expires" in finished.stderr
    assert finished.stdout == ""


def test_the_schema_of_waivers_is_printed() -> None:
    assert "WaiverDocument" in compliance("policy", "schema", "--waivers").json["$defs"]
