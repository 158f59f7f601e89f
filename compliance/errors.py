"""Errors that end a command before anything was judged: a wrong call, policy or configuration (exit status 2)."""

from compliance.model.text import Text


class ComplianceError(Exception):
    """An error with a message for the user in both languages that says what to do next."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class SubjectError(ComplianceError):
    """The subject can't be opened at all."""


class PolicyError(ComplianceError):
    """The policy file is wrong. `faults` holds every fault found, each with its place."""

    def __init__(self, message: Text, faults: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class ConfigurationError(ComplianceError):
    """An option or a settings file is wrong."""
