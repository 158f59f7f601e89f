"""Whose a module, class or repository is by its name alone, and which names are nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins import known_projects, naming
from compliance.weights import families

VLLM = known_projects.by_package()["vllm"]
names = st.text(alphabet="abQ2_.-V3 한é\ud800", max_size=40)


def owner(named: naming.Named | None) -> tuple[str, str, str | None] | None:
    """Family, project and country."""
    return (named.family, named.project, named.country) if named else None


@pytest.mark.parametrize(
    ("module", "name", "expected"),
    [
        ("transformers.models.llama.modeling_llama", "LlamaMLP", ("llama", "transformers", "US")),
        ("transformers.models.llama", "LlamaMLP", ("llama", "transformers", "US")),
        ("transformers.models", "llama", ("llama", "transformers", "US")),
        ("transformers", "Qwen2ForCausalLM", ("qwen2", "transformers", "CN")),
        ("vllm.model_executor.models.qwen2", "Qwen2MLP", ("qwen2", "vllm", "CN")),
        ("sglang.srt.models.exaone", "ExaoneForCausalLM", ("exaone", "sglang", "KR")),
        ("transformers.models.deprecated.mamba.modeling_mamba", "", ("mamba", "transformers", "US")),
    ],
)
def test_a_module_of_a_known_project_is_of_the_model_that_it_is_called_after(
    module: str, name: str, expected: tuple[str, str, str]
) -> None:
    assert owner(naming.of_module(module, name)) == expected


def test_the_developer_is_who_made_the_model_and_the_license_is_the_projects() -> None:
    named = naming.of_module("vllm.model_executor.models.deepseek_v2")

    assert named is not None
    assert (named.developer, named.expression, named.is_model) == ("DeepSeek", VLLM.expression, True)


def test_a_model_that_nobody_knows_is_of_the_project_that_has_it() -> None:
    named = naming.of_module("transformers.models.hanbit.modeling_hanbit", "HanbitModel")

    assert named is not None
    assert (named.family, named.developer) == ("hanbit", "Hugging Face")


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("hanbit.models.llama", "LlamaModel"),
        ("transformers.utils", "logging"),
        ("transformers", "AutoModel"),
        ("transformers", ""),
        ("transformers.models.auto.modeling_auto", "AutoModel"),
        ("vllm.model_executor.models.utils", "is_pp_missing_parameter"),
        ("vllm.config", "VllmConfig"),
        ("vllmish.model_executor.models.qwen2", "Qwen2Model"),
        ("", ""),
        (".models.llama", "LlamaModel"),
    ],
)
def test_what_stands_beside_the_models_of_a_project_is_nobodys(module: str, name: str) -> None:
    assert naming.of_module(module, name) is None


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("DeepseekV3Attention", "deepseek_v3"),
        ("Qwen2Config", "qwen2"),
        ("Qwen2MoeSparseMoeBlock", "qwen2_moe"),
        ("Qwen2_5_VLForConditionalGeneration", "qwen2_5_vl"),
        ("LlamaForCausalLM", "llama"),
        ("GPT2LMHeadModel", "gpt2"),
        ("Exaone4DecoderLayer", "exaone4"),
    ],
)
def test_a_class_is_of_the_family_whose_name_it_begins_with(name: str, family: str) -> None:
    named = naming.of_class(name, None)

    assert named is not None
    assert (named.family, named.project, named.is_model) == (family, "", True)


def test_the_longest_name_of_a_family_counts() -> None:
    plain, mixture = naming.of_class("Qwen3ForCausalLM", None), naming.of_class("Qwen3MoeForCausalLM", None)

    assert plain is not None
    assert mixture is not None
    assert (plain.family, mixture.family) == ("qwen3", "qwen3_moe")


@pytest.mark.parametrize(
    "name",
    [
        "HanbitAttention",
        "Attention",
        "Model",
        "AutoModel",
        "Qwen2",
        "LlamaIndex",
        "Llamas",
        "llama_model",
        "",
        "A",
    ],
)
def test_a_class_that_is_called_otherwise_is_nobodys(name: str) -> None:
    assert naming.of_class(name, None) is None


@pytest.mark.parametrize(
    ("owner_name", "name", "family", "country"),
    [
        ("Qwen", "Qwen2-7B", "qwen2", "CN"),
        ("deepseek-ai", "DeepSeek-V3", "deepseek", "CN"),
        ("facebook", "opt-125m", "opt", "US"),
        ("LGAI-EXAONE", "EXAONE-4.0-32B", "exaone", "KR"),
    ],
)
def test_weights_are_of_a_family_that_their_account_publishes(
    owner_name: str, name: str, family: str, country: str
) -> None:
    named = naming.of_hub_repository(owner_name, name)

    assert (named.family, named.project, named.country) == (family, f"{owner_name}/{name}", country)


def test_weights_that_are_only_called_like_a_family_are_nobodys() -> None:
    named = naming.of_hub_repository("hanbit", "Qwen2-7B-ko")

    assert (named.family, named.developer, named.country, named.known) == ("qwen2-7b-ko", None, None, False)


def test_weights_of_another_family_on_a_known_account_keep_their_own_name() -> None:
    named = naming.of_hub_repository("google", "nobody-knows-it")

    assert (named.family, named.developer, named.known) == ("nobody-knows-it", "Google", True)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("qwen2_5_vl_text", "qwen-vl"),
        ("Qwen2.5-VL-7B", "qwen-vl"),
        ("deepseek_v3_router", "deepseek"),
        ("llama_utils", "llama"),
        ("qwen2vl", "qwen-vl"),
        ("index", "index"),
    ],
)
def test_a_module_is_of_the_family_with_the_longest_type_that_it_begins_with(name: str, family: str) -> None:
    found = naming.family_like(name)

    assert found is not None
    assert found.id == family


@pytest.mark.parametrize("name", ["llamas", "my_llama", "v3", "", "_", "hanbit", "attention", "qwenlike"])
def test_a_module_that_only_holds_such_a_name_is_of_no_family(name: str) -> None:
    assert naming.family_like(name) is None


@pytest.mark.parametrize("name", ["index", "step", "solar", "opt", "sam", "index_utils", "Radio-Button", "orion"])
def test_words_of_every_trade_count_only_within_models(name: str) -> None:
    assert naming.family_like(name, within_models=False) is None


@pytest.mark.parametrize(
    ("module", "rest"),
    [
        ("modeling_llama", "llama"),
        ("modeling_tf_bert", "bert"),
        ("image_processing_pil_clip", "clip"),
        ("configuration_qwen2", "qwen2"),
        ("llama", "llama"),
        ("modeling_", "modeling_"),
        ("my_modeling_llama", "my_modeling_llama"),
    ],
)
def test_what_says_the_part_of_a_model_is_taken_from_its_module(module: str, rest: str) -> None:
    assert naming.without_kind(module) == rest


@pytest.mark.parametrize(
    ("parts", "project", "model"),
    [
        (["llama", "modeling_llama"], "transformers", "llama"),
        (["qwen2"], "vllm", "qwen2"),
        (["transformers", "transformer_flux"], "diffusers", "flux"),
        (["llama_utils"], "lightllm", "llama"),
        (["weight_utils"], "lightllm", None),
        (["auto", "modeling_auto"], "transformers", None),
        (["_private"], "vllm", None),
        (["*"], "vllm", None),
        ([], "vllm", None),
    ],
)
def test_the_model_is_the_first_part_that_is_no_container(
    parts: list[str], project: str, model: str | None
) -> None:
    assert naming.model_of_parts(parts, project) == model


def test_a_model_is_known_by_its_family_or_by_its_project_or_not_at_all() -> None:
    both, family = naming.of_model("qwen2", VLLM), naming.of_model("qwen2", None)
    project = naming.of_model("hanbit", VLLM)

    assert owner(both) == ("qwen2", "vllm", "CN")
    assert owner(family) == ("qwen2", "", "CN")
    assert owner(project) == ("hanbit", "vllm", VLLM.country)
    assert naming.of_model("hanbit", None) is None


def test_a_project_without_a_country_has_none() -> None:
    project = next(one for one in known_projects.projects() if not one.country)

    assert naming.of_project(project).country is None


@given(names, names)
def test_whatever_a_name_holds_only_those_in_the_tables_are_named(one: str, other: str) -> None:
    developers = {family.developer for family in families.families()}
    packages = known_projects.by_package()

    of_class = naming.of_class(one, None)
    of_module = naming.of_module(f"vllm.models.{one}", other)
    of_other_module = naming.of_module(one, other)

    assert of_class is None or of_class.developer in developers
    assert of_module is None or of_module.project == "vllm"
    assert of_other_module is None or one.partition(".")[0] in packages
    assert naming.of_hub_repository("hanbit", one).developer is None


@pytest.mark.parametrize("name", ["Qwen" * 250_000, "q_" * 500_000, "A" * 1_000_000, "qwen2" + "_v" * 500_000])
def test_endless_names_are_read_as_far_as_a_name_can_go(name: str) -> None:
    assert naming.of_class(name, VLLM) is None
    assert naming.of_module("vllm.models", name) is not None
    assert naming.family_like(name) in {None, families.family_of_model_type("qwen2")}
