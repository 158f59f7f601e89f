"""Thresholds moved by steps: a whole number by 1, one with a fraction by a hundredth."""

_FRACTION_STEP = 0.01
_DIGITS = 6


def moved(value: int | float, steps: int) -> int | float:
    """`value` moved by `steps` up, or down where they are negative; it stays whole or with a fraction."""
    return value + steps if isinstance(value, int) else round(value + steps * _FRACTION_STEP, _DIGITS)
