"""Who holds which key, for more keys than memory should hold at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from medlint.checks.memory import Entry, Key, Memory
from medlint.spill.drawers import Drawer, Spill

#: Into so many parts the keys are divided, so that one part of them can be looked at.
_PARTS = 256


class Parts:
    """A memory that is packed away whenever it has become large, and looked at part by part.

    *empty* makes an empty memory. With more than *room* slots in use it is divided, each part goes
    to its drawer, and a new one is begun. Keys of which *group* says the same come into one part;
    without a *group* all of them stay in memory.
    """

    def __init__(
        self,
        empty: Callable[[], Memory],
        group: Callable[[Key], Hashable] | None,
        spill: Spill,
        room: int,
    ):
        self._empty = empty
        self._group = group
        self._spill = spill
        self._room = room
        self._memory = empty()
        self._drawers: list[Drawer] = []

    def add(self, numbers: Sequence[int], entries: Iterable[Entry]) -> None:
        """Take in the *entries* of a batch, whose records have these *numbers*. Raises
        SpillError."""
        self._memory.add(numbers, entries)
        if self._group is not None and self._memory.size > self._room:
            self._pack(self._group)

    def __iter__(self) -> Iterator[Memory]:
        """The parts, in no certain order; one alone where nothing was packed away."""
        if not self._drawers or self._group is None:
            yield self._memory
            return
        self._pack(self._group)
        for drawer in self._drawers:
            memory = self._empty()
            for piece in drawer:
                memory.unpack(piece)
            yield memory

    def _pack(self, group: Callable[[Key], Hashable]) -> None:
        if not self._drawers:
            self._drawers = [self._spill.drawer() for _ in range(_PARTS)]
        for number, part in self._memory.packed(_PARTS, group):
            self._drawers[number].put(part)
        self._memory = self._empty()
