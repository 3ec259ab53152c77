"""``not_after``: a date is not later than today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Self

from medlint.checks.base import Context, Fault, Settings, ValueCheck, ValueFault
from medlint.checks.parts import extractor
from medlint.functions.dates import date_key
from medlint.records.record import Record

#: A pattern whose group ``part`` can stand nowhere but at the beginning of the value.
_BEGINS_WITH_PART = re.compile(r"\(\?P<part>[^()]*\) ")


class NotAfter(ValueCheck):
    """The date that ``where`` picks out of the value (by default all of it) is at most ``days``
    after the day of the run (``--as-of``).

    Named beside a fault are the fields of ``twins`` with the same date: other rules may speak of
    those.
    """

    placeholders = frozenset({"part", "limit"})

    def __init__(self, settings: Settings, context: Context):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        where = settings.get("where", {})
        self._where = extractor(where)
        self._twins: tuple[str, ...] = tuple(settings.get("twins", ()))
        limit = context.as_of + timedelta(days=settings.get("days", 0))
        self._limit_key = f"{limit:%Y%m%d}"
        self._limit = f"{limit:%Y-%m-%d}"
        if "pattern" not in where or _BEGINS_WITH_PART.match(where["pattern"]):
            self.clean = _dates_until(limit)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings, context)

    def value_faults(self, value: str) -> Iterator[ValueFault]:
        span = self._where(value)
        if span is None:
            return
        part = value[slice(*span)]
        key = date_key(part)
        if key is not None and key > self._limit_key:
            yield ValueFault(span, {"part": part, "limit": self._limit})

    def faults(self, record: Record) -> Iterator[Fault]:
        for fault in super().faults(record):
            date = fault.params["part"]
            twins = tuple((tag, 1) for tag in self._twins if record.first(tag) == date)
            yield fault._replace(also=twins)


def _dates_until(limit: date) -> str:
    """A pattern for values that begin with a date until *limit*, but few others: the years from
    1800 until the last, and the months of the year before that of *limit*."""
    decade, digit = divmod(limit.year, 10)
    century = decade // 10
    years = ["1[89]\\d\\d", *(f"{c}\\d\\d" for c in range(20, century))]
    years += [f"{d}\\d" for d in range(century * 10, decade)]
    if digit:
        years.append(f"{decade}[0-{digit - 1}]")
    months = [f"{limit.year}/?{month:02}" for month in range(1, limit.month)]
    return rf"(?:{'|'.join(years + months)}).*"
