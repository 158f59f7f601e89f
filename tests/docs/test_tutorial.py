"""The tutorial for policy editors: every file in it is written, every command run, every output compared."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
TUTORIAL = (CHECKOUT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(?:<!-- (?P<what>[a-z ]+): (?P<where>[^\n]*?) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```\n", re.DOTALL
)
STATUS = re.compile(r"\[exit status (\d+)\]\n")

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Step:
    what: str
    where: str
    text: str


def steps() -> Iterator[Step]:
    for block in BLOCK.finditer(TUTORIAL):
        if block["kind"] == "console":
            yield Step("run", "", block["text"])
        elif block["what"]:
            yield Step(block["what"], block["where"], block["text"])


def commands(text: str) -> Iterator[tuple[str, str, int]]:
    """Each command with the output and the exit status that stand below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        status = STATUS.search(output)
        yield command, STATUS.sub("", output), int(status[1]) if status else 0


def run(command: str, folder: Path) -> tuple[str, int]:
    words = shlex.split(command.replace("CHECKOUT", str(CHECKOUT)))
    if words[0] == "compliance":
        words[:1] = [sys.executable, "-m", "compliance"]
    variables = {**os.environ, "COLUMNS": "120", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, env=variables, check=False)
    return done.stdout + done.stderr, done.returncode


def fits(expected: str, found: str) -> bool:
    """Whether `found` is `expected`, in which `…` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in expected.rstrip("\n").split("…"))
    return re.fullmatch(pattern, found.rstrip("\n"), re.DOTALL) is not None


def changed(step: Step, folder: Path) -> None:
    name, _, key = step.where.partition(": ")
    file = folder / name
    match step.what:
        case "file":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(step.text, encoding="utf-8")
        case "replace":
            changed, count = re.subn(
                rf"^ *{key}:.*\n", lambda _: step.text, file.read_text("utf-8"), flags=re.MULTILINE
            )
            assert count == 1
            file.write_text(changed, encoding="utf-8")
        case "add after":
            added, count = re.subn(
                rf"^ *{key}:.*\n", lambda found: found[0] + step.text, file.read_text("utf-8"), flags=re.MULTILINE
            )
            assert count == 1
            file.write_text(added, encoding="utf-8")
        case "prepend":
            file.write_text(step.text + file.read_text("utf-8"), encoding="utf-8")
        case other:
            raise AssertionError(other)


def test_every_step_does_what_the_page_says(tmp_path: Path) -> None:
    ran = 0
    for step in steps():
        if step.what != "run":
            changed(step, tmp_path)
            continue
        for command, expected, status in commands(step.text):
            output, ended = run(command, tmp_path)
            assert fits(expected, output), f"$ {command}\n{output}"
            assert ended == status, f"$ {command}\n{output}"
            ran += 1
    assert ran > 8
