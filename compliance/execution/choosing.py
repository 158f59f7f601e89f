"""Which executor a call asks for: processes of this machine, unless it says otherwise."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from compliance.detectors.detector import FileDetector
from compliance.errors import ConfigurationError
from compliance.execution.executor import Executor
from compliance.execution.processes import Limits, Processes
from compliance.execution.serial import Serial
from compliance.settings import Settings

if TYPE_CHECKING:  # few runs need a cluster, or anything of it
    from compliance.execution.fork_server import Recipe


@contextmanager
def executor_for(settings: Settings, detectors: Sequence[FileDetector], recipe: "Recipe") -> Iterator[Executor]:
    """What runs `detectors`, which `recipe` makes elsewhere, as `settings` say.

    Raises:
        ConfigurationError: the cluster can't be used.
    """
    by_name = {one.name: one for one in detectors}
    limits = Limits(settings.seconds_per_file, settings.memory_per_file)
    if settings.cluster is not None:
        with _cluster(settings.cluster, recipe, limits, detectors, settings.workers) as cluster:
            yield cluster
    elif settings.serial:
        yield Serial(by_name)
    else:
        with Processes(by_name, settings.workers, limits) as processes:
            yield processes


@contextmanager
def _cluster(
    address: str, recipe: "Recipe", limits: Limits, detectors: Sequence[FileDetector], places: int
) -> Iterator[Executor]:
    from compliance.execution.agreement import versions_of
    from compliance.execution.cluster import messages
    from compliance.execution.cluster.executor import Cluster
    from compliance.execution.cluster.nodes import HereNodes
    from compliance.execution.fork_server import Setup

    try:
        from compliance.execution.cluster.dask_nodes import DaskNodes
    except ModuleNotFoundError as error:
        raise ConfigurationError(messages.NOT_INSTALLED) from error
    setup = Setup(recipe, limits, tuple(versions_of(detectors).items()))
    with Cluster(DaskNodes(address, setup), HereNodes(setup, places)) as cluster:
        yield cluster
