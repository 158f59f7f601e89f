"""Which known license a text is, over the real texts that ScanCode ships, and over altered twins of them."""

import random

import pytest

from compliance.licenses import scancode
from compliance.licenses.catalog import weight_licenses
from compliance.licenses.confusable_groups import confusable
from compliance.licenses.text_matching import KnownText, KnownTexts, TellingPhrase, TextMatch
from compliance.licenses.weight_license_texts import known_texts
from compliance.licenses.words import text_words

POLICIES = {"llama-4-license-2025", "gemma-pup-2024-02-21"}
"""ScanCode's keys of policies that belong to a license."""
TEXTS = {
    key: (license_.id, text)
    for license_ in weight_licenses()
    for key in license_.scancode.keys
    if key not in POLICIES and (text := scancode.license_text(key))
}
OF_WEIGHTS = {one.id for one in weight_licenses() if not one.is_general}
ADDED = "The model must not be used for military purposes in the territory of the Republic of Korea."


def match(text: str) -> TextMatch | None:
    return known_texts().match(text_words(text))


def sentences(text: str) -> list[str]:
    """Paragraphs, or else lines, that are long enough to be clauses and not most of the text."""
    for end in ("\n\n", "\n"):
        found = [one for one in text.split(end) if 12 < len(one.split()) < len(text.split()) / 4]
        if found:
            return found
    raise AssertionError("a text without clauses")


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_its_own_license_unaltered(key: str) -> None:
    license_id, text = TEXTS[key]

    found = match(text)

    assert found is not None
    assert (found.id, found.basis, found.changes) == (license_id, "text", ())


@pytest.mark.parametrize("key", TEXTS)
def test_layout_says_nothing(key: str) -> None:
    license_id, text = TEXTS[key]
    quoted = "\n".join(f"> {line.upper()}" for line in text.splitlines())

    found = match(quoted)

    assert found is not None
    assert (found.id, found.changes) == (license_id, ())


@pytest.mark.parametrize("key", [key for key, (license_id, _) in TEXTS.items() if license_id in OF_WEIGHTS])
def test_a_clause_that_was_added_is_told(key: str) -> None:
    license_id, text = TEXTS[key]
    before, middle, after = text.partition(random.Random(key).choice(sentences(text)[1:-1] or sentences(text)))  # noqa: S311

    found = match(f"{before}{ADDED}\n\n{middle}{after}")

    assert found is not None
    assert found.id == license_id
    assert [one.kind for one in found.changes] == ["added"]
    assert found.changes[0].says.startswith("the model must not be used for military")


@pytest.mark.parametrize("key", [key for key, (license_id, _) in TEXTS.items() if license_id in OF_WEIGHTS])
def test_a_clause_that_was_removed_is_told(key: str) -> None:
    license_id, text = TEXTS[key]
    clause = random.Random(key).choice(sentences(text)[1:-1] or sentences(text))  # noqa: S311

    found = match(text.replace(clause, ""))

    assert found is not None
    assert found.id == license_id
    assert found.changes
    assert {one.kind for one in found.changes} <= {"removed", "changed"}


@pytest.mark.parametrize("group", [one.group for one in confusable().groups])
def test_the_texts_of_a_group_are_told_apart_by_their_phrases(group: str) -> None:
    ids = {rule.id for one in confusable().groups if one.group == group for rule in one.rules}
    known = [(license_id, text) for license_id, text in TEXTS.values() if license_id in ids]

    assert known
    for license_id, text in known:
        found = match(text)
        assert found is not None
        assert (found.id, bool(found.told_by)) == (license_id, True)


def test_a_license_of_software_is_not_taken_for_one_of_weights_that_is_made_of_its_words() -> None:
    for key in ("mit", "apache-2.0", "bsd-new", "x11", "isc", "gpl-3.0"):
        found = match(scancode.license_text(key) or "")
        assert found is None or found.id not in OF_WEIGHTS


def test_a_license_whose_text_is_not_at_hand_is_known_by_its_clauses() -> None:
    clauses = (
        "You may not use it for warfare",
        "share the weights freely",
        "laws of Atlantis apply",
        "keep this name",
    )
    known = KnownTexts([KnownText("hanbit-1.0", (), clauses)], [])
    filler = " ".join(f"word{number}" for number in range(60))

    found = known.match(text_words(f"{filler}. {'. '.join(clauses)}."))
    partly = known.match(text_words(f"{filler}. {'. '.join(clauses[:2])}."))

    assert found == TextMatch("hanbit-1.0", "clauses", 1.0)
    assert partly is None


def test_a_phrase_alone_decides_nothing_without_a_likeness_to_its_group() -> None:
    known = KnownTexts(
        [KnownText("hanbit-1.0", (text_words(" ".join(f"term{number}" for number in range(90))),), ())],
        [TellingPhrase("hanbit", "hanbit-1.0", "Hanbit License 1.0")],
    )

    assert known.match(text_words("Hanbit License 1.0 is compared here. " + "Other words follow. " * 30)) is None


def test_a_mere_notice_is_no_text() -> None:
    assert match("Llama 3.1 is licensed under the Llama 3.1 Community License") is None
