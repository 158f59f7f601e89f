"""Builds models of the transformers library without memory for their values, and lists what their parts hold.

Layers are built on PyTorch's meta device: shapes without numbers. Names are those of published files: the
library's own conversion is asked which names it would save, since it fuses some tensors when it loads them.
"""

import contextlib
import logging
import signal
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any

import msgspec
import torch
import transformers
from transformers import PreTrainedModel
from transformers.core_model_loading import revert_weight_conversion
from transformers.models.auto import modeling_auto
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

LIBRARY = f"transformers {transformers.__version__}"
_LONGEST = 120
"""Seconds that building one model may take."""
_FIRST_MAPPINGS = ("IMAGE_TEXT_TO_TEXT", "SPEECH_SEQ_2_SEQ", "SEQ_TO_SEQ_CAUSAL_LM", "CAUSAL_LM", "PRETRAINING")
"""Kinds of whole models, as they are published; any other that the library knows for the type comes after them."""


class Part(msgspec.Struct, frozen=True):
    """A module of a model with a configuration of its own, without the parts inside it."""

    type: str
    """Its configuration's model type, else the folder of its code."""
    place: str
    """Of the module in the model; empty for the outermost."""
    component: str
    module: str
    """Folder of its code."""
    tensors: Mapping[str, tuple[int, ...]]
    """Shapes by name, as they are saved; names begin at the part."""
    loaded: Mapping[str, tuple[int, ...]]
    """The same as they are in memory."""


class Unbuilt(msgspec.Struct, frozen=True):
    """A model type that can't be built, and why."""

    type: str
    why: str


def model_types() -> list[str]:
    """Every model type of the library."""
    return sorted(CONFIG_MAPPING.keys())


def configuration(model_type: str, fields: Mapping[str, Any]) -> Any:
    """The library's default configuration of `model_type` with some `fields` set."""
    return CONFIG_MAPPING[model_type](**fields)


def parts(model_type: str, fields: Mapping[str, Any] | None = None) -> list[Part] | Unbuilt:
    """The parts of the model that the library builds for `model_type`."""
    built = build(model_type, fields)
    return built if isinstance(built, Unbuilt) else list(_parts(built))


def build(model_type: str, fields: Mapping[str, Any] | None = None) -> Any:
    """The model itself, without values; `Unbuilt` where that fails."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    try:
        with _time_limit(_LONGEST), torch.device("meta"):
            return _class(model_type)(configuration(model_type, fields or {}))
    except Exception as error:  # whatever a default that doesn't fit makes of eight hundred models
        return Unbuilt(model_type, f"{type(error).__name__}: {' '.join(str(error).split())[:100]}")


def saved(model: Any) -> dict[str, tuple[int, ...]]:
    """Shapes of the model's tensors by the names under which it is saved."""
    return _shapes(_as_saved(model, model.state_dict()))


def _parts(model: Any) -> Iterator[Part]:
    modules = {name: one for name, one in model.named_modules() if isinstance(one, PreTrainedModel)}
    owned: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for name, tensor in model.state_dict().items():
        owner = max((one for one in modules if not one or name.startswith(f"{one}.")), key=len)
        owned[owner][name[len(owner) + 1 if owner else 0 :]] = tensor
    for place, tensors in owned.items():
        module = modules[place]
        folder = type(module).__module__.split(".")[-2]
        yield Part(
            type=module.config.model_type or folder,
            place=place,
            component=_component(module.config, place),
            module=folder,
            tensors=_shapes(_as_saved(module, tensors)),
            loaded=_shapes(tensors),
        )


def _as_saved(module: Any, tensors: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(revert_weight_conversion(module, dict(tensors)))
    except Exception:  # a conversion that needs values or a whole model: names in memory are the next best
        return tensors


def _shapes(tensors: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(one.shape) for name, one in tensors.items()}


def _class(model_type: str) -> Any:
    names = [name for name in dir(modeling_auto) if name.startswith("MODEL_") and name.endswith("_MAPPING_NAMES")]
    first = [f"MODEL_FOR_{one}_MAPPING_NAMES" for one in _FIRST_MAPPINGS] + ["MODEL_MAPPING_NAMES"]
    for mapping in (getattr(modeling_auto, name) for name in [*first, *names] if name in names):
        if (found := mapping.get(model_type)) is not None:
            return getattr(transformers, found if isinstance(found, str) else found[0])
    raise LookupError("the library builds it only inside other models")


def _component(config: Any, place: str) -> str:
    """Which part of a model a module is, by what its configuration speaks of."""
    fields = config.to_dict()
    if "decoder" in place.rpartition(".")[2]:
        return "text_decoder"
    if any(key in fields for key in ("num_mel_bins", "n_mels", "feature_size", "conv_kernel", "sampling_rate")):
        return "audio_encoder"
    if "patch_size" in fields or "image_size" in fields:
        return "vision_encoder"
    if config.model_type in modeling_auto.MODEL_FOR_MASKED_LM_MAPPING_NAMES or "text_model" in config.model_type:
        return "text_encoder"
    return "text_decoder" if "vocab_size" in fields else "model"


@contextlib.contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"over {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
