"""The definitions of the terms: labels for everything, and which answer is stricter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.licenses.term_definition import SILENT, UNKNOWN, Kind, TermDefinition
from compliance.licenses.terms import TERMS, definition_of
from compliance.licenses.use_terms import GATE_EFFECTS, SCALE_METRICS

CHOICES = [one for one in TERMS if one.kind is Kind.CHOICE]


def strictest(term: str, *answers: str) -> str:
    definition = definition_of(term)
    assert definition is not None
    return definition.strictest(answers)


def test_no_two_terms_have_the_same_name() -> None:
    assert len({one.name for one in TERMS}) == len(TERMS) == 28


@pytest.mark.parametrize("definition", TERMS, ids=lambda one: one.name)
def test_a_term_is_named_and_explained_in_both_languages(definition: TermDefinition) -> None:
    for text in (definition.label, definition.explanation):
        assert text.en
        assert text.ko
    assert definition.explanation.en.endswith(".")
    assert definition.explanation.ko.endswith(".")


@pytest.mark.parametrize("definition", TERMS, ids=lambda one: one.name)
def test_every_value_has_a_label_in_both_languages(definition: TermDefinition) -> None:
    for value in definition.answers:
        label = definition.label_of(value)
        assert label.en
        assert any("가" <= letter <= "힣" for letter in label.ko)


def test_metrics_and_effects_of_gates_have_labels_in_both_languages() -> None:
    assert all(label.en and label.ko for label in (*SCALE_METRICS.values(), *GATE_EFFECTS.values()))


def test_no_value_can_be_taken_for_an_absent_one() -> None:
    for definition in TERMS:
        assert UNKNOWN not in definition.values
        assert SILENT not in definition.values or definition.kind is Kind.CHOICE


def test_where_licenses_hold_together_the_stricter_value_holds() -> None:
    assert strictest("commercial_use", "allowed", "prohibited", "conditional") == "prohibited"
    assert strictest("revocation", "irrevocable", "silent", "on_breach") == "on_breach"
    assert strictest("downstream_flow_down", "license_copy", "same_license", "use_restrictions") == "same_license"


def test_silence_restricts_nothing_but_is_no_permission() -> None:
    assert strictest("military_use", "silent", "conditional") == "conditional"
    assert strictest("patent_grant", "express", "silent") == "silent"


def test_what_nobody_has_read_gives_way_to_the_strictest_value_alone() -> None:
    assert strictest("military_use", "unknown", "silent") == "unknown"
    assert strictest("military_use", "unknown", "conditional") == "unknown"
    assert strictest("military_use", "unknown", "prohibited") == "prohibited"


@given(st.data(), st.sampled_from(CHOICES))
def test_combining_is_the_same_in_any_order_and_in_any_groups(
    data: st.DataObject, definition: TermDefinition
) -> None:
    answers = data.draw(st.lists(st.sampled_from(definition.answers), min_size=1, max_size=6))
    others = data.draw(st.permutations(answers))
    cut = data.draw(st.integers(1, len(answers)))
    grouped = [definition.strictest(answers[:cut]), *answers[cut:]]

    assert definition.strictest(answers) == definition.strictest(others) == definition.strictest(grouped)
    assert definition.strictest([answers[0], answers[0]]) == answers[0]


def test_an_answer_that_the_term_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="not in"):
        strictest("military_use", "allowed")


def test_sets_have_no_order() -> None:
    with pytest.raises(ValueError, match="no choice"):
        strictest("output_use", "unrestricted")
