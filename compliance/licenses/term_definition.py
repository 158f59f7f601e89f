"""What a term of a weight license is: what it asks of the text, and which answers there are."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from compliance.model.text import Text

SILENT = "silent"
UNKNOWN = "unknown"
"""Two answers that aren't the same: the text was read and says nothing of it; nobody has read whether it does."""

ABSENT = {SILENT: Text(en="silent", ko="언급 없음"), UNKNOWN: Text(en="unknown", ko="알 수 없음")}


class Kind(StrEnum):
    """What the answer to a term looks like."""

    CHOICE = "choice"
    """One of a few values, ordered from the least to the most restrictive."""
    SET = "set"
    """Any number of values. Licenses that hold together (AND) add up."""
    WORDS = "words"
    """Words of the text itself, such as those to display."""
    CODE = "code"
    """ISO 3166-1 or 3166-2, of the country or state whose law governs."""
    SCALE_GATES = "scale-gates"
    TERRITORIES = "territories"
    NATIONAL_INTERESTS = "national-interests"
    FORUM = "forum"
    """Records with fields of their own."""


class TermDefinition(msgspec.Struct, frozen=True):
    """One term: a question that is asked of every license."""

    name: str
    label: Text
    explanation: Text
    """One sentence: what the term asks."""
    kind: Kind = Kind.CHOICE
    values: Mapping[str, Text] = msgspec.field(default_factory=dict)
    """Every value with its label; of a choice, the least restrictive first."""
    may_be_silent: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """Every word that may stand for a choice, or as a member of a set, or in place of either."""
        silent = (SILENT,) if self.may_be_silent and SILENT not in self.values else ()
        return (*self.values, *silent, UNKNOWN)

    def label_of(self, answer: str) -> Text:
        """How users read the value `answer`; one that has no label stands for itself."""
        return self.values.get(answer) or ABSENT.get(answer) or Text(en=answer, ko=answer)

    def strictest(self, answers: Iterable[str]) -> str:
        """What holds where licenses with these `answers` hold together (AND).

        `unknown` may turn out to be the strictest value of all, so it gives way to that value alone.

        Raises:
            ValueError: there is no answer, one isn't among the term's, or the term is no choice.
        """
        if self.kind is not Kind.CHOICE:
            raise ValueError(f"{self.name} is no choice")
        *milder, hardest = self.values
        order = (*milder, UNKNOWN, hardest)
        return order[max(order.index(one) for one in answers)]
