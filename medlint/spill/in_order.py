"""Items in order, for more of them than memory should hold at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from medlint.spill.drawers import Drawer, Spill

_T = TypeVar("_T")

#: So many items of each run are in memory while the runs are merged.
_PIECE = 50


class InOrder(Generic[_T]):
    """Takes items in any order and gives them out in the order of their *key*.

    With more than *room* items they are sorted and put into a drawer, as a run; the runs are merged
    at the end. Items must be such that pickle can hold them.
    """

    def __init__(self, key: Callable[[_T], Any], spill: Spill, room: int):
        self._key = key
        self._spill = spill
        self._room = room
        self._items: list[_T] = []
        self._runs: list[Drawer] = []

    def add(self, item: _T) -> None:
        """Take *item* in. Raises SpillError."""
        self._items.append(item)
        if len(self._items) > self._room:
            self._put_away()

    def __iter__(self) -> Iterator[_T]:
        """All items, in order. Raises SpillError."""
        self._items.sort(key=self._key)
        if not self._runs:
            yield from self._items
            return
        from heapq import merge

        yield from merge(*map(_unpacked, self._runs), self._items, key=self._key)

    def _put_away(self) -> None:
        from pickle import dumps

        self._items.sort(key=self._key)
        run = self._spill.drawer()
        for start in range(0, len(self._items), _PIECE):
            run.put(dumps(self._items[start : start + _PIECE]))
        self._runs.append(run)
        self._items.clear()


def _unpacked(run: Drawer) -> Iterator[Any]:
    from pickle import loads

    for piece in run:
        yield from loads(piece)
