"""Functions by which ScanCode prepares and judges lines for copyrights, put in place of its own.

They say the same of every line; what they say of a word or of two neighbouring characters is remembered.
"""

import math
from collections.abc import Callable
from functools import cache, lru_cache, partial
from itertools import pairwise, product
from typing import Any

_REMEMBERED_TAGS = 1 << 15
_LONGEST_TAG = 100
"""Characters of a word up to which it is remembered whether it is a tag."""
_ASCII = "".join(map(chr, range(128)))


@cache
def install() -> None:
    """Replace, for this process."""
    from cluecode import copyrights

    originals()
    if copyrights.toascii(_ASCII, translit=True) == _ASCII:
        copyrights.toascii = _in_ascii(copyrights.toascii)
    copyrights.strip_known_markup_from_text = without_markup()
    copyrights.gibberish_detector.detect_gibberish = gibberish(copyrights.gibberish_detector)


@cache
def originals() -> dict[str, Any]:
    """ScanCode's own functions that `install` replaces, by name."""
    from cluecode import copyrights

    return {
        "toascii": copyrights.toascii,
        "strip_known_markup_from_text": copyrights.strip_known_markup_from_text,
        "detect_gibberish": copyrights.gibberish_detector.detect_gibberish,
    }


def _in_ascii(original: Callable[..., str]) -> Callable[..., str]:
    """ScanCode's `toascii`, asked only for what isn't ASCII yet."""

    def toascii(text: str, translit: bool = False) -> str:
        return text.replace("[?]", "_") if isinstance(text, str) and text.isascii() else original(text, translit)

    return toascii


def without_markup() -> Callable[[str], str]:
    """ScanCode's `strip_known_markup_from_text`, which remembers which words are tags."""
    from textcode.markup import get_demarkuped_text, keep_tag, split_on_tags

    remembered = lru_cache(maxsize=_REMEMBERED_TAGS)(keep_tag)

    def is_kept(word: str) -> bool:
        return bool(remembered(word) if len(word) <= _LONGEST_TAG else keep_tag(word))

    return partial(get_demarkuped_text, splitter=split_on_tags, keeper=is_kept)


def gibberish(detector: Any) -> Callable[[str], bool]:
    """ScanCode's `detect_gibberish`, with the model of `detector` laid out by two neighbouring characters."""
    from textcode.gibberish import accepted_chars, pos

    model, threshold = detector.mat, float(detector.thresh)
    by_pair = {(one, other): model[pos[one]][pos[other]] for one, other in product(accepted_chars, repeat=2)}
    accepted = frozenset(accepted_chars)
    original = detector.detect_gibberish

    def detect_gibberish(text: str) -> bool:
        if not text.isascii():
            return bool(original(text))
        kept = [char for char in text.lower() if char in accepted]
        total = 0.0
        for pair in pairwise(kept):  # in this order: the last bit of a sum depends on it
            total += by_pair[pair]
        return math.exp(total / (len(kept) - 1 if len(kept) > 1 else 1)) < threshold

    return detect_gibberish
