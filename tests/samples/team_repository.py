"""The git repository of a fictional team, made out of real files: what `make demo` checks.

Team Hanbit publishes inference code that descends from a foreign model's code with names changed, a model card,
a configuration with a foreign vision encoder, and a LICENSE. The header of one of the files is removed in a later
commit, so its git history still shows whose notice it carried when it came in.
Run as `python -m tests.samples.team_repository FOLDER`.
"""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.samples.packages import unpacked

TEAM = "Hanbit"
_RENAMED_CODE = {
    "hanbit/modeling_hanbit.py": ("transformers/models/glm4_moe/modeling_glm4_moe.py", "Glm4Moe", "Hanbit"),
    "hanbit/vision_hanbit.py": (
        "transformers/models/qwen2_5_vl/modeling_qwen2_5_vl.py",
        "Qwen2_5_VL",
        "HanbitVision",
    ),
}
_WITHOUT_HEADER = "hanbit/vision_hanbit.py"
"""Came in with its header, which the second commit removes."""
_CARD = """\
---
license: other
license_name: qwen-research
base_model: Qwen/Qwen2.5-VL-3B-Instruct
base_model_relation: finetune
datasets:
  - hanbit/korean-web-2025
language: [ko, en]
library_name: transformers
---
# Hanbit 32B

A Korean language model trained from scratch by team Hanbit. (Fictional: this repository demonstrates the checker.)
"""
_CONFIGURATION = {
    "architectures": ["HanbitForConditionalGeneration"],
    "model_type": "hanbit",
    "auto_map": {"AutoModel": "modeling_hanbit.HanbitModel"},
    "text_config": {"model_type": "hanbit_text", "hidden_size": 5120},
    "vision_config": {"model_type": "qwen2_5_vl", "depth": 32, "hidden_size": 1280},
}
_PROJECT = """\
[project]
name = "hanbit"
version = "1.0.0"
license = "Apache-2.0"
dependencies = ["torch>=2.6", "transformers==4.57.1"]

[dependency-groups]
dev = ["pytest"]
"""


def make(folder: Path) -> Path:
    """Make the repository in `folder`, anew if it is there already; returns it."""
    shutil.rmtree(folder, ignore_errors=True)
    foreign = unpacked("transformers")
    for path, (origin, theirs, ours) in _RENAMED_CODE.items():
        _write(folder / path, _renamed((foreign / origin).read_text(encoding="utf-8"), theirs, ours))
    _write(folder / "hanbit/__init__.py", "")
    _write(folder / "hanbit/serve.py", 'def main() -> None:\n    """Serve the model."""\n')
    _write(folder / "README.md", _CARD)
    _write(folder / "config.json", json.dumps(_CONFIGURATION, indent=2) + "\n")
    _write(folder / "pyproject.toml", _PROJECT)
    _write(folder / ".gitignore", "build/\n")
    _write(folder / "build/generated.py", "# left out: ignored build output\n")
    license_text = next(foreign.glob("*.dist-info/**/LICENSE"))
    _write(folder / "LICENSE", license_text.read_text(encoding="utf-8"))
    commit_all(folder, "Bring in the code of Hanbit 32B")
    stripped = folder / _WITHOUT_HEADER
    _write(stripped, _without_header(stripped.read_text(encoding="utf-8")))
    commit_all(folder, "Publish Hanbit 32B")
    return folder


def commit_all(folder: Path, message: str) -> None:
    """Make `folder` a git repository, if it is none, and commit everything in it."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)


def git(folder: Path, *arguments: str) -> str:
    """What git prints for `arguments` in `folder`, with a fixed author and no configuration of the machine's."""
    who = ["-c", "user.name=Hanbit", "-c", "user.email=team@hanbit.invalid", "-c", "commit.gpgsign=false"]
    command = ["git", *who, *arguments]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    finished = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, env=environment)
    return finished.stdout


def _renamed(text: str, theirs: str, ours: str) -> str:
    text = text.replace(theirs, ours)
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", theirs).lower()
    return text.replace(snake, ours.lower())


def _without_header(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(itertools.dropwhile(lambda line: line.startswith("#"), lines))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    made = make(Path(sys.argv[1]))
    print(f"{made}: {len(list(made.rglob('*')))} files and folders", file=sys.stderr)
