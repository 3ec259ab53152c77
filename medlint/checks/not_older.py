"""``not_older``: a date is not long ago."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.functions.dates import date_key
from medlint.records.columns import Columns
from medlint.records.record import Record


class NotOlder(RecordCheck):
    """The date in ``tag``, a field that does not repeat, is at most ``days`` before the day of the
    run (``--as-of``)."""

    placeholders = frozenset({"limit"})

    def __init__(self, settings: Settings, context: Context):
        self._tag: str = settings["tag"]
        self.tags = (self._tag,)
        limit = context.as_of - timedelta(days=settings["days"])
        self._limit_key = f"{limit:%Y%m%d}"
        self._limit = f"{limit:%Y-%m-%d}"

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings, context)

    def suspects(self, columns: Columns) -> Iterable[int]:
        tag, year = self._tag, self._limit_key[:4]
        return [i for i, date in enumerate(columns.firsts(tag)) if date and date[:4] <= year]

    def faults(self, record: Record) -> Iterator[Fault]:
        for value in record.values(self._tag)[:1]:
            key = date_key(value)
            if key is not None and key < self._limit_key:
                yield Fault(self._tag, 1, None, {"limit": self._limit})
