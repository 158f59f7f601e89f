"""Statements that a release made and that don't stand any more, and those that do."""

import pytest

from compliance.model.evidence import ReleaseStatement, Statement
from compliance.model.finding import CopyrightFinding, Finding, LicenseFinding, ModelCardFinding, place
from compliance.releases.changes import changes
from compliance.releases.state import State, is_compared
from compliance.sources.history import Release
from tests.counted_calls import with_calls
from tests.detectors.license_findings import detected, match

APACHE = detected("LICENSE", match("apache-2.0"))
MIT = detected("LICENSE", match("mit"))


def weights(license_id: str, path: str = "LICENSE", *, altered: bool = False) -> LicenseFinding:
    finding = LicenseFinding(
        lines=(1, 90),
        expression=None if altered else f"LicenseRef-{license_id}",
        basis="detected",
        license_ids=(license_id,),
        subject="weights",
        altered=altered,
    )
    return place(finding, path, None)


def terms(*names: str) -> LicenseFinding:
    evidence = tuple(Statement(field=f"term:{name}", says="prohibited: words") for name in names)
    return place(
        LicenseFinding(expression=None, basis="detected", subject="weights", evidence=evidence), "LICENSE", None
    )


def declared(expression: str | None, words: str = "other", path: str = "README.md") -> LicenseFinding:
    said = (Statement(field="license", says=words),)
    finding = LicenseFinding(
        lines=(2, 2), expression=expression, basis="declared", subject="weights", evidence=said
    )
    return place(finding, path, None)


def base(value: str) -> ModelCardFinding:
    return place(ModelCardFinding(lines=(3, 3), field="base_model", value=value), "README.md", None)


def holder(name: str, path: str = "NOTICE", year: int = 2024) -> CopyrightFinding:
    return place(CopyrightFinding(lines=(2, 2), statement=f"Copyright {year} {name}", holders=(name,)), path, None)


def state(*findings: Finding, files: tuple[str, ...] = (), unexamined: tuple[str, ...] = ()) -> State:
    paths = frozenset({*files, *(one.path for one in findings)})
    by_path = {path: [one for one in findings if one.path == path] for path in paths}
    return State(paths, by_path, frozenset(unexamined))


def release(name: str = "v1.0", date: str = "2025-01-01") -> Release:
    return Release(name=name, commit="c" * 40, date=date, files=())


def found(now: State, *then: State) -> list[tuple[str, str, list[str]]]:
    """About, path and what is said, of each finding; `then` are the states at v1, v2 …"""
    states = [(release(f"v{number}"), one) for number, one in enumerate(then, 1)]
    return [(one.about, one.path, [_said(claim) for claim in one.evidence]) for one in changes(now, states, None)]


def _said(claim: object) -> str:
    assert isinstance(claim, Statement)
    at = f" at {claim.release}" if isinstance(claim, ReleaseStatement) else ""
    return f"{claim.path}: {claim.says}{at}"


def test_another_license_in_the_same_file_is_told_with_both_places() -> None:
    assert found(state(weights("llama-3.1")), state(APACHE)) == [
        (
            "license-changed-after-release",
            "LICENSE",
            ["LICENSE: LicenseRef-llama-3.1", "LICENSE: Apache-2.0 at v1"],
        )
    ]


def test_a_claim_of_a_release_has_its_tag_commit_date_and_lines() -> None:
    (finding,) = changes(state(MIT), [(release("v1.0", "2025-01-01"), state(APACHE))], "abc")

    assert (finding.revision, finding.lines) == ("abc", (1, 2))
    claim = finding.evidence[-1]
    assert isinstance(claim, ReleaseStatement)
    assert (claim.release, claim.revision, claim.date, claim.lines) == ("v1.0", "c" * 40, "2025-01-01", (1, 2))


def test_the_same_license_changes_nothing() -> None:
    assert found(state(APACHE), state(APACHE)) == []
    assert found(state(weights("llama-3.1")), state(weights("llama-3.1"))) == []


