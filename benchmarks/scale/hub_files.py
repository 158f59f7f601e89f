"""Counts the files of a whole hub by kind: `python -m benchmarks.scale.hub_files GIT_DIRECTORY COMMIT`.

The lists are those of a public repository that kept, for every model repository of a large hub in February 2022,
what the hub's interface said of it: saranscript/huggingface-models on GitHub, commit
796a1d378fabf06fff864b7147be79829b0b872f. Only counts are kept here, in hub-files.json.
"""

import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.scale.kinds import KINDS, Kind, kind_of

TABLE = Path(__file__).with_name("hub-files.json")


class HubFiles(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted."""

    source: str
    repositories: int
    median_files: float
    """Of a repository."""
    largest: int
    """Files of the largest repository."""
    files: dict[Kind, int]
    card_bytes: float
    """Of a model card on average."""

    @property
    def each(self) -> dict[Kind, float]:
        """Files of each kind in a repository on average."""
        return {kind: self.files[kind] / self.repositories for kind in KINDS}


class _File(msgspec.Struct):
    rfilename: str


class _Repository(msgspec.Struct):
    siblings: list[_File] | None = None


def hub_files() -> HubFiles:
    """The counts that are kept."""
    return msgspec.json.decode(TABLE.read_bytes(), type=HubFiles)


def main() -> None:
    """Count and write the table."""
    repository, commit = sys.argv[1:]
    blobs = _listed(repository, commit)
    counts: Counter[Kind] = Counter()
    sizes: list[int] = []
    cards: list[str] = []
    described = [path for path in blobs if path.endswith("/infos.json")]
    contents = _contents(repository, [blobs[path] for path in described])
    for path, content in zip(described, contents, strict=True):
        files = [one.rfilename for one in msgspec.json.decode(content, type=_Repository).siblings or []]
        counts.update(map(kind_of, files))
        sizes.append(len(files))
        if "README.md" in files:
            cards.append(blobs[path.replace("infos.json", "README.md")])
    table = HubFiles(
        source=f"saranscript/huggingface-models, {commit}",
        repositories=len(sizes),
        median_files=statistics.median(sizes),
        largest=max(sizes),
        files={kind: counts[kind] for kind in KINDS},
        card_bytes=round(statistics.mean(map(len, _contents(repository, cards)))),
    )
    TABLE.write_bytes(msgspec.json.format(msgspec.json.encode(table), indent=2) + b"\n")


def _listed(repository: str, commit: str) -> dict[str, str]:
    """Blob of each path."""
    listing = subprocess.run(
        ["git", "-C", repository, "ls-tree", "-r", "-z", commit], capture_output=True, check=True
    ).stdout.decode("utf-8", "surrogateescape")
    entries = (entry.split("\t", 1) for entry in listing.split("\0") if entry)
    return {path: described.split()[2] for described, path in entries}


def _contents(repository: str, blobs: list[str]) -> Iterator[bytes]:
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    raw = subprocess.run(
        ["git", "-C", repository, "cat-file", "--batch"], input=asked, capture_output=True, check=True
    ).stdout
    place = 0
    for _ in blobs:
        end = raw.index(b"\n", place)
        size = int(raw[place:end].split()[2])
        yield raw[end + 1 : end + 1 + size]
        place = end + 1 + size + 1


if __name__ == "__main__":
    main()
