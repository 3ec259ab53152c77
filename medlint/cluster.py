"""A cluster of dask.distributed that lints chunks.

The rules travel once, as the result of a task that the others need: the cluster keeps it on each
worker that asks for it, and makes it anew where it was lost. What a worker that dies had under way
is done by another (dask gives up when a task has taken three workers with it). Only data of
medlint's own are pickled, between processes of the user's own.
"""

from __future__ import annotations

import gc
import logging
import pickle
import re
import signal
from collections.abc import Sequence
from concurrent.futures import Future
from functools import lru_cache
from threading import Lock
from typing import Any, cast

from medlint.part import ChunkLinter, Outcome, Task
from medlint.signals import insist
from medlint.version import __version__
from medlint.workers import CrewError

#: The address that stands for a cluster of this machine, which is started for the run.
LOCAL = "local"
_ADDRESS = re.compile(r"(?:tcp|tls|wss?)://[^/]+:\d+")
_PATIENCE = 5
_PATIENCE_FOR_WORKERS = 10
_MOST_SHOWN = 3


class Cluster:
    """The workers of a cluster, which know what *linter* does and are sent chunks only.

    *address* is that of the scheduler, or `LOCAL`, which starts a cluster of *jobs* processes.
    Raises CrewError, with one line for the user, where there is no such cluster.
    """

    def __init__(self, address: str, jobs: int, linter: ChunkLinter):
        # The event loop of dask makes reference cycles.
        gc.enable()
        self._client = _connected(address, jobs)
        try:
            self.size = self._workers(address)
        except BaseException:
            self.stop()
            raise
        self._executor = self._client.get_executor(pure=False)
        # What is kept for the next run is kept on this machine, not on theirs.
        self._work = self._client.submit(bytes, pickle.dumps(linter.work), pure=False)

    def submit(self, tasks: Sequence[Task]) -> Future[list[Outcome]]:
        """Have *tasks* done by one of the workers."""
        insist()
        future: Future[list[Outcome]] = self._executor.submit(
            _lint, self._work, __version__, list(tasks)
        )
        return future

    def renew(self) -> None:
        """Nothing: the cluster minds its workers."""

    def stop(self) -> None:
        """Give up what is under way, and leave the cluster."""
        self.close()

    def close(self) -> None:
        """Leave the cluster; end it if it was started for the run."""
        cluster = self._client.cluster
        self._client.close(timeout=_PATIENCE)
        if cluster is not None:
            cluster.close(timeout=_PATIENCE)

    def _workers(self, address: str) -> int:
        """How many workers there are, all of which have this version of medlint."""
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE_FOR_WORKERS)
        except TimeoutError:
            raise CrewError(
                f"--scheduler {address}: it has no workers; 'dask worker {address}' starts one"
            ) from None
        wrong = [
            f"{worker} has {version}"
            for worker, version in sorted(self._client.run(_asker()).items())
            if version != __version__
        ]
        if wrong:
            shown = ", ".join(wrong[:_MOST_SHOWN]) + (", ..." if len(wrong) > _MOST_SHOWN else "")
            raise CrewError(
                f"--scheduler {address}: every worker must have medlint {__version__}, as this "
                f"machine has; {shown}"
            )
        return len(self._client.nthreads())


def _connected(address: str, jobs: int) -> Any:
    if address != LOCAL and not _ADDRESS.fullmatch(address):
        raise CrewError(
            f"--scheduler '{address}': expected 'local' or an address such as tcp://host:8786"
        )
    try:
        import dask
        from distributed import Client, LocalCluster, Security
    except ImportError:
        raise CrewError(
            "--scheduler needs dask: pip install 'medline-lint[dask]', here and on every worker"
        ) from None
    # A chunk is no "large graph".
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"})
    # What goes wrong is told in words of our own.
    logging.disable()
    client, here, security = cast(Any, Client), cast(Any, LocalCluster), cast(Any, Security)()
    is_safe = address.startswith(("tls", "wss"))
    if is_safe and not security.get_connection_args("client")["ssl_context"]:
        raise CrewError(
            f"--scheduler {address}: dask has no certificates to use; name them in its "
            "configuration, under distributed.comm.tls"
        )
    try:
        if address != LOCAL:
            return client(address, timeout=_PATIENCE, set_as_default=False)
        cluster = here(
            n_workers=jobs,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            preload=[__name__],
        )
        return client(cluster, set_as_default=False)
    except TimeoutError:
        reason = f"nobody answered within {_PATIENCE} seconds"
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error)
    raise CrewError(f"--scheduler {address}: there is no scheduler: {reason}")


def dask_setup(worker: object) -> None:
    """What dask has a worker of this machine do first: ignore Ctrl-C, which the whole terminal
    gets, and say nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()


def _asker() -> Any:
    """What asks a worker for its version of medlint; it travels by value, as there may be none."""

    def version() -> str:
        try:
            from medlint.version import __version__
        except ImportError:
            return "none"
        return f"{__version__}"

    return version


#: A worker may have several threads; a linter remembers what it has seen, and is for one at a time.
_one_at_a_time = Lock()


@lru_cache(maxsize=1)
def _linter(pickled: bytes) -> ChunkLinter:
    return ChunkLinter(pickle.loads(pickled))


def _lint(pickled: bytes, version: str, tasks: Sequence[Task]) -> list[Outcome]:
    if version != __version__:
        line = f"a worker has medlint {__version__}; every one must have {version}"
        return [CrewError(f"--scheduler: {line}")]
    with _one_at_a_time:
        return _linter(pickled).outcomes(tasks)
