"""How a model relates to a base for which its card declares nothing: concluded from the files beside the card.

As Hugging Face's hub does. It is a lead: what nobody declared is no declared fact.
"""

import posixpath
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from compliance.detectors.detector import Tree
from compliance.model.card_fields import BASE_MODEL, INFERRED_RELATION, QUANTIZATION, RELATION
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding


class BaseModelRelations:
    """Adds an inferred relation to the evidence of base models without a declared one."""

    name = "base-model-relations"
    version = "1"
    order = 55

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, base models without a declared relation with one inferred."""
        files: dict[str, list[str]] = defaultdict(list)
        for file in tree.files:
            files[posixpath.dirname(file.path)].append(file.path)
        fields: dict[str, list[ModelCardFinding]] = defaultdict(list)
        for one in tree.findings:
            if isinstance(one, ModelCardFinding):
                fields[posixpath.dirname(one.path)].append(one)
        related = {
            one.path for one in tree.findings if isinstance(one, ModelCardFinding) and one.field == RELATION
        }
        return [
            _with_relation(one, files[posixpath.dirname(one.path)], fields[posixpath.dirname(one.path)])
            if isinstance(one, ModelCardFinding) and one.field == BASE_MODEL and one.path not in related
            else one
            for one in tree.findings
        ]


def _with_relation(base: ModelCardFinding, files: list[str], fields: list[ModelCardFinding]) -> ModelCardFinding:
    relation, path, why = _inferred(base, files, fields)
    said = Statement(path=path, field=INFERRED_RELATION, says=f"{relation}: {why}")
    return msgspec.structs.replace(base, evidence=(*base.evidence, said))


def _inferred(
    base: ModelCardFinding, files: list[str], fields: list[ModelCardFinding]
) -> tuple[str, str | None, str]:
    """The relation, the file that tells it, and why."""
    for path in files:
        if posixpath.basename(path) == "adapter_config.json":
            return "adapter", path, "an adapter's configuration lies beside"
    for one in fields:
        if one.field == "merge_method":
            return "merge", one.path, "a merge recipe lies beside"
    if len({one.value for one in fields if one.field == BASE_MODEL and one.path == base.path}) > 1:
        return "merge", None, "several base models are named"
    for one in fields:
        if one.field.startswith(f"{QUANTIZATION}."):
            return "quantized", one.path, "a configuration states a quantisation"
    for path in files:
        if path.casefold().endswith(".gguf"):
            return "quantized", path, "the weights beside are in GGUF"
    return "finetune", None, "nothing beside says otherwise"


DETECTOR = BaseModelRelations()
