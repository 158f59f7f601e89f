"""Merge recipes: each merged model with its line, whose it is, and broken or foreign files."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.detectors.mergekit_config import DETECTOR
from compliance.model.evidence import Statement
from compliance.model.finding import ModelCardFinding, WeightsFinding
from compliance.model.skip import Skip
from tests.detectors.examined import Facts, examine, line, of

RECIPE = """\
slices:
- sources:
  - model: Qwen/Qwen2.5-7B-Instruct
    layer_range: [0, 28]
  - model: hanbit/garam-7b+hanbit/garam-lora
    layer_range: [0, 28]
merge_method: slerp
base_model: Qwen/Qwen2.5-7B-Instruct
tokenizer_source: model:hanbit/garam-7b
dtype: bfloat16
"""


def recipe(tmp_path: Path, text: str) -> Facts:
    return examine(DETECTOR, tmp_path, "model/mergekit_config.yml", text)


def bases(facts: Facts) -> list[str]:
    return [one.value for one in of(ModelCardFinding, facts) if one.field == "base_model"]


def test_every_merged_model_is_a_declared_base_at_its_first_line(tmp_path: Path) -> None:
    found = [one for one in of(ModelCardFinding, recipe(tmp_path, RECIPE)) if one.field == "base_model"]

    assert [(one.value, one.lines) for one in found] == [
        ("Qwen/Qwen2.5-7B-Instruct", line(RECIPE, "Qwen/")),
        ("hanbit/garam-7b", line(RECIPE, "hanbit/")),
        ("hanbit/garam-lora", line(RECIPE, "hanbit/")),
    ]
    assert {one.evidence for one in found} == {
        (Statement(lines=line(RECIPE, "merge_method"), field="base_model_relation", says="merge"),)
    }


def test_a_known_developer_of_a_merged_model_is_named_by_the_configuration(tmp_path: Path) -> None:
    (found,) = of(WeightsFinding, recipe(tmp_path, RECIPE))

    assert (found.component, found.country, found.basis, found.confidence) == ("model", "CN", "config", 0.6)


@pytest.mark.parametrize(
    "said",
    [
        "tokenizer_source: Qwen/Qwen3-8B",
        "tokenizer_source: model:Qwen/Qwen3-8B",
        "tokenizer:\n  source: Qwen/Qwen3-8B",
        "tokenizer:\n  source: {kind: model, model: Qwen/Qwen3-8B}",
    ],
)
def test_the_tokenizers_source_is_a_part_of_its_own(tmp_path: Path, said: str) -> None:
    (found,) = of(WeightsFinding, recipe(tmp_path, f"merge_method: linear\nmodels: [model: a/b]\n{said}\n"))

    assert (found.component, found.country) == ("tokenizer", "CN")


def test_a_model_may_have_a_revision_and_a_recipe_of_experts_names_sources(tmp_path: Path) -> None:
    text = (
        "gate_mode: hidden\nbase_model: {model: {path: a/b, revision: v1}}\nexperts:\n- source_model: ../local\n"
    )

    assert bases(recipe(tmp_path, text)) == ["a/b@v1", "../local"]


@pytest.mark.parametrize(
    "text", ["on: push\njobs: {}\n", "merge_method: linear\n", "models:\n- model:\n", "- models: x\n"]
)
def test_a_file_without_a_merged_model_is_left_alone(tmp_path: Path, text: str) -> None:
    assert recipe(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("models:\n- model: [a\n", "line 3"),
        ("models: &a [model: a/b]\nmodels: *a\n", "line 2"),
        ("models:\n- model: a/b\n---\nmodels: 1\n", "line 3"),
        ("models: " + "[" * 200 + "\n", "line 1"),
    ],
)
def test_a_broken_recipe_is_skipped_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    (skip,) = of(Skip, recipe(tmp_path, text))

    assert skip.reason == "malformed"
    assert skip.detail.startswith(place)


def test_a_flood_of_models_is_cut_and_said_so(tmp_path: Path) -> None:
    facts = recipe(tmp_path, "models:\n" + "".join(f"- model: a/b{n}\n" for n in range(300)))

    assert len(bases(facts)) == 200
    assert [one.reason for one in of(Skip, facts)] == ["truncated"]


def test_a_recipe_that_holds_itself_ends(tmp_path: Path) -> None:
    assert bases(recipe(tmp_path, "models: &a\n- model: a/b\n" + "- *a\n" * 150)) == ["a/b"]


def test_only_recipes_by_name_are_wanted() -> None:
    for name in ("mergekit_config.yml", "mergekit-config.yaml", "merge.yml", "mergekit_moe_config.yml"):
        assert DETECTOR.wants(f"model/{name}", 1)
    assert not DETECTOR.wants("merge_request.yml", 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(body=st.text(alphabet="models: -{}[]&*!|>'\"a/b+\n", max_size=80))
def test_any_text_gives_findings_or_a_skip(tmp_path: Path, body: str) -> None:
    for fact in recipe(tmp_path, f"models:\n{body}"):
        assert isinstance(fact, (ModelCardFinding, WeightsFinding, Skip))
