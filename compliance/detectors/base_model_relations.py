"""How a model relates to a base for which its card declares nothing: concluded from the files beside the card.

As Hugging Face's hub does. It is a lead: what nobody declared is no declared fact.
"""

import posixpath
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses.stated_licenses import statements
from compliance.model.card_fields import BASE_MODEL, INFERRED_RELATION, QUANTIZATION, RELATION
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding


class BaseModelRelations:
    """Adds an inferred relation to the evidence of base models without a declared one."""

    name = "base-model-relations"
    version = "2"
    order = 55

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, base models without a declared relation with one inferred."""
        if not any(one.field == BASE_MODEL for one in tree.of(ModelCardFinding)):
            return tree.findings
        files: dict[str, list[str]] = defaultdict(list)
        for file in tree.files:
            files[posixpath.dirname(file.path)].append(file.path)
        fields: dict[str, list[ModelCardFinding]] = defaultdict(list)
        for one in tree.of(ModelCardFinding):
            fields[posixpath.dirname(one.path)].append(one)
        related = {one.path for one in tree.of(ModelCardFinding) if one.field == RELATION}
        return [
            _with_relation(one, files[posixpath.dirname(one.path)], fields[posixpath.dirname(one.path)])
            if isinstance(one, ModelCardFinding) and one.field == BASE_MODEL and not _is_related(one, related)
            else one
            for one in tree.findings
        ]


def _is_related(base: ModelCardFinding, related: set[str]) -> bool:
    """Whether a relation is declared, by a field of its own or with the base."""
    return base.path in related or bool(statements(base, RELATION))


def _with_relation(base: ModelCardFinding, files: list[str], fields: list[ModelCardFinding]) -> ModelCardFinding:
    relation, path, why = _inferred(base, files, fields)
    said = Statement(path=path, field=INFERRED_RELATION, says=f"{relation}: {why}"[:200].removesuffix(": "))
    return msgspec.structs.replace(base, evidence=(*base.evidence, said))


def _inferred(
    base: ModelCardFinding, files: list[str], fields: list[ModelCardFinding]
) -> tuple[str, str | None, str]:
    """The relation, the file that tells it, and what there does; nothing speaks for a fine-tune."""
    for path in files:
        if posixpath.basename(path) == "adapter_config.json":
            return "adapter", path, posixpath.basename(path)
    for one in fields:
        if one.field == "merge_method":
            return "merge", one.path, one.field
    named = {one.value for one in fields if one.field == BASE_MODEL and one.path == base.path}
    if len(named) > 1:
        return "merge", None, f"{len(named)} {BASE_MODEL}"
    for one in fields:
        if one.field.startswith(f"{QUANTIZATION}."):
            return "quantized", one.path, one.field
    for path in files:
        if path.casefold().endswith(".gguf"):
            return "quantized", path, posixpath.basename(path)
    return "finetune", None, ""


DETECTOR = BaseModelRelations()
