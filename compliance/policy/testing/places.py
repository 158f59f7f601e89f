"""Where the parts of a policy stand in its file."""

from collections.abc import Mapping
from typing import Any

from compliance import yaml_documents
from compliance.policy.loading import PolicyFile
from compliance.policy.policy import Rule


class Places:
    """Lines of a policy file that was loaded without a fault."""

    def __init__(self, file: PolicyFile) -> None:
        """Read the places of `file` anew, since a policy knows its meaning alone."""
        self._root = yaml_documents.read(file.file.read_text(encoding="utf-8-sig"))
        rules = self._root.get("rules", ())
        self._rules = {rule.get("id"): rule for rule in rules if isinstance(rule, Mapping)}

    def of_rule(self, rule: Rule, key: str) -> int:
        """The line of the value of `key` in `rule`; of the rule where it isn't written."""
        node = self._rules.get(rule.id)
        return yaml_documents.position(node, key)[0] if node is not None and key in node else rule.line

    def of_entry(self, name: str, index: int) -> int:
        """The line of an entry of the list `name`; 1 where the list stands in another file."""
        return _line(self._root.get("lists", {}).get(name), index)

    def of_threshold(self, name: str) -> int:
        """The line of the threshold `name`; 1 where it stands in another file."""
        thresholds = self._root.get("thresholds", {})
        return _line(thresholds, name) if name in thresholds else 1


def _line(node: Any, key: object) -> int:
    return yaml_documents.position(node, key)[0]
