"""``date_order``: the dates of a record stand in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.parts import Part, Selector
from medlint.functions.dates import date_key
from medlint.records.columns import Columns
from medlint.records.record import Record

#: By so many days a date must be off for its year to be the probable mistake.
_FAR_OFF = 90


class DateOrder(RecordCheck):
    """No date of a step is before a date of an earlier step.

    ``steps`` are given in the order of time; a step is one selector or a list of selectors that
    have no order among them. Dates are compared as far as both are given: a month is not before
    a day in it. ``days`` is how many days too early are forgiven; a date that is more than
    ``at_most`` days too early is no fault either.

    One wrong date contradicts several others. It alone is the fault: the date with most
    contradictions, and the last one of those that have equally many. Where it is far off, and the
    year before or the year after is in order with all others, but not both, a message may name
    that year; but none that makes the date one after today, or after that of ``until``.

    Named beside a fault are the dates that ``beside`` selects: other rules may speak of those.
    """

    placeholders = frozenset(
        {"part", "name", "relation", "correction", "other.tag", "other.name", "other.part"}
    )

    def __init__(self, settings: Settings, context: Context):
        self._steps = [
            [Selector(selector) for selector in (step if isinstance(step, list) else [step])]
            for step in settings["steps"]
        ]
        self._days: int = settings.get("days", 0)
        self._at_most: int | None = settings.get("at_most")
        self._beside = [Selector(selector) for selector in settings.get("beside", ())]
        self._until = Selector(settings["until"]) if "until" in settings else None
        self._today = f"{context.as_of:%Y%m%d}"
        self.tags = tuple({selector.tag: None for step in self._steps for selector in step})

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings, context)

    def suspects(self, columns: Columns) -> Iterable[int]:
        latest: dict[int, str] = {}
        suspects: set[int] = set()
        for step in self._steps:
            dates = [date for selector in step for date in selector.days(columns)]
            if latest:
                suspects.update([i for i, day in dates if day < latest.get(i, "")])
            if step is not self._steps[-1]:
                for i, day in dates:
                    if day > latest.get(i, ""):
                        latest[i] = day
        return suspects

    def faults(self, record: Record) -> Iterator[Fault]:
        dates = list(self._dates(record))
        latest = self._latest(record)
        faults: list[tuple[_Date, _Date, str]] = []
        while True:
            conflicts = [[b for b in dates if self._contradict(a, b)] for a in dates]
            most = max(map(len, conflicts), default=0)
            if not most:
                break
            worst = max(i for i, others in enumerate(conflicts) if len(others) == most)
            date, other = dates.pop(worst), conflicts[worst][0]
            faults.append((date, other, self._correction(date, other, dates, latest)))
        beside = tuple(part.key for selector in self._beside for part in selector.parts(record))
        for date, other, correction in sorted(faults):
            params = {
                "part": date.part.text,
                "name": date.label,
                "relation": "before" if date.step > other.step else "after",
                "correction": correction,
                "other.tag": other.part.tag,
                "other.name": other.label,
                "other.part": other.part.text,
            }
            part, also = date.part, (other.part.key, *beside)
            yield Fault(part.tag, part.occurrence, part.span, params, also)

    def _dates(self, record: Record) -> Iterator[_Date]:
        for number, step in enumerate(self._steps):
            for selector in step:
                for part in selector.parts(record):
                    key = date_key(part.text)
                    if key is not None:
                        yield _Date(number, key, selector.label, part)

    def _latest(self, record: Record) -> str:
        """The last day that may be meant by a date."""
        limits = [date_key(part.text) for part in self._until.parts(record)] if self._until else []
        return min([self._today, *(limit for limit in limits if limit)])

    def _correction(self, date: _Date, other: _Date, others: list[_Date], latest: str) -> str:
        """What a message says of the year that is probably meant; empty where none is likely."""
        distance = abs(_ordinal(date.key) - _ordinal(other.key))
        if distance < _FAR_OFF or date.key.endswith("0229"):
            return ""
        years = [int(date.key[:4]) + step for step in (-1, 1)]
        fitting = [
            year
            for year in years
            if year > 0
            and f"{year:04}{date.key[4:]}" <= latest
            and not any(
                self._contradict(date._replace(key=f"{year:04}{date.key[4:]}"), other)
                for other in others
            )
        ]
        return f"; perhaps {fitting[0]} is meant" if len(fitting) == 1 else ""

    def _contradict(self, date: _Date, other: _Date) -> bool:
        earlier, later = sorted((date, other))
        if earlier.step == later.step:
            return False
        first, second = _as_precise(earlier.key, later.key)
        if not second < first:
            return False
        if self._at_most is None and not self._days:
            return True
        distance = _ordinal(first) - _ordinal(second)
        return self._days < distance and (self._at_most is None or distance <= self._at_most)


class _Date(NamedTuple):
    """A date of a record; ``key`` is what `date_key` makes of it."""

    step: int
    key: str
    label: str
    part: Part


def _as_precise(key: str, other: str) -> tuple[str, str]:
    """Two dates, as far as both are given."""
    for length in (6, 4):
        if key[length:].startswith("00") or other[length:].startswith("00"):
            key, other = key[:length], other[:length]
    return key, other


def _ordinal(key: str) -> int:
    """The number of a day; of a month or a year, that of its first day."""
    from datetime import date

    return date(int(key[:4]), int(key[4:6] or 0) or 1, int(key[6:] or 0) or 1).toordinal()
