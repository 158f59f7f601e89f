"""What a card's `license: other` comes to: text before name before tag, with every step."""

import msgspec

from compliance.detectors.card_license import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import ContradictionFinding, Finding, LicenseFinding, place
from tests.detectors.card_findings import text
from tests.detectors.license_findings import detected, match, tree


def card(
    tag: str = "other",
    *,
    name: str | None = None,
    link: str | None = None,
    expression: str | None = None,
    ids: tuple[str, ...] = (),
    path: str = "model/README.md",
) -> LicenseFinding:
    said = (("license", tag), ("license_name", name), ("license_link", link))
    finding = LicenseFinding(
        lines=(2, 2),
        expression=expression,
        basis="declared",
        license_ids=ids,
        subject="weights",
        evidence=tuple(Statement(lines=(2, 2), field=field, says=says) for field, says in said if says),
    )
    return place(finding, path, None)


def licenses(*findings: Finding, files: tuple[str, ...] = ()) -> list[tuple[str, str | None]]:
    return [
        (one.basis, one.expression)
        for one in DETECTOR.detect_tree(tree(*findings, files=files))
        if isinstance(one, LicenseFinding) and one.path.endswith("README.md")
    ]


def contradictions(*findings: Finding) -> list[list[str]]:
    return [
        [f"{claim.path}: {claim.says}" for claim in one.evidence if isinstance(claim, Statement)]
        for one in DETECTOR.detect_tree(tree(*findings))
        if isinstance(one, ContradictionFinding)
    ]


def test_the_linked_text_settles_an_open_license_and_every_step_is_evidence() -> None:
    given = tree(card(name="hanbit-license", link="LICENSE"), text("model/LICENSE", "llama-3.1"))
    (found,) = [one for one in DETECTOR.detect_tree(given) if one.path == "model/README.md"]

    assert isinstance(found, LicenseFinding)
    assert (found.basis, found.expression, found.license_ids) == (
        "concluded",
        "LicenseRef-llama-3.1",
        ("llama-3.1",),
    )
    assert [(one.field, one.says) for one in found.evidence if isinstance(one, Statement)] == [
        ("license", "other"),
        ("license_name", "hanbit-license"),
        ("license_link", "LICENSE"),
        ("weights-license-text", "LicenseRef-llama-3.1"),
    ]


def test_a_linked_text_of_a_general_license_counts_too() -> None:
    assert licenses(card(link="LICENSE"), detected("model/LICENSE", match("mit"))) == [("concluded", "MIT")]


def test_a_text_of_weights_beside_the_card_counts_without_a_link() -> None:
    assert licenses(card(), text("model/LICENSE", "llama-3.1")) == [("concluded", "LicenseRef-llama-3.1")]


def test_a_general_text_beside_without_a_link_may_be_the_codes() -> None:
    assert licenses(card(), detected("model/LICENSE", match("mit"))) == [("declared", None)]


def test_a_text_in_another_folder_counts_only_where_it_is_linked() -> None:
    elsewhere = text("legal/TERMS.md", "llama-3.1")

    assert licenses(card(), elsewhere) == [("declared", None)]
    assert licenses(card(link="../legal/TERMS.md"), elsewhere) == [("concluded", "LicenseRef-llama-3.1")]


def test_a_doubtful_text_settles_nothing() -> None:
    doubtful = msgspec.structs.replace(detected("model/LICENSE", match("isc")), score=15.6)

    assert licenses(card(link="LICENSE"), doubtful) == [("declared", None)]


def test_an_altered_text_leaves_the_license_open_and_says_so() -> None:
    altered = msgspec.structs.replace(text("model/LICENSE", "llama-3.1"), expression=None, altered=True)
    (found,) = [one for one in DETECTOR.detect_tree(tree(card(), altered)) if one.path == "model/README.md"]

    assert isinstance(found, LicenseFinding)
    assert (found.expression, found.altered, found.license_ids) == (None, True, ("llama-3.1",))


def test_a_tag_of_two_licenses_is_settled_by_the_text() -> None:
    gemma = card("gemma", ids=("gemma-2024-04-01", "gemma-2025-03-24"))

    assert licenses(gemma, text("model/LICENSE", "gemma-2025-03-24")) == [
        ("concluded", "LicenseRef-gemma-2025-03-24")
    ]


def test_a_name_that_the_text_agrees_with_stays_declared() -> None:
    named = card(name="llama3.1", expression="LicenseRef-llama-3.1", ids=("llama-3.1",), link="LICENSE")

    assert licenses(named, text("model/LICENSE", "llama-3.1")) == [("declared", "LicenseRef-llama-3.1")]


def test_where_the_text_says_another_license_both_are_told() -> None:
    named = card(name="llama3.1", expression="LicenseRef-llama-3.1", ids=("llama-3.1",), link="LICENSE")

    assert licenses(named, text("model/LICENSE", "llama-3")) == [
        ("declared", "LicenseRef-llama-3.1"),
        ("concluded", "LicenseRef-llama-3"),
    ]


def test_a_linked_text_elsewhere_that_says_another_license_contradicts_the_card() -> None:
    named = card("apache-2.0", expression="Apache-2.0", ids=("apache-2.0",), link="../legal/TERMS.md")

    assert contradictions(named, text("legal/TERMS.md", "llama-3.1")) == [
        ["model/README.md: Apache-2.0", "legal/TERMS.md: LicenseRef-llama-3.1"]
    ]


def test_a_stewards_address_settles_an_open_license_and_contradicts_another() -> None:
    address = "https://www.apache.org/licenses/LICENSE-2.0"

    assert licenses(card(link=address)) == [("concluded", "Apache-2.0")]
    assert contradictions(card("mit", expression="MIT", ids=("mit",), link=address)) == [
        ["model/README.md: MIT", f"model/README.md: Apache-2.0: {address}"]
    ]
    assert contradictions(card("apache-2.0", expression="Apache-2.0", ids=("apache-2.0",), link=address)) == []


def test_metadata_and_lists_of_licenses_are_left_alone() -> None:
    metadata = card(path="model/a.gguf")
    both = msgspec.structs.replace(card(), evidence=(*card().evidence, *card("mit").evidence))

    for one in (metadata, both):
        assert one in DETECTOR.detect_tree(tree(one, text("model/LICENSE", "llama-3.1")))
