"""What can be wrong with a file of weights, said in both languages with its place."""

import msgspec

from compliance.model.skip import Reason
from compliance.model.text import Text, encodable

LONGEST_SHOWN = 80
"""Characters of a name that a message shows: names are the uploader's, and may be megabytes."""


class Fault(msgspec.Struct, frozen=True):
    """Something that is wrong, or beyond what is read."""

    reason: Reason
    what: Text
    offset: int | None = None
    """Bytes before the place; None where it has none."""
    entry: str | None = None
    """The tensor, key or member at fault; None where it is the whole file."""

    @property
    def said(self) -> Text:
        """What is wrong and where, on one line."""
        return Text(
            en=self.what.en + _place(self.offset, self.entry, "at byte", "in"),
            ko=self.what.ko + _place(self.offset, self.entry, "바이트 위치", "항목"),
        )


class WeightFileError(Exception):
    """Nothing can be described: the header itself is broken, over a cap, or of an unknown kind."""

    def __init__(self, fault: Fault) -> None:
        """The file has `fault`."""
        super().__init__(fault.said.en)
        self.fault = fault


def malformed(en: str, ko: str, *, offset: int | None = None, entry: str | None = None) -> WeightFileError:
    """The file breaks its format."""
    return WeightFileError(Fault("malformed", Text(en=en, ko=ko), offset, entry))


def too_large(en: str, ko: str, *, offset: int | None = None, entry: str | None = None) -> WeightFileError:
    """The header is over a cap."""
    return WeightFileError(Fault("too-large", Text(en=en, ko=ko), offset, entry))


def unsupported(en: str, ko: str, *, offset: int | None = None, entry: str | None = None) -> WeightFileError:
    """The file may be sound, but this version doesn't know how to read it."""
    return WeightFileError(Fault("unsupported", Text(en=en, ko=ko), offset, entry))


def shown(name: str) -> str:
    """The uploader's `name` as a message shows it: on one line, in one piece and short."""
    words = encodable(name if len(name) <= LONGEST_SHOWN else name[:LONGEST_SHOWN] + "…")
    return words if words.isprintable() else words.encode("unicode_escape").decode("ascii")


def _place(offset: int | None, entry: str | None, at: str, inside: str) -> str:
    parts = [f"{inside} {shown(entry)}"] if entry is not None else []
    parts += [f"{at} {offset:,}"] if offset is not None else []
    return f" ({', '.join(parts)})" if parts else ""
