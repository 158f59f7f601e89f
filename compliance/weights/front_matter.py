"""The YAML block at the head of a Markdown file, and its values with their lines.

Usual readers return an empty card for a byte order mark, an unclosed block or a comment before it, take the last
of duplicate keys, and read `license: no` as a truth value.
"""

import codecs
import re
from typing import Any

import msgspec

from compliance.model.text import encodable

_PREAMBLE = re.compile(r"(?:[ \t]*\n|<!--.*?-->|#[^\n]*\n)*", re.DOTALL)
_BULKY = re.compile(r"^(?:model-index|widget|extra_gated_\w+):[^\n]*\n(?:(?:[ \t#-][^\n]*)?\n)*", re.MULTILINE)


class FrontMatter(msgspec.Struct, frozen=True):
    """The block as text."""

    text: str
    first_line: int
    """Line, from 1, of the file on which `text` begins."""
    closed: bool


class Value(msgspec.Struct, frozen=True):
    """One value of a field; fields that hold a list have several."""

    text: str
    line: int


class Fields(msgspec.Struct, frozen=True):
    """The fields of a block that was read as YAML."""

    card: Any
    """A mapping that knows its positions."""
    before: int
    """Lines of the file above the block."""

    def values(self, field: str) -> list[Value] | None:
        """The values of `field`, none for null or an absent one; None where they aren't text."""
        from compliance import yaml_documents

        value = self.card.get(field)
        if not isinstance(value, list):
            text = _text(value)
            if text is None:
                return [] if value is None else None
            return [Value(text, self.line(field))]
        texts = [_text(one) for one in value]
        if any(text is None for text in texts):
            return None
        lines = [yaml_documents.position(value, place)[0] + self.before for place in range(len(value))]
        return [Value(text, line) for text, line in zip(texts, lines, strict=True) if text]

    def line(self, field: str) -> int:
        """The line, from 1, of the file on which the key `field` stands."""
        from compliance import yaml_documents

        return yaml_documents.key_position(self.card, field)[0] + self.before


def text_of(content: bytes) -> str:
    """`content` as text with line feeds for line ends; what isn't UTF-8, or UTF-16 with its mark, is replaced."""
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if utf_16 else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def front_matter(text: str) -> FrontMatter | None:
    """The front matter of the Markdown `text`, which may follow blank lines, HTML comments and `#` lines.

    Line ends are line feeds. An unclosed block reaches to the end of the text. None where there is no block.
    """
    found = _PREAMBLE.match(text)
    start = found.end() if found else 0
    opening = re.compile(r"---[ \t]*(?:\n|\Z)").match(text, start)
    if opening is None:
        return None
    first_line = text.count("\n", 0, opening.end()) + 1
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, opening.end())
    end = closing.start() if closing else len(text)
    return FrontMatter(text=text[opening.end() : end], first_line=first_line, closed=closing is not None)


def without_tables(text: str) -> str:
    """The block `text` with the evaluation tables, widgets and forms emptied, and as many lines as before."""
    return _BULKY.sub(lambda found: found[0].split(":", 1)[0] + ":" + "\n" * found[0].count("\n"), text)


def _text(value: Any) -> str | None:
    """A scalar as text; None for null and collections."""
    if value is None or isinstance(value, (dict, list, set, tuple)):
        return None
    return encodable(str(value)).strip() or None