def test_each_earlier_license_is_told_once_with_its_newest_release() -> None:
    (_, _, said) = found(
        state(weights("gemma")), state(MIT), state(APACHE), state(APACHE), state(weights("gemma"))
    )[0]

    assert said[1:] == ["LICENSE: Apache-2.0 at v3", "LICENSE: MIT at v1"]


def test_a_changed_clause_is_a_change() -> None:
    ((_, _, said),) = found(state(weights("gemma", altered=True)), state(weights("gemma")))

    assert said == ["LICENSE: gemma, altered", "LICENSE: LicenseRef-gemma at v1"]


def test_a_restriction_that_came_into_the_same_file_is_a_change() -> None:
    ((_, _, said),) = found(state(APACHE, terms("military_use")), state(APACHE))

    assert said == ["LICENSE: Apache-2.0", "LICENSE: Apache-2.0 at v1", "LICENSE: term:military_use"]


def test_a_further_open_license_in_the_same_file_is_no_change() -> None:
    assert found(state(detected("LICENSE", match("apache-2.0"), match("mit"))), state(APACHE)) == []


def test_a_license_file_that_is_gone_is_told() -> None:
    assert found(state(files=("README.md",)), state(APACHE)) == [
        ("license-changed-after-release", "LICENSE", ["LICENSE: -", "LICENSE: Apache-2.0 at v1"])
    ]


def test_a_renamed_license_file_and_one_moved_upwards_are_no_change() -> None:
    assert found(state(detected("LICENSE.md", match("apache-2.0"))), state(APACHE)) == []
    below = detected("model/LICENSE", match("apache-2.0"))
    assert found(state(APACHE, files=("model/README.md",)), state(below)) == []


def test_another_license_elsewhere_does_not_stand_in_for_the_one_that_is_gone() -> None:
    vendored = detected("kernels/LICENSE", match("apache-2.0"))

    assert [one[:2] for one in found(state(MIT, vendored), state(APACHE))] == [
        ("license-changed-after-release", "LICENSE")
    ]


def test_a_license_file_that_restricts_beside_the_old_one_is_told_at_its_own_place() -> None:
    now = state(APACHE, weights("gemma", "LICENSE-MODEL"))

    assert found(now, state(APACHE)) == [
        (
            "license-changed-after-release",
            "LICENSE-MODEL",
            ["LICENSE-MODEL: LicenseRef-gemma", "LICENSE: Apache-2.0 at v1"],
        )
    ]


def test_a_license_where_none_was_is_no_change() -> None:
    assert found(state(weights("gemma")), state(files=("README.md",))) == []


def test_licenses_of_others_come_and_go() -> None:
    for path in ("third_party/x/LICENSE", "vendor/LICENSE", "THIRD-PARTY-LICENSES.txt"):
        assert found(state(files=("README.md",)), state(detected(path, match("mit")))) == []
    assert not is_compared("node_modules/x/LICENSE")
    assert is_compared("THIRD-PARTY-NOTICES.txt")


def test_nothing_is_said_of_files_that_were_not_examined() -> None:
    then = state(APACHE, holder("Team Hanbit"), declared("Apache-2.0"), base("a/b"))
    files = ("LICENSE", "NOTICE", "README.md")

    assert found(state(files=files, unexamined=files), then) == []
    assert found(state(unexamined=("LICENSE",)), state(APACHE)) == []


def test_a_removed_holder_is_told_beside_who_is_named_now() -> None:
    assert found(state(holder("Team Hanbit")), state(holder("Example Authors"), holder("Team Hanbit"))) == [
        (
            "copyright-changed-after-release",
            "NOTICE",
            ["NOTICE: Copyright 2024 Team Hanbit", "NOTICE: Copyright 2024 Example Authors at v1"],
        )
    ]


def test_a_removed_notice_file_is_told() -> None:
    assert found(state(files=("README.md",)), state(holder("Example Authors"))) == [
        (
            "copyright-changed-after-release",
            "NOTICE",
            ["NOTICE: -", "NOTICE: Copyright 2024 Example Authors at v1"],
        )
    ]


