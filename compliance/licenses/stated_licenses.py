"""What of the license statements in one folder holds for weights, and whether two of them can both hold."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeGuard

from compliance.licenses import key_expressions
from compliance.licenses.catalog import weight_license
from compliance.licenses.huggingface import reference
from compliance.licenses.license_files import is_license_file, said_by_name
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, LicenseFinding

_SYMBOL = re.compile(r"[A-Za-z0-9.+-]+")


def declared_for_weights(findings: Iterable[Finding]) -> list[LicenseFinding]:
    """The declarations of cards, configurations and metadata that name a license of weights."""
    return [
        one
        for one in findings
        if isinstance(one, LicenseFinding)
        and one.basis == "declared"
        and one.subject == "weights"
        and (one.expression or one.license_ids)
    ]


def texts_for_weights(findings: Iterable[Finding]) -> list[LicenseFinding]:
    """The license files that hold for weights: those that are of weights alone, else all but those for code."""
    texts = [one for one in findings if is_text(one) and said_by_name(one.path) != "code"]
    return [one for one in texts if one.subject == "weights"] or texts


def license_of_weights(findings: Sequence[Finding]) -> list[LicenseFinding]:
    """What holds for weights: the texts beside them, else what was concluded, else what is declared."""
    concluded = [
        one
        for one in findings
        if isinstance(one, LicenseFinding)
        and (one.basis, one.subject) == ("concluded", "weights")
        and (one.expression or one.license_ids)
    ]
    named = [one for one in texts_for_weights(findings) if one.expression or one.license_ids]
    return named or concluded or declared_for_weights(findings)


def is_text(finding: Finding) -> TypeGuard[LicenseFinding]:
    """Whether it says surely which license a license file holds, or which terms were read in it."""
    return is_sure(finding) and is_license_file(finding.path)


def is_sure(finding: Finding) -> TypeGuard[LicenseFinding]:
    """Whether it is a detected license, and no doubtful one."""
    if not (isinstance(finding, LicenseFinding) and finding.basis == "detected"):
        return False
    return finding.key_expression is None or key_expressions.names_surely(finding.key_expression, finding.score)


def is_of_card(finding: Finding) -> TypeGuard[LicenseFinding]:
    """Whether a card declares it for weights, by a single tag."""
    if not (isinstance(finding, LicenseFinding) and (finding.basis, finding.subject) == ("declared", "weights")):
        return False
    return finding.path.casefold().endswith(".md") and len(statements(finding, "license")) == 1


def statements(finding: Finding, field: str) -> list[Statement]:
    """Evidence of `finding` in which a file says `field` itself."""
    return [one for one in finding.evidence if isinstance(one, Statement) and one.field == field]


def agrees(declared: LicenseFinding, other: LicenseFinding) -> bool:
    """Whether what is declared stands in the other statement as it is: a free license restricts nothing."""
    if other.expression is None and is_free(declared.license_ids):
        return False
    if set(other.license_ids) & set(declared.license_ids):
        return True
    said = symbols([declared.expression] if declared.expression else names(declared))
    return bool(said) and said <= symbols(names(other))


def symbols(expressions: Iterable[str]) -> set[str]:
    """The licenses of `expressions`, whichever of their versions apart from the number."""
    found = {symbol for one in expressions for symbol in _SYMBOL.findall(one)} - {"AND", "OR", "WITH"}
    return {re.sub(r"(?:-only|-or-later|\+)$", "", symbol) for symbol in found}


def names(finding: LicenseFinding) -> set[str]:
    """Every name that the licenses of the finding go by."""
    known = [weight_license(one) for one in finding.license_ids]
    found = {*map(reference, finding.license_ids), *(one.expression for one in known if one)}
    return found | {finding.expression} if finding.expression else found


def said(finding: LicenseFinding) -> str:
    """The license in a few words."""
    words = finding.expression or ", ".join(finding.license_ids) or "?"
    return f"{words}, altered" if finding.altered else words


def is_free(license_ids: Iterable[str]) -> bool:
    """Whether every license of the knowledge base that may be meant allows any use of any kind of work."""
    licenses = [weight_license(one) for one in license_ids]
    return bool(licenses) and all(
        one is not None and one.terms["commercial_use"].value == "allowed" and one.is_general for one in licenses
    )


def grants_more(declared: Sequence[str], base: Sequence[str]) -> bool:
    """Whether licenses with the ids `declared`, for weights made of others under `base`, grant more than those.

    Both are of the knowledge base; where several ids may be meant, it has to hold for each. Told are a free
    license on top of one that restricts, and commercial use on top of none.
    """
    return (is_free(declared) and _restricts(base)) or (
        _answers(declared) == {"allowed"} and _answers(base) == {"prohibited"}
    )


def _restricts(license_ids: Iterable[str]) -> bool:
    """Whether each license that may be meant is of weights alone, which all restrict something."""
    licenses = [weight_license(one) for one in license_ids]
    return bool(licenses) and all(one is not None and not one.is_general for one in licenses)


def _answers(license_ids: Iterable[str]) -> set[str]:
    """What the licenses say of commercial use."""
    licenses = [weight_license(one) for one in license_ids]
    return {str(one.terms["commercial_use"].value) if one else "unknown" for one in licenses}
