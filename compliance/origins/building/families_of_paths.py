"""Which model family a file belongs to by its path, and who developed it.

The path tells what a file implements, not who wrote it: `vllm/model_executor/models/deepseek_v2.py` is vLLM's
implementation of DeepSeek's model.
"""

import json
import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from compliance.origins.building.recipe import RecipeProject
from compliance.weights import families

_DATA = resources.files("compliance.origins").joinpath("data/model_developers.json")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MODEL_FOLDERS = _words("""
    models model model_zoo modelzoo model_implementations model_implementation definitions pipelines
    modular_pipelines transformers autoencoders unets controlnets architecture architectures mm_models
    transformer_models
""")
_MIXED_FOLDERS = _words("configs transformers_utils conversion containers policies adapters drafters processors")
"""Folders that hold files of models and others: only names that are known count there."""
_SUBJECTS = _words("""
    cv nlp audio multi_modal multimodal science diffusion diffusers deprecated text vision video image language
    llm vlm vlms llms tts stt sts asr vad codec quant encoders dits vaes upsamplers schedulers adapters bridges
    speech music input_encoders stages model_specific_stages text_encoder text_encoders nvidia amd intel cuda
""")
"""Folders below a folder of models that hold several models."""
_COMMON = _words("""
    auto base common utils util config configs configuration layers layer module modules registry interfaces
    adapters loader index step vision audio text encoder decoder processor processing tokenizer tokenization
    lora attention mlp model models modeling modular pipeline transformer autoencoder vae language convert
    generation types constants main init ops api core tools
""")
"""Names that a part of every model may have; two of them are model types of some developer, too."""
_PREFIX = re.compile(
    r"(?:modeling|modular|configuration|config|tokenization|processing|image_processing|video_processing"
    r"|feature_extraction|generation|convert|pipeline|autoencoder(?:_kl)?|transformer|controlnet|unet)_"
    r"(?:tf_|flax_|nn_|\dd_)?"
)
_NAMED_ANYWHERE = re.compile(r"(?:modeling|modular|configuration|tokenization|image_processing|pipeline)_")
_SUFFIX = re.compile(
    r"_(?:fast|pil|pt|torch|modeling|modelling|configuration|processor|ops|utils|weights|config|model|pipeline)$"
)
_SEPARATORS = re.compile(r"[-.\s]+")
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


class FamilyFacts(NamedTuple):
    """What a path tells of a model."""

    name: str
    """Model family, or `project/module` for code that belongs to no model."""
    developer: str
    country: str
    """ISO 3166-1 alpha-2; empty where unknown."""


def family_facts(project: RecipeProject, path: str) -> FamilyFacts:
    """Name of the family or module at `path`, its developer and their country.

    Args:
        project: whose developer stands for what is no known model.
        path: family path of the file, see `CollectedFile`.
    """
    name, is_model = _name(path)
    known = developer_of(name) if is_model else None
    # modules of two projects that are called alike have nothing in common
    name = name if is_model else f"{project.id}/{name}"
    return FamilyFacts(name, *(known or (project.developer, project.country)))


@cache
def developer_of(name: str) -> tuple[str, str] | None:
    """Developer and country of the model called `name`, by its longest beginning of whole parts that is known."""
    parts = _SEPARATORS.sub("_", name.casefold()).split("_")
    for length in range(len(parts), 0, -1):
        name = "_".join(parts[:length])
        for candidate in (name, name.rstrip("0123456789")):
            if candidate not in _COMMON and (found := _developers().get(_letters(candidate))):
                return found
    return None


def _name(path: str) -> tuple[str, bool]:
    """What the file at `path` is called, and whether that is the name of a model."""
    *folders, file = path.split("/")
    stem = _SEPARATORS.sub("_", file.rpartition(".")[0] or file).strip("_")
    bare = _SUFFIX.sub("", _PREFIX.sub("", stem)) or stem
    below = _below_models(folders)
    if below is not None:
        of_file = bare not in _COMMON and developer_of(bare) is not None and developer_of(below) is None
        return (bare if of_file else below), True
    if bare not in _COMMON and (
        _in_models(folders) or _NAMED_ANYWHERE.match(stem) or _known_among_others(folders, bare)
    ):
        return bare, True
    if stem in _COMMON or bare in _COMMON:
        return next((one for one in reversed(folders) if one not in _COMMON), stem), False
    return stem, False


def _below_models(folders: list[str]) -> str | None:
    """The folder that stands for one model: the last one below a folder of models that names a known one.

    The first below the folder of models where none does; None where there is no folder below.
    """
    at = [number for number in range(len(folders)) if _holds_models(folders, number)]
    if not at:
        return None
    below = [_SEPARATORS.sub("_", one) for one in folders[at[-1] + 1 :]]
    own = [one for one in below if one.casefold() not in _SUBJECTS | _COMMON]
    known = [one for one in own if developer_of(one) is not None]
    return known[-1] if known else next(iter(own), None)


def _in_models(folders: list[str]) -> bool:
    return any(_holds_models(folders, number) for number in range(max(0, len(folders) - 2), len(folders)))


def _known_among_others(folders: list[str], name: str) -> bool:
    return not _MIXED_FOLDERS.isdisjoint(folders[-2:]) and developer_of(name) is not None


def _holds_models(folders: list[str], number: int) -> bool:
    """Whether that folder holds models; a whole package that is called `transformers` does more than that."""
    folder = folders[number].casefold()
    return folder in _MODEL_FOLDERS if number else folder in {"models", "model"}


@cache
def _developers() -> dict[str, tuple[str, str]]:
    """Developer and country by the letters and digits of a model's name: `qwen2vl`, `hunyuanv1dense`."""
    found: dict[str, tuple[str, str]] = {}
    for family in families.families():
        for name in (*family.model_types, family.id):
            found.setdefault(_letters(name), (family.developer, family.country))
    for row in json.loads(_DATA.read_bytes())["developers"]:
        for name in row["models"]:
            found.setdefault(_letters(name), (row["developer"], row["country"]))
    return found


def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name.casefold())
