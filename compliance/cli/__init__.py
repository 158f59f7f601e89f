"""The `compliance` command: one module a sub-command; the only code that prints and exits."""

from compliance.cli.application import main

__all__ = ["main"]
