"""Outcomes of policy tests as JUnit XML, which CI systems read.

There are neither times nor hosts in it: the same policy and tests give the same bytes.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from compliance.language import Language
from compliance.policy.policy import Policy
from compliance.policy.testing.mutation import Mutation
from compliance.policy.testing.running import Outcome
from compliance.reporters.terminal_text import visible

Case = tuple[str, Sequence[str]]
"""The name of a test, and its failures."""


def document(policy: Policy, outcomes: Sequence[Outcome], mutation: Mutation | None, language: Language) -> bytes:
    """The outcomes in `language`: a suite for each file of tests, and one for changes that tests must notice."""
    root = ET.Element("testsuites", name=policy.id)
    for file, group in groupby(outcomes, key=lambda one: one.test.file):
        cases = [(one.test.name, [text.in_language(language) for text in one.failures]) for one in group]
        _add_suite(root, policy, file, cases)
    if mutation is not None:
        unnoticed = [(f"{one.of}: {one.change}", [f"{policy.file}:{one.line}"]) for one in mutation.survivors]
        refuted = [
            (f"{claim.of}: {claim.change}", [f"{claim.file}:{claim.line}: {why.in_language(language)}"])
            for claim, why in mutation.refuted
        ]
        noticed: list[Case] = [(f"{mutation.noticed} × ✓", [])]
        _add_suite(root, policy, "--mutate", [*noticed, *unnoticed, *refuted])
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add_suite(root: ET.Element, policy: Policy, name: str, cases: Iterable[Case]) -> None:
    listed = list(cases)
    failed = sum(bool(failures) for _, failures in listed)
    suite = ET.SubElement(
        root, "testsuite", name=visible(name), tests=str(len(listed)), failures=str(failed), errors="0"
    )
    for title, failures in listed:
        case = ET.SubElement(suite, "testcase", classname=f"{policy.id}.{visible(name)}", name=visible(title))
        for failure in failures:
            said = visible(failure)
            ET.SubElement(case, "failure", type="expectation", message=said).text = said
