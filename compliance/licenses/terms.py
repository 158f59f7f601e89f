"""The terms of a weight license: every question that the knowledge base answers, in the order of the report."""

from compliance.licenses import control_terms, duty_terms, use_terms
from compliance.licenses.term_definition import TermDefinition

TERMS: tuple[TermDefinition, ...] = (
    *use_terms.DEFINITIONS,
    *duty_terms.DEFINITIONS,
    *control_terms.DEFINITIONS,
)

_BY_NAME = {definition.name: definition for definition in TERMS}


def definition_of(name: str) -> TermDefinition | None:
    """The term called `name`; None if there is none."""
    return _BY_NAME.get(name)
