"""Where the parts of a policy stand in its file, and which of them it writes itself."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from compliance import yaml_documents
from compliance.policy.files import POLICY_FILE, read_file
from compliance.policy.loading import PolicyFile
from compliance.policy.policy import Rule


class WrittenEntry(msgspec.Struct, frozen=True):
    """An entry of a list, as the file writes it."""

    entry: str
    line: int
    removed: bool
    """The file takes it out of the list of a policy that it extends."""


class Places:
    """Lines of a policy file that was loaded without a fault.

    What stands in a policy that it extends is tested there.
    """

    def __init__(self, file: PolicyFile) -> None:
        """Read the places of `file` anew, since a policy knows its meaning alone."""
        root = read_file(file.file, file.name, POLICY_FILE).root
        self._rules = {rule["id"]: rule for rule in root.get("rules", ())}
        self._lists = root.get("lists", {})
        self._thresholds = root.get("thresholds", {})

    def writes(self, rule: Rule) -> bool:
        """Whether the file writes `rule`, or changes it."""
        return rule.id in self._rules

    def of_rule(self, rule: Rule, key: str) -> int:
        """The line of the value of `key` in `rule`; of the rule where the file doesn't write it."""
        node = self._rules.get(rule.id, {})
        return yaml_documents.position(node, key)[0] if key in node else rule.line

    def lists(self) -> tuple[str, ...]:
        """The lists that the file writes or changes."""
        return tuple(self._lists)

    def entries(self, name: str) -> Iterator[WrittenEntry]:
        """The entries of the list `name` that the file writes."""
        written = self._lists[name]
        if not isinstance(written, Mapping):
            yield from _entries(written, removed=False)
            return
        for key in ("add", "remove"):
            yield from _entries(written.get(key, ()), removed=key == "remove")

    def thresholds(self) -> Mapping[str, int]:
        """The line of each threshold that the file sets."""
        return {str(name): yaml_documents.position(self._thresholds, name)[0] for name in self._thresholds}


def _entries(node: Any, *, removed: bool) -> Iterator[WrittenEntry]:
    for index, entry in enumerate(node):
        yield WrittenEntry(str(entry), yaml_documents.position(node, index)[0], removed)
