"""How a text differs from a known one, clause by clause."""

from compliance.licenses import text_comparison
from compliance.licenses.text_comparison import SHINGLE, ChangeKind, shared
from compliance.licenses.words import text_words

KNOWN = """1. You may use the model for any purpose.
2. If you have more than 700 million users, ask for a license.
3. You must keep this notice in every copy that you hand on to others.
4. The model comes without any warranty."""


def changes(text: str, known: str = KNOWN) -> list[tuple[ChangeKind, str, str]]:
    return [(one.kind, one.was, one.now) for one in text_comparison.changes(text_words(text), text_words(known))]


def test_layout_numbering_and_quotation_change_nothing() -> None:
    assert changes("> a) you may use the model\nfor ANY purpose.\n\n" + KNOWN.split("\n", 1)[1]) == []


def test_another_number_changes_the_clause() -> None:
    assert changes(KNOWN.replace("700 million", "7 million")) == [("changed", "700", "7")]


def test_a_negation_changes_the_clause() -> None:
    assert changes(KNOWN.replace("You may use", "You may not use")) == [("changed", "", "not")]


def test_a_word_that_decides_nothing_is_no_change() -> None:
    assert changes(KNOWN.replace("comes without", "comes wholly without")) == []


def test_a_clause_that_is_gone_is_removed() -> None:
    text = "\n".join(line for line in KNOWN.splitlines() if "notice" not in line)

    assert changes(text) == [("removed", "you must keep this notice in every copy", "")]


def test_a_clause_of_ones_own_is_added_with_its_lines() -> None:
    text = KNOWN.replace("\n3.", "\nUse in weapons and for warfare is prohibited.\n3.")

    (change,) = text_comparison.changes(text_words(text), text_words(KNOWN))

    assert (change.kind, change.lines, change.now) == (
        "added",
        (3, 3),
        "use in weapons and for warfare is prohibited",
    )


def test_copyright_lines_differ_in_every_copy() -> None:
    holder = "Copyright (c) 2026 Team Hanbit"

    assert changes("\n\n".join((holder, KNOWN))) == []


def test_containment_and_coverage_tell_which_text_holds_the_other() -> None:
    longer = text_words(KNOWN + "\nMany further words stand here that the known text does not have at all.")

    own, theirs = longer.shingles(SHINGLE), text_words(KNOWN).shingles(SHINGLE)

    assert shared(theirs, own) == 1
    assert 0.5 < shared(own, theirs) < 1
