"""Tokenizers with one vocabulary in several folders of a tree: a base model's and that of what was made of it."""

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from compliance.detectors.detector import Tree
from compliance.model.card_fields import TOKENIZER
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding
from compliance.weights import hub
from compliance.weights.tokenizers import digest_in

_MOST = 20
"""Other places that a finding names."""
_PARTS: tuple[Literal["vocabulary", "merges"], ...] = ("vocabulary", "merges")
"""The whole vocabulary before its first merges, which an extended one keeps."""


class SameTokenizers:
    """Adds to each fingerprint of a tokenizer where else the same vocabulary, or the first merges of it, lie."""

    name = "same-tokenizers"
    version = "1"
    order = 62

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, fingerprints with the places of equal vocabularies in other folders."""
        places: dict[str, list[ModelCardFinding]] = defaultdict(list)
        for one in tree.of(ModelCardFinding):
            if one.field == TOKENIZER:
                for part in _PARTS:
                    if digest := digest_in(one.value, part):
                        places[digest].append(one)
        if not places:
            return tree.findings
        return [
            _with_others(one, places) if isinstance(one, ModelCardFinding) and one.field == TOKENIZER else one
            for one in tree.findings
        ]


def _with_others(finding: ModelCardFinding, places: Mapping[str, Sequence[ModelCardFinding]]) -> ModelCardFinding:
    folder = posixpath.dirname(finding.path)
    said: dict[str, Statement] = {}
    for part in _PARTS:
        for one in places.get(digest_in(finding.value, part) or "", ()):
            if posixpath.dirname(one.path) != folder and len(said) < _MOST:
                says = f"{_whose(one.path)}: {part}"
                said.setdefault(one.path, Statement(path=one.path, field="same-tokenizer", says=says))
    return msgspec.structs.replace(finding, evidence=(*finding.evidence, *said.values())) if said else finding


def _whose(path: str) -> str:
    """The repository that the folder of `path` is a copy of in a hub's cache, else the folder."""
    cached = hub.of_cache(path)
    return (cached.id if cached else posixpath.dirname(path) or ".")[:150]


DETECTOR = SameTokenizers()
