"""Tensors that are those of a reference: byte for byte, after a cast between float types, or under another name.

Made by the pipeline where references are named, since every value has to be read for it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from compliance.detectors.detector import ExaminedFile
from compliance.model.evidence import Statement
from compliance.model.finding import Finding, WeightsFinding
from compliance.model.skip import Skip
from compliance.model.text import Text, encodable
from compliance.model.weight_formats import weight_format
from compliance.weights import safetensors
from compliance.weights.components import part_of
from compliance.weights.faults import WeightFileError

if TYPE_CHECKING:  # they load numpy, which few runs need
    from compliance.weights.fingerprints import TensorPrint
    from compliance.weights.references import Copy, Reference, References
    from compliance.weights.tensors import Tensor

SURE = 0.99
"""Confidence that tensors with equal digests are equal, and were not made twice."""
FEW = 0.9
"""The same for one or two tensors, which an unknown formula may give."""
_FEWEST = 3
_MOST_NAMED = 5
_LONGEST = 200

_OVERLAP = Text(
    en="tensors overlap: their values weren't compared with references",
    ko="서로 겹치는 텐서: 참조 파일과 값을 비교하지 않음",
)


class WeightCopies:
    """Compares the tensors of safetensors files with references."""

    name = "weight-copies"
    reads_headers_only = True
    """As far as the first stage goes: it streams values from where the file lies and needs no copy of it."""

    def __init__(self, references: "References") -> None:
        """Compare with `references`."""
        self._references = references
        digest = hashlib.sha256()
        for reference in references.references:
            digest.update(repr(reference).encode())
        self.version = f"1+{digest.hexdigest()[:16]}"

    def wants(self, path: str, size: int) -> bool:
        """Files called safetensors."""
        return size > 0 and weight_format(path) == "safetensors"

    def name_key(self, path: str) -> str:
        """Nothing: only the content counts."""
        return ""

    def prepare(self) -> None:
        """Nothing: the references are loaded."""

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """One finding for each reference and part of the model that has tensors of it."""
        from compliance.weights.fingerprints import fingerprint

        with file.open() as stream:
            try:
                header = safetensors.read(stream, file.size)
            except WeightFileError:
                return  # the detector of headers says so
            placed = [one for one in header.tensors if one.offset is not None and one.size is not None]
            inside = [one for one in placed if (one.offset or 0) + (one.size or 0) <= file.size]
            if sum(one.size or 0 for one in inside) > file.size:
                yield Skip.of("malformed", _OVERLAP)
                return
            prints = (fingerprint(stream, one) for one in inside)
            yield from self._found(zip(inside, prints, strict=True), header.format)

    def _found(self, prints: "Iterable[tuple[Tensor, TensorPrint]]", form: str) -> Iterator[Finding]:
        copies: defaultdict[tuple[int, str], list[Copy]] = defaultdict(list)
        telling: defaultdict[str, int] = defaultdict(int)
        for tensor, found in prints:
            component = part_of(tensor.name, form) or "model"
            telling[component] += found.telling
            for number, copy in self._references.copies_of(found):
                copies[number, component].append(copy)
        for (number, component), group in copies.items():
            yield _finding(self._references.references[number], component, group, telling[component])


def _finding(reference: "Reference", component: str, copies: Sequence["Copy"], telling: int) -> WeightsFinding:
    same = sum(copy.mode == "same" for copy in copies)
    renamed = [copy for copy in copies if copy.is_renamed]
    says = (
        f"{len(copies):,} of {telling:,} tensors that tell: {same:,} byte for byte, "
        f"{len(copies) - same:,} after a cast, {len(renamed):,} renamed"
    )
    names = [f"{copy.found.name} = {copy.original.name}" for copy in (renamed or copies)[:_MOST_NAMED]]
    return WeightsFinding(
        component=component,
        format="safetensors",
        tensors=len(copies),
        parameters=sum(copy.found.elements for copy in copies),
        family=reference.family,
        developer=reference.developer,
        country=reference.country,
        basis="digest",
        license_id=reference.license_id,
        confidence=SURE if len(copies) >= _FEWEST else FEW,
        evidence=(
            _statement("copied-from", " ".join(filter(None, (reference.name, reference.revision)))),
            _statement("copied-tensors", says),
            *(_statement("copied-tensor", name) for name in names),
        ),
    )


def _statement(field: str, says: str) -> Statement:
    return Statement(field=field, says=encodable(says)[:_LONGEST])
