"""Whose model a file implements, told by its path alone."""

from pathlib import Path

import pytest

from compliance.origins.building.families_of_paths import family_facts
from tests.origins.building.recipes import recipe_of


@pytest.mark.parametrize(
    ("path", "name", "developer", "country"),
    [
        ("transformers/models/deepseek_v3/modeling_deepseek_v3.py", "deepseek_v3", "DeepSeek", "CN"),
        ("transformers/models/deprecated/nezha/modeling_nezha.py", "nezha", "Huawei", "CN"),
        ("vllm/model_executor/models/deepseek_v2.py", "deepseek_v2", "DeepSeek", "CN"),
        ("vllm/model_executor/models/AXK1.py", "AXK1", "SK Telecom", "KR"),
        ("sglang/srt/models/exaone_moe_mtp.py", "exaone_moe_mtp", "LG AI Research", "KR"),
        ("mlx_lm/models/glm4_moe.py", "glm4_moe", "Z.ai (Zhipu AI)", "CN"),
        ("diffusers/pipelines/flux/pipeline_flux.py", "flux", "Black Forest Labs", "DE"),
        ("modelscope/models/nlp/chatglm/text_generation.py", "chatglm", "Z.ai (Zhipu AI)", "CN"),
        ("src/models/deepseek2.cpp", "deepseek2", "DeepSeek", "CN"),
        ("hub/modeling_solar_open.py", "solar_open", "Upstage", "KR"),
    ],
)
def test_a_models_file_belongs_to_the_models_developer(
    tmp_path: Path, path: str, name: str, developer: str, country: str
) -> None:
    (project,) = recipe_of(tmp_path, "- {version: draft, tree: tree}").projects
    assert family_facts(project, path) == (name, developer, country)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("hanbit/models/hanbit/modeling_hanbit.py", "hanbit"),
        ("transformers/trainer.py", "hanbit/trainer"),
        ("vllm/attention/backends/flash_attn.py", "hanbit/flash_attn"),
        ("hanbit/quantization/turbo/config.py", "hanbit/turbo"),
        ("hanbit/models/index.py", "hanbit/hanbit"),
    ],
)
def test_everything_else_belongs_to_the_projects_developer(tmp_path: Path, path: str, name: str) -> None:
    (project,) = recipe_of(tmp_path, "- {version: draft, tree: tree}").projects
    assert family_facts(project, path) == (name, "Hanbit", "KR")
