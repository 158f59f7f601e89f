"""`compliance policy lint`: faults, warnings and what they do to the exit status."""

from pathlib import Path

import pytest

from tests.cli.command import compliance
from tests.policy.inventories import policy_file, rule

POLICIES = Path(__file__).parents[1] / "policy"


def test_a_policy_without_fault_or_warning_is_0() -> None:
    finished = compliance("policy", "lint", "open-source-hygiene", "--language", "en")
    assert (finished.status, finished.stdout) == (0, "open-source-hygiene 1.0: no faults\n")


@pytest.mark.parametrize(("options", "status"), [((), 0), (("--strict",), 2)])
def test_warnings_are_printed_with_their_places_and_count_only_on_request(
    tmp_path: Path, options: tuple[str, ...], status: int
) -> None:
    file = policy_file(tmp_path, rule(), lists="{idle: [MIT]}")
    finished = compliance("policy", "lint", file, "--language", "en", *options)
    assert finished.status == status
    assert finished.stdout.splitlines() == [
        f"{file}:5:9: warning: no rule uses the list 'idle'; use it or remove it",
        "sample 1: no faults, 1 warning",
    ]


def test_warnings_are_said_in_the_language_that_is_asked_for() -> None:
    finished = compliance("policy", "lint", POLICIES / "linting" / "suspicious.yaml", "--language", "ko")
    lines = finished.stdout.splitlines()
    assert all("경고" in line for line in lines)
    assert len(lines) > 20


def test_the_day_that_dates_are_compared_with_can_be_named(tmp_path: Path) -> None:
    file = policy_file(tmp_path, rule(more="until: 2026-12-31"))
    finished = compliance("policy", "lint", file, "--date", "2027-01-01", "--language", "en")
    assert "was last in force on 2026-12-31" in finished.stdout


def test_a_fault_stops_before_any_warning() -> None:
    finished = compliance("policy", "lint", POLICIES / "broken.yaml", "--language", "en")
    assert (finished.status, finished.stdout) == (2, "")
    assert "warning" not in finished.stderr
