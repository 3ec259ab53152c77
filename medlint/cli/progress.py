"""A progress bar on a terminal, for work that takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from medlint.records.sources import Source

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

_PATIENCE = 1.0


class Progress:
    """Counts bytes; shows a bar on standard error when that is a terminal and time passes."""

    def __init__(self, sources: Sequence[Source], *, is_wanted: bool):
        self._sources = sources
        self._is_wanted = is_wanted and sys.stderr.isatty()
        self._started = time.monotonic()
        self._done = 0
        self._bar: RichProgress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, size: int) -> None:
        """Take notice of *size* more bytes that are done."""
        self._done += size
        if not self._is_wanted:
            return
        if self._bar is None:
            if time.monotonic() - self._started < _PATIENCE:
                return
            self._bar = self._start()
        for task in self._bar.task_ids:
            self._bar.update(task, completed=self._done)

    def give_way(self) -> None:
        """Take the bar away, for good, before findings are printed on the same terminal."""
        if self._is_wanted and sys.stdout.isatty():
            self._is_wanted = False
            if self._bar is not None:
                self._bar.stop()
                self._bar = None

    def _start(self) -> RichProgress:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        bar = Progress(
            TextColumn("checking"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        bar.add_task("checking", total=self._total())
        bar.start()
        return bar

    def _total(self) -> int | None:
        try:
            if any(source.url for source in self._sources):
                return None
            return sum(s.path.stat().st_size for s in self._sources if s.path) or None
        except OSError:
            return None
