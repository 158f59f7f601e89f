"""What came of a verification: what is right, what is wrong, what could not be checked."""

import msgspec

from compliance.model.text import Text


class Remark(msgspec.Struct, frozen=True):
    """One thing to tell, with the file it is about."""

    file: str
    """Relative to the folder that is verified, or a path in the source; empty for the whole."""
    message: Text


class Outcome(msgspec.Struct):
    """Collects remarks while a report is verified."""

    right: list[Remark] = msgspec.field(default_factory=list)
    wrong: list[Remark] = msgspec.field(default_factory=list)
    unchecked: list[Remark] = msgspec.field(default_factory=list)
    """What was asked to be checked and could not be."""

    def confirm(self, file: str, message: Text) -> None:
        """`file` is as it should be."""
        self.right.append(Remark(file, message))

    def refuse(self, file: str, message: Text) -> None:
        """`file` isn't as it should be."""
        self.wrong.append(Remark(file, message))

    def leave(self, file: str, message: Text) -> None:
        """`file` could not be checked."""
        self.unchecked.append(Remark(file, message))
