"""An explanation for a person at a terminal."""

from collections.abc import Iterable, Sequence

from compliance.cli import policy_explain_words as words
from compliance.cli.laid_out_lines import Lines
from compliance.language import Language
from compliance.model.text import Text
from compliance.policy.explanation.document import (
    Explanation,
    FindingChange,
    Group,
    PolicyChange,
    QuestionAnswered,
    RuleExplained,
    VerdictExplained,
)

SHOWN_GROUPS = 5
"""Groups of findings told of one rule, where not everything of it is asked for."""
SHOWN_CHANGES = 10
"""Groups of findings told of one verdict."""


def text(explanation: Explanation, language: Language, width: int, *, in_full: bool) -> str:
    """`explanation` in `language`, in lines of at most `width` columns.

    Args:
        explanation: of a judgement.
        language: of the text.
        width: columns.
        in_full: tell of rules that nothing breaks too, and of every group.
    """
    page = _Page(Lines(language, width), in_full=in_full)
    page.head(explanation)
    for verdict in explanation.verdicts:
        page.verdict(verdict)
    for rule in explanation.rules:
        if rule.broken_by or in_full:
            page.rule(rule)
    page.others(explanation)
    return page.lines.text()


class _Page:
    """The text, block by block."""

    def __init__(self, lines: Lines, *, in_full: bool) -> None:
        self.lines = lines
        self._in_full = in_full

    def head(self, explanation: Explanation) -> None:
        self._say(words.head(explanation))
        if explanation.assessed is not None and explanation.assessed.digest != explanation.policy.digest:
            self._say(words.other_policy(explanation.assessed))
        if explanation.assessed is not None and explanation.assessed.waivers:
            self._say(words.WAIVERS)

    def verdict(self, verdict: VerdictExplained) -> None:
        self._gap()
        self._say(words.verdict(verdict))
        if verdict.rules:
            self._say(words.led_by(verdict.rules), "  ")
        if verdict.incomplete:
            self._say(words.INCOMPLETE, "  ")
        if verdict.better is None:
            return
        self._say(words.way_to(verdict.better), "  ")
        for one in verdict.findings[:SHOWN_CHANGES]:
            self._finding(one)
        if left := len(verdict.findings[SHOWN_CHANGES:]):
            self._say(words.more_changes(left), "  ")
        self._policy(verdict.policy, words.NO_SINGLE_CHANGE)

    def rule(self, rule: RuleExplained) -> None:
        self._gap()
        self._say(words.rule(rule))
        self._say(rule.message, "  ")
        self.lines.hanging(rule.when, "  ")
        self._say(words.asked(rule), "  ")
        groups = rule.groups if self._in_full else [one for one in rule.groups if one.holds is not False]
        shown = groups if self._in_full else groups[:SHOWN_GROUPS]
        for group in shown:
            self._group(group)
        if left := len(groups) - len(shown) + (rule.groups_left_out if self._in_full else 0):
            self._say(words.more_groups(left), "  ")
        if rule.broken_by:
            self._policy(rule.policy, None)

    def others(self, explanation: Explanation) -> None:
        kept = [one.rule for one in explanation.rules if not one.broken_by]
        if kept and not self._in_full:
            self._gap()
            self._say(words.kept(kept))
        if explanation.not_asked:
            self._gap()
        for reason in dict.fromkeys((one.reason, one.date) for one in explanation.not_asked):
            rules = [one.rule for one in explanation.not_asked if (one.reason, one.date) == reason]
            self._say(words.not_asked(*reason, rules))

    def _group(self, group: Group) -> None:
        self._say(words.places(group.findings), "  ")
        self._say(words.outcome(group), "    ")
        for question in group.questions:
            self._question(question)

    def _question(self, question: QuestionAnswered) -> None:
        self._say(words.question(question), "    ")
        for one in question.seen:
            self.lines.hanging(words.seen(one, self.lines.language), "        ")
        for reason in question.licenses:
            for indent, line in words.license_reason(reason, self.lines.language):
                self.lines.hanging(line, "        " + indent)

    def _finding(self, change: FindingChange) -> None:
        self._say(words.places(change.findings), "  - ")
        for number, way in enumerate(change.ways):
            self._say(words.way(way, first=number == 0), "    ")

    def _policy(self, changes: Sequence[PolicyChange], none: Text | None) -> None:
        if changes:
            self._say(words.SINGLE_CHANGES if none else words.CLEARING_CHANGES, "  ")
        elif none:
            self._say(none, "  ")
        self._all((words.policy_change(one) for one in changes), "  - ")

    def _all(self, texts: Iterable[Text], indent: str) -> None:
        for one in texts:
            self._say(one, indent)

    def _say(self, text: Text, indent: str = "") -> None:
        self.lines.hanging(text.in_language(self.lines.language), indent)

    def _gap(self) -> None:
        self.lines.line("")
