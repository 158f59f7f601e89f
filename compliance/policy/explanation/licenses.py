"""What each license of an expression has to do with the answer to a question, down to the clause."""

from collections.abc import Iterable, Iterator

from compliance.licenses.catalog import WeightLicense, licenses_by_spdx
from compliance.licenses.expressions import leaves
from compliance.licenses.license_lists import license_list
from compliance.licenses.spdx import License, is_unknown, parse
from compliance.licenses.term_answers import fits, is_settled, names_something
from compliance.policy.conditions import LicenseQuestion
from compliance.policy.explanation.document import Clause, LicenseReason


def reasons(question: LicenseQuestion, expression: str | None) -> tuple[LicenseReason, ...]:
    """What each license of `expression` has to do with the answer: entries that it hits, terms that nobody read.

    Args:
        question: of a condition.
        expression: SPDX, as the finding states it; nothing is said of one that can't be read.
    """
    parsed = [parse(leaf) for leaf in leaves(expression)]
    return tuple(one for leaf in parsed if isinstance(leaf, License) for one in _of_license(question, leaf))


def _of_license(question: LicenseQuestion, leaf: License) -> Iterator[LicenseReason]:
    if is_unknown(str(leaf)):
        yield LicenseReason(license=str(leaf), entry=None)
        return
    entries = list(_entries(question, leaf))
    for entry in entries:
        term = entry.partition("=")[0] if "=" in entry else None
        yield LicenseReason(license=str(leaf), entry=entry, clauses=_clauses(leaf, [term] if term else []))
    if not entries:
        unread = tuple(term for term in question.terms if not is_settled(leaf, term))
        yield LicenseReason(
            license=str(leaf), entry=None, unknown_terms=unread, clauses=_clauses(leaf, _told(question, leaf))
        )


def _entries(question: LicenseQuestion, leaf: License) -> Iterator[str]:
    """The entries of the question, or the answers to its term, that the license is or gives."""
    match question.function:
        case "requires" | "without":
            yield from (entry for entry in question.entries if license_list((entry,)).hits(leaf))
        case "only" | "settled":
            yield from (entry for entry in question.entries if license_list((entry,)).covers(leaf))
        case "says" | "says_other":
            other = question.function == "says_other"
            for term in question.terms:
                for answer in dict.fromkeys(
                    said for one in licenses_by_spdx(leaf.id) for said in one.answers(term)
                ):
                    listed = any(fits(answer, entry) for entry in question.entries)
                    if listed is not other and (names_something(answer) or not other):
                        yield f"{term}={answer}"


def _told(question: LicenseQuestion, leaf: License) -> tuple[str, ...]:
    """Terms whose answer is worth telling where no entry is hit: what the question asks for and somebody read."""
    if question.function not in {"says", "says_other"}:
        return ()
    return tuple(term for term in question.terms if is_settled(leaf, term))


def _clauses(leaf: License, terms: Iterable[str]) -> tuple[Clause, ...]:
    return tuple(_clause(one, term) for term in terms for one in licenses_by_spdx(leaf.id))


def _clause(license_: WeightLicense, term: str) -> Clause:
    said = license_.terms[term]
    return Clause(
        license_id=license_.id,
        name=license_.name,
        term=term,
        answers=license_.answers(term),
        section=said.section,
        locator=said.locator,
        document=said.document,
        remark=said.remark,
        lead=license_.is_lead,
    )
