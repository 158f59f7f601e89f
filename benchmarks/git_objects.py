"""What a git repository holds at a commit, read without checking it out."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path


def blobs(repository: Path, commit: str, folder: str = "") -> dict[str, tuple[str, str]]:
    """Mode and blob of every path at `commit`, or of those below `folder`."""
    listed = _git(repository, "ls-tree", "-r", "-z", commit, *filter(None, [folder]))
    entries = (entry.split("\t", 1) for entry in listed.decode("utf-8", "surrogateescape").split("\0") if entry)
    described = ((path, facts.split()) for facts, path in entries)
    return {path: (mode, blob) for path, (mode, _kind, blob) in described}


def contents(repository: Path, wanted: Sequence[str]) -> Iterator[bytes]:
    """What the blobs `wanted` hold, in their order."""
    raw = _git(repository, "cat-file", "--batch", asked="".join(f"{blob}\n" for blob in wanted).encode())
    place = 0
    for _ in wanted:
        end = raw.index(b"\n", place)
        size = int(raw[place:end].split()[2])
        yield raw[end + 1 : end + 1 + size]
        place = end + 1 + size + 1


def _git(repository: Path, *arguments: str, asked: bytes = b"") -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, input=asked, check=True, capture_output=True).stdout
