"""Other tools and algorithms, each behind the same protocol as ours.

They come with the extra `bench`, Dolos with npm; what isn't installed is left out and said so.
"""

import importlib
import sys

from benchmarks.origins.method import Method

FAST = {"scanoss": "Scanoss", "minhash": "MinHashes"}
"""Module and class of those that search an index."""
SLOW = {"copydetector": "Copydetect", "dolos": "Dolos"}
"""Of those that compare pairs of files."""


def load(module: str, name: str) -> Method | None:
    """The peer, or None where its package isn't installed."""
    try:
        method: Method = getattr(importlib.import_module(f"benchmarks.origins.peers.{module}"), name)()
    except (ImportError, FileNotFoundError) as error:
        print(f"{name} is left out: {error}", file=sys.stderr)
        return None
    return method
