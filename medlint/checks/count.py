"""``count``: a tag stands at most so many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Columns, Context, Fault, RecordCheck, Settings
from medlint.records.record import Record


class Count(RecordCheck):
    """None of the tags stands more than ``max`` times.

    The first field too many is the fault, and the only one in a record: where several tags stand
    too often, two records have run into one.
    """

    placeholders = frozenset({"count", "max", "others"})

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
        too_many = [tag for tag in self.tags if len(record.values(tag)) > self._max]
        if not too_many:
            return
        first, *others = too_many
        params = {
            "count": str(len(record.values(first))),
            "max": str(self._max),
            "others": f", and so do {', '.join(others)}" if others else "",
        }
        also = tuple((tag, self._max + 1) for tag in others)
        yield Fault(first, self._max + 1, params=params, also=also)
