"""How fast weights are read for their prints, beside hashing programs on the same file in the same run."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from compliance.weights.references import fingerprint_file
from tests.weights.tensor_files import safetensors_file

ROUNDS = 5
_TENSORS, _SIDE = 8, 4096
_BLAKE3 = "import blake3, sys; blake3.blake3().update_mmap(sys.argv[1]).hexdigest()"


def lines(python: str) -> Iterator[str]:
    """The section of the document.

    Args:
        python: of an environment with the package `blake3`.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "model.safetensors")
        rows = []
        for dtype in ("F32", "BF16"):
            path.write_bytes(safetensors_file(_model(), dtype))
            size = path.stat().st_size / 1e9
            ways: dict[str, Callable[[], object]] = {
                "`compliance weights fingerprint`, its reading": lambda: list(fingerprint_file(path)),
                "`sha256sum`": lambda: _run("sha256sum", str(path)),
                "BLAKE3, one thread": lambda: _run(python, "-c", _BLAKE3, str(path)),
            }
            taken: dict[str, list[float]] = {way: [] for way in ways}
            for _ in range(ROUNDS):
                for way, run in ways.items():
                    began = time.perf_counter()
                    run()
                    taken[way].append(time.perf_counter() - began)
            rows += [f"| {way} | {dtype} | {size / median(times):.2f} |" for way, times in taken.items()]
    yield "# Reading weights"
    yield ""
    yield (
        f"Written by `make accuracy-weights`: {_TENSORS} matrices of {_SIDE} by {_SIDE}, the file in memory, in "
        f"turns; medians of {ROUNDS}. The hashing programs' start is included."
    )
    yield ""
    yield "| way | type | GB/s |"
    yield "|---|---|---|"
    yield from rows


def _model() -> dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"]:
    chance = np.random.default_rng(1)
    return {f"w{number}": chance.standard_normal((_SIDE, _SIDE), np.float32) for number in range(_TENSORS)}


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
