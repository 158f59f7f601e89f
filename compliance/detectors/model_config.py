"""Model configurations: what a model, its parts and its adapter call themselves, and whose names those are.

A model type or class name is declared by the uploader and names an architecture. It is no evidence of weights:
code lineage isn't weight lineage. The findings' confidence says so.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from compliance import json_documents
from compliance.detectors.detector import ExaminedFile
from compliance.json_documents import JsonDocument, JsonError, JsonObject
from compliance.model.card_fields import BASE_MODEL, RELATION
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding, WeightsBasis, WeightsFinding
from compliance.model.skip import Skip
from compliance.model.skip_words import first_findings, over_bytes
from compliance.weights import families, hub
from compliance.weights.families import Family

NAMED_PATH = 0.6
"""Confidence in a repository name: libraries write it by themselves when a model is loaded and saved again."""

MAX_FINDINGS = 1_000

_FIELDS = {
    "config.json": ("model_type", "architectures", "auto_map", "_name_or_path", "trust_remote_code"),
    "adapter_config.json": ("base_model_name_or_path", "peft_type", "auto_mapping"),
    "tokenizer_config.json": ("tokenizer_class", "auto_map", "name_or_path", "_name_or_path", "trust_remote_code"),
    "preprocessor_config.json": (
        "image_processor_type",
        "feature_extractor_type",
        "processor_class",
        "auto_map",
        "_name_or_path",
    ),
    "processor_config.json": ("processor_class", "auto_map", "_name_or_path"),
}
_TOP_FIELDS = ("transformers_version",)
_SIGNS = ("model_type", "architectures", "_name_or_path", "auto_map")
"""Keys that make an object in `config.json` a configuration of a model or of a part of one."""
_PATH_FIELDS = frozenset({"_name_or_path", "name_or_path", "base_model_name_or_path"})

_COMPONENTS = {
    "vision": "vision_encoder",
    "vision_model": "vision_encoder",
    "vision_tower": "vision_encoder",
    "vision_encoder": "vision_encoder",
    "visual": "vision_encoder",
    "vit": "vision_encoder",
    "image_encoder": "vision_encoder",
    "audio": "audio_encoder",
    "audio_tower": "audio_encoder",
    "audio_encoder": "audio_encoder",
    "speech": "audio_encoder",
    "speech_encoder": "audio_encoder",
    "text": "text_decoder",
    "text_model": "text_decoder",
    "llm": "text_decoder",
    "language": "text_decoder",
    "language_model": "text_decoder",
}
"""Parts of a model by the configuration's key without `_config`; any other key names its part itself."""
_FILE_COMPONENTS = {
    "tokenizer_config.json": "tokenizer",
    "preprocessor_config.json": "processor",
    "processor_config.json": "processor",
}


class _Part(msgspec.Struct, frozen=True):
    """One object of a configuration that describes a model or a part of one."""

    prefix: str
    """Dotted path to it, with a trailing dot; empty for the whole file."""
    component: str
    fields: JsonObject


class ModelConfig:
    """Reads transformers' and peft's JSON configurations, down to the parts that a model is composed of."""

    name = "model-config"
    version = f"4+families-{families.DATA_VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """The five file names under which the libraries save configurations."""
        return size > 0 and path.rsplit("/", 1)[-1] in _FIELDS

    def name_key(self, path: str) -> str:
        """The file name, which says what kind of configuration it is."""
        return path.rsplit("/", 1)[-1]

    def prepare(self) -> None:
        """Load the table of families."""
        families.families()

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """Fields of every part, and a weights finding for each family or repository that they name."""
        if file.size > json_documents.MAX_BYTES:
            yield Skip.of("too-large", over_bytes(file.size, json_documents.MAX_BYTES))
            return
        content = file.read(json_documents.MAX_BYTES + 1)
        try:
            document = json_documents.read(content)
        except JsonError as error:
            if file.name != "config.json" or error.readable_elsewhere or _mentions_a_model(content):
                yield Skip.of("malformed", error.said)
            return
        for count, finding in enumerate(_findings(document, file.name)):
            if count == MAX_FINDINGS:
                yield Skip.of("truncated", first_findings(MAX_FINDINGS))
                return
            yield finding


def _mentions_a_model(content: bytes) -> bool:
    """Whether broken JSON was meant as a model's; NUL bytes are dropped to see through UTF-16."""
    seen = content.replace(b"\0", b"")
    return any(sign.encode() in seen for sign in _SIGNS)


def _findings(document: JsonDocument, name: str) -> Iterator[Finding]:
    if not isinstance(document.root, JsonObject):
        return
    if name != "config.json":
        part = _Part(prefix="", component=_FILE_COMPONENTS.get(name, "model"), fields=document.root)
        yield from _fields(document, part, _FIELDS[name] + _TOP_FIELDS)
        yield from _relation(document, part)
        yield from _named_paths(document, part)
        return
    for part in _parts(document.root):
        yield from _fields(document, part, _FIELDS[name] + (() if part.prefix else _TOP_FIELDS))
        yield from _declared_families(document, part)
        yield from _named_paths(document, part)


