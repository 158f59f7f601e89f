"""Lines laid out for a terminal, with nothing in them that a terminal would obey."""

from compliance.language import Language
from compliance.model.text import Text
from compliance.reporters.terminal_text import cut, padded, visible, wrapped

_LABEL = 14
"""Columns of a label."""


class Lines:
    """Lines on their way to a terminal."""

    def __init__(self, language: Language, width: int) -> None:
        """Write in `language`; rows and paragraphs take at most `width` columns."""
        self.language = language
        self.width = width
        self._lines: list[str] = []

    def line(self, text: str) -> None:
        """`text` as one line, however long."""
        self._lines.append(visible(text))

    def flow(self, text: str) -> None:
        """`text` in as many lines as it takes."""
        self._lines += wrapped(visible(text), self.width)

    def hanging(self, text: str, indent: str) -> None:
        """`text` behind `indent`, which may end with a mark; further lines stand as far in."""
        for number, one in enumerate(wrapped(visible(text), self.width - len(indent))):
            self._lines.append((indent if number == 0 else " " * len(indent)) + one)

    def cut(self, text: str) -> None:
        """`text` as one line that ends where the terminal does."""
        self._lines.append(cut(visible(text), self.width))

    def row(self, label: Text, text: Text | str, label_width: int = _LABEL) -> None:
        """`label`, and `text` beside it in as many lines as it takes."""
        words = text if isinstance(text, str) else text.in_language(self.language)
        head = padded(label.in_language(self.language), label_width)
        for one in wrapped(visible(words), self.width - label_width - 2):
            self._lines.append(f"  {head}{one}".rstrip())
            head = " " * label_width

    def paragraph(self, text: Text, indent: int = 2) -> None:
        """`text` in as many lines as it takes, as an entry of a list where it is indented."""
        lines = wrapped(visible(text.in_language(self.language)), self.width - indent - 2)
        mark, blank = ("- ", "  ") if indent else ("", "")
        for number, one in enumerate(lines):
            self._lines.append(f"{' ' * indent}{blank if number else mark}{one}")

    def marked(self, mark: str, text: str, indent: int = 0) -> None:
        """`text` behind `mark`, in as many lines as it takes, all of them indented alike."""
        for number, one in enumerate(wrapped(visible(text), self.width - indent - len(mark) - 1)):
            self._lines.append(f"{' ' * indent}{' ' * len(mark) if number else mark} {one}".rstrip())

    def text(self) -> str:
        """All lines."""
        return "\n".join(self._lines) + "\n"
