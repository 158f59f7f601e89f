"""Files with several licenses, over the real texts that ScanCode ships."""

import random

import pytest

from compliance.licenses.text_parts import MOST_PARTS, license_parts
from compliance.licenses.weight_license_texts import known_texts
from compliance.licenses.words import text_words
from tests.licenses.test_text_matching import ADDED, OF_WEIGHTS, TEXTS, sentences

KEYS = [key for key, (license_id, _) in TEXTS.items() if license_id in OF_WEIGHTS]
APACHE = TEXTS["apache-2.0"][1]
MIT = TEXTS["mit"][1]
HEADING = "Model License\n\n"


def told(*texts: str) -> list[tuple[str, list[str]]]:
    """Each license in a file of `texts`, with the kinds of its changes."""
    parts = license_parts(text_words("\n\n".join(text.strip() for text in texts)), known_texts())
    return [(one.match.id, [change.kind for change in one.match.changes]) for one in parts]


def another(key: str) -> str:
    """The key of the license after that of `key`, whose words are often nearly the same."""
    following = KEYS[KEYS.index(key) + 1 :] + KEYS
    return next(one for one in following if TEXTS[one][0] != TEXTS[key][0])


@pytest.mark.parametrize("key", KEYS)
def test_two_whole_texts_are_two_licenses_unaltered(key: str) -> None:
    license_id, text = TEXTS[key]
    other_id, other = TEXTS[another(key)]

    assert told(APACHE, text) == [("apache-2.0", []), (license_id, [])]
    assert told(text, HEADING + other) == [(license_id, []), (other_id, [])]


@pytest.mark.parametrize("key", KEYS[::4])
def test_a_clause_that_was_added_to_one_is_told_of_that_one(key: str) -> None:
    license_id, text = TEXTS[key]
    before, clause, after = text.partition(random.Random(key).choice(sentences(text)[1:-1]))  # noqa: S311
    altered = f"{before}{ADDED}\n\n{clause}{after}"

    assert told(altered, APACHE) == [(license_id, ["added"]), ("apache-2.0", [])]
    assert told(APACHE, altered) == [("apache-2.0", []), (license_id, ["added"])]


def test_a_clause_between_two_licenses_is_an_addition_to_the_first() -> None:
    license_id, text = TEXTS[KEYS[0]]

    assert told(text, ADDED, APACHE) == [(license_id, ["added"]), ("apache-2.0", [])]


def test_a_clause_below_the_last_license_is_an_addition_to_it() -> None:
    license_id, text = TEXTS[KEYS[0]]

    assert told(APACHE, text, ADDED) == [("apache-2.0", []), (license_id, ["added"])]


def test_three_licenses_with_headings_and_copyright_lines_are_unaltered() -> None:
    license_id, text = TEXTS[KEYS[0]]
    notice = "Copy" + "right (c) 2024 Team Hanbit\n\n"

    assert told("Code\n\n" + notice + MIT, "Weights\n\n" + text, "Libraries\n\n" + notice + APACHE) == [
        ("mit", []),
        (license_id, []),
        ("apache-2.0", []),
    ]


def test_each_part_has_its_own_lines() -> None:
    text = TEXTS[KEYS[0]][1].strip()
    first, second = license_parts(text_words(f"{text}\n\n{APACHE.strip()}"), known_texts())

    assert first.text.lines[-1] <= text.count("\n") + 1 < second.text.lines[0]


def test_very_many_licenses_are_told_in_a_bounded_number_of_parts() -> None:
    many = "\n\n".join(f"Part {number}\n\n{text}" for number in range(4) for text in (MIT, APACHE, *_some()))

    assert 1 < len(told(many)) <= MOST_PARTS


def _some() -> list[str]:
    return [TEXTS[key][1] for key in KEYS[:8]]