def _parts(root: JsonObject) -> Iterator[_Part]:
    """Every object with a sign of a model, outermost first, in the order of the file. The whole file counts only
    if it or an object in it has one; nesting is capped by the reader."""
    waiting: list[tuple[str, str, Any]] = [("", "model", root)]
    while waiting:
        prefix, component, value = waiting.pop()
        below: list[tuple[str, str, Any]] = []
        if isinstance(value, JsonObject):
            if any(sign in value for sign in _SIGNS):
                yield _Part(prefix=prefix, component=component, fields=value)
            below = [(f"{prefix}{key}.", _component(key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            below = [(f"{prefix}{place}.", component, inner) for place, inner in enumerate(value)]
        waiting.extend(reversed(below))


def _component(key: str) -> str:
    name = key.removesuffix("_config").removesuffix("_cfg")[:60]
    return _COMPONENTS.get(name, name or "model")


def _fields(document: JsonDocument, part: _Part, names: tuple[str, ...]) -> Iterator[Finding]:
    for name in names:
        if name not in part.fields:
            continue
        line = document.line(part.fields, name)
        card_field = BASE_MODEL if name == "base_model_name_or_path" else name
        evidence = tuple(_of_adapted(document, part)) if card_field == BASE_MODEL else ()
        for suffix, value in _values(part.fields[name]):
            field = f"{part.prefix}{card_field}{suffix}"
            yield ModelCardFinding(lines=(line, line), field=field, value=value, evidence=evidence)


def _values(value: Any) -> Iterator[tuple[str, str]]:
    """Scalars in `value` with the dotted path to each; an element of a list has its list's path."""
    match value:
        case bool():
            yield "", "true" if value else "false"
        case str() if value:
            yield "", value[:500]
        case int() | float():
            yield "", str(value)
        case list():
            for inner in value:
                yield from _values(inner)
        case dict():
            for key, inner in value.items():
                yield from ((f".{key[:100]}{suffix}", found) for suffix, found in _values(inner))


def _relation(document: JsonDocument, part: _Part) -> Iterator[Finding]:
    base = part.fields.get("base_model_name_or_path")
    if isinstance(base, str) and base:
        line = document.line(part.fields, "base_model_name_or_path")
        yield ModelCardFinding(lines=(line, line), field=RELATION, value="adapter")


def _of_adapted(document: JsonDocument, part: _Part) -> Iterator[Statement]:
    """How an adapter relates to its base, and to which revision of it."""
    line = document.line(part.fields, "base_model_name_or_path")
    yield Statement(lines=(line, line), field=RELATION, says="adapter")
    revision = part.fields.get("revision")
    if isinstance(revision, str) and revision:
        line = document.line(part.fields, "revision")
        yield Statement(lines=(line, line), field="base_model_revision", says=revision[:200])


def _declared_families(document: JsonDocument, part: _Part) -> Iterator[Finding]:
    """One finding for each family that the part's model type and classes stand for; one without a family where
    the part declares only names that the table doesn't have."""
    found: dict[str | None, WeightsFinding] = {}
    for field, value, family in _declarations(part.fields):
        confidence = families.declared_confidence(family, value) if family else None
        known = found.get(family.id if family else None)
        if known is not None and (known.confidence or 0) >= (confidence or 0):
            continue
        line = document.line(part.fields, field)
        statement = Statement(lines=(line, line), field=f"{part.prefix}{field}", says=value[:200])
        found[family.id if family else None] = _weights(part, family, "config", confidence, statement)
    if len(found) > 1:
        found.pop(None, None)
    yield from found.values()


def _declarations(fields: JsonObject) -> Iterator[tuple[str, str, Family | None]]:
    model_type = fields.get("model_type")
    if isinstance(model_type, str) and model_type:
        yield "model_type", model_type, families.family_of_model_type(model_type)
    architectures = fields.get("architectures")
    for name in architectures if isinstance(architectures, list) else [architectures]:
        if isinstance(name, str) and name:
            yield "architectures", name, families.family_of_architecture(name)


def _weights(
    part: _Part, family: Family | None, basis: WeightsBasis, confidence: float | None, statement: Statement
) -> WeightsFinding:
    return WeightsFinding(
        lines=statement.lines,
        component=part.component,
        family=family.id if family else None,
        developer=family.developer if family else None,
        country=family.country if family else None,
        basis=basis,
        confidence=confidence,
        evidence=(statement,),
    )


def _named_paths(document: JsonDocument, part: _Part) -> Iterator[Finding]:
    """A finding for each path that names a repository of a known organisation."""
    for field, value in part.fields.items():
        if field not in _PATH_FIELDS or not isinstance(value, str):
            continue
        developer = families.developer_of_organisation(hub.owner_in(value))
        if developer is None:
            continue
        line = document.line(part.fields, field)
        yield WeightsFinding(
            lines=(line, line),
            component=part.component,
            family=_published_family(part.fields, developer.families),
            developer=developer.name,
            country=developer.country,
            basis="path-name",
            confidence=NAMED_PATH,
            evidence=(Statement(lines=(line, line), field=f"{part.prefix}{field}", says=value[:200]),),
        )


def _published_family(fields: JsonObject, published: tuple[str, ...]) -> str | None:
    """The organisation's only family, or the one of its families that the same object declares."""
    if len(published) == 1:
        return published[0]
    declared = [family.id for _, _, family in _declarations(fields) if family and family.id in published]
    return declared[0] if declared else None


DETECTOR = ModelConfig()
