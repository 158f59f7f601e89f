"""Counts the files of a whole hub by kind: `python -m benchmarks.scale.hub_files GIT_DIRECTORY COMMIT`.

The lists are those of a public repository that kept, for every model repository of a large hub in February 2022,
what the hub's interface said of it: saranscript/huggingface-models on GitHub, commit
796a1d378fabf06fff864b7147be79829b0b872f. Only counts are kept here, in hub-files.json.
"""

import statistics
import sys
from collections import Counter
from pathlib import Path

import msgspec

from benchmarks import git_objects
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
    repository, commit = Path(sys.argv[1]), sys.argv[2]
    blobs = {path: blob for path, (_, blob) in git_objects.blobs(repository, commit).items()}
    counts: Counter[Kind] = Counter()
    sizes: list[int] = []
    cards: list[str] = []
    described = [path for path in blobs if path.endswith("/infos.json")]
    contents = git_objects.contents(repository, [blobs[path] for path in described])
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
        card_bytes=round(statistics.mean(map(len, git_objects.contents(repository, cards)))),
    )
    TABLE.write_bytes(msgspec.json.format(msgspec.json.encode(table), indent=2) + b"\n")


if __name__ == "__main__":
    main()
