"""Trains the models whose weights are compared: `python -m benchmarks.weight_likeness.training`.

Run in the environment of `requirements/models.txt`, since it needs PyTorch. Texts are sources and documentation
that Python brings along. Each model becomes a safetensors file; what is there already isn't trained again.
"""

import itertools
import json
import sysconfig
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.weight_likeness.network import LAYERS, LENGTH, VOCABULARY, Network
from benchmarks.weight_likeness.plan import INDEPENDENT, TUNING
from benchmarks.weight_likeness.real import TRAINED
from tests.weights.tensor_files import safetensors_file

STEPS = 800
RATE = 2e-3
BATCH = 8
RANK = 8
"""Of the adapters that are trained and merged."""


def main(folder: Path = TRAINED) -> None:
    """Train everything into `folder`."""
    torch.set_num_threads(1)  # more are slower on matrices this small
    folder.mkdir(parents=True, exist_ok=True)
    texts = code(), prose()

    def made(name: str, make: Callable[[], Network]) -> None:
        path = folder / f"{name}.safetensors"
        if not path.exists():
            began = time.monotonic()
            _write(make(), path)
            print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)

    for seed in range(INDEPENDENT):
        made(f"seed-{seed}", lambda seed=seed: trained(_new(seed), texts[seed % 2], seed))  # type: ignore[misc]
    made("initial", lambda: _new(0))
    made("same-start", lambda: trained(_new(0), texts[1], 1000))
    for rate, steps in TUNING:
        made(
            f"tuned-{rate:g}-{steps}",
            lambda rate=rate, steps=steps: trained(_read(folder), texts[1], 2000, steps, rate),  # type: ignore[misc]
        )
    made("frozen-layer", lambda: with_frozen_layer(_read(folder), texts[1]))
    made("adapter-merged", lambda: with_adapters(_read(folder), texts[1]))


def code() -> Tensor:
    """Sources of the standard library, as bytes."""
    library = Path(sysconfig.get_paths()["stdlib"])
    return _bytes(path for path in sorted(library.glob("*.py")))


def prose() -> Tensor:
    """Python's own documentation, as bytes."""
    library = Path(sysconfig.get_paths()["stdlib"])
    return _bytes([library / "pydoc_data" / "topics.py"])


def trained(model: Network, text: Tensor, seed: int, steps: int = STEPS, rate: float = RATE) -> Network:
    """`model` after `steps` of AdamW at `rate` with warm-up and a cosine's decline; frozen parts stay."""
    chance = torch.Generator().manual_seed(seed)
    moving = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(moving, lr=rate, betas=(0.9, 0.95), weight_decay=0.1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    for _ in range(steps):
        begins = torch.randint(len(text) - LENGTH - 1, (BATCH, 1), generator=chance)
        rows = text[begins + torch.arange(LENGTH + 1)].long()
        loss = functional.cross_entropy(model(rows[:, :-1]).flatten(0, 1), rows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(moving, 1.0)
        optimizer.step()
        schedule.step()
    return model


def with_frozen_layer(base: Network, text: Tensor) -> Network:
    """A model of its own but for the first layer, which is the base's and stays as it was."""
    torch.manual_seed(3000)
    model = Network()
    model.layers[0].load_state_dict(base.layers[0].state_dict())
    model.layers[0].requires_grad_(False)
    return trained(model, text, 3000, STEPS // 2)


def with_adapters(base: Network, text: Tensor) -> Network:
    """The base with low-rank adapters on every projection, trained and merged (Hu et al., LoRA, 2021)."""
    torch.manual_seed(4000)
    base.requires_grad_(False)
    for layer, name in itertools.product(base.layers, ("q_proj", "v_proj", "up_proj", "down_proj")):
        torch.nn.utils.parametrize.register_parametrization(
            getattr(layer, name), "weight", _Adapter(getattr(layer, name).weight)
        )
    trained(base, text, 4000, 200, 1e-3)
    for layer, name in itertools.product(base.layers, ("q_proj", "v_proj", "up_proj", "down_proj")):
        torch.nn.utils.parametrize.remove_parametrizations(getattr(layer, name), "weight")
    return base


class _Adapter(torch.nn.Module):
    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        rows, columns = weight.shape
        self.down = torch.nn.Parameter(torch.randn(RANK, columns) / columns**0.5)
        self.up = torch.nn.Parameter(torch.zeros(rows, RANK))

    def forward(self, weight: Tensor) -> Tensor:
        return weight + 2 * self.up @ self.down


def _new(seed: int) -> Network:
    torch.manual_seed(seed)
    return Network(LAYERS)


def _read(folder: Path) -> Network:
    """The first model."""
    model = Network(LAYERS)
    content = (folder / "seed-0.safetensors").read_bytes()
    length = int.from_bytes(content[:8], "little")
    state = {}
    for name, entry in json.loads(content[8 : 8 + length]).items():
        first, last = (8 + length + one for one in entry["data_offsets"])
        state[name] = torch.frombuffer(bytearray(content[first:last]), dtype=torch.float32).reshape(entry["shape"])
    model.load_state_dict(state)
    return model


def _write(model: Network, path: Path) -> None:
    values = {name: one.detach().numpy() for name, one in model.state_dict().items()}
    path.write_bytes(safetensors_file(values))


def _bytes(paths: Iterable[Path]) -> Tensor:
    content = b"".join(path.read_bytes() for path in paths)
    assert VOCABULARY == 256
    return torch.frombuffer(bytearray(content), dtype=torch.uint8)


if __name__ == "__main__":
    main()
