"""Whose classes a file extends, imports and registers, and which names are a team's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins.code_relations import Use, uses
from compliance.origins.structure import structure_of


def used(text: str) -> list[Use]:
    return list(uses(structure_of(text.encode(), "python")))


def families(text: str, mechanism: str) -> list[tuple[str, str]]:
    """Family and project of each use of that kind."""
    return [(use.named.family, use.named.project) for use in used(text) if use.mechanism == mechanism]


@pytest.mark.parametrize(
    ("imported", "base"),
    [
        ("from transformers.models.llama.modeling_llama import LlamaModel", "LlamaModel"),
        ("from transformers.models.llama.modeling_llama import LlamaModel as Base", "Base"),
        ("from transformers.models.llama import modeling_llama", "modeling_llama.LlamaModel"),
        ("import transformers.models.llama.modeling_llama as their", "their.LlamaModel"),
        ("import transformers.models.llama", "transformers.models.llama.LlamaModel"),
        ("import transformers", "transformers.LlamaModel"),
        ("from transformers import LlamaModel", "LlamaModel"),
        ("from ..llama.modeling_llama import LlamaModel", "LlamaModel"),
    ],
)
def test_a_class_of_a_known_family_is_extended_however_it_is_called_here(imported: str, base: str) -> None:
    assert families(f"{imported}\nclass Hanbit({base}): ...\n", "inherits") == [("llama", "transformers")]


@pytest.mark.parametrize(
    ("imported", "base"),
    [
        ("from .modeling_qwen2 import Qwen2Model", "Qwen2Model"),
        ("from hanbit.qwen2 import Qwen2Model", "Qwen2Model"),
        ("from . import qwen2", "qwen2.Qwen2Model"),
        ("from .qwen2 import Base", "Base"),
    ],
)
def test_a_family_in_a_module_of_ones_own_has_no_project(imported: str, base: str) -> None:
    assert families(f"{imported}\nclass Hanbit({base}): ...\n", "inherits") == [("qwen2", "")]


@pytest.mark.parametrize(
    "text",
    [
        "class DeepseekV3Attention: ...\n",
        "class Hanbit(LlamaModel): ...\n",
        "import torch.nn as nn\nclass LlamaModel(nn.Module): ...\n",
        "class LlamaModel: ...\nclass Hanbit(LlamaModel): ...\n",
        "from transformers import PreTrainedModel\nclass Hanbit(PreTrainedModel): ...\n",
        "from transformers.utils import logging\n",
        "from .index import IndexModel\nclass Hanbit(IndexModel): ...\n",
        "from index import Index\nclass Hanbit(Index): ...\n",
        "from .step import StepConfig\n",
        "from .solar import SolarModel\n",
        "from .motif import MotifModel\n",
        "from .falcon import FalconConfig\n",
        "from .clip import ClipConfig\n",
        "from .bloom import BloomFilter\n",
        "from llama_index.core import Index\n",
        "from qwen2 import helper\n",
        "from .configuration_qwen2 import Qwen2Config\n",
        "from .llama import Garam\n",
        "from .t5 import Timer\n",
        "from .hanbit import HanbitModel\nclass Own(HanbitModel): ...\n",
        "import vllm\n",
    ],
)
def test_names_that_prove_nothing_are_left_alone(text: str) -> None:
    assert used(text) == []


def test_a_family_that_is_called_like_a_common_word_counts_with_its_own_class() -> None:
    assert families("from .falcon import FalconForCausalLM\n", "imports") == [("falcon", "")]
    assert families("from .modeling_falcon import FalconModel\nclass A(FalconModel): ...\n", "inherits") == [
        ("falcon", "")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from vllm.model_executor.models.qwen2 import Qwen2MLP\n", ("qwen2", "vllm")),
        ("import sglang.srt.models.deepseek_v2\n", ("deepseek_v2", "sglang")),
        ("from transformers import Qwen2Config\n", ("qwen2", "transformers")),
        ("from .gemma2 import Gemma2Model\n", ("gemma2", "")),
        ("from .gemma2 import Rotation\n", ("gemma2", "")),
        ("from .t5 import T5Attention\n", ("t5", "")),
    ],
)
def test_what_is_imported_of_a_known_family_is_told(text: str, expected: tuple[str, str]) -> None:
    assert families(text, "imports") == [expected]


QWEN = "vllm.model_executor.models.qwen2"


@pytest.mark.parametrize(
    ("text", "project"),
    [
        (f"ModelRegistry.register_model('HanbitForCausalLM', '{QWEN}:Qwen2ForCausalLM')\n", "vllm"),
        (
            f"from {QWEN} import Qwen2ForCausalLM\nr.register_model('HanbitForCausalLM', Qwen2ForCausalLM)\n",
            "vllm",
        ),
        ("r.register_model('HanbitForCausalLM', 'hanbit.model:Qwen2ForCausalLM')\n", ""),
        ("AutoModel.register(HanbitConfig, Qwen2Model)\n", ""),
        ("AutoConfig.register('hanbit', Qwen2Config)\n", ""),
        ("MODELS = {'HanbitForCausalLM': ('qwen2', 'Qwen2ForCausalLM')}\n", ""),
        ("MODULE_MAP.update({'HanbitForCausalLM': f'{ROOT}.qwen2.Qwen2ForCausalLM'})\n", ""),
        ("config.auto_map = {'AutoModel': 'modeling_qwen2.Qwen2Model'}\n", ""),
        ("config.auto_map = {'AutoModel': 'Qwen/Qwen2-7B--modeling_qwen2.Qwen2Model'}\n", ""),
    ],
)
def test_a_class_that_is_registered_under_a_name_of_ones_own_is_told(text: str, project: str) -> None:
    assert families(text, "registers") == [("qwen2", project)]


@pytest.mark.parametrize(
    "text",
    [
        f"r.register_model('Qwen2ForCausalLM', '{QWEN}:Qwen2ForCausalLM')\n",
        "r.register_model('HanbitForCausalLM', 'hanbit.model:HanbitForCausalLM')\n",
        "AutoConfig.register('qwen2', Qwen2Config)\n",
        "AutoConfig.register('hanbit', HanbitConfig)\n",
        "EntryClass = Qwen2ForCausalLM\n",
        "MODELS = {'small': 'FalconModel', 'large': 'MotifModel'}\n",
        "r.register_model('HanbitForCausalLM', 'hanbit.index:IndexModel')\n",
        "class Qwen2Model: ...\nAutoModel.register(HanbitConfig, Qwen2Model)\n",
        "config.auto_map = {'AutoModel': 'modeling_hanbit.HanbitModel'}\n",
    ],
)
def test_a_class_under_its_own_name_or_of_ones_own_is_left_alone(text: str) -> None:
    assert families(text, "registers") == []


def test_a_known_repository_whose_code_may_run_is_told() -> None:
    text = "AutoModel.from_pretrained('deepseek-ai/DeepSeek-V3', trust_remote_code=True)\n"
    (use,) = used(text)

    assert (use.mechanism, use.named.project, use.named.country) == (
        "trust_remote_code",
        "deepseek-ai/DeepSeek-V3",
        "CN",
    )


@pytest.mark.parametrize("name", ["'garam/hanbit'", "name", "'deepseek-ai'", "'./deepseek-ai/model'"])
def test_a_repository_of_nobody_known_is_left_alone(name: str) -> None:
    assert used(f"AutoModel.from_pretrained({name}, trust_remote_code=True)\n") == []


def test_a_use_has_its_lines_and_says_what_it_is() -> None:
    text = "\nfrom transformers import (\n    LlamaModel,\n)\n\nclass Hanbit(LlamaModel): ...\n"

    assert [(use.mechanism, use.lines, use.says) for use in used(text)] == [
        ("inherits", (6, 6), "class Hanbit(LlamaModel)"),
        ("imports", (2, 4), "from transformers import LlamaModel"),
    ]


WORDS = "from import class transformers . models llama qwen2 ( ) : , as * LlamaModel Qwen2Model '' = { }"
CALLS = [
    "register_model('",
    "EntryClass = ",
    "MODELS = {'",
    "trust_remote_code=True",
    "'deepseek-ai/x'",
    "한",
    "\n",
]


@given(st.lists(st.sampled_from([*WORDS.split(), *CALLS]), max_size=40).map(" ".join))
def test_whatever_code_says_only_those_in_the_tables_are_named(text: str) -> None:
    for use in used(text):
        assert use.named.known
        assert use.named.developer
        assert use.says
