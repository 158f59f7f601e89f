"""How the evidence of a license file reads."""

import pytest

from compliance.language import Language
from compliance.licenses.terms import TERMS
from compliance.reporters import license_words


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", ["told-apart-by", "clause-added", "clause-removed", "clause-changed"])
def test_every_field_has_words_in_both_languages(name: str, language: Language) -> None:
    assert license_words.field(name, language) not in (None, name)


def test_a_term_is_called_by_its_label_and_marked_as_read_by_pattern() -> None:
    for term in TERMS:
        said = license_words.field(f"term:{term.name}", "en")
        assert said == f"{term.label.en} (read by pattern, for review)"


def test_other_fields_are_left_to_others() -> None:
    assert license_words.field("directory-license", "en") is None
    assert license_words.field("term:no-such-term", "en") is None
