"""Numbers with what they count."""

from compliance.model.text import Text


def files(count: int) -> Text:
    """So many files."""
    return Text(en=f"{count:,} file{'s' * (count != 1)}", ko=f"파일 {count:,}개")


def lines(count: int) -> Text:
    """So many lines."""
    return Text(en=f"{count:,} line{'s' * (count != 1)}", ko=f"{count:,}행")
