"""`make accuracy-weights` measures how copied and tuned tensors are told, and how fast they are read."""

import io
import sys
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.documents import write_section
from benchmarks.weight_likeness import report, speed
from benchmarks.weight_likeness.models import prints_of, values_of
from benchmarks.weight_likeness.real import MINILM
from compliance.weights import safetensors
from compliance.weights.fingerprints import ReferenceTensor, fingerprint
from compliance.weights.references import Copy, Reference, References, kept
from tests.samples.packages import ROOT
from tests.weights.tensor_files import Values, from_bf16, safetensors_file, to_bf16

Change = Callable[[NDArray[np.float32]], NDArray[np.float32]]


def main(python: str) -> None:
    """Measure, print, and write the sections of the documents.

    Args:
        python: of the environment of `requirements/models.txt`.
    """
    content = MINILM.content
    values = values_of(content)
    tensors = kept(prints_of(content))
    sections = {
        ("accuracy", "weights"): _lines(values, tensors),
        ("accuracy", "likeness"): report.lines(values, tensors),
        ("performance", "weights"): speed.lines(python),
    }
    for (document, name), lines in sections.items():
        text = "\n".join(lines)
        print(text)
        write_section(ROOT / "docs" / f"{document}.md", name, text)


def _lines(values: Values, tensors: tuple[ReferenceTensor, ...]) -> Iterator[str]:
    references = References([Reference(name=MINILM.package, developer="-", country="US", tensors=tensors)])
    yield "# Accuracy of copied tensors"
    yield ""
    yield (
        f"Written by `make accuracy-weights`, on the {len(values)} tensors that the package {MINILM.package} "
        f"carries, of which {len(tensors)} tell (the others are small, constant or tables)."
    )
    yield ""
    yield "| pair | a copy | tensors that tell | found |"
    yield "|---|---|---|---|"
    for name, is_copy, changed, dtype in _pairs(values):
        found = _copies(safetensors_file(changed, dtype), references)
        yield f"| {name} | {'yes' if is_copy else 'no'} | {len(tensors)} | {len(found)} |"


def _pairs(values: Values) -> Iterator[tuple[str, bool, Values, str]]:
    chance = np.random.default_rng(1)

    def each(change: Change) -> Values:
        return {name: change(one) for name, one in values.items()}

    def noise(share: float) -> Change:
        return lambda one: (one + chance.normal(0, share * one.std() + 1e-12, one.shape)).astype("<f4")

    yield "frozen", True, values, "F32"
    yield "renamed", True, {f"vision_tower.{name}": one for name, one in values.items()}, "F32"
    yield "cast to bfloat16", True, values, "BF16"
    yield "cast to float16", True, values, "F16"
    yield "cast to bfloat16 and back", True, each(lambda one: from_bf16(to_bf16(one))), "F32"
    yield "cast to float16 and back", True, each(lambda one: one.astype("<f2").astype("<f4")), "F32"
    yield "fine-tuned: noise of 0.1 % of the deviation", False, each(noise(0.001)), "F32"
    yield "fine-tuned and cast to bfloat16", False, each(noise(0.001)), "BF16"
    yield (
        "trained anew: same shapes, mean and deviation",
        False,
        each(lambda one: chance.normal(one.mean(), one.std() + 1e-12, one.shape).astype("<f4")),
        "F32",
    )


def _copies(content: bytes, references: References) -> list[Copy]:
    stream = io.BytesIO(content)
    header = safetensors.read(stream, len(content))
    return [copy for one in header.tensors for _, copy in references.copies_of(fingerprint(stream, one))]


if __name__ == "__main__":
    main(sys.argv[1])
