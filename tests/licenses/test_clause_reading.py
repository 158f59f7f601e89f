"""Terms that patterns read in a text that nobody knows, and the real texts whose terms are known."""

import pytest

from compliance.licenses import scancode
from compliance.licenses.catalog import WeightLicense, weight_licenses
from compliance.licenses.clause_reading import read_terms
from compliance.licenses.words import text_words


def read(text: str) -> set[str]:
    return {one.term for one in read_terms(text_words(text))}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("You may not use the model for military purposes.", "military_use"),
        ("You agree not to use the model:\n- to harm minors;\n- for warfare or weaponry.", "military_use"),
        ("Use in the operation of critical infrastructure is prohibited.", "critical_infrastructure_use"),
        ("The weights are for non-commercial use only.", "commercial_use"),
        ("This license does not permit use for any commercial purpose.", "commercial_use"),
        ("If you have more than 100 million monthly active users, ask us.", "scale_gates"),
        ("Companies with annual revenue of more than 20 million dollars need a license.", "scale_gates"),
        ("This license does not apply in the European Union or the Republic of Korea.", "territory_excluded"),
        ("We reserve the right to restrict (remotely or otherwise) usage of the model.", "remote_restriction"),
        ("You may not use outputs of the model to train other models.", "output_use"),
        ("You shall not reverse engineer the model.", "reverse_engineering_ban"),
        ("You must comply with export control laws.", "export_control_clause"),
        ("You will indemnify the licensor against all claims.", "indemnity_by_licensee"),
        ("You must not endanger the national security of the state.", "national_interest_clause"),
        ("이 모델은 군사적 목적으로 사용할 수 없습니다.", "military_use"),
        ("본 모델의 상업적 이용은 금지됩니다.", "commercial_use"),
        ("Commercial use is prohibited.", "commercial_use"),
        ("Commercial use requires a separate license.", "commercial_use"),
        ("For personal, academic and research use only.", "commercial_use"),
        ("The model is not for military use.", "military_use"),
        ("You may not use it for weapons.", "military_use"),
        ("It must not be used for national defense purposes.", "military_use"),
        ("국방 목적으로 이용하는 것은 허용되지 않습니다.", "military_use"),
        ("군사 용도로 사용하면 안됩니다.", "military_use"),
        ("영리 목적으로 사용할 수 없습니다.", "commercial_use"),
        ("중요 기반시설에 사용하는 것은 금지합니다.", "critical_infrastructure_use"),
        ("모델을 역설계하여서는 아니 됩니다.", "reverse_engineering_ban"),
        ("不得将本模型用于军事用途。", "military_use"),
        ("本模型仅限非商业使用。", "commercial_use"),
        ("不得利用本模型危害国家安全。", "national_interest_clause"),
    ],
)
def test_a_clause_is_read_in_three_languages(text: str, term: str) -> None:
    assert term in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "You may use the model for any purpose, commercial or non-commercial.",
        "Free for commercial and non-commercial use.",
        "This license is governed by the laws of California, excluding its conflict of law rules, United States.",
        "Our research on military history is published elsewhere.",
        "You may accept warranty only if you agree to indemnify each contributor.",
        "The software is provided as is, without warranty of any kind.",
        "모든 목적으로 자유롭게 사용할 수 있습니다.",
        "상업 및 비상업적 목적으로 자유롭게 사용할 수 있습니다.",
        "군사 목적에 대한 제한은 없습니다.",
        "This license does not require a fee for commercial use.",
        "You may use it for non-commercial and commercial purposes.",
        "The restrictions above do not apply to military agencies; military use is permitted.",
        "可以自由使用本模型。",
    ],
)
def test_what_forbids_nothing_is_left_alone(text: str) -> None:
    assert read(text) == set()


def test_a_list_belongs_to_the_sentence_that_it_hangs_on_and_ends() -> None:
    text = "Prohibited uses, you will not use it for the following:\n- spam;\n- military applications.\n"

    assert read(text) == {"military_use"}
    assert read("We thank the following:\n- the military museum.\n") == set()


def test_the_place_and_the_words_around_it_are_told() -> None:
    (found,) = read_terms(text_words("First line.\nYou may not use it\nfor warfare at all.\n"))

    assert (found.value, found.lines) == ("prohibited", (2, 3))
    assert "for warfare at all" in found.says


TEXTS = [
    (one, text)
    for one in weight_licenses()
    if not one.is_general
    for key in one.scancode.keys[:1]
    if (text := scancode.license_text(key))
]
STATED = {"prohibited", "conditional", "yes"}


@pytest.mark.parametrize("term", ["military_use", "critical_infrastructure_use", "remote_restriction"])
def test_nothing_is_read_into_real_texts(term: str) -> None:
    wrong = [one.id for one, text in TEXTS if term in read(text) and one.terms[term].value not in STATED]

    assert wrong == []


@pytest.mark.parametrize(
    ("term", "missed"),
    [
        ("scale_gates", set()),
        ("remote_restriction", set()),
        ("critical_infrastructure_use", set()),
        ("military_use", {"flux-1-dev-nc"}),
    ],
)
def test_what_is_stated_in_real_texts_is_read_but_for_known_gaps(term: str, missed: set[str]) -> None:
    unread = {one.id for one, text in TEXTS if _is_stated(one, term) and term not in read(text)}

    assert unread == missed


def _is_stated(license_: WeightLicense, term: str) -> bool:
    """Whether the license's own text, and not its policy, says something on the term."""
    found = license_.terms[term]
    stated = found.value in STATED if isinstance(found.value, str) else bool(found.value)
    return stated and found.document is None
