"""How much is measured: everything, or little of everything to try the measuring itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Numbers of files and rounds."""

    name: str
    files: int | None
    """Of the sample, by rank; None for all of it."""
    rounds: int
    """Of the whole sample by us and the peers; ScanCode's command passes over it once, between the first two."""
    paired_files: int
    """The part of the sample on which ScanCode's command stands beside ours in every round."""
    paired_rounds: int
    detection_rounds: int
    warm_rounds: int
    start_rounds: int
    scancode_start_rounds: int
    repository: int
    """Files in the git repository."""
    counts: tuple[int, ...]
    """Numbers of files of the curve."""
    sizes: tuple[int, ...]
    """Bytes of the files of the other curve."""
    scancode_sizes: tuple[int, ...]
    """Those of them that ScanCode's command is given, too."""
    worker_files: int


FULL = Plan(
    name="full",
    files=None,
    rounds=2,
    paired_files=100,
    paired_rounds=3,
    detection_rounds=2,
    warm_rounds=5,
    start_rounds=5,
    scancode_start_rounds=3,
    repository=10_000,
    counts=(100, 400, 1_600),
    sizes=(1_000, 10_000, 100_000, 1_000_000, 10_000_000),
    scancode_sizes=(100_000,),
    worker_files=400,
)
QUICK = Plan(
    name="quick",
    files=40,
    rounds=2,
    paired_files=10,
    paired_rounds=1,
    detection_rounds=1,
    warm_rounds=2,
    start_rounds=1,
    scancode_start_rounds=1,
    repository=100,
    counts=(10, 40),
    sizes=(1_000, 100_000),
    scancode_sizes=(1_000,),
    worker_files=40,
)
PULL_REQUEST = 10
"""Files that a pull request touches."""
