"""What a command's exit status says, for scripts and CI."""

from enum import IntEnum, StrEnum

from compliance.model.verdict import Assessment, Severity, Verdict


class ExitStatus(IntEnum):
    """The whole table; see docs/exit-status.md."""

    CLEAN = 0
    """Every verdict is pass or pass with obligations (review too, unless it is asked to fail)."""
    VIOLATED = 1
    """The policy is violated, or a waiver has expired or covers nothing."""
    WRONG_CALL = 2
    """The call, the policy or the configuration is wrong; nothing was judged."""
    INCOMPLETE = 3
    """Something could not be examined."""


DIFFERENT = 1
"""Of commands that compare: something differs."""


class FailOn(StrEnum):
    """From which severity on a violation fails the gate."""

    FAIL = "fail"
    REVIEW = "review"


def status_of(assessment: Assessment, fail_on: FailOn) -> ExitStatus:
    """The exit status for `assessment`.

    A violation wins over incompleteness: it stays one whatever else would be seen. It is looked up among the
    violations and not the verdicts, since an incomplete verdict hides a review. An expired waiver stays
    expired, too; one that covers nothing might cover what was not examined.
    """
    failing = {Severity.FAIL} if fail_on is FailOn.FAIL else {Severity.FAIL, Severity.REVIEW}
    if any(one.severity in failing and one.waiver is None for one in assessment.violations):
        return ExitStatus.VIOLATED
    if any(one.fault == "expired" for one in assessment.waiver_faults):
        return ExitStatus.VIOLATED
    if any(one.verdict is Verdict.INCOMPLETE for one in assessment.verdicts) or assessment.skipped:
        return ExitStatus.INCOMPLETE
    return ExitStatus.VIOLATED if assessment.waiver_faults else ExitStatus.CLEAN
