"""Signals that end the program: SIGINT (Ctrl-C) and SIGTERM."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

#: What ends the program; every process in a terminal gets SIGINT.
ENDING = (signal.SIGINT, signal.SIGTERM)


class Ended(KeyboardInterrupt):
    """A signal that ends the program was received."""

    def __init__(self, number: int):
        super().__init__()
        self.number = number


_received: int | None = None


def heed_signals() -> None:
    """Have both signals raise `Ended`, so that nothing is left behind."""
    for number in ENDING:
        signal.signal(number, _end)
    sys.unraisablehook = _drop


def insist() -> None:
    """Raise `Ended` again if nobody heard: Python drops what is raised in a destructor. To be asked
    now and then."""
    if _received is not None:
        raise Ended(_received)


def _drop(dropped: sys.UnraisableHookArgs) -> None:
    if not isinstance(dropped.exc_value, Ended):
        sys.__unraisablehook__(dropped)


def _end(number: int, frame: object) -> NoReturn:
    global _received
    _received = number
    raise Ended(number)


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
