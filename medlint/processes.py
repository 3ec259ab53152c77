"""Processes of this machine that lint chunks."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.context import BaseContext
from threading import Thread

from medlint.part import ChunkLinter, Outcome, Task
from medlint.signals import ENDING, OF_TERMINALS, held_back, insist, let_through
from medlint.workers import NoProcessesError

if sys.platform != "win32":
    from multiprocessing.context import ForkContext, ForkProcess

    class _Forked(ForkProcess):
        """A process of the many that are forked at once: signals, which wait for the fork, are let
        through after each."""

        def start(self) -> None:
            super().start()
            let_through(*ENDING)

    class _Forking(ForkContext):
        Process = _Forked


#: More than that Windows cannot wait for.
_MOST_ON_WINDOWS = 61


class Processes:
    """So many processes, which know what *linter* does and are sent chunks only.

    *method* is a start method of `multiprocessing`; by default, the system's. Raises
    NoProcessesError.
    """

    def __init__(self, jobs: int, linter: ChunkLinter, method: str | None = None):
        self.size = min(jobs, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self._linter = linter
        self._context = _context(method)
        self._executor = self._started()

    def submit(self, tasks: Sequence[Task]) -> Future[list[Outcome]]:
        """Have *tasks* done. Raises BrokenExecutor where a process was lost, as the future does."""
        insist()
        with held_back(*ENDING):
            return self._executor.submit(_lint, tasks)

    def renew(self) -> None:
        """Start all processes anew. Raises NoProcessesError."""
        _let_go(self._executor)
        self._executor.shutdown()
        self._executor = self._started()

    def stop(self) -> None:
        """End the processes at once, whatever they do."""
        _kill(self._executor)

    @property
    def pids(self) -> list[int]:
        """The processes, by the number that the system has for each."""
        return list(self._executor._processes or ())

    def close(self) -> None:
        """End the processes, which have nothing more to do."""
        self._executor.shutdown()

    def _started(self) -> ProcessPoolExecutor:
        try:
            executor = ProcessPoolExecutor(
                self.size, self._context, initializer=_begin, initargs=(self._linter,)
            )
            try:
                with held_back(*ENDING):
                    executor.submit(_nothing)
            except BaseException:
                _kill(executor)
                raise
        except (OSError, ImportError, NotImplementedError) as error:
            raise NoProcessesError(f"other processes cannot be started ({error})") from None
        return executor


def _context(method: str | None) -> BaseContext:
    context = multiprocessing.get_context(method)
    is_forking = sys.platform != "win32" and context.get_start_method() == "fork"
    return _Forking() if is_forking else context


def _kill(executor: ProcessPoolExecutor) -> None:
    # Python 3.14 has `kill_workers` for this, which does the same.
    # Of those that were being started, the executor may not know the last.
    processes = multiprocessing.active_children()
    for process in processes:
        process.kill()
    _let_go(executor)
    executor.shutdown(cancel_futures=True)
    for process in processes:
        process.join()


def _let_go(executor: ProcessPoolExecutor) -> None:
    """Have nobody wait for a chunk to be taken by processes that are dead: before Python 3.11.5
    (CPython issue 94777) that took for ever."""
    queue = getattr(executor, "_call_queue", None)
    if sys.version_info < (3, 11, 5) and queue is not None:
        queue._reader.close()


def _begin(linter: ChunkLinter) -> None:
    """Prepare a process that has been started."""
    global _linter
    _linter = linter
    gc.disable()
    for number in OF_TERMINALS:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
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
    return _linter.outcomes(tasks)
