"""The texts of the knowledge base, ready for matching: where ScanCode ships none, the locators of its clauses."""

from collections.abc import Iterable, Sequence
from functools import cache

from compliance.licenses import scancode
from compliance.licenses.catalog import WeightLicense, weight_licenses
from compliance.licenses.confusable_groups import confusable
from compliance.licenses.text_matching import KnownText, KnownTexts, TellingPhrase
from compliance.licenses.words import TextWords, text_words

_OF_MOST = 0.5
"""A license and the policy that belongs to it have a key each: the license is what its locators stand in."""


@cache
def known_texts() -> KnownTexts:
    """Every license of the knowledge base.

    Raises:
        ConfigurationError: a data file is wrong.
    """
    phrases = [
        TellingPhrase(group.group, rule.id, rule.contains, rule.not_contains)
        for group in confusable().groups
        for rule in group.rules
    ]
    return KnownTexts(map(_known, weight_licenses()), phrases)


def _known(license_: WeightLicense) -> KnownText:
    found = (term.locator for term in license_.terms.values() if term.locator and term.document is None)
    locators = tuple(dict.fromkeys(found))
    texts = [text_words(text) for key in license_.scancode.keys if (text := scancode.license_text(key))]
    return KnownText(license_.id, _of_license(texts, locators), locators, general=license_.is_general)


def _of_license(texts: Sequence[TextWords], locators: Iterable[str]) -> tuple[TextWords, ...]:
    """Those of `texts` in which most of the `locators` stand."""
    if len(texts) < 2:
        return tuple(texts)
    located = [sum(text.find(one) is not None for one in locators) for text in texts]
    return tuple(text for text, count in zip(texts, located, strict=True) if count >= _OF_MOST * max(located))
