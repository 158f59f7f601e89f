"""Whose a module, class or address is: model family, project, developer and country by name alone.

A name says what code calls itself. Only names of known projects and families are told; any other is nobody's.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from compliance.origins import known_projects
from compliance.origins.known_projects import KnownProject
from compliance.weights import families
from compliance.weights.families import Family

_CONTAINERS = frozenset({"encoders", "vaes", "dits", "gpt", "deprecated"})
_CONTAINERS_OF_DIFFUSERS = _CONTAINERS | {"transformers", "autoencoders", "unets", "controlnets"}
_KIND_OF_MODULE = re.compile(
    r"(?:modeling|modular|configuration|configuring|config|tokenization|processing|image_processing|video_processing"
    r"|feature_extraction|generation|pipeline|transformer|autoencoder)_(?:tf_|flax_|pil_)?(?=\w)"
)
_NEVER_FAMILIES = frozenset({"index", "step", "radio", "opt", "eva", "solar", "sam", "yi", "orion", "yuan"})
"""Model types that are words of every trade: they count only inside a known project's folder of models."""

_MODEL_CLASS_ENDS = (
    "Attention SdpaAttention FlashAttention2 MLAAttention CrossAttention SelfAttention SelfOutput MLP GatedMLP FFN"
    " FeedForward MoE Moe MoEBlock MoeBlock SparseMoeBlock SparseMoEBlock Experts Expert Router TopkRouter Gate"
    " RMSNorm LayerNorm GroupNorm RMSNormGated DecoderLayer EncoderLayer Layer Block VisionBlock Decoder Encoder"
    " Embeddings Embedding RotaryEmbedding VisionRotaryEmbedding PatchEmbed PatchMerger PreTrainedModel"
    " PretrainedModel Model TextModel VisionModel VisionTransformer VisionTower Transformer LMHeadModel Config"
    " TextConfig VisionConfig AudioConfig Tokenizer TokenizerFast Processor ImageProcessor ImageProcessorFast"
    " VideoProcessor FeatureExtractor Indexer Pooler Intermediate Output Mixer Cache GatedDeltaNet MTP"
    " MultiModalProjector ProcessingInfo MultiModalProcessor DummyInputsBuilder Pipeline"
)
_CLASS_END = re.compile(rf"(?:For[A-Z]\w*|{'|'.join(_MODEL_CLASS_ENDS.split())})(?:Base|Mixin|V2|V3)?")
_ARCHITECTURE_END = re.compile(r"(?:For[A-Z]\w*|LMHeadModel|(?:Text|Vision|Audio)?Model|Pipeline)$")


_REMEMBERED = 20_000
"""Names whose owners are kept in memory."""
_LONGEST_CLASS = 100
"""Characters; no known class's name is as long."""
_MOST_PARTS = 12
"""Parts of a module's name that are looked at; no model type has as many."""


class Named(msgspec.Struct, frozen=True):
    """Whom a name points to."""

    family: str
    project: str
    """Identifier of a known project, `owner/name` of another repository, empty where only the family is known."""
    developer: str | None
    country: str | None
    expression: str | None = None
    """SPDX expression of the project as a whole."""
    path: str | None = None
    version: str | None = None
    known: bool = True
    """The project, organisation or family is in our tables; else only the name itself was read."""
    is_model: bool = False
    """The name points to a model family and not just to a project."""


def of_project(project: KnownProject, family: str = "") -> Named:
    """`project` itself, or the model or module `family` of it."""
    return Named(
        family=family or project.id,
        project=project.id,
        developer=project.developer,
        country=project.country or None,
        expression=project.expression,
    )


def of_model(family: str, project: KnownProject | None) -> Named | None:
    """The model family that a module called `family` implements; None where neither is known."""
    known = family_like(family, within_models=project is not None)
    if known is None:
        return msgspec.structs.replace(of_project(project, family), is_model=True) if project else None
    named = of_project(project, family) if project else Named(family, "", None, None)
    return msgspec.structs.replace(named, developer=known.developer, country=known.country, is_model=True)


@lru_cache(_REMEMBERED)
def of_module(module: str, name: str = "") -> Named | None:
    """The model family of an absolute `module`, or of `name` in it; None where no known project has it."""
    project = known_projects.by_package().get(module.partition(".")[0])
    if project is None:
        return None
    for models in sorted(project.models, key=len, reverse=True):
        if module == models or module.startswith(f"{models}."):
            parts = [one for one in f"{module}.{name}".removeprefix(models).split(".") if one]
            return _model_in(parts, project)
    if module == project.package and name:
        return of_class(name, project)
    return None


