"""A progress bar on a terminal, for work that takes longer than a second."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from medlint.records.sources import Source

_PATIENCE = 1.0
_BETWEEN = 0.2
_WIDTH = 20


class Progress:
    """Counts bytes and records; shows a bar on standard error when that is a terminal and time
    passes."""

    def __init__(self, sources: Sequence[Source], *, is_wanted: bool):
        self._sources = sources
        self._is_wanted = is_wanted and sys.stderr.isatty()
        self._started = time.monotonic()
        self._next = self._started + _PATIENCE
        self._done = self._records = 0
        self._total: int | None = None
        self._is_shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._clear()

    def advance(self, size: int, records: int) -> None:
        """Take notice of so many more bytes and records that are done."""
        self._done += size
        self._records += records
        if self._is_wanted and (now := time.monotonic()) >= self._next:
            self._next = now + _BETWEEN
            self._show(now - self._started)

    def give_way(self) -> None:
        """Take the bar away, for good, before findings are printed on the same terminal."""
        if self._is_wanted and sys.stdout.isatty():
            self._is_wanted = False
            self._clear()

    def _show(self, seconds: float) -> None:
        if not self._is_shown:
            self._total = self._size()
            self._is_shown = True
        line = progress_line(self._done, self._total, self._records, seconds)
        self._write(f"\r{line[: self._columns() - 1]}\x1b[K")

    def _clear(self) -> None:
        if self._is_shown:
            self._is_shown = False
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(sys.stderr.fileno()).columns or 80
        except OSError:
            return 80

    def _size(self) -> int | None:
        """How many bytes there are in all, where that can be known."""
        if not all(source.path and source.path.is_file() for source in self._sources):
            return None
        try:
            if any(source.url for source in self._sources):
                return None
            return sum(s.path.stat().st_size for s in self._sources if s.path) or None
        except OSError:
            return None


def progress_line(done: int, total: int | None, records: int, seconds: float) -> str:
    """What the bar says after so many seconds, bytes and records.

    >>> progress_line(25_000_000, 100_000_000, 6_000, 2.0)
    'checking [#####---------------]  25 %  6,000 records  3,000/s  0:06 left'
    >>> progress_line(25_000_000, None, 6_000, 2.0)
    'checking 25 MB  6,000 records  3,000/s'
    """
    counted = f"{records:,} records  {records / max(seconds, 0.001):,.0f}/s"
    if total is None:
        return f"checking {done / 1e6:,.0f} MB  {counted}"
    share = min(done / total, 1.0)
    filled = int(share * _WIDTH)
    bar = "#" * filled + "-" * (_WIDTH - filled)
    line = f"checking [{bar}] {share:4.0%}".replace("%", " %") + f"  {counted}"
    if not share:
        return line
    minutes, left = divmod(round(seconds / share - seconds), 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
    return f"{line}  {clock} left"
