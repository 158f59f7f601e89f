"""The one adapter of dask.distributed, imported only where a cluster is asked for.

Dask sends Python objects between client, scheduler and workers as pickles: whoever can speak to the scheduler can
run code on every worker. So nothing of it listens in a run on one machine, and addresses across machines should be
`tls://`, with certificates set in dask's own configuration. What was scanned travels inside as bytes.
"""

import asyncio
import concurrent.futures
import contextlib
import itertools
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any

import distributed
from distributed.comm.core import connect

from compliance.errors import ConfigurationError
from compliance.execution.cluster import messages, worker_tasks
from compliance.execution.cluster.batches import packed, unpacked_outcomes
from compliance.execution.cluster.nodes import Answer, Done, Gone, Suspect, Unfit
from compliance.execution.fork_server import ForkServerError, Setup, UnfitError
from compliance.execution.work import Job
from compliance.model.text import Text

_SECONDS_TO_CONNECT = 10
_SECONDS_TO_LEAVE = 5
_SECONDS_TO_CHECK = 120
_SECONDS_BETWEEN_COUNTS = 10.0
_SECONDS_WITHOUT_WORKERS = 60.0
_AHEAD = 10
"""Priority of checks, so that they don't wait behind another call's files."""


class DaskNodes:
    """The workers of a dask scheduler, those that come and go included."""

    def __init__(self, address: str, setup: Setup) -> None:
        """Connect to the scheduler at `address` and check every worker.

        Raises:
            ConfigurationError: no scheduler answers, it has no worker, or one can't do what `setup` asks for.
        """
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it tells, we tell in our words
        self._address = address
        self._setup = setup
        self._name = f"compliance-{secrets.token_hex(8)}"
        self._numbers = itertools.count()
        self._waiting: set[asyncio.Task[None]] = set()
        try:
            asyncio.run(_reach(address))  # since a client that has failed to connect can't be closed in silence
            self._client = distributed.Client(
                address, timeout=_SECONDS_TO_CONNECT, set_as_default=False, name="compliance"
            )
        except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
            raise ConfigurationError(messages.no_scheduler(address, error)) from error
        self._loop: Any = self._client.loop
        try:
            self._threads = self._count()
            self._counted = self._populated = time.monotonic()
            self._check()
        except BaseException:
            self.close()
            raise

    def places(self) -> int:
        """Threads of all workers, counted anew every few seconds."""
        if self._client.status == "running" and time.monotonic() - self._counted > _SECONDS_BETWEEN_COUNTS:
            self._count_anew()
        return max(1, self._threads)

    def submit(self, jobs: Sequence[Job], answer: Callable[[Answer], None]) -> None:
        """Send `jobs` with their files to a worker."""
        batch = packed(jobs)
        try:
            future = self._submit(worker_tasks.examine, self._setup, batch)
        except Exception:  # whatever dask raises when the scheduler has gone
            answer(Gone(messages.scheduler_gone(self._address)))
            return
        # dask's own callbacks share one thread a process, which a batch that never comes would hold for ever
        self._loop.add_callback(self._wait_for, future, answer)

    def lost(self) -> Text | None:
        """That the scheduler has gone, or has been without a worker for a minute."""
        if self._client.status != "running":
            return messages.scheduler_gone(self._address)
        self._count_anew()
        if time.monotonic() - self._populated > _SECONDS_WITHOUT_WORKERS:
            return messages.workers_gone(self._address)
        return None

    def close(self) -> None:
        """Disconnect; the scheduler drops what this client asked for and nobody else did."""
        self._loop.add_callback(self._stop_waiting)
        with contextlib.suppress(TimeoutError):
            self._client.close(timeout=_SECONDS_TO_LEAVE)

    def _submit(self, task: Callable[..., Any], *arguments: object, **options: object) -> Any:
        key = f"{self._name}-{next(self._numbers)}"
        return self._client.submit(task, *arguments, key=key, pure=False, **options)

    def _wait_for(self, future: Any, answer: Callable[[Answer], None]) -> None:
        task = asyncio.get_running_loop().create_task(self._pass_on(future, answer))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    def _stop_waiting(self) -> None:
        for task in self._waiting:
            task.cancel()

    async def _pass_on(self, future: Any, answer: Callable[[Answer], None]) -> None:
        """Await `future`, on the client's own loop, and make its end an answer."""
        try:
            answer(Done(unpacked_outcomes(await future)))
        except concurrent.futures.CancelledError:  # how dask says so; not asyncio's, which ends this task
            answer(Gone(messages.scheduler_gone(self._address)))
        except UnfitError as error:
            answer(Unfit(messages.unfit(error.said)))
        except Exception as error:  # a worker's fault, whatever it is, must not end the run
            answer(Suspect(messages.worker_fault(error)))
        finally:
            future.release()

    def _count(self) -> int:
        return sum(self._client.nthreads(callback_timeout=_SECONDS_TO_CONNECT).values())

    def _count_anew(self) -> None:
        self._counted = time.monotonic()
        try:
            self._threads = self._count()
        except Exception:  # the scheduler can't be asked: answers will tell, or the client's status
            return
        if self._threads:
            self._populated = self._counted

    def _check(self) -> None:
        """Ask each worker for itself, all at a time."""
        workers = list(self._client.nthreads(callback_timeout=_SECONDS_TO_CONNECT))
        if not workers:
            raise ConfigurationError(messages.no_workers(self._address))
        asked = {
            worker: self._submit(
                worker_tasks.check, self._setup, workers=[worker], allow_other_workers=False, priority=_AHEAD
            )
            for worker in workers
        }
        deadline = time.monotonic() + _SECONDS_TO_CHECK
        faults = [
            (worker, said) for worker, future in asked.items() if (said := _fault(future, deadline)) is not None
        ]
        if faults:
            raise ConfigurationError(messages.unfit_workers(faults))


async def _reach(address: str) -> None:
    """Open a connection to `address` and close it. Raises what dask raises where that can't be."""
    ours = distributed.Security().get_connection_args("client")
    connection = await connect(address, timeout=_SECONDS_TO_CONNECT, **ours)
    await connection.close()


def _fault(future: Any, deadline: float) -> Text | None:
    """What is wrong with the worker that was asked, once it has answered."""
    try:
        error = future.exception(timeout=max(1.0, deadline - time.monotonic()))
    except TimeoutError:
        return messages.NO_ANSWER
    if error is None:
        return None
    if isinstance(error, UnfitError | ForkServerError):
        return error.said
    return messages.worker_fault(error)
