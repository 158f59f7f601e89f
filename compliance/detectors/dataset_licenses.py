"""Under which licenses the datasets that a card names are, where their own cards lie in the same tree."""

import posixpath
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from compliance.detectors.detector import Tree
from compliance.licenses.stated_licenses import said
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, LicenseFinding, ModelCardFinding
from compliance.weights.local_copies import LocalCopies

_FIELDS = frozenset({"datasets", "source_datasets"})


class DatasetLicenses:
    """Adds the license of a dataset to the evidence of the card that names it."""

    name = "dataset-licenses"
    version = "1"
    order = 61

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings, those of datasets with the license that their own card declares."""
        licenses: dict[str, list[LicenseFinding]] = defaultdict(list)
        for one in tree.of(LicenseFinding):
            if one.subject == "data":
                licenses[posixpath.dirname(one.path)].append(one)
        if not licenses:
            return tree.findings
        copies = LocalCopies(licenses, "dataset")
        return [
            _with_license(one, copies, licenses)
            if isinstance(one, ModelCardFinding) and one.field in _FIELDS
            else one
            for one in tree.findings
        ]


def _with_license(
    card: ModelCardFinding, copies: LocalCopies, licenses: dict[str, list[LicenseFinding]]
) -> ModelCardFinding:
    found = [
        Statement(path=one.path, lines=one.lines, field="dataset-license", says=f"{said(one)} ({copy.join})"[:200])
        for copy in copies.of(card.value, posixpath.dirname(card.path))
        for one in licenses[copy.folder]
    ]
    return msgspec.structs.replace(card, evidence=(*card.evidence, *found)) if found else card


DETECTOR = DatasetLicenses()
