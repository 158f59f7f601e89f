"""How weights were quantised, as configurations state it: method, bits, and the tool's own file.

Quantised weights are made from others; a configuration names the method and rarely the model.
"""

from collections.abc import Iterator
from typing import Any

from compliance import json_documents
from compliance.detectors.detector import ExaminedFile
from compliance.json_documents import JsonDocument, JsonError, JsonObject
from compliance.model.card_fields import QUANTIZATION
from compliance.model.finding import Finding, ModelCardFinding
from compliance.model.skip import Skip
from compliance.model.text import encodable

_INSIDE = {
    "config.json": "quantization_config",
    "hf_quant_config.json": "quantization",
    "quantize_config.json": "",
}
"""The object that describes the quantisation, by file: transformers, NVIDIA's modelopt, GPTQ's own file."""
_FIELDS = (
    "quant_method",
    "quant_algo",
    "kv_cache_quant_algo",
    "bits",
    "w_bit",
    "fmt",
    "format",
    "group_size",
    "load_in_4bit",
    "load_in_8bit",
    "bnb_4bit_quant_type",
    "model_name_or_path",
)


class QuantizationConfig:
    """Reads transformers', GPTQ's and modelopt's statements of a quantisation."""

    name = "quantization-config"
    version = "2"

    def wants(self, path: str, size: int) -> bool:
        """The three file names under which the libraries save it."""
        return size > 0 and path.rsplit("/", 1)[-1] in _INSIDE

    def name_key(self, path: str) -> str:
        """The file name, which says where to look."""
        return path.rsplit("/", 1)[-1]

    def prepare(self) -> None:
        """Nothing is loaded."""

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """A field for each value that the quantisation states."""
        try:
            document = json_documents.read(file.read(json_documents.MAX_BYTES + 1))
        except JsonError as error:
            if file.name != "config.json":  # the detector of model configurations says it of that one
                yield Skip.of("malformed", error.said)
            return
        inside = _INSIDE[file.name]
        stated = document.root.get(inside) if inside and isinstance(document.root, JsonObject) else document.root
        if isinstance(stated, JsonObject):
            yield from _fields(document, stated)


def _fields(document: JsonDocument, stated: JsonObject) -> Iterator[Finding]:
    for name in _FIELDS:
        value = _said(stated.get(name))
        if value:
            line = document.line(stated, name)
            yield ModelCardFinding(lines=(line, line), field=f"{QUANTIZATION}.{name}", value=value)


def _said(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else ""
        case str() | int() | float():
            return encodable(str(value))[:500]
        case _:
            return ""


DETECTOR = QuantizationConfig()
