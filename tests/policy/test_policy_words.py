"""Every word of policies is explained, once and in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.model.text import Text
from compliance.policy import bounds
from compliance.policy.cel import CelEvaluator
from compliance.policy.field_words import FIELD_WORDS, SHARED_WORDS
from compliance.policy.functions import FUNCTIONS
from compliance.policy.vocabulary import KINDS
from compliance.policy.words import FUNCTION_WORDS, KIND_WORDS, field_words

GUIDE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")


def every() -> Iterator[Text]:
    yield from KIND_WORDS.values()
    yield from SHARED_WORDS.values()
    yield from (text for words in FIELD_WORDS.values() for text in words.values())
    yield from (words.meaning for words in FUNCTION_WORDS.values())


def test_every_kind_is_explained() -> None:
    assert set(KIND_WORDS) == set(FIELD_WORDS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained_and_nothing_that_is_no_field(kind: str) -> None:
    for field in KINDS[kind].fields:
        assert field_words(kind, field).en
    assert set(FIELD_WORDS[kind]) <= set(KINDS[kind].fields)


def test_words_are_shared_by_two_kinds_at_least() -> None:
    for name in SHARED_WORDS:
        using = [kind for kind in KINDS if name in KINDS[kind].fields and name not in FIELD_WORDS[kind]]
        assert len(using) > 1, name


def test_every_text_is_in_both_languages() -> None:
    for text in every():
        assert re.search("[가-힣]", text.ko) or text.ko[0].isascii(), text
        assert not re.search("[가-힣]", text.en), text


def test_every_function_is_explained_first_our_own() -> None:
    assert list(FUNCTION_WORDS)[: len(FUNCTIONS)] == list(FUNCTIONS)


@pytest.mark.parametrize("name", [name for name in FUNCTION_WORDS if name.isidentifier()])
def test_every_explained_function_may_be_used(name: str) -> None:
    uses = {
        **{one: f"{one}(license.expression, ['MIT'])" for one in ("only", "without", "requires", "listed")},
        "known": "known(license.expression)",
        **{one: f"{one}(license.expression, 'forum', ['KR'])" for one in ("says", "says_other")},
        "settled": "settled(license.expression, ['forum'], ['MIT'])",
        "has": "has(license.score)",
        "in": "license.path in ['a']",
        **{one: f"license.license_ids.{one}(x, x == 'a')" for one in ("exists", "all", "exists_one")},
        **{one: f"license.path.{one}('a')" for one in ("startsWith", "endsWith", "contains")},
        "size": "size(license.license_ids) > 1",
        "int": "has(license.score) && int(license.score) > 3",
        "double": "double(size(license.license_ids)) > 0.5",
    }
    assert not isinstance(CelEvaluator({}, {}).compile("license", uses[name]), tuple)


def test_what_a_refused_function_is_told_to_use_instead_is_explained() -> None:
    assert set(bounds.WRITTEN) <= set(FUNCTION_WORDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_names_every_value_of_fields_that_have_few(kind: str) -> None:
    (row,) = re.findall(rf"^\| `{kind}` \| `{KINDS[kind].variable}` \| (.*) \|$", GUIDE, re.MULTILINE)
    for field in KINDS[kind].fields.values():
        explained_elsewhere = kind == "notice" and field.name == "relation"
        if field.values and not explained_elsewhere:
            (listed,) = re.findall(rf"`{field.name}` \(([^)]*)\)", row)
            assert set(listed.split(", ")) == set(field.values)
