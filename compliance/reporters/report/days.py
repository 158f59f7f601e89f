"""Days as formats want them, which have no word for one that isn't known."""

import datetime


def day_of(words: str) -> datetime.date:
    """The ISO date that `words` are, else the first day that computers know."""
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        return datetime.date(1970, 1, 1)
