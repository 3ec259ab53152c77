"""``last``: certain values of a tag stand after all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings, compiled
from medlint.records.columns import Columns
from medlint.records.record import Record

#: How many values are remembered before starting afresh.
_MEMORY = 20_000


class Last(RecordCheck):
    """The values of ``tag`` that match ``pattern`` stand after those that do not; the first of
    them that stands before another is the fault."""

    placeholders = frozenset({"next"})

    def __init__(self, settings: Settings):
        self._tag: str = settings["tag"]
        self._pattern: str = settings["pattern"]
        self.tags = (self._tag,)
        self._seen: set[str] = set()
        self._last: set[str] = set()

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        if len(self._seen) > _MEMORY:
            self._seen.clear()
            self._last.clear()
        fresh = set(columns.values(self._tag)) - self._seen
        self._seen |= fresh
        self._last |= set(filter(compiled(self._pattern).fullmatch, fresh))
        rows, last = columns.repeated(self._tag), self._last
        return [
            index
            for index, values in rows
            if values[0] in last or (len(values) > 2 and not last.isdisjoint(values[1:-1]))
        ]

    def faults(self, record: Record) -> Iterator[Fault]:
        values = record.values(self._tag)
        matches = [bool(compiled(self._pattern).fullmatch(value)) for value in values]
        for index, is_last in enumerate(matches):
            if is_last and not all(matches[index:]):
                follower = matches.index(False, index)
                also = ((self._tag, follower + 1),)
                yield Fault(self._tag, index + 1, params={"next": values[follower]}, also=also)
                return
