"""Downloaded model snapshots: how one is told from any other folder, and how Hugging Face's cache holds them."""

import os
import re
from pathlib import Path

from compliance.sources.disk_file import open_regular, read_small

_WEIGHTS = (".safetensors", ".gguf")
_TELLING_NAMES = frozenset(
    {
        "generation_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "preprocessor_config.json",
        "model.safetensors.index.json",
        "pytorch_model.bin",
        "pytorch_model.bin.index.json",
    }
)
_MODEL_KEYS = re.compile(rb'"(?:model_type|architectures|_diffusers_version)"\s*:')
_LARGEST_CONFIG = 1 << 20
_CACHE_FOLDER = "models--"


def is_snapshot(folder: Path) -> bool:
    """Whether `folder` looks like a model: weights, a model's configuration, or a card beside a model's files."""
    try:
        names = {entry.name for entry in folder.iterdir()}
    except OSError:
        return False
    if any(name.endswith(_WEIGHTS) for name in names):
        return True
    config = read_small(_target(folder / "config.json"), _LARGEST_CONFIG) if names else None
    if config is not None and _MODEL_KEYS.search(config):
        return True
    telling = bool(names & _TELLING_NAMES)
    return telling and (config is not None or _has_front_matter(folder / "README.md"))


def cache_folder(snapshot: Path) -> Path | None:
    """The folder `models--…` of a Hugging Face cache that `snapshot` lies in; None for any other folder."""
    snapshot = snapshot.resolve()
    folder = snapshot.parent.parent
    return folder if snapshot.parent.name == "snapshots" and folder.name.startswith(_CACHE_FOLDER) else None


def snapshots_in(folder: Path) -> list[Path]:
    """The snapshots in `folder`, if it is a model's folder in a Hugging Face cache; the one `main` names alone."""
    folder = folder.resolve()
    if not folder.name.startswith(_CACHE_FOLDER) or not (folder / "snapshots").is_dir():
        return []
    named = (read_small(os.fsencode(folder / "refs" / "main"), 200) or b"").strip()
    found = sorted(one for one in (folder / "snapshots").iterdir() if one.is_dir() and not one.is_symlink())
    return [one for one in found if os.fsencode(one.name) == named] or found


def _target(path: Path) -> bytes:
    """Where `path` leads: a cache holds its files as links."""
    return os.path.realpath(os.fsencode(path))


def _has_front_matter(card: Path) -> bool:
    try:
        with open_regular(_target(card)) as content:
            return content.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")
    except OSError:
        return False