def test_other_years_another_spelling_and_another_notice_file_keep_a_holder() -> None:
    then = state(holder("Example Authors", "model/NOTICE"))

    for now in (
        holder("Example Authors", "model/NOTICE", 2026),
        holder("The Example Authors, Inc.", "model/NOTICE"),
        holder("Example Authors", "model/LICENSE"),
        holder("Example Authors", "NOTICE"),
    ):
        assert found(state(now, files=("model/NOTICE",)), then) == []


def test_the_holder_of_a_licenses_own_text_goes_with_it() -> None:
    assert found(state(files=("LICENSE",)), state(holder("Free Software Foundation, Inc.", "LICENSE"))) == []


def test_another_license_in_a_card_is_told_and_a_removed_one() -> None:
    assert found(state(declared(None, "other")), state(declared("Apache-2.0"))) == [
        ("license-changed-after-release", "README.md", ["README.md: other", "README.md: Apache-2.0 at v1"])
    ]
    assert found(state(files=("README.md",)), state(declared("Apache-2.0"))) == [
        ("license-changed-after-release", "README.md", ["README.md: -", "README.md: Apache-2.0 at v1"])
    ]
    assert found(state(declared("Apache-2.0", "Apache-2.0")), state(declared("Apache-2.0", "apache-2.0"))) == []


def test_another_base_is_told_and_a_further_one_is_not() -> None:
    assert found(state(base("b/new")), state(base("a/old"))) == [
        ("base-model-changed-after-release", "README.md", ["README.md: b/new", "README.md: a/old at v1"])
    ]
    assert found(state(base("a/old"), base("b/new")), state(base("https://huggingface.co/a/Old"))) == []


@pytest.mark.parametrize(
    "written",
    [
        "https://huggingface.co/a/Old/tree/main",
        "hf://a/old",
        "https://hf-mirror.com/a/old/",
        "https://modelscope.cn/models/a/old/",
        "a/old@v2",
        " a/old ",
    ],
)
def test_the_same_base_named_in_another_form_is_no_change(written: str) -> None:
    assert found(state(base("a/old")), state(base(written))) == []
    assert found(state(base(written)), state(base("a/old"))) == []


def test_the_identifier_stays_when_further_releases_say_the_same() -> None:
    states = [(release(name), state(APACHE)) for name in ("v1", "v2")]

    assert changes(state(MIT), states[:1], None)[0].id == changes(state(MIT), states, None)[0].id


def test_what_a_removed_card_declared_is_told_where_its_folder_is_still_there() -> None:
    then = state(APACHE, declared("MIT"), base("Qwen/Qwen2.5-7B"))

    assert [(about, path, said) for about, path, said in found(state(APACHE), then)] == [
        ("base-model-changed-after-release", "README.md", ["README.md: -", "README.md: Qwen/Qwen2.5-7B at v1"]),
        ("license-changed-after-release", "README.md", ["README.md: -", "README.md: MIT at v1"]),
    ]
    assert found(state(files=("src/README.md",)), state(declared("MIT"))) == []


def test_a_renamed_card_that_says_the_same_is_no_change() -> None:
    now = state(declared("MIT", path="README.ko.md"))

    assert found(now, state(declared("MIT"))) == []
    assert [said for _, _, said in found(now, state(declared("Apache-2.0")))] == [
        ["README.ko.md: MIT", "README.md: Apache-2.0 at v1"]
    ]


def test_the_work_for_many_cards_and_notices_grows_with_their_number() -> None:
    def holders(year: int) -> list[Finding]:
        return [holder("Team Hanbit", path=f"README-{number}.md", year=year) for number in range(500)]

    now, then = state(*holders(2026)), [state(*holders(2020 + number)) for number in range(4)]

    changes, calls = with_calls(lambda: found(now, *then))

    assert changes == []
    assert calls < 4 * 500 * 200
