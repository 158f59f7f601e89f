"""Whether the lines that a report quotes are those of the source that it names."""

from pathlib import Path

from compliance.errors import ConfigurationError
from compliance.quoting import quotations_at
from compliance.reporters.finding_words import with_lines
from compliance.verification import messages as say
from compliance.verification.assessments import Read
from compliance.verification.outcome import Outcome


def compare_quotations(read: Read, source: Path, outcome: Outcome) -> None:
    """Quote `source` again as the report of `read` does, and tell in `outcome` where that differs.

    Raises:
        SubjectError: `source` can't be opened, or doesn't have the commit that was examined.
    """
    if read.quotations is None or not read.stated.quotations:
        return
    try:
        there = quotations_at(read.assessment, source).by_place()
    except ConfigurationError as error:
        outcome.leave(read.stated.quotations, error.message)
        return
    quoted = read.quotations.by_place()
    wrong = [place for place, text in quoted.items() if there.get(place) != text]
    for path, lines in wrong:
        outcome.refuse(with_lines(path, lines), say.QUOTED_OTHERWISE)
    if not wrong:
        outcome.confirm("", say.quoted_rightly(len(quoted)))
