"""Runs the real command in a process of its own, as a user or a CI job does."""

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.origins.invented import small_index


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a call."""

    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.stdout)


@functools.cache
def known_code() -> Path:
    """An index of invented code, since what the shipped one holds, or that it is there, is no matter of tests."""
    folder = Path(tempfile.mkdtemp(prefix="known-code-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return small_index(folder)


def compliance(*arguments: object, cache: Path | None = None, **environment: str) -> Finished:
    """Run `compliance` with `arguments`; `cache` names the folder of its cache.

    An examination that names no index compares with `known_code`.
    """
    if arguments[:1] in (("check",), ("scan",)) and not {"--origins", "--no-shipped-origins", "--help"} & {
        *arguments
    }:
        arguments = (*arguments, "--no-shipped-origins", "--origins", known_code())
    variables = {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", **environment}
    if cache is not None:
        variables["COMPLIANCE_CACHE_DIR"] = str(cache)
    command = [sys.executable, "-m", "compliance", *map(str, arguments)]
    finished = subprocess.run(command, capture_output=True, env=variables, check=False, stdin=subprocess.DEVNULL)
    return Finished(finished.returncode, finished.stdout.decode(), finished.stderr.decode())
