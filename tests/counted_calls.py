"""How much work something is, as a number that is the same on every machine and under every load."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

T = TypeVar("T")


def with_calls(work: Callable[[], T]) -> tuple[T, int]:
    """What `work` gives, and how many functions of Python and of C it called in this thread.

    What grows faster than its input shows in that number, unless a single function of C takes all the time: that
    runs into the deadline of every test.
    """
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        return work(), calls
    finally:
        sys.setprofile(before)
