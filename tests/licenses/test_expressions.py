"""License expressions: the tree decides, and not knowing never helps."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses import spdx
from compliance.licenses.expressions import (
    is_known,
    leaves,
    only,
    requires,
    satisfies,
    settled,
    without,
)

CLASSPATH = "GPL-2.0-only WITH Classpath-exception-2.0"
LICENSES = ("MIT", "Apache-2.0", "GPL-2.0-only", CLASSPATH, "LicenseRef-llama-3.1", "NOASSERTION")


def expressions() -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(LICENSES),
        lambda parts: st.builds(
            lambda operator, some: "(" + f" {operator} ".join(some) + ")",
            st.sampled_from(["AND", "OR"]),
            st.lists(parts, min_size=2, max_size=3),
        ),
        max_leaves=8,
    )


def license_lists() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([*LICENSES[:-1], "GPL-*", "LicenseRef-*", "M*"]), max_size=4, unique=True)


def ways_to_comply(expression: str) -> list[frozenset[str]]:
    """Every way to choose at each OR, as the set of licenses that then apply: the meaning, spelled out."""

    def ways(tree: spdx.Expression) -> list[frozenset[str]]:
        match tree:
            case spdx.License():
                return [frozenset({str(tree)})]
            case spdx.Choice(parts):
                return [way for part in parts for way in ways(part)]
            case spdx.Every(parts):
                return [frozenset().union(*chosen) for chosen in itertools.product(*map(ways, parts))]

    tree = spdx.parse(expression)
    assert tree is not None
    return ways(tree)


@given(expressions(), st.frozensets(st.sampled_from(LICENSES)))
def test_an_expression_is_satisfied_iff_some_way_to_comply_uses_acceptable_known_licenses_alone(
    expression: str, acceptable: frozenset[str]
) -> None:
    expected = any(way <= acceptable - {"NOASSERTION"} for way in ways_to_comply(expression))
    assert satisfies(expression, acceptable.__contains__) is expected


@given(expressions(), license_lists())
def test_a_license_is_required_iff_every_way_to_comply_uses_one_of_the_list(
    expression: str, listed: list[str]
) -> None:
    expected = all(any(requires(leaf, listed) for leaf in way) for way in ways_to_comply(expression))
    assert requires(expression, listed) is expected


@given(expressions(), st.frozensets(st.sampled_from(LICENSES)), st.frozensets(st.sampled_from(LICENSES)))
def test_accepting_more_licenses_never_loses_an_expression(
    expression: str, some: frozenset[str], more: frozenset[str]
) -> None:
    if satisfies(expression, some.__contains__):
        assert satisfies(expression, (some | more).__contains__)


@given(expressions(), license_lists(), license_lists())
def test_a_longer_list_allows_more_and_bans_more(expression: str, some: list[str], more: list[str]) -> None:
    assert only(expression, some) <= only(expression, some + more)
    assert without(expression, some) >= without(expression, some + more)
    assert requires(expression, some) <= requires(expression, some + more)


@given(expressions(), expressions(), license_lists(), st.sampled_from(["AND", "OR"]))
def test_operators_commute_and_repeating_changes_nothing(
    left: str, right: str, listed: list[str], operator: str
) -> None:
    for question in (only, without, requires):
        assert question(f"{left} {operator} {right}", listed) is question(f"{right} {operator} {left}", listed)
        assert question(f"{left} {operator} {left}", listed) is question(left, listed)


@given(expressions(), expressions(), license_lists())
def test_and_is_stricter_than_its_parts_and_or_laxer(left: str, right: str, listed: list[str]) -> None:
    both, either = f"{left} AND {right}", f"{left} OR {right}"
    for question in (only, without):
        assert question(both, listed) is (question(left, listed) and question(right, listed))
        assert question(either, listed) is (question(left, listed) or question(right, listed))


@given(expressions(), license_lists())
def test_what_is_proven_is_never_also_avoidable(expression: str, listed: list[str]) -> None:
    assert not (requires(expression, listed) and without(expression, listed))


@given(st.lists(expressions(), min_size=1, max_size=4), license_lists())
def test_combining_asks_for_all_parts(parts: list[str], listed: list[str]) -> None:
    combined = spdx.join(parts, "AND")
    assert only(combined, listed) is all(only(part, listed) for part in parts)


@given(st.lists(expressions(), min_size=1, max_size=4), license_lists())
def test_joining_by_or_leaves_a_choice(parts: list[str], listed: list[str]) -> None:
    assert only(spdx.join(parts, "OR"), listed) is any(only(part, listed) for part in parts)


@given(expressions())
def test_spelling_as_spdx_does_keeps_the_meaning_and_is_done_once(expression: str) -> None:
    normal = str(spdx.parse(expression))
    assert str(spdx.parse(normal)) == normal
    assert set(ways_to_comply(expression)) == set(ways_to_comply(normal))


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("mit", "MIT"),
        ("mit and (isc or apache-2.0)", "MIT AND (ISC OR Apache-2.0)"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("gpl-2.0-only with classpath-exception-2.0", CLASSPATH),
        ("apache-2.0+", "Apache-2.0+"),
        ("llama-3.1", "LicenseRef-llama-3.1"),
        ("openrail++-m-sdxl", "LicenseRef-openrailplusplus-m-sdxl"),
        ("DocumentRef-x:LicenseRef-y", "DocumentRef-x:LicenseRef-y"),
        ("unknown", "NOASSERTION"),
    ],
)
def test_identifiers_take_the_spelling_of_spdx(written: str, normal: str) -> None:
    assert str(spdx.parse(written)) == normal


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "",
        "  ",
        "MIT AND",
        "(MIT",
        "()",
        "MIT License",
        "apache 2.0",
        "한국",
        "MIT/ISC",
        "MIT WITH Apache-2.0",
        "Classpath-exception-2.0 WITH MIT",
        "(" * 200 + "MIT" + ")" * 200,
        "MIT OR " * 5_000 + "MIT",
    ],
)
def test_what_is_no_expression_satisfies_nothing_and_proves_nothing(broken: str | None) -> None:
    assert spdx.parse(broken) is None
    assert leaves(broken) == ()
    assert not satisfies(broken, lambda _: True)
    assert not without(broken, [])
    assert not requires(broken, ["*"])


@pytest.mark.parametrize(
    "unknown",
    [
        "NOASSERTION",
        "NONE",
        "none",
        "LicenseRef-scancode-unknown",
        "LicenseRef-scancode-unknown-license-reference",
        "LicenseRef-scancode-free-unknown",
        "MIT AND LicenseRef-scancode-unknown-spdx",
        "MIT WITH LicenseRef-scancode-unknown",
    ],
)
def test_unknown_licenses_satisfy_nothing_and_cannot_be_listed_away(unknown: str) -> None:
    assert not is_known(unknown)
    assert not only(unknown, ["*", unknown] if " " not in unknown else ["*"])
    assert not without(unknown, [])


def test_an_unknown_alternative_does_not_spoil_a_known_one() -> None:
    assert is_known("MIT OR NOASSERTION")
    assert without("MIT OR NOASSERTION", ["GPL-*"])


def test_a_proven_ban_stands_beside_an_unknown_license() -> None:
    assert requires("LicenseRef-llama-3.1 AND NOASSERTION", ["LicenseRef-llama-3.1"])
    assert not requires("LicenseRef-llama-3.1 OR NOASSERTION", ["LicenseRef-llama-3.1"])
    assert not without("LicenseRef-llama-3.1 OR NOASSERTION", ["LicenseRef-llama-3.1"])


def test_an_allow_list_must_name_the_exception_too() -> None:
    assert not only(CLASSPATH, ["GPL-2.0-only"])
    assert not only(CLASSPATH, ["GPL-*"])
    assert only(CLASSPATH, [CLASSPATH])
    assert only(CLASSPATH, ["GPL-2.0-only WITH *"])


def test_a_ban_hits_the_license_with_any_exception_and_the_exception_with_any_license() -> None:
    assert requires(CLASSPATH, ["GPL-2.0-only"])
    assert not without(CLASSPATH, ["GPL-*"])
    assert not without(
        "Apache-2.0 WITH LicenseRef-scancode-commons-clause", ["LicenseRef-scancode-commons-clause"]
    )
    assert not without("Apache-2.0 AND LicenseRef-scancode-commons-clause", ["LicenseRef-scancode-commons-clause"])
    assert without("GPL-2.0-only", [CLASSPATH])


def test_lists_ignore_case_and_the_knowledge_base_ids_need_no_prefix() -> None:
    assert only("mit", ["MIT"])
    assert only("LicenseRef-LLAMA-3.1", ["llama-3.1"])


def test_a_pattern_stands_for_any_ending() -> None:
    assert only("GPL-3.0-or-later", ["GPL-*"])
    assert not only("LGPL-3.0-or-later", ["GPL-*"])


def test_or_later_offers_the_version_itself() -> None:
    assert only("Apache-2.0+", ["Apache-2.0"])
    assert requires("Apache-2.0+", ["Apache-2.0"])


@pytest.mark.parametrize("entry", ["*-only", "MIT OR ISC", "", "apache 2.0"])
def test_an_entry_that_is_no_license_is_an_error_and_not_a_silent_miss(entry: str) -> None:
    with pytest.raises(ValueError, match="one"):
        only("MIT", [entry])


def test_joining_keeps_order_drops_repeats_and_sets_brackets() -> None:
    assert spdx.join(["MIT OR ISC", "MIT", "mit or isc"], "AND") == "(MIT OR ISC) AND MIT"
    assert spdx.join(["MIT AND ISC", "Zlib"], "OR") == "(MIT AND ISC) OR Zlib"


@pytest.mark.parametrize("parts", [[], ["MIT", "AND"]])
def test_joining_what_is_no_expression_is_an_error(parts: list[str]) -> None:
    with pytest.raises(ValueError, match="SPDX"):
        spdx.join(parts, "OR")


def test_an_answer_known_from_reports_alone_allows_nothing() -> None:
    assert requires("LicenseRef-qwen-research", ["commercial_use=prohibited"])
    assert not only("LicenseRef-qwen-research", ["commercial_use=prohibited"])
    assert not settled("LicenseRef-qwen-research", ["forum"], ["commercial_use=prohibited"])
    assert only("LicenseRef-qwen-research", ["LicenseRef-qwen-research"])
