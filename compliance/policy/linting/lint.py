"""All warnings about a policy that was loaded, in the order of its file."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from compliance import yaml_documents
from compliance.errors import Fault
from compliance.model.text import Text
from compliance.policy.constants import Constants
from compliance.policy.files import EditedFile
from compliance.policy.linting import dates, names, sentences
from compliance.policy.linting.decisions import Decisions
from compliance.policy.linting.firing import constant_parts
from compliance.policy.linting.formulas import Breaks, Formula, pieces_of
from compliance.policy.linting.shadowing import shadowed
from compliance.policy.policy import Policy, Rule
from compliance.policy.scalars import columns
from compliance.policy.vocabulary import KINDS


class Lint(msgspec.Struct, frozen=True):
    """What is suspicious in a policy."""

    warnings: tuple[Fault, ...]
    """By their places."""
    undecided: int
    """How many questions about conditions were given up, since they would have taken too long."""


def lint(policy: Policy, file: EditedFile, today: datetime.date) -> Lint:
    """Everything that is suspicious in `policy`, as far as `file` says it: what it extends is checked by itself.

    Args:
        policy: loaded from the file.
        file: as it was read.
        today: the day from which on rules matter.
    """
    root = file.root
    decisions = Decisions(Constants.of(policy.lists, policy.thresholds))
    places = {str(rule.get("id")): rule for rule in root.get("rules", [])}
    found = [
        *names.warnings(policy, root),
        *sentences.warnings(root),
        *_at_rules(dates.warnings(policy, today), places),
        *_about_conditions(policy, places, file.lines, decisions),
    ]
    ordered = sorted(set(found), key=lambda fault: (fault.line, fault.column, fault.message.en))
    return Lint(tuple(ordered), decisions.undecided)


def _at_rules(found: Iterator[tuple[Rule, Text]], places: dict[str, Any]) -> Iterator[Fault]:
    """Warnings about rules at their ids; what is said of a rule of another file is said there."""
    for rule, message in found:
        if rule.id in places:
            yield Fault(*yaml_documents.position(places[rule.id], "id"), message)


def _about_conditions(
    policy: Policy, places: dict[str, Any], lines: Sequence[str], decisions: Decisions
) -> Iterator[Fault]:
    formulas: list[tuple[Rule, Formula]] = []
    for rule in policy.rules:
        piece = pieces_of(rule.when, rule.condition.tree)
        if piece is None:
            decisions.undecided += 1
            continue
        if True in decisions.possible(
            Breaks(piece.formula), KINDS[rule.kind]
        ):  # what is never broken has no shadow
            formulas.append((rule, piece.formula))
        if "when" not in places.get(rule.id, {}):
            continue
        line, column = yaml_documents.position(places[rule.id], "when")
        characters = columns(lines, line, column, rule.when) or (column,)
        for fault in constant_parts(rule.when, piece, KINDS[rule.kind], decisions):
            yield Fault(line, characters[min(fault.offset, len(characters) - 1)], fault.message)
    yield from _at_rules(shadowed(formulas, decisions), places)