@lru_cache(_REMEMBERED)
def of_class(name: str, project: KnownProject | None) -> Named | None:
    """The model family whose class `name` is by the way it is called: `DeepseekV3Attention`, `Qwen2Config`."""
    if len(name) > _LONGEST_CLASS:
        return None
    for end in range(len(name) - 1, 1, -1):
        if not name[end].isupper():
            continue
        known = _stems().get(name[:end].casefold().replace("_", ""))
        if known is not None and _CLASS_END.fullmatch(name, end):
            label, family = known
            named = of_project(project, label) if project else Named(label, "", None, None)
            return msgspec.structs.replace(
                named, developer=family.developer, country=family.country, is_model=True
            )
    return None


def of_hub_repository(owner: str, name: str, path: str | None = None) -> Named:
    """Whom the repository of weights `owner/name` belongs to."""
    published = families.developer_of_organisation(owner)
    account = known_projects.organisation(owner)
    family = family_like(name)
    named = Named(
        family=name.casefold(),
        project=f"{owner}/{name}",
        developer=account.developer if account else None,
        country=account.country if account else None,
        path=path,
        known=account is not None,
        is_model=True,
    )
    if published is None:
        return named
    if family is not None and family.id in published.families:
        return msgspec.structs.replace(named, family=family.id, developer=family.developer, country=family.country)
    return msgspec.structs.replace(named, family=published.only_family or named.family)


@lru_cache(_REMEMBERED)
def family_like(name: str, *, within_models: bool = True) -> Family | None:
    """The family whose model type is the longest beginning of `name` that ends with a whole part of it.

    Args:
        name: of a module, such as `qwen2_5_vl_text`.
        within_models: the module is known to stand for a model; else words of every trade count as nobody's.
    """
    parts = re.split(r"[-._\s]+", name.casefold(), maxsplit=_MOST_PARTS)[:_MOST_PARTS]
    for length in range(len(parts), 0, -1):
        candidate = "_".join(parts[:length])
        if not within_models and candidate in _NEVER_FAMILIES:
            continue
        if found := families.family_of_model_type(candidate) or _by_letters().get("".join(parts[:length])):
            return found
    return None


def without_kind(module: str) -> str:
    """`module` without what says its part: `llama` of `modeling_llama`."""
    match = _KIND_OF_MODULE.match(module)
    return module[match.end() :] if match else module


def model_of_parts(parts: Sequence[str], project: str) -> str | None:
    """Name of the model's module among `parts`, which follow the package of a project's models; None for none."""
    shared = known_projects.shared_modules()
    containers = _CONTAINERS_OF_DIFFUSERS if project == "diffusers" else _CONTAINERS
    named = next((part for part in parts[:-1] if part not in containers), parts[-1] if parts else "")
    family = without_kind(named)
    if family.endswith("_utils"):
        family = family.removesuffix("_utils") if family_like(family) else ""
    if not family or family.startswith(("_", "*")) or {named, family} & shared:
        return None
    return family


def _model_in(parts: list[str], project: KnownProject) -> Named | None:
    if len(parts) == 1 and parts[0][0].isupper() and (named := of_class(parts[0], project)):
        return named
    family = model_of_parts(parts, project.id)
    return of_model(family, project) if family else None


@cache
def _by_letters() -> dict[str, Family]:
    """Families by their model types without separators: `qwen2vl`, `hunyuanv1dense`."""
    found: dict[str, Family] = {}
    for family in families.families():
        for name in family.model_types:
            found.setdefault(re.sub(r"[^a-z0-9]", "", name.casefold()), family)
    return {letters: family for letters, family in found.items() if len(letters) > 3}


@cache
def _stems() -> dict[str, tuple[str, Family]]:
    """Name of the family's module, and the family, by what its classes' names begin with, in lower case."""
    found: dict[str, tuple[str, Family]] = {}
    types = {family.id: _types_by_letters(family) for family in families.families()}
    for family in families.families():  # a family's own types before what classes of another happen to begin with
        for letters, model_type in types[family.id].items():
            if len(letters) > 2:
                found.setdefault(letters, (model_type, family))
    for family in families.families():
        for architecture in family.architectures:
            stem = _ARCHITECTURE_END.sub("", architecture).casefold().replace("_", "")
            if len(stem) > 1:
                found.setdefault(stem, (types[family.id].get(stem, stem), family))
    return found


def _types_by_letters(family: Family) -> dict[str, str]:
    return {re.sub(r"[^a-z0-9]", "", one.casefold()): one.casefold() for one in family.model_types}
