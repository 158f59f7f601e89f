"""Whether the lines that a report quotes are those of the source that it names."""

from compliance.quoting import Quoter
from compliance.reporters.finding_words import with_lines
from compliance.verification import messages as say
from compliance.verification.assessments import Read
from compliance.verification.outcome import Outcome


def compare_quotations(read: Read, quoter: Quoter, outcome: Outcome) -> None:
    """Compare what the report of `read` quotes with what `quoter` does, and tell in `outcome` where they differ.

    Args:
        read: the report.
        quoter: has met the files of the source as far as they could be read.
        outcome: told of what is the same and what isn't.
    """
    if read.quotations is None or not read.stated.quotations:
        return
    quoted, there = read.quotations.by_place(), quoter.quotations().by_place()
    unread = [place for place in quoted if place[0] not in quoter.met]
    wrong = [place for place, text in quoted.items() if place[0] in quoter.met and there.get(place) != text]
    for path, lines in wrong:
        outcome.refuse(with_lines(path, lines), say.QUOTED_OTHERWISE)
    if unread:
        outcome.leave(read.stated.quotations, say.not_compared(len(unread)))
    if not wrong and len(unread) < len(quoted):
        outcome.confirm("", say.quoted_rightly(len(quoted) - len(unread)))
