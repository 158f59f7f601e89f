"""Fresh identifiers in the style of those they stand for."""

import keyword
import random
import re
from collections.abc import Iterable

_WORDS = re.findall(
    r"\w+",
    "amber anchor arrow aspen atlas badge basin beacon birch blade bloom board bolt border branch breeze brick "
    "bridge brook brush bucket cabin cable canal candle canvas canyon cargo cedar chain chalk chart circle "
    "cliff clock cloud clover coast cobalt comet copper coral corner cotton crane creek crest crown crystal "
    "current dawn delta desert dock drift drum dune eagle earth echo ember engine falcon fence fern field "
    "flame flint flock forest forge fossil frame frost garden gate glacier glade grain granite grove gulf "
    "hammer harbor hazel heron hill hollow horizon island ivory jade jungle kernel kite lagoon lake lantern "
    "lark leaf ledge lemon lever light lily linen lotus lunar maple marble marsh meadow mesa mill mint mirror "
    "mist moss motor mountain north oak oasis ocean olive onyx opal orbit orchid otter panel paper path pearl "
    "pebble pier pillar pine planet plank plaza polar pond prairie prism quarry quartz quill rain rapid raven "
    "reef ribbon ridge river robin rope ruby saddle sail sand sapphire shadow shell shore signal silk silver "
    "slate slope snow solar spark spiral spring spruce star steam steel stone storm stream summit sunset swan "
    "table thorn thunder tide timber topaz tower trail tulip tunnel valley velvet village vine violet walnut "
    "water wave wheat willow wind winter wolf wood zenith ",
)


def seeded(seed: object) -> random.Random:
    """A source of the same choices for the same seed on every machine."""
    return random.Random(str(seed))  # noqa: S311 - for variety, not for secrets


class Names:
    """A source of identifiers that occur nowhere yet."""

    def __init__(self, rng: random.Random, taken: Iterable[str]) -> None:
        """`taken` are the identifiers that must not be given out."""
        self._rng = rng
        self._taken = set(taken)

    def fresh(self, like: str) -> str:
        """A new identifier written like `like`: CamelCase, UPPER_CASE or snake_case, with its underscores."""
        bare = like.lstrip("_")
        lead = "_" * (len(like) - len(bare))
        while True:
            chosen = lead + self._styled(bare)
            if chosen not in self._taken and not keyword.iskeyword(chosen):
                self._taken.add(chosen)
                return chosen

    def sentence(self, length: int) -> str:
        """Words of about `length` characters in all."""
        words: list[str] = []
        while sum(map(len, words)) + len(words) < length:
            words.append(self._rng.choice(_WORDS))
        return " ".join(words)

    def _styled(self, like: str) -> str:
        count = self._rng.choice((1, 1, 2, 2, 2, 3))
        words = [self._rng.choice(_WORDS) for _ in range(count)]
        if len(self._taken) > 20 * len(_WORDS):
            words.append(self._rng.choice(_WORDS))
        if like.isupper() and len(like) > 1:
            return "_".join(words).upper()
        if like[:1].isupper():
            return "".join(word.title() for word in words)
        return "_".join(words)
