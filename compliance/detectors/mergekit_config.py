"""Merge recipes of mergekit: which models' weights a merged model was made of, and whose tokenizer it has.

The recipe is written by whoever merged; it says what was done, and no tensor was compared.
"""

import re
from collections.abc import Iterator
from typing import Any

from compliance.detectors.detector import ExaminedFile
from compliance.model.card_fields import BASE_MODEL, RELATION
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding, WeightsFinding
from compliance.model.skip import Skip
from compliance.model.skip_words import at_place, first_lines, over_bytes
from compliance.model.text import Text, encodable
from compliance.weights import families, hub

MAX_BYTES = 1024 * 1024
MAX_MODELS = 200
NAMED_IN_RECIPE = 0.6
"""Confidence in a developer whose repository the recipe names."""

_NAME = re.compile(r"(?:merge[_-]?kit|merge)(?:[_-](?:moe|config|recipe))*\.ya?ml", re.IGNORECASE)
_SIGN = re.compile(rb"^(?:merge_method|gate_mode|slices|models|experts)\s*:", re.MULTILINE)
_MODEL_KEYS = frozenset({"model", "base_model", "source_model", "lora"})
_FIELDS = ("merge_method", "gate_mode", "dtype", "out_dtype", "tokenizer_source")
_UNIONS = frozenset({"union", "base"})
"""Values of a tokenizer's source that name no model."""


class MergekitConfig:
    """Reads the recipes that mergekit saves beside the weights it merges."""

    name = "mergekit-config"
    version = f"1+families-{families.DATA_VERSION}"

    def wants(self, path: str, size: int) -> bool:
        """`mergekit_config.yml`, `merge.yaml` and their like."""
        return size > 0 and _NAME.fullmatch(path.rsplit("/", 1)[-1][:100]) is not None

    def name_key(self, path: str) -> str:
        """Nothing: only the content counts."""
        return ""

    def prepare(self) -> None:
        """Load the YAML reader and the table of families."""
        import compliance.yaml_documents  # noqa: F401  # loaded here so that forked workers share it

        families.families()

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """Each merged model once, as a declared base and, where its developer is known, as a part's origin."""
        from compliance import yaml_documents

        content = file.read(MAX_BYTES + 1)
        if not _SIGN.search(content):
            return
        if len(content) > MAX_BYTES:
            yield Skip.of("too-large", over_bytes(file.size, MAX_BYTES))
            return
        try:
            recipe = yaml_documents.mapping_in(content, yaml_documents.NO_MAPPING)
        except yaml_documents.YamlError as error:
            yield Skip.of("malformed", at_place(error.line, error.column, first_lines(error.message)))
            return
        models: dict[str, int] = {}
        for name, line in _models(recipe, set()):
            models.setdefault(name, line)
        if models:
            yield from _findings(recipe, models)


def _models(node: Any, met: set[int]) -> Iterator[tuple[str, int]]:
    """Name and line of every model in `node`; aliases may make it a part of itself, many times over."""
    from compliance import yaml_documents

    if id(node) in met:
        return
    met.add(id(node))
    if isinstance(node, list):
        for one in node:
            yield from _models(one, met)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in _MODEL_KEYS and isinstance(value, str):
                line = yaml_documents.key_position(node, key)[0]
                yield from ((one, line) for part in value.split("+") if (one := encodable(part.strip())[:500]))
            elif key in _MODEL_KEYS and isinstance(value, dict) and isinstance(value.get("path"), str):
                yield _with_revision(value), yaml_documents.key_position(node, key)[0]
            elif key != "tokenizer":
                yield from _models(value, met)


def _with_revision(model: dict[str, Any]) -> str:
    revision = model.get("revision")
    path = encodable(model["path"].strip())[:400]
    return f"{path}@{encodable(revision)[:90]}" if isinstance(revision, str) and revision else path


def _findings(recipe: dict[str, Any], models: dict[str, int]) -> Iterator[Finding | Skip]:
    from compliance import yaml_documents

    method = next((key for key in ("merge_method", "gate_mode") if key in recipe), next(iter(recipe)))
    line = yaml_documents.key_position(recipe, method)[0]
    relation = Statement(lines=(line, line), field=RELATION, says="merge")
    for name, at in list(models.items())[:MAX_MODELS]:
        yield ModelCardFinding(lines=(at, at), field=BASE_MODEL, value=name, evidence=(relation,))
        yield from _developer("model", name, at)
    if len(models) > MAX_MODELS:
        said = Text(
            en=f"only the first {MAX_MODELS:,} of {len(models):,} models were kept",
            ko=f"모델 {len(models):,}개 가운데 앞의 {MAX_MODELS:,}개만 기록",
        )
        yield Skip.of("truncated", said)
    yield ModelCardFinding(lines=(line, line), field=RELATION, value="merge")
    for field in _FIELDS:
        if isinstance(value := recipe.get(field), str) and value:
            at = yaml_documents.key_position(recipe, field)[0]
            yield ModelCardFinding(lines=(at, at), field=field, value=encodable(value)[:500])
    yield from _tokenizer(recipe)


def _tokenizer(recipe: dict[str, Any]) -> Iterator[Finding]:
    """Whose tokenizer the merged model has, where the recipe takes it from one model."""
    from compliance import yaml_documents

    key = "tokenizer" if isinstance(recipe.get("tokenizer"), dict) else "tokenizer_source"
    source = recipe["tokenizer"].get("source") if key == "tokenizer" else recipe.get(key)
    if isinstance(source, dict):
        source = source.get("model")
    if isinstance(source, str) and source not in _UNIONS:
        name = encodable(source).removeprefix("model:").strip()
        yield from _developer("tokenizer", name[:500], yaml_documents.key_position(recipe, key)[0])


def _developer(component: str, name: str, line: int) -> Iterator[Finding]:
    developer = families.developer_of_organisation(hub.owner_in(name))
    if developer is None:
        return
    yield WeightsFinding(
        lines=(line, line),
        component=component,
        family=developer.only_family,
        developer=developer.name,
        country=developer.country,
        basis="config",
        confidence=NAMED_IN_RECIPE,
        evidence=(Statement(lines=(line, line), field="mergekit", says=name[:200]),),
    )


DETECTOR = MergekitConfig()
