"""What a dask worker is asked to call. Files are examined in fork servers beside it, never in it."""

from compliance.execution.cluster.batches import packed_outcomes, unpacked
from compliance.execution.fork_server import ForkServers, Setup
from compliance.temporary_folders import temporary_folder

_servers = ForkServers()


def check(setup: Setup) -> None:
    """Whether this worker can do what `setup` asks for. Raises ForkServerError or UnfitError where it can't."""
    _servers.check(setup)


def examine(setup: Setup, batch: bytes) -> bytes:
    """The outcomes of a packed `batch`, packed. Raises UnfitError where this worker can't do it."""
    with temporary_folder("compliance-") as folder:
        jobs, lost = unpacked(batch, folder)
        return packed_outcomes([*lost, *_servers.examine(setup, jobs)])
