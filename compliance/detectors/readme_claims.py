"""Claims in plain READMEs count only where a model lies beside or below: a library's README speaks of code."""

import posixpath
from collections.abc import Sequence

from compliance.detectors.detector import Tree
from compliance.model.card_fields import PLAIN_README
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, ModelCardFinding, WeightsFinding
from compliance.model.weight_formats import weight_format


class ReadmeClaims:
    """Drops claims of READMEs without front matter in trees without a model."""

    name = "readme-claims"
    version = "1"
    order = 5

    def detect_tree(self, tree: Tree) -> Sequence[Finding]:
        """All findings but claims of plain READMEs that have neither weights nor a model's configuration below."""
        if not any(map(_is_plain, tree.of(ModelCardFinding))):
            return tree.findings
        models = {file.path for file in tree.files if weight_format(file.path) not in {None, "pickle"}}
        models |= {one.path for one in tree.of(WeightsFinding)}
        folders = {folder for path in models for folder in _above(path)}
        return [one for one in tree.findings if not _is_plain(one) or posixpath.dirname(one.path) in folders]


def _is_plain(finding: Finding) -> bool:
    return isinstance(finding, ModelCardFinding) and any(
        isinstance(one, Statement) and one.field == PLAIN_README for one in finding.evidence
    )


def _above(path: str) -> list[str]:
    """Every folder above `path`, the subject itself (an empty path) too."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(len(parts) + 1)]


DETECTOR = ReadmeClaims()
