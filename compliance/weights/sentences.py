"""Prose sentence by sentence, with lines, and what denies a sentence, in English and Korean."""

import re
from collections.abc import Iterator

from compliance.model.evidence import Lines

LONGEST = 600
"""Characters of a sentence that are looked at."""
DENIED = re.compile(
    r"\b(?:not|never|neither|nor|without|instead of|rather than|unlike)\b|n't\b"
    r"|지 ?않|것이 ?아니|모델이 ?아니|(?:은|는|이|가) ?아닙",
    re.IGNORECASE,
)
_END = re.compile(r"(?<!\d)\.(?=\s|$)|[!?\u3002](?=\s|$)|\n\s*\n|\n(?=[#*|>-])|^#[^\n]*\n", re.MULTILINE)


def sentences(text: str) -> Iterator[tuple[str, Lines]]:
    """Each sentence of `text`, with single spaces, and the lines from 1 on which it stands."""
    line, begin = 1, 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        sentence = text[begin : min(end, begin + LONGEST)]
        lead = len(sentence) - len(sentence.lstrip())
        first = line + sentence.count("\n", 0, lead)
        yield " ".join(sentence.split()), (first, first + sentence.strip().count("\n"))
        line += text.count("\n", begin, end)
        begin = end
