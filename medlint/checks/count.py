"""``count``: a tag stands at most so many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Columns, Context, Fault, RecordCheck, Settings
from medlint.records.record import Record


class Count(RecordCheck):
    """None of the tags stands more than ``max`` times; the first one too many is the fault."""

    placeholders = frozenset({"count", "max"})

    def __init__(self, tags: list[str], maximum: int):
        self.tags = tuple(tags)
        self._max = maximum

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings.get("tags") or [settings["tag"]], settings["max"])

    def suspects(self, columns: Columns) -> Iterable[int]:
        return {
            index
            for tag in self.tags
            for index, values in columns.repeated(tag)
            if len(values) > self._max
        }

    def faults(self, record: Record) -> Iterator[Fault]:
        for tag in self.tags:
            count = len(record.values(tag))
            if count > self._max:
                params = {"count": str(count), "max": str(self._max)}
                yield Fault(tag, self._max + 1, params=params)
