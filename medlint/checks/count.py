"""``count``: a tag stands at most so many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.records.columns import Columns
from medlint.records.record import Record


class Count(RecordCheck):
    """None of the tags stands more than ``max`` times.

    The first field too many is the fault, and the only one in a record. Where several tags stand
    too often, or one that says something else further down, two records have run into one: then
    the fault is the record's.
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
            "tag": first,
            "count": str(len(record.values(first))),
            "max": str(self._max),
            "others": "",
        }
        if not others and not self._is_of_another_record(record, first):
            yield Fault(first, self._max + 1, params=params)
            return
        line = min(record.place(tag, self._max + 1).line for tag in too_many)
        also = f", and so do {', '.join(others)}" if others else ""
        params["others"] = f"{also} (from line {line} on)"
        yield Fault(params=params)

    def _is_of_another_record(self, record: Record, tag: str) -> bool:
        """Whether the first field too many differs from the one above it, and stands apart."""
        above, value = record.values(tag)[self._max - 1 : self._max + 1]
        if above == value:
            return False
        fields = record.layout.fields
        places = [index for index, field in enumerate(fields) if field.tag == tag and field.pieces]
        return places[self._max] - places[self._max - 1] > 1
