"""What the tensors of one part of a model say when they are compared with references, and how sure that is."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Literal

import msgspec

from compliance.model.evidence import Statement
from compliance.model.text import encodable
from compliance.weights.fingerprints import TensorPrint
from compliance.weights.likeness import DOUBT, PAIRS, Likeness, chance
from compliance.weights.references import MODES, Copy, Reference, References

SURE = 0.99
"""Confidence that a part is the reference's where most of its tensors equal some there: none is made twice."""
FEW = 0.9
"""The same for one or two tensors, which an unknown formula may give, and for a small share of a part."""
ALIKE_SURE = 0.9
"""Most of confidence in likeness: it was measured on small models, and says a common start, not who was first."""
ALIKE_FEW = 0.5
"""The same for one or two tensors, or a small share of a part."""
STRONG = 0.8
"""Cosine from which a single large tensor is told although the rest of its part is not alike."""
_LARGE = 1 << 16
"""Numbers of such a tensor: its sketch has at least 1,024 bits."""
_FEWEST = 3
_MOST_NAMED = 5
_LONGEST = 200


class Agreement(msgspec.Struct, frozen=True):
    """Tensors of one part that are the same as, or alike to, those of one reference."""

    basis: Literal["digest", "likeness"]
    tensors: int
    parameters: int
    confidence: float
    statements: tuple[tuple[str, str], ...]
    """Fields and what they say, after the one that names the reference."""

    def evidence(self, reference: Reference) -> tuple[Statement, ...]:
        """What a person can check, of tensors that agree with `reference`."""
        field = "copied-from" if self.basis == "digest" else "alike-to"
        name = " ".join(filter(None, (reference.name, reference.revision)))
        pairs = ((field, name), *self.statements)
        return tuple(Statement(field=field, says=encodable(says)[:_LONGEST]) for field, says in pairs)


class Comparison:
    """Gathers, tensor by tensor, what of one part agrees with which reference."""

    def __init__(self) -> None:
        """Nothing so far."""
        self.comparable = 0
        """Tensors that tell and can be compared by likeness."""
        self._telling = 0
        self._copies: defaultdict[int, list[Copy]] = defaultdict(list)
        self._alike: defaultdict[int, list[Likeness]] = defaultdict(list)

    def add(self, found: TensorPrint, references: References) -> None:
        """Compare one more tensor of the part with all `references`."""
        self._telling += found.telling
        if not found.telling:
            return
        copies = dict(references.copies_of(found))
        for number, copy in copies.items():
            self._copies[number].append(copy)
        if found.sketch or (found.turned and found.turned.sketch):
            self.comparable += 1
            for number, likeness in references.alike_to(found).items():
                if number not in copies:
                    self._alike[number].append(likeness)

    def copied(self, number: int) -> Agreement | None:
        """What is the same as in the reference of that `number`; None where nothing is."""
        if not (copies := self._copies.get(number)):
            return None
        modes = Counter(copy.mode for copy in copies)
        renamed = [copy for copy in copies if copy.is_renamed]
        share = len(copies) / self._telling
        counts = {
            "copied-tensors": _of(len(copies), self._telling),
            **{f"copied-{mode}": f"{modes[mode]:,}" for mode in MODES if modes[mode]},
            **({"copied-renamed": f"{len(renamed):,}"} if renamed else {}),
        }
        names = [f"{copy.found.name} = {copy.original.name}" for copy in (renamed or copies)[:_MOST_NAMED]]
        # single tensors are equal for sure, but they aren't the part
        confidence = FEW + (SURE - FEW) * min(1.0, 2 * share) if len(copies) >= _FEWEST else FEW
        return Agreement(
            basis="digest",
            tensors=len(copies),
            parameters=sum(copy.found.elements for copy in copies),
            confidence=round(confidence, 3),
            statements=(*counts.items(), *(("copied-tensor", name) for name in names)),
        )

    def all_alike(self, number: int) -> list[Likeness]:
        """Every tensor that is alike to one of the reference of that `number`, the nearest first."""
        return sorted(self._alike.get(number, ()), key=lambda one: -abs(one.cosine))

    def alike(self, number: int) -> Agreement | None:
        """What is alike to the reference of that `number`; None where it may well be chance."""
        alike = self.all_alike(number)
        by_chance = chance(len(alike), self.comparable) if alike else 1.0
        if by_chance > DOUBT:
            alike = [one for one in alike if abs(one.cosine) >= STRONG and one.found.elements >= _LARGE]
        if not alike:
            return None
        cosines = [one.cosine for one in alike]
        few = len(alike) < _FEWEST or by_chance > DOUBT
        share = _of(len(alike), self.comparable)
        sure = ("alike-few", share) if few else ("alike-by-chance", f"≤ {by_chance:.2g}")
        return Agreement(
            basis="likeness",
            tensors=len(alike),
            parameters=sum(one.found.elements for one in alike),
            confidence=ALIKE_FEW if few else round(ALIKE_SURE * (1 - by_chance), 3),
            statements=(
                ("alike-tensors", share),
                ("alike-cosine", f"{median(cosines):.2f}; {min(cosines):.2f} – {max(cosines):.2f}"),
                sure,
                ("alike-null", f"0 / {PAIRS:,}"),
                *(("alike-tensor", _named(one)) for one in _spread(alike)),
            ),
        )


def _of(count: int, total: int) -> str:
    return f"{count:,} / {total:,} ({count / total:.0%})"


def _spread(alike: Sequence[Likeness]) -> list[Likeness]:
    """The nearest, the farthest and some between."""
    if len(alike) <= _MOST_NAMED:
        return list(alike)
    return [alike[place * (len(alike) - 1) // (_MOST_NAMED - 1)] for place in range(_MOST_NAMED)]


def _named(one: Likeness) -> str:
    return f"{one.found.name} ~ {one.original.name}: {one.cosine:.2f}"
