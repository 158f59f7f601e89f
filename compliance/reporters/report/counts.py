"""Numbers with what they count."""

from compliance.model.text import Text


def files(count: int) -> Text:
    """So many files."""
    return Text(en=f"{count:,} file{'s' * (count != 1)}", ko=f"파일 {count:,}개")


LEAST = 0.005
"""Of a share that is told as a number; less would read as nothing."""


def percent(share: float | None) -> str:
    """`share` of 0–1 in hundredths, which no line breaks off from their sign; a dash where there is none."""
    if share is None:
        return "–"
    return "<1\u00a0%" if 0 < share < LEAST else f"{100 * share:.0f}\u00a0%"


def lines(count: int) -> Text:
    """So many lines."""
    return Text(en=f"{count:,} line{'s' * (count != 1)}", ko=f"{count:,}행")
