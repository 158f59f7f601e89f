"""Which of the two languages a user reads."""

import os
from collections.abc import Mapping
from typing import Literal

Language = Literal["ko", "en"]


def from_locale(environment: Mapping[str, str] = os.environ) -> Language:
    """Korean where the locale is Korean, else English; the first set one of LC_ALL, LC_MESSAGES, LANG decides."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"
