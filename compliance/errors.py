"""Errors that end a command before anything was judged: a wrong call, policy or configuration (exit status 2)."""

import msgspec

from compliance.model.text import Text


class Fault(msgspec.Struct, frozen=True):
    """One mistake in a file that a person wrote, and where it stands."""

    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""
    message: Text
    file: str = ""
    """Where the mistake isn't in the file that the error is about."""


class ComplianceError(Exception):
    """An error with a message for the user in both languages that says what to do next."""

    def __init__(self, message: Text, faults: tuple[Fault, ...] = (), file: str = "") -> None:
        """Say `message`; `faults` are all mistakes found, in the order of their places in `file`."""
        super().__init__(message.en)
        self.message = message
        self.faults = faults
        self.file = file

    def lines(self, language: str) -> tuple[str, ...]:
        """Every fault as `file:line:column: message` in `language` (`"ko"` or `"en"`)."""
        return tuple(
            f"{fault.file or self.file}:{fault.line}:{fault.column}: {fault.message.in_language(language)}"
            for fault in self.faults
        )


class SubjectError(ComplianceError):
    """The subject can't be opened at all."""


class PolicyError(ComplianceError):
    """The policy file is wrong."""


class ConfigurationError(ComplianceError):
    """An option or a settings file is wrong."""
