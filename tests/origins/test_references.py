"""Whom an address, dotted name, path or sentence names, and what names nobody."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.origins import references
from compliance.origins.naming import Named
from compliance.origins.statements import Form, How, OriginStatement

GITHUB = "https://github.com"


def said(how: How, form: Form, reference: str, says: str = "") -> OriginStatement:
    return OriginStatement(how=how, form=form, reference=reference, lines=(1, 1), says=says or reference)


def owner(named: Named | None) -> tuple[str, str, str | None] | None:
    """Family, project and country."""
    return (named.family, named.project, named.country) if named else None


@pytest.mark.parametrize(
    ("address", "family", "project", "country"),
    [
        (f"{GITHUB}/vllm-project/vllm/blob/main/vllm/model_executor/models/qwen2.py", "qwen2", "vllm", "CN"),
        (f"{GITHUB}/vllm-project/vllm/blob/main/csrc/hanbit.cu", "vllm/hanbit", "vllm", "US"),
        (f"{GITHUB}/vllm-project/vllm", "vllm", "vllm", "US"),
        (f"{GITHUB}/vllm-project/vllm.git", "vllm", "vllm", "US"),
        (f"{GITHUB}/VLLM-Project/vLLM/", "vllm", "vllm", "US"),
        ("github.com/sgl-project/sglang", "sglang", "sglang", "US"),
        ("https://raw.githubusercontent.com/vllm-project/vllm/main/vllm/hanbit.py", "vllm/hanbit", "vllm", "US"),
        ("https://gitlab.com/deepseek-ai/Hanbit/-/blob/main/a.py", "hanbit", "deepseek-ai/Hanbit", "CN"),
        (f"{GITHUB}/naver/hanbit", "hanbit", "naver/hanbit", "KR"),
        ("https://huggingface.co/Qwen/Qwen2-7B/blob/main/config.json", "qwen2", "Qwen/Qwen2-7B", "CN"),
        ("https://hf.co/Qwen/Qwen2-7B", "qwen2", "Qwen/Qwen2-7B", "CN"),
        ("https://modelscope.cn/models/Qwen/Qwen2-7B/file/view/master/a.py", "qwen2", "Qwen/Qwen2-7B", "CN"),
        (f"{GITHUB}/vllm%2Dproject/vllm", "vllm", "vllm", "US"),
    ],
)
def test_an_address_is_of_who_has_the_repository(address: str, family: str, project: str, country: str) -> None:
    assert owner(references.of_address(address)) == (family, project, country)


@pytest.mark.parametrize(
    ("address", "path", "version"),
    [
        (f"{GITHUB}/vllm-project/vllm/blob/v0.6.1/vllm/hanbit.py", "vllm/hanbit.py", "0.6.1"),
        (f"{GITHUB}/vllm-project/vllm/tree/0.5.4.post1/vllm", "vllm", "0.5.4.post1"),
        (f"{GITHUB}/vllm-project/vllm/blob/main/vllm/hanbit.py?plain=1", "vllm/hanbit.py", None),
        (f"{GITHUB}/vllm-project/vllm/blob/abc123/vllm/hanbit.py", "vllm/hanbit.py", None),
        ("https://gitlab.com/vllm-project/vllm/-/blob/v1.0/vllm/a.py", "vllm/a.py", "1.0"),
        (f"{GITHUB}/vllm-project/vllm", None, None),
        (f"{GITHUB}/vllm-project/vllm/blob/main", None, None),
    ],
)
def test_the_file_and_a_branch_that_is_called_like_a_version_are_told(
    address: str, path: str | None, version: str | None
) -> None:
    named = references.of_address(address)

    assert named is not None
    assert (named.path, named.version) == (path, version)


@pytest.mark.parametrize("file", ["vllm/quantization/__init__.py", "LICENSE", "README.md", "docs/hanbit.rst"])
def test_a_file_that_is_no_module_is_of_the_project_itself(file: str) -> None:
    named = references.of_address(f"{GITHUB}/vllm-project/vllm/blob/main/{file}")

    assert named is not None
    assert (named.family, named.path) == ("vllm", file)


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("include/flashinfer/utils.cuh", "flashinfer-python/utils"),
        ("include/flashinfer/qwen2.cuh", "qwen2"),
        ("include", "flashinfer-python/include"),
        ("python", "flashinfer-python"),
    ],
)
def test_a_file_that_names_no_model_is_a_module_of_its_project(path: str, family: str) -> None:
    named = references.of_repository("flashinfer-ai", "flashinfer", path)

    assert named is not None
    assert named.family == family


def test_a_folder_with_the_name_of_another_project_does_not_change_whose_a_repository_is() -> None:
    named = references.of_address(f"{GITHUB}/EleutherAI/gpt-neox/blob/main/megatron/hanbit.py")

    assert named is not None
    assert (named.project, named.developer) == ("gpt-neox", "EleutherAI")


def test_a_repository_that_nobody_knows_has_no_developer() -> None:
    named = references.of_address(f"{GITHUB}/garam/hanbit")

    assert named is not None
    assert (named.project, named.developer, named.country, named.known) == ("garam/hanbit", None, None, False)


@pytest.mark.parametrize(
    "address",
    [
        f"{GITHUB}/vllm-project/vllm/issues/1",
        f"{GITHUB}/vllm-project/vllm/pull/2/files",
        f"{GITHUB}/vllm-project/vllm/releases/tag/v1",
        f"{GITHUB}/vllm-project",
        f"{GITHUB}/orgs/vllm-project/projects",
        "https://huggingface.co/docs/transformers/index",
        "https://huggingface.co/datasets/naver/hanbit",
        "https://huggingface.co/papers/1234.5678",
        "https://huggingface.co/Qwen",
        "not an address",
        "",
    ],
)
def test_an_address_that_is_of_no_repository_names_nobody(address: str) -> None:
    assert references.of_address(address) is None


@pytest.mark.parametrize(
    ("dotted", "family", "project"),
    [
        ("transformers.models.llama.modeling_llama.LlamaMLP", "llama", "transformers"),
        ("src.transformers.models.llama.modeling_llama", "llama", "transformers"),
        ("transformers/models.llama.modeling_llama", "llama", "transformers"),
        ("vllm.engine.hanbit", "vllm", "vllm"),
    ],
)
def test_a_dotted_name_is_of_the_project_that_it_begins_with(dotted: str, family: str, project: str) -> None:
    named = references.of_dotted(dotted)

    assert named is not None
    assert (named.family, named.project) == (family, project)


@pytest.mark.parametrize("dotted", ["hanbit.models.llama.LlamaMLP", "self.cache.values", "", "."])
def test_a_dotted_name_of_ones_own_names_nobody(dotted: str) -> None:
    assert references.of_dotted(dotted) is None


@pytest.mark.parametrize(
    ("path", "family", "project"),
    [
        ("vllm/model_executor/models/qwen2.py", "qwen2", "vllm"),
        ("python/sglang/srt/models/qwen2.py", "qwen2", "sglang"),
        ("vllm/vllm/engine/hanbit.py", "vllm/hanbit", "vllm"),
        ("third_party/vllm/engine/hanbit.py", "vllm/hanbit", "vllm"),
        ("modeling_llama.py", "llama", ""),
        ("models/modeling_llama.py", "llama", ""),
        ("deepseek-ai/DeepSeek-V3/inference/hanbit.py", "deepseek-v3", "deepseek-ai/DeepSeek-V3"),
    ],
)
def test_a_path_is_of_the_package_or_account_that_it_goes_through(path: str, family: str, project: str) -> None:
    named = references.of_path(path)

    assert named is not None
    assert (named.family, named.project) == (family, project)


@pytest.mark.parametrize(
    "path",
    [
        "hanbit/utils/vllm/patch.py",
        "swift/hanbit.py",
        "research/hanbit.py",
        "modeling_hanbit.py",
        "configuration_index.py",
        "vllm.py",
        "garam/hanbit/a.py",
        "",
    ],
)
def test_a_path_of_ones_own_names_nobody(path: str) -> None:
    assert references.of_path(path) is None


def test_the_model_file_of_a_sentence_about_transformers_is_of_that_library() -> None:
    assert owner(references.of_path("modeling_llama.py", "the one in Transformers")) == (
        "llama",
        "transformers",
        "US",
    )


@pytest.mark.parametrize(
    ("words", "family", "project"),
    [
        ("vLLM", "vllm", "vllm"),
        ("the official Megatron-LM repository", "megatron-core", "megatron-core"),
        ("vLLM's scheduler", "vllm", "vllm"),
        ("the HuggingFace Transformers code", "transformers", "transformers"),
        ("timm", "timm", "timm"),
        ("vLLM에서", "vllm", "vllm"),
        ("DeepSeek-V3 inference code", "deepseek", ""),
        ("Llama", "llama", ""),
        ("the Qwen2 model", "qwen2", ""),
    ],
)
def test_words_name_a_project_or_else_a_family(words: str, family: str, project: str) -> None:
    named = references.of_words(words)

    assert named is not None
    assert (named.family, named.project) == (family, project)


@pytest.mark.parametrize(
    "words",
    [
        "the input tensor",
        "the caller, which vLLM forbids",
        "the host so that vLLM may go on",
        "the buffer. vLLM does otherwise",
        "the weights to match vLLM",
        "our own code for Qwen2",
        "the DeepSeek paper",
        "the Qwen2 weights",
        "the vLLM paper",
        "Timm Garam",
        "the index of the step",
        "x" * 60 + " vLLM",
        "v1.2.3",
        "transformers in the power grid",
        "",
    ],
)
def test_words_about_something_else_name_nobody(words: str) -> None:
    assert references.of_words(words) is None


@pytest.mark.parametrize("how", ["copied-from", "adapted-from"])
def test_what_was_taken_from_an_unknown_repository_is_named_too(how: How) -> None:
    named = references.of_statement(said(how, "address", f"{GITHUB}/garam/hanbit"))

    assert named is not None
    assert named.project == "garam/hanbit"


@pytest.mark.parametrize("how", ["based-on", "refers-to"])
def test_what_may_be_an_idea_needs_a_known_project(how: How) -> None:
    assert references.of_statement(said(how, "address", f"{GITHUB}/garam/hanbit/blob/main/a.py")) is None


def test_a_name_like_that_of_a_repository_needs_a_known_account() -> None:
    known = references.of_statement(said("copied-from", "repository", "sgl-project/sglang"))

    assert known is not None
    assert known.project == "sglang"
    assert references.of_statement(said("copied-from", "repository", "and/or")) is None


@pytest.mark.parametrize(
    ("says", "found"),
    [
        ("This file is based on vLLM", True),
        ("The model is based on vLLM", True),
        ("Speed is based on vLLM", False),
        ("we based on vLLM our numbers", False),
    ],
)
def test_words_that_something_is_based_on_count_only_where_that_is_code(says: str, found: bool) -> None:
    assert (references.of_statement(said("based-on", "words", "vLLM", says)) is not None) is found


def test_a_generated_file_is_of_the_model_that_it_was_generated_from() -> None:
    model = references.of_statement(said("generated-from", "path", "modeling_llama.py"))

    assert model is not None
    assert model.family == "llama"


@pytest.mark.parametrize(
    ("form", "reference"), [("path", "vllm/engine/hanbit.py"), ("words", "Qwen2"), ("path", "modeling_hanbit.py")]
)
def test_what_is_generated_from_anything_else_has_no_origin(form: Form, reference: str) -> None:
    assert references.of_statement(said("generated-from", form, reference)) is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (f"{GITHUB}/vllm-project/vllm/blob/main/vllm/hanbit.py", True),
        (f"{GITHUB}/deepseek-ai/DeepSeek-V3/blob/main/inference/model.py", True),
        (f"{GITHUB}/facebookresearch/llama/blob/main/llama/model.py", True),
        (f"{GITHUB}/vllm-project/vllm", False),
        (f"{GITHUB}/pytorch/pytorch/blob/main/torch/hanbit.py", False),
        (f"{GITHUB}/google/hanbit/blob/main/a.py", False),
        (f"{GITHUB}/garam/hanbit/blob/main/a.py", False),
    ],
)
def test_a_bare_link_says_something_only_about_a_file_of_model_code(address: str, found: bool) -> None:
    assert (references.of_statement(said("refers-to", "address", address)) is not None) is found


def test_a_word_beside_a_link_makes_up_for_the_file() -> None:
    statement = said("refers-to", "address", f"{GITHUB}/QwenLM/Qwen", f"참고: {GITHUB}/QwenLM/Qwen")

    assert owner(references.of_statement(statement)) == ("qwen", "QwenLM/Qwen", "CN")


forms = st.sampled_from(["address", "dotted", "path", "repository", "words"])
hows = st.sampled_from(["copied-from", "adapted-from", "generated-from", "based-on", "refers-to"])
_PIECES = "vllm / . https:// github.com hf.co models - blob main % %2F ? # llama modeling_ .py naver .. : @ v1.2 ["
pieces = st.sampled_from([*_PIECES.split(), " ", "한", "\ud800", "ı", "K"])


@given(hows, forms, st.lists(pieces, max_size=14).map("".join))
@example("copied-from", "path", "naver//")
def test_whatever_a_statement_names_is_somebody_or_nobody(how: How, form: Form, reference: str) -> None:
    if form == "repository" and "/" not in reference:
        reference += "/"
    named = references.of_statement(said(how, form, reference))

    assert named is None or named.family


@given(st.text(alphabet="vLlMkıſ 한İ", max_size=30))
def test_letters_that_only_look_alike_name_no_project(words: str) -> None:
    found = references.project_in(words)

    assert found is None or any(name in words.lower() for name in found.names)
