"""Runs the real command in a process of its own, as a user or a CI job does."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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


def compliance(*arguments: object, cache: Path | None = None, **environment: str) -> Finished:
    """Run `compliance` with `arguments`; `cache` names the folder of its cache."""
    variables = {**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", **environment}
    if cache is not None:
        variables["COMPLIANCE_CACHE_DIR"] = str(cache)
    command = [sys.executable, "-m", "compliance", *map(str, arguments)]
    finished = subprocess.run(command, capture_output=True, env=variables, check=False, stdin=subprocess.DEVNULL)
    return Finished(finished.returncode, finished.stdout.decode(), finished.stderr.decode())
