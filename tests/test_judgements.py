"""Of the same facts, by the same policy on the same day, the last judgement is said again, and only then."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest

from compliance.errors import PolicyError
from compliance.judgements import Judging
from compliance.model.inventory import Inventory
from compliance.model.skip import Skip
from compliance.model.verdict import Assessment, Verdict
from compliance.policy import answers, evaluation, loading
from compliance.policy.policy import Rule
from compliance.store.cache import Cache, NoCache, RowKey, SqliteCache
from tests.policy.inventories import inventory, license_of, policy_file, rule
from tests.policy.waiver_files import waiver, waiver_file

TODAY = datetime.date(2026, 11, 26)
MIT = inventory(license_of("MIT"))
BROKEN = rule(when="license.expression == 'MIT'")


@pytest.fixture
def cache(tmp_path: Path) -> SqliteCache:
    return SqliteCache(tmp_path / "cache.sqlite")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return policy_file(tmp_path, BROKEN)


def judged(
    cache: Cache,
    policy: Path | str,
    facts: Inventory = MIT,
    *,
    waivers: Sequence[Path] = (),
    today: datetime.date = TODAY,
) -> Assessment:
    return Judging(policy, waivers, today, cache).assess(facts)


def verdict(assessment: Assessment) -> Verdict:
    return assessment.verdicts[0].verdict


def unavailable(*_: object) -> None:
    raise AssertionError("asked again")


def test_where_nothing_changed_the_same_is_said_and_no_rule_is_asked(
    cache: SqliteCache, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = judged(cache, policy)
    assert first == judged(NoCache(), policy)
    assert verdict(first) is Verdict.REVIEW
    monkeypatch.setattr(loading, "load_policy", unavailable)
    monkeypatch.setattr(evaluation, "assess", unavailable)

    assert judged(cache, policy) == first


def test_a_shipped_policy_is_remembered_as_well(cache: SqliteCache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = judged(cache, "open-source-hygiene")
    monkeypatch.setattr(loading, "load_policy", unavailable)

    assert judged(cache, "open-source-hygiene") == first


def test_other_facts_are_judged_anew(cache: SqliteCache, policy: Path) -> None:
    judged(cache, policy)

    assert verdict(judged(cache, policy, inventory(license_of("Zlib")))) is Verdict.PASS


def test_what_was_skipped_counts(cache: SqliteCache, policy: Path) -> None:
    clean = inventory(license_of("Zlib"))
    judged(cache, policy, clean)
    skipped = inventory(license_of("Zlib"), skipped=[Skip(reason="unreadable", detail="no", path="a")])

    assert verdict(judged(cache, policy, skipped)) is Verdict.INCOMPLETE
    assert judged(cache, policy, skipped).skipped == skipped.skipped


def test_on_another_day_other_rules_may_be_in_force(cache: SqliteCache, tmp_path: Path) -> None:
    policy = policy_file(tmp_path, rule(more="from: 2026-11-27"))

    assert verdict(judged(cache, policy)) is Verdict.INCOMPLETE
    assert verdict(judged(cache, policy, today=datetime.date(2026, 11, 27))) is Verdict.REVIEW


def test_an_edited_policy_judges_anew(cache: SqliteCache, policy: Path, tmp_path: Path) -> None:
    judged(cache, policy)
    policy_file(tmp_path, rule(when="license.expression == 'Zlib'"))

    assert verdict(judged(cache, policy)) is Verdict.PASS


def test_an_edited_base_judges_anew(cache: SqliteCache, policy: Path, tmp_path: Path) -> None:
    derived = tmp_path / "derived.yaml"
    derived.write_text(
        'id: derived\nversion: "1"\nstatus: draft\ndescription: {en: A sample., ko: 예시.}\nextends: policy.yaml\n'
    )
    assert verdict(judged(cache, derived)) is Verdict.REVIEW
    policy_file(tmp_path, rule(when="license.expression == 'Zlib'"))

    assert verdict(judged(cache, derived)) is Verdict.PASS


def test_a_policy_that_became_wrong_is_told_before_anything_is_judged(
    cache: SqliteCache, policy: Path, tmp_path: Path
) -> None:
    judged(cache, policy)
    policy_file(tmp_path, rule(when="license.nothing"))

    with pytest.raises(PolicyError):
        Judging(policy, (), TODAY, cache)


def test_a_policy_that_is_gone_is_told(cache: SqliteCache, policy: Path) -> None:
    judged(cache, policy)
    policy.unlink()

    with pytest.raises(PolicyError):
        Judging(policy, (), TODAY, cache)


def test_waivers_count_and_so_do_changes_of_them(cache: SqliteCache, policy: Path, tmp_path: Path) -> None:
    waivers = [waiver_file(tmp_path, waiver(match='{paths: ["**"]}'))]

    assert verdict(judged(cache, policy)) is Verdict.REVIEW
    assert verdict(judged(cache, policy, waivers=waivers)) is Verdict.PASS
    waiver_file(tmp_path, waiver(match="{paths: [elsewhere/**]}"))
    assert verdict(judged(cache, policy, waivers=waivers)) is Verdict.REVIEW


def test_facts_that_cannot_be_encoded_are_judged_each_time(cache: SqliteCache, policy: Path) -> None:
    half = inventory(license_of("MIT", path="\ud800"))

    assert judged(cache, policy, half) == judged(NoCache(), policy, half) == judged(cache, policy, half)


def test_a_row_that_cannot_be_read_counts_as_absent(cache: SqliteCache, policy: Path) -> None:
    first = judged(cache, policy)
    digests = [row[0] for row in cache._connection.execute("SELECT digest FROM finding_row")]
    cache.put([(key, payload[:-3]) for key, payload in cache.rows(digests).items()])

    assert judged(cache, policy) == first


def test_each_subject_has_one_judgement_by_a_policy(cache: SqliteCache, policy: Path) -> None:
    for expression in ("MIT", "Zlib", "MIT"):
        judged(cache, policy, inventory(license_of(expression)))

    assert [key.detector for key in _rows(cache)].count("judgement") == 1


def _rows(cache: SqliteCache) -> list[RowKey]:
    digests = [row[0] for row in cache._connection.execute("SELECT DISTINCT digest FROM finding_row")]
    return list(cache.rows(digests))


def test_values_that_were_asked_of_before_are_not_asked_of_again(
    cache: SqliteCache, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(cache, policy)
    asked: list[object] = []
    answer = answers._answer

    def heard(rule: Rule, key: Sequence[object]) -> answers._Answer:
        asked.extend(key)
        return answer(rule, key)

    monkeypatch.setattr(answers, "_answer", heard)
    both = judged(cache, policy, inventory(license_of("MIT"), license_of("Zlib", path="src/b.py")))

    assert both == judged(NoCache(), policy, inventory(license_of("MIT"), license_of("Zlib", path="src/b.py")))
    assert asked == ["Zlib", "MIT", "Zlib"], "once of what is new, and of both without a cache"


def test_what_could_not_be_evaluated_is_asked_again(cache: SqliteCache, tmp_path: Path) -> None:
    policy = policy_file(tmp_path, rule(when="size(license.path) / 0 == 1"))

    for facts in (MIT, inventory(license_of("MIT"), license_of("Zlib"))):
        assert judged(cache, policy, facts).violations[0].unevaluated is not None
