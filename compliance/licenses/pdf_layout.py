"""Bounds what pdfminer, with which ScanCode reads PDFs, spends on the order of the text boxes of a page.

It compares every two boxes of a page and merges the nearest ones, again and again: a table of 2,000 cells took two
minutes.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

MOST_BOXES = 300
"""On a page, about three seconds. The boxes of a fuller page are read from the top to the bottom instead, as
pdfminer orders those of one group."""


class _Compared(msgspec.Struct):
    pairs: int = 0


_compared = _Compared()


def compared() -> int:
    """How many pairs of text boxes were compared in this process, at most."""
    return _compared.pairs


@cache
def bound() -> None:
    """Put the bound into force, for this process."""
    from pdfminer.layout import LTLayoutContainer, LTTextGroupLRTB

    container: Any = LTLayoutContainer
    merged = container.group_textboxes

    def group_textboxes(page: Any, parameters: Any, boxes: Sequence[Any]) -> Any:
        _compared.pairs += min(len(boxes), MOST_BOXES) ** 2
        return merged(page, parameters, boxes) if len(boxes) <= MOST_BOXES else [LTTextGroupLRTB(boxes)]

    container.group_textboxes = group_textboxes
