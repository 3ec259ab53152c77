"""Signals that end the program: SIGINT (Ctrl-C), SIGTERM, and SIGHUP, when the terminal goes."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: What every process in a terminal gets.
OF_TERMINALS = (signal.SIGINT, *((signal.SIGHUP,) if sys.platform != "win32" else ()))
#: What ends the program.
ENDING = (*OF_TERMINALS, signal.SIGTERM)
#: For so many seconds after the first signal, others are let pass.
_PATIENCE = 1.0


class Ended(KeyboardInterrupt):
    """A signal that ends the program was received."""

    def __init__(self, number: int):
        super().__init__()
        self.number = number


_received: int | None = None
_received_at = 0.0


def heed_signals() -> None:
    """Have the first signal raise `Ended`, so that nothing is left behind. Others within a second
    change nothing; a later one ends the program at once. What the parent process has had ignored,
    as nohup does, is ignored."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    sys.unraisablehook = _drop


def ignore_signals() -> None:
    """Let no signal come between the end of the work and that of Python."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


def insist() -> None:
    """Raise `Ended` again if nobody heard: Python drops what is raised in a destructor. To be asked
    now and then."""
    if _received is not None:
        raise Ended(_received)


def _drop(dropped: sys.UnraisableHookArgs) -> None:
    if not isinstance(dropped.exc_value, Ended):
        sys.__unraisablehook__(dropped)


def _end(number: int, frame: object) -> None:
    global _received, _received_at
    if _received is None:
        _received, _received_at = number, time.monotonic()
        raise Ended(number)
    if time.monotonic() - _received_at > _PATIENCE:
        os._exit(128 + number)


@contextmanager
def held_back(*numbers: int) -> Iterator[None]:
    """Have signals wait, for this process; those that it starts never get them, unless they ask."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def let_through(*numbers: int) -> None:
    """Let signals that are held back come now, and hold them back again."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
