"""Tensors that are those of a reference, or statistically nearer to them than tensors trained on their own.

The same: byte for byte, after a cast between float types, transposed, or under another name. Alike: as after
further training, merging or quantising and back. Made by the pipeline where references are named, since every
value has to be read for it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from compliance.detectors.detector import ExaminedFile
from compliance.model.finding import Finding, WeightsFinding
from compliance.model.skip import Skip
from compliance.model.text import Text
from compliance.model.weight_formats import may_hold_weights, weight_format
from compliance.weights.components import part_of
from compliance.weights.faults import WeightFileError

if TYPE_CHECKING:  # they load numpy, which few runs need
    from compliance.weights.fingerprints import TensorPrint
    from compliance.weights.placed import PlacedTensors
    from compliance.weights.references import References
    from compliance.weights.tensors import Tensor

_OVERLAP = Text(
    en="tensors overlap: their values weren't compared with references",
    ko="서로 겹치는 텐서: 참조 파일과 값을 비교하지 않음",
)


class WeightCopies:
    """Compares the tensors of files of weights with references."""

    name = "weight-copies"
    reads_headers_only = True
    """As far as the first stage goes: it streams values from where the file lies and needs no copy of it."""
    slowest = 20_000_000
    """Bytes a second at which it may read: a disk on a network, with another file read beside it."""

    def __init__(self, references: "References") -> None:
        """Compare with `references`."""
        self._references = references
        digest = hashlib.sha256()
        for reference in references.references:
            digest.update(repr(reference).encode())
        self.version = f"2+{digest.hexdigest()[:16]}"

    def wants(self, path: str, size: int) -> bool:
        """Names that promise weights, and names that may stand for anything."""
        return may_hold_weights(path, size)

    def name_key(self, path: str) -> str:
        """The format that the name promises, which decides where the content has no mark of its own."""
        return weight_format(path) or ""

    def prepare(self) -> None:
        """Nothing: the references are loaded."""

    def detect(self, file: ExaminedFile) -> Iterator[Finding | Skip]:
        """Findings for each reference and part of the model that has tensors the same as or alike to its."""
        from compliance.weights import reading
        from compliance.weights.fingerprints import fingerprint
        from compliance.weights.placed import placed

        with file.open() as stream:
            try:
                header = reading.describe(file.path, stream, file.size)
                tensors = placed(header, stream, file.size) if header else None
            except WeightFileError:
                return  # the detector of headers says so
            if header is None or tensors is None:
                return
            yield from _not_compared(tensors)
            if sum(one.size or 0 for one in tensors.here) > file.size:
                yield Skip.of("malformed", _OVERLAP)
                return
            prints = (fingerprint(stream, one, turned=header.format == "onnx") for one in tensors.here)
            yield from self._found(zip(tensors.here, prints, strict=True), header.format)

    def _found(self, prints: "Iterable[tuple[Tensor, TensorPrint]]", form: str) -> Iterator[WeightsFinding]:
        from compliance.weights.comparison import Comparison

        comparisons: defaultdict[str, Comparison] = defaultdict(Comparison)
        for tensor, found in prints:
            comparisons[part_of(tensor.name, form) or "model"].add(found, self._references)
        for component, comparison in comparisons.items():
            for number, reference in enumerate(self._references.references):
                for said in (comparison.copied(number), comparison.alike(number)):
                    if said is not None:
                        yield WeightsFinding(
                            component=component,
                            format=form,
                            tensors=said.tensors,
                            parameters=said.parameters,
                            family=reference.family,
                            developer=reference.developer,
                            country=reference.country,
                            basis=said.basis,
                            license_id=reference.license_id,
                            confidence=said.confidence,
                            evidence=said.evidence(reference),
                        )


def _not_compared(tensors: "PlacedTensors") -> Iterator[Skip]:
    """What references can't be compared with although they were named."""
    if tensors.beside:
        files = len({one.elsewhere.of for one in tensors.beside if one.elsewhere})
        said = Text(
            en=f"values of {len(tensors.beside):,} tensors lie in {files:,} other files and weren't compared "
            "with references; compare the model in safetensors",
            ko=f"텐서 {len(tensors.beside):,}개의 값은 다른 파일 {files:,}개에 있어 참조 파일과 비교하지 않음. "
            "safetensors 형식으로 비교하세요",
        )
        yield Skip.of("unsupported", said)
    if tensors.nowhere:
        said = Text(
            en=f"values of {tensors.nowhere:,} tensors weren't compared with references, since this format "
            "doesn't say where they lie; compare the model in safetensors",
            ko=f"이 형식에서는 값의 위치를 알 수 없어 텐서 {tensors.nowhere:,}개를 참조 파일과 비교하지 않음. "
            "safetensors 형식으로 비교하세요",
        )
        yield Skip.of("unsupported", said)
