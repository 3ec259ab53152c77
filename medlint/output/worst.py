"""Formats whose readers take only so much keep the worst of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from medlint.findings import Severity

Item = TypeVar("Item")


class Worst(Generic[Item]):
    """The worst *most* items of all that come, so that millions of findings need no more memory
    than a few. Of equal severity the first are kept.

    >>> worst = Worst[str](2)
    >>> for severity, item in [(Severity.INFO, "a"), (Severity.ERROR, "b"), (Severity.ERROR, "c")]:
    ...     if worst.has_room(severity):
    ...         worst.add(severity, item)
    >>> list(worst)
    ['b', 'c']
    """

    def __init__(self, most: int):
        self._most = most
        self._came = 0
        self._kept: dict[Severity, list[tuple[int, Item]]] = {s: [] for s in sorted(Severity)}

    def has_room(self, severity: Severity) -> bool:
        """Whether an item of *severity* is to be kept, perhaps in the place of a milder one."""
        return len(self) < self._most or any(
            kept for milder, kept in self._kept.items() if milder < severity
        )

    def add(self, severity: Severity, item: Item) -> None:
        """Keep *item*, for which there must be room."""
        if len(self) == self._most:
            next(kept for kept in self._kept.values() if kept).pop()
        self._came += 1
        self._kept[severity].append((self._came, item))

    def cut_to(self, most: int) -> None:
        """Keep only the worst *most* of the items."""
        while len(self) > most:
            next(kept for kept in self._kept.values() if kept).pop()

    def worst_first(self) -> Iterator[Item]:
        """The items, the worst first, and those of equal severity as they came."""
        for severity in sorted(Severity, reverse=True):
            for _, item in self._kept[severity]:
                yield item

    def __iter__(self) -> Iterator[Item]:
        """The items as they came."""
        numbered = [pair for kept in self._kept.values() for pair in kept]
        return (item for _, item in sorted(numbered, key=lambda pair: pair[0]))

    def __len__(self) -> int:
        return sum(map(len, self._kept.values()))
