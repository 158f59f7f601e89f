"""What licenses demand to be kept."""

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses import spdx
from compliance.licenses.notice_duties import Duty, are_known, duties_of, unmet

ROWS = json.loads(resources.files("compliance.licenses").joinpath("data/notice_duties.json").read_text("utf-8"))
ALL: frozenset[Duty] = frozenset(("holders", "license_text", "license_notice", "changes"))
KNOWN = st.sampled_from(["MIT", "Apache-2.0", "GPL-2.0-only", "CC0-1.0", "MPL-2.0", "LicenseRef-nobody-read-this"])
EXPRESSIONS = st.recursive(
    KNOWN,
    lambda inner: st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda one: f"({' '.join(one)})"),
)


@pytest.mark.parametrize(
    ("identifier", "demanded"),
    [
        ("Apache-2.0", {"holders", "license_text", "changes"}),
        ("MIT", {"holders", "license_text"}),
        ("MIT-0", set()),
        ("BSD-2-Clause", {"holders", "license_text"}),
        ("BSD-3-Clause-Clear", {"holders", "license_text"}),
        ("ISC", {"holders", "license_text"}),
        ("MPL-2.0", {"holders", "license_notice"}),
        ("GPL-2.0-or-later", ALL),
        ("LGPL-3.0-only", ALL),
        ("AGPL-3.0-or-later", ALL),
        ("apache-2.0", {"holders", "license_text", "changes"}),
    ],
)
def test_the_duties_of_common_licenses(identifier: str, demanded: set[Duty]) -> None:
    assert duties_of(identifier) == frozenset(demanded)


def test_a_license_that_nobody_read_has_no_known_duties() -> None:
    assert duties_of("LicenseRef-nobody-read-this") is None
    assert not are_known("LicenseRef-nobody-read-this")
    assert not are_known(None)
    assert are_known("MIT AND LicenseRef-nobody-read-this")


def test_every_entry_is_a_license_of_spdx_or_begins_one() -> None:
    for row in ROWS["duties"]:
        name = row["license"]
        known = [one for one in spdx.known_identifiers() if one.startswith(name.rstrip("*"))]
        assert spdx.is_listed_by_spdx(name) or (name.endswith("*") and known) or name.startswith("LicenseRef-"), (
            name
        )
        assert set(row["demands"]) <= ALL


def missing(identifier: str, duties: frozenset[Duty]) -> frozenset[str]:
    return frozenset(f"{identifier} {duty}" for duty in duties)


def test_all_parts_of_and_are_demanded() -> None:
    assert unmet("MIT AND ISC", missing) == {
        f"{name} {duty}" for name in ("MIT", "ISC") for duty in ("holders", "license_text")
    }


def test_of_a_choice_the_part_that_lacks_least_counts() -> None:
    assert unmet("Apache-2.0 OR MIT", missing) == missing("MIT", frozenset(("holders", "license_text")))
    assert unmet("GPL-2.0-only OR CC0-1.0", missing) == frozenset()


def test_a_license_that_nobody_read_is_no_way_out_of_a_choice() -> None:
    assert unmet("MIT OR LicenseRef-nobody-read-this", missing)


@given(EXPRESSIONS)
def test_nothing_is_unmet_where_everything_is_kept(expression: str) -> None:
    assert unmet(expression, lambda _name, _duties: frozenset()) == frozenset()


@given(EXPRESSIONS, EXPRESSIONS)
def test_and_demands_at_least_what_each_part_does_and_or_at_most(one: str, other: str) -> None:
    parts = [unmet(part, missing) for part in (one, other)]

    assert unmet(f"({one}) AND ({other})", missing) >= parts[0] | parts[1]
    if are_known(one) and are_known(other):
        assert len(unmet(f"({one}) OR ({other})", missing)) <= min(map(len, parts))
