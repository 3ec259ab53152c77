"""Processes of this machine that lint chunks."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread

from medlint.part import ChunkLinter, Outcome, Task
from medlint.workers import CrewError

#: More than that Windows cannot wait for.
_MOST_ON_WINDOWS = 61


class Processes:
    """So many processes, which know what *linter* does and are sent chunks only.

    *method* is a start method of `multiprocessing`; by default, the system's. Raises CrewError.
    """

    def __init__(self, jobs: int, linter: ChunkLinter, method: str | None = None):
        self.size = min(jobs, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self._linter = linter
        self._context = multiprocessing.get_context(method)
        self._executor = self._started()

    def submit(self, tasks: Sequence[Task]) -> Future[list[Outcome]]:
        """Have *tasks* done. Raises BrokenExecutor where a process was lost, as the future does."""
        return self._executor.submit(_lint, tasks)

    def renew(self) -> None:
        """Start all processes anew. Raises CrewError."""
        self._executor.shutdown()
        self._executor = self._started()

    def stop(self) -> None:
        """End the processes at once, whatever they do."""
        # Python 3.14 has `kill_workers` for this, which does the same.
        for process in list((self._executor._processes or {}).values()):
            process.kill()
        self._executor.shutdown(cancel_futures=True)

    def close(self) -> None:
        """End the processes, which have nothing more to do."""
        self._executor.shutdown()

    def _started(self) -> ProcessPoolExecutor:
        try:
            executor = ProcessPoolExecutor(
                self.size, self._context, initializer=_begin, initargs=(self._linter,)
            )
            with _no_interrupts():
                executor.submit(_nothing)
        except (OSError, ImportError, NotImplementedError) as error:
            raise CrewError(f"other processes cannot be started ({error})") from None
        return executor


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Keep Ctrl-C, which every process in the terminal gets, from those that are started now."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(linter: ChunkLinter) -> None:
    """Prepare a process that has been started."""
    global _linter
    _linter = linter
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _nothing() -> None:
    """The first task: processes are started for it."""


_linter: ChunkLinter


def _lint(tasks: Sequence[Task]) -> list[Outcome]:
    return [_linter.outcome(task) for task in tasks]
