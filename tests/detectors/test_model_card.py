"""Front matter of model cards: fields and the declared license, each with its line in the README."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.detectors import model_card
from compliance.detectors.model_card import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import LicenseFinding, ModelCardFinding
from compliance.model.skip import Skip
from tests.detectors.examined import Facts, examine, line, of

CARD = """---
language: ko
license: apache-2.0
base_model:
- Qwen/Qwen2.5-7B
- upstage/SOLAR-10.7B
base_model_relation: merge
datasets: acme/corpus
library_name: transformers
pipeline_tag: text-generation
---
# Hanbit
license: mit
"""


def card(tmp_path: Path, content: str | bytes, path: str = "README.md") -> Facts:
    return examine(DETECTOR, tmp_path, path, content)


def declared(tmp_path: Path, front_matter: str) -> LicenseFinding:
    (found,) = of(LicenseFinding, card(tmp_path, f"---\n{front_matter}\n---\n"))
    return found


def test_every_field_is_found_on_its_line(tmp_path: Path) -> None:
    found = of(ModelCardFinding, card(tmp_path, CARD))

    assert [(one.field, one.value, one.lines) for one in found] == [
        ("license", "apache-2.0", line(CARD, "license:")),
        ("base_model", "Qwen/Qwen2.5-7B", line(CARD, "Qwen/")),
        ("base_model", "upstage/SOLAR-10.7B", line(CARD, "upstage/")),
        ("base_model_relation", "merge", line(CARD, "base_model_relation")),
        ("datasets", "acme/corpus", line(CARD, "datasets")),
        ("library_name", "transformers", line(CARD, "library_name")),
        ("pipeline_tag", "text-generation", line(CARD, "pipeline_tag")),
    ]


def test_the_license_is_declared_for_the_weights(tmp_path: Path) -> None:
    (found,) = of(LicenseFinding, card(tmp_path, CARD))

    assert (found.expression, found.license_ids) == ("Apache-2.0", ("apache-2.0",))
    assert (found.subject, found.basis, found.lines) == ("weights", "declared", (3, 3))


def test_a_license_outside_spdx_is_a_reference(tmp_path: Path) -> None:
    assert declared(tmp_path, "license: llama3.1").expression == "LicenseRef-llama-3.1"


def test_other_is_resolved_by_a_license_name_of_the_knowledge_base(tmp_path: Path) -> None:
    found = declared(tmp_path, "license: other\nlicense_name: EXAONE 1.2 NC\nlicense_link: LICENSE")

    assert found.license_ids == ("exaone-1.2-nc",)
    assert [getattr(one, "says", "") for one in found.evidence] == ["other", "EXAONE 1.2 NC", "LICENSE"]


@pytest.mark.parametrize(
    "rest", ["license_name: exaone", "license_name: acme-license", "license_link: LICENSE", "x: 1"]
)
def test_other_without_a_certain_name_stays_unresolved(tmp_path: Path, rest: str) -> None:
    found = declared(tmp_path, f"license: other\n{rest}")

    assert (found.expression, found.license_ids) == (None, ())


def test_a_tag_that_may_mean_two_licenses_names_both_and_decides_for_none(tmp_path: Path) -> None:
    found = declared(tmp_path, "license: gemma")

    assert found.expression is None
    assert found.license_ids == ("gemma-2024-04-01", "gemma-2025-03-24")


def test_several_licenses_add_up(tmp_path: Path) -> None:
    assert declared(tmp_path, "license: [mit, llama3]").expression == "MIT AND LicenseRef-llama-3"


def test_one_unresolved_license_leaves_the_whole_unresolved(tmp_path: Path) -> None:
    assert declared(tmp_path, "license: [mit, acme]").expression is None


def test_no_stays_a_word(tmp_path: Path) -> None:
    found = of(ModelCardFinding, card(tmp_path, "---\nlicense: no\n---\n"))

    assert found[0].value == "no"


def test_a_card_of_a_dataset_declares_nothing_for_weights(tmp_path: Path) -> None:
    assert declared(tmp_path, "license: mit\ntask_categories: [text-generation]").subject == "data"


def test_an_application_declares_for_its_code(tmp_path: Path) -> None:
    assert declared(tmp_path, "license: mit\nsdk: gradio").subject == "code"


def test_a_model_that_also_looks_like_an_application_still_declares_for_weights(tmp_path: Path) -> None:
    assert declared(tmp_path, "license: mit\nsdk: gradio\nlibrary_name: transformers").subject == "weights"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf---\nlicense: mit\n---\n",
        b"---\r\nlicense: mit\r\n---\r\n",
        b"\n\n<!-- two\nlines -->\n---\nlicense: mit\n---\n",
        b"# Hanbit\n---\nlicense: mit\n---\n",
        b"---\nlicense: mit\n---",
        b"---\n{license: mit}\n---\n",
        "---\nlicense: mit\n---\n".encode("utf-16"),
    ],
)
def test_what_usual_readers_take_for_an_empty_card_is_read(tmp_path: Path, content: bytes) -> None:
    (found,) = of(LicenseFinding, card(tmp_path, content))

    assert found.expression == "MIT"


def test_lines_count_what_stands_before_the_block(tmp_path: Path) -> None:
    (found,) = of(LicenseFinding, card(tmp_path, "\n<!-- a\nb -->\n---\n# c\nlicense: mit\n---\n"))

    assert found.lines == (6, 6)


def test_long_evaluation_tables_are_passed_over_without_moving_lines(tmp_path: Path) -> None:
    table = "model-index:\n" + "- name: x\n  results: [{value: 1}]\n" * 20_000
    (found,) = of(LicenseFinding, card(tmp_path, f"---\n{table}license: mit\n---\n"))

    assert found.lines == (40_003, 40_003)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("---\nlicense: mit\nlicense: gpl-3.0\n---\n", "line 3, column 1"),
        ("---\nlicense: [mit\n---\n", "line 3, column 1"),
        ("---\nlicense: mit\n", "line 1"),
        ("---\na: 1\nlicense: {b: c}\n---\n", "line 3"),
        ("---\nlicense: !!python/name:os.system x\n---\n", "line 2, column 10"),
        ("---\nlicense: mit\nx: " + "[" * 100 + "\n---\n", "line 3"),
    ],
)
def test_a_broken_card_is_skipped_with_its_place(tmp_path: Path, content: str, place: str) -> None:
    facts = card(tmp_path, content)

    (skip,) = of(Skip, facts)
    assert skip.reason == "malformed"
    assert skip.detail.startswith(place)
    assert of(LicenseFinding, facts) == []


def test_huge_front_matter_is_skipped(tmp_path: Path) -> None:
    (skip,) = of(Skip, card(tmp_path, "---\nlicense: mit\n" + "# x\n" * 100_000 + "---\n"))

    assert skip.reason == "too-large"


def test_front_matter_that_is_not_closed_within_the_cap_is_skipped(tmp_path: Path) -> None:
    (skip,) = of(Skip, card(tmp_path, "---\nlicense: mit\n" + "x" * model_card.MAX_BYTES))

    assert skip.reason == "too-large"


@pytest.mark.parametrize(
    "content",
    [
        "# Hanbit\nlicense: mit\n",
        "",
        "---\n",
        "---\ntitle: x\n---\n",
        "# A\n---\nThe license is: [MIT\n---\nb\n",
        "text\n---\nlicense: mit\n---\n",
    ],
)
def test_a_readme_that_is_no_card_is_left_alone(tmp_path: Path, content: str) -> None:
    assert card(tmp_path, content) == []


def test_only_cards_by_name_are_wanted() -> None:
    assert DETECTOR.wants("models/x/README.md", 1)
    assert DETECTOR.wants("MODEL_CARD.md", 1)
    assert not DETECTOR.wants("docs/guide.md", 1)
    assert not DETECTOR.wants("README.md", 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(body=st.text(max_size=200) | st.text(alphabet="licensbamo:-[]{}&*!|>#'\" \n\t", max_size=80))
def test_any_front_matter_gives_findings_or_a_skip(tmp_path: Path, body: str) -> None:
    for fact in card(tmp_path, f"---\nlicense: mit\n{body}\n---\n"):
        assert isinstance(fact, (ModelCardFinding, LicenseFinding, Skip))


def bases(tmp_path: Path, front_matter: str) -> list[tuple[str, list[tuple[str, str]]]]:
    found = of(ModelCardFinding, card(tmp_path, f"---\n{front_matter}\n---\n"))
    return [
        (one.value, [(said.field, said.says) for said in one.evidence if isinstance(said, Statement)])
        for one in found
        if one.field == "base_model"
    ]


def test_one_relation_is_declared_of_every_base(tmp_path: Path) -> None:
    assert bases(tmp_path, "base_model: [a/b, c/d]\nbase_model_relation: merge") == [
        ("a/b", [("base_model_relation", "merge")]),
        ("c/d", [("base_model_relation", "merge")]),
    ]


def test_as_many_relations_and_revisions_as_bases_are_one_each(tmp_path: Path) -> None:
    front = "base_model: [a/b, c/d]\nbase_model_relation: [finetune, adapter]\nbase_model_revision: [v1, v2]"

    assert bases(tmp_path, front) == [
        ("a/b", [("base_model_relation", "finetune"), ("base_model_revision", "v1")]),
        ("c/d", [("base_model_relation", "adapter"), ("base_model_revision", "v2")]),
    ]


def test_of_fewer_relations_than_bases_nobody_knows_whose_they_are(tmp_path: Path) -> None:
    front = "base_model: [a/b, c/d, e/f]\nbase_model_relation: [finetune, adapter]"

    assert bases(tmp_path, front) == [("a/b", []), ("c/d", []), ("e/f", [])]


@pytest.mark.parametrize(
    "name", ["README_ko.md", "README.ko.md", "README-KR.md", "readme_zh-CN.md", "모델 카드.md", "model card.md"]
)
def test_translated_and_korean_names_of_cards_are_wanted(name: str) -> None:
    assert DETECTOR.wants(f"model/{unicodedata.normalize('NFD', name)}", 1)


def test_a_plain_readme_of_a_model_is_read_for_claims_and_says_so(tmp_path: Path) -> None:
    text = "# Hanbit\n\nA language model. It was trained from scratch.\n"
    (found,) = of(ModelCardFinding, card(tmp_path, text))

    assert (found.field, found.lines) == ("claim:from-scratch", (3, 3))
    assert [one.field for one in found.evidence if isinstance(one, Statement)] == ["plain-readme"]


@pytest.mark.parametrize("name", ["Qwen2.5-7B", "hanbit/garam"])
def test_a_plain_readme_that_names_a_model_is_believed_to_claim_it(tmp_path: Path, name: str) -> None:
    (found,) = of(ModelCardFinding, card(tmp_path, f"# Hanbit\n\nWeights. The model is based on {name}.\n"))

    assert found.value.startswith(f"{name}: ")


@pytest.mark.parametrize("name", ["Big Vision", "Python type hints", "POSIX.1-2001"])
def test_a_plain_readme_that_names_something_else_claims_nothing(tmp_path: Path, name: str) -> None:
    assert card(tmp_path, f"# Hanbit\n\nWeights. The parser is based on {name}.\n") == []


def test_a_readme_of_software_claims_nothing(tmp_path: Path) -> None:
    assert card(tmp_path, "# Parser\n\nBased on Lark. We developed it from scratch.\n") == []


def test_prose_tells_licenses_of_code_and_weights_apart(tmp_path: Path) -> None:
    text = "---\nlicense: mit\n---\nThe code is under MIT, the weights under the Llama 3.1 Community License.\n"
    found = {one.field: one.value.partition(":")[0] for one in of(ModelCardFinding, card(tmp_path, text))}

    assert found["claim:code-license"] == "MIT"
    assert found["claim:weights-license"] == "Llama 3.1 Community"
