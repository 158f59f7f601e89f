"""Origins and notices as conditions see them."""

from compliance.model.finding import OriginFinding, place
from compliance.policy.facts import facts_of
from compliance.policy.origin_facts import NoticeFact, OriginFact
from tests.policy.inventories import inventory, member, notice, origin


def the_origin(*lineage: object, **more: object) -> OriginFact:
    (fact,) = facts_of(inventory(origin(*lineage, **more)))["origin"]  # type: ignore[arg-type]  # passed on as given
    assert isinstance(fact, OriginFact)
    return fact


def test_what_is_said_without_a_name_is_of_the_nearest_member() -> None:
    fact = the_origin(member("near", country="AA"), member("far", country="BB", role="ancestor"))

    assert (fact.family, fact.country, fact.relation, fact.share) == ("near", "AA", "copied", 0.9)
    assert fact.origin_path == "example/near.py"


def test_countries_of_ties_and_of_ancestors_are_apart() -> None:
    fact = the_origin(
        member("a", country="BB"),
        member("b", country="AA", role="shared", tied=True),
        member("e", country="DD", role="shared"),
        member("c", country="CC", role="ancestor"),
        member("d", country=None, role="ancestor"),
    )

    assert fact.nearest_countries == ("AA", "BB")
    assert fact.ancestor_countries == ("CC",)
    assert fact.lineage_countries == ("AA", "BB", "CC", "DD")
    assert fact.lineage_families == ("a", "b", "c", "d", "e")
    assert fact.lineage_developers == ("Example Lab",)


def test_a_country_that_is_an_empty_text_is_unknown() -> None:
    assert the_origin(member(country="")).country is None


def test_declarations_and_commits_are_flags_and_dates() -> None:
    fact = the_origin(member(released="2025-01-01"), declared="agrees", committed="2024-12-31", header_lost=True)

    assert (fact.declared, fact.agreement) == (True, "agrees")
    assert (fact.introduced, fact.header_lost, fact.committed_before_release) == ("2024-12-31", True, True)


def test_an_origin_without_any_member_is_unknown_in_everything() -> None:
    empty = place(OriginFinding(lineage=()), "a.py", None)

    (fact,) = facts_of(inventory(empty))["origin"]

    assert isinstance(fact, OriginFact)
    assert (fact.family, fact.relation, fact.lineage_countries, fact.committed_before_release) == (
        None,
        None,
        (),
        False,
    )


def test_a_notice_knows_the_origin_of_its_own_file() -> None:
    near = origin(member(relation="derived", share=0.5), declared="agrees")
    elsewhere = origin(member(relation="copied"), path="b.py")

    (fact,) = facts_of(inventory(near, elsewhere, notice("license-text", "holder: 2024 Example Authors")))[
        "notice"
    ]

    assert isinstance(fact, NoticeFact)
    assert (fact.relation, fact.share, fact.declared) == ("derived", 0.5, True)
    assert fact.missing_holders == ("2024 Example Authors",)
    assert (fact.license_text_missing, fact.license_notice_missing, fact.change_statement_missing) == (
        True,
        False,
        False,
    )


def test_a_notice_whose_origin_is_absent_has_no_relation() -> None:
    (fact,) = facts_of(inventory(notice("license-text")))["notice"]

    assert isinstance(fact, NoticeFact)
    assert (fact.relation, fact.confidence) == (None, None)
