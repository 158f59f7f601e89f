"""JUnit's XML, which CI servers show as tests: a suite for each verdict, a test for each rule that is broken."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.model.verdict import Assessment, AxisVerdict, Severity, Verdict
from compliance.reporters import finding_words, skipped_words, verdict_words
from compliance.reporters.report.frame import Frame
from compliance.reporters.reporter import ReportOptions
from compliance.reporters.terminal_text import visible
from compliance.reporters.violation_groups import ViolationGroup, findings_of

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JUnitReporter:
    """A rule of severity fail is a failure, one for review is skipped, what was not examined is an error."""

    name = "junit"
    media_type = "application/xml"
    suffix = ".junit.xml"

    def render(self, assessment: Assessment, options: ReportOptions) -> str:
        """The suites, in the order of the verdicts."""
        frame = Frame(assessment, options.language)
        root = ET.Element("testsuites", name="compliance")
        for one in assessment.verdicts:
            root.append(_suite(frame, one))
        if assessment.waiver_faults:
            root.append(_waivers(frame))
        ET.indent(root)
        return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


REPORTER = JUnitReporter()


def _suite(frame: Frame, one: AxisVerdict) -> ET.Element:
    name = verdict_words.question(one.axis, [one.target], frame.language)
    cases = [_case(frame, name, group) for group in frame.groups if _concerns(group, one)]
    if frame.assessment.skipped:
        cases.append(_not_examined(frame, name))
    elif one.verdict is Verdict.INCOMPLETE or not cases:
        cases.append(_of_verdict(frame, name, one.verdict))
    counts = {tag: str(sum(case.find(found) is not None for case in cases)) for tag, found in _COUNTED.items()}
    suite = _element("testsuite", name=name, tests=str(len(cases)), **counts)
    suite.extend(cases)
    return suite


def _of_verdict(frame: Frame, suite: str, verdict: Verdict) -> ET.Element:
    case = _element("testcase", name=frame.say(verdict_words.VERDICTS[verdict]), classname=suite)
    if verdict is Verdict.INCOMPLETE:
        why = frame.say(verdict_words.why_incomplete(frame.assessment))
        case.append(_element("error", message=why, type="incomplete"))
    return case


def _waivers(frame: Frame) -> ET.Element:
    """Waivers that have expired or cover nothing, which fail the check."""
    faults = frame.assessment.waiver_faults
    suite = _element("testsuite", name=frame.say(_WAIVERS), tests=str(len(faults)), failures=str(len(faults)))
    for fault in faults:
        case = _element("testcase", name=fault.waiver, classname=frame.say(_WAIVERS))
        case.append(_element("failure", message=frame.say(verdict_words.waiver_fault(fault)), type=fault.fault))
        suite.append(case)
    return suite


def _concerns(group: ViolationGroup, one: AxisVerdict) -> bool:
    return group.violation.axis is one.axis and (one.target is None or one.target in group.targets)


def _case(frame: Frame, suite: str, group: ViolationGroup) -> ET.Element:
    one = group.violation
    case = _element("testcase", name=one.rule, classname=suite)
    message = frame.say(one.message)
    if one.waiver:
        case.append(_element("skipped", message=f"{frame.say(verdict_words.waived(one.waiver))}: {message}"))
    elif one.severity is Severity.FAIL:
        case.append(
            _element("failure", "\n".join(_details(frame, group)), message=message, type=one.severity.value)
        )
    elif one.severity is Severity.REVIEW:
        case.append(_element("skipped", message=f"{frame.say(verdict_words.SEVERITIES[one.severity])}: {message}"))
    if one.waiver or one.severity is not Severity.FAIL:
        case.append(_element("system-out", "\n".join(_details(frame, group))))
    return case


def _details(frame: Frame, group: ViolationGroup) -> Iterator[str]:
    for finding in findings_of(group, frame.by_id):
        yield f"{frame.place(finding)}: {finding_words.fact(finding, frame.language)}"
    yield from (frame.say(said) for said in (group.violation.unevaluated, group.violation.lead) if said)
    yield f"→ {frame.say(group.violation.remedy)}"


def _not_examined(frame: Frame, suite: str) -> ET.Element:
    skipped = frame.assessment.skipped
    case = _element("testcase", name=frame.say(_NOT_EXAMINED), classname=suite)
    lines = sorted(_unseen(frame, one) for one in skipped)
    message = frame.say(skipped_words.skipped_heading(len(skipped)))
    case.append(_element("error", "\n".join(lines), message=message, type="incomplete"))
    return case


def _unseen(frame: Frame, skip: Skip) -> str:
    return f"{visible(skip.path)}: {frame.say(skipped_words.words_of(skip.reason).reason)}: {frame.say(skip.said)}"


def _element(tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """An element without characters that XML 1.0 has no way to write."""
    element = ET.Element(tag, {name: _NOT_XML.sub("\ufffd", value) for name, value in attributes.items()})
    element.text = None if text is None else _NOT_XML.sub("\ufffd", text)
    return element


_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}
_WAIVERS = Text(en="approved exceptions", ko="예외 승인")
_NOT_EXAMINED = Text(en="everything was examined", ko="전체 검사 여부")
