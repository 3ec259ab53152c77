"""``dates_near``: dates are not far from another date of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings, compiled
from medlint.checks.parts import Column, Part, Selector
from medlint.functions.dates import date_key
from medlint.records.columns import Columns
from medlint.records.record import Record

_DAY = 24 * 60


class DatesNear(RecordCheck):
    """Each date that ``dates`` select is at most ``days`` or ``minutes`` from the date ``to``.

    A date without a time may be any minute of its day, one without a day any day of its month or
    year. The first date that is too far is the fault; but where there are several and all are too
    far, it is the date ``to``.
    """

    placeholders = frozenset({"part", "name", "distance", "other.tag", "other.name", "other.part"})

    def __init__(self, settings: Settings):
        self._dates = [_Dates(selector) for selector in settings["dates"]]
        self._to = _Dates(settings["to"])
        self._limit: int = settings.get("minutes", settings.get("days", 0) * _DAY)
        #: Dates that are too far apart differ by so much in the number of the year.
        self._years: int = self._limit // _DAY * 4 // 1461
        self.tags = tuple(dict.fromkeys(dates.tag for dates in self._dates))

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        if not self._years:
            return self._differing(columns)
        to, repeated = self._to.years(columns)
        suspects = set(repeated)
        for dates in self._dates:
            years, repeated = dates.years(columns)
            suspects.update(repeated)
            wide = {
                pair
                for pair in set(zip(map(to.get, years), years.values(), strict=True))
                if pair[0] is not None and self._are_far(pair[0], pair[1])
            }
            if wide:
                suspects.update(i for i, year in years.items() if (to.get(i), year) in wide)
        return suspects

    def _differing(self, columns: Columns) -> Iterable[int]:
        to = self._to.column(columns)
        others = [dates.column(columns) for dates in self._dates]
        return {i for other in others for i, texts in other.items() if to.get(i) != texts}

    def _are_far(self, year: str, other: str) -> bool:
        if not (year + other).isdecimal():
            return True
        distance = abs(int(year) - int(other))
        return distance >= self._years

    def faults(self, record: Record) -> Iterator[Fault]:
        to = next(self._to.dates(record), None)
        if to is None:
            return
        dates = [date for some in self._dates for date in some.dates(record)]
        far = [date for date in dates if _distance(date, to) > self._limit]
        if not far:
            return
        odd, other = (to, far[0]) if len(far) == len(dates) > 1 else (far[0], to)
        params = {
            "part": odd.part.text,
            "name": odd.label,
            "distance": _in_words(_distance(odd, other)),
            "other.tag": other.part.tag,
            "other.name": other.label,
            "other.part": other.part.text,
        }
        also = tuple(date.part.key for date in (to, *far))
        yield Fault(odd.part.tag, odd.part.occurrence, odd.part.span, params, also)


class _Date(NamedTuple):
    """A date of a record: its first and last minute, counted from the beginning of our era."""

    first: int
    last: int
    label: str
    part: Part


class _Dates(Selector):
    """Finds one kind of date in records."""

    def __init__(self, settings: Settings):
        super().__init__(settings)
        self._years_key = "years", *sorted(settings.items())

    def dates(self, record: Record) -> Iterator[_Date]:
        """The dates of *record*; what is no date is left out."""
        for part in self.parts(record):
            span = _minutes(part.text)
            if span is not None:
                yield _Date(*span, self.label, part)

    def years(self, columns: Columns) -> tuple[dict[int, str], list[int]]:
        """The year of the first date in each record, and the records whose dates have several."""
        return columns.once(self._years_key, lambda: _years(self.column(columns)))


def _years(column: Column) -> tuple[dict[int, str], list[int]]:
    years = {i: texts[0][:4] for i, texts in column.items()}
    if sum(map(len, column.values())) == len(column):
        return years, []
    several = [
        i
        for i, texts in column.items()
        if len(texts) > 1 and any(text[:4] != years[i] for text in texts)
    ]
    return years, several


def _distance(date: _Date, other: _Date) -> int:
    """How many minutes lie between two dates at least."""
    return max(date.first - other.last, other.first - date.last, 0)


def _minutes(text: str) -> tuple[int, int] | None:
    """The first and last minute of a date; None where *text* is none.

    >>> _minutes("0001/01/01 00:05"), _minutes("0001/01/02")
    ((5, 5), (1440, 2879))
    >>> _minutes("soon")
    """
    key = date_key(text)
    if key is None:
        return None
    year, month, day = int(key[:4]), int(key[4:6]), int(key[6:])
    start = (date(year, month or 1, day or 1).toordinal() - 1) * _DAY
    if not day:
        return start, start + (31 if month else 366) * _DAY - 1
    time = compiled(r".* ([0-9]{2}):([0-9]{2})").fullmatch(text)
    if time is None:
        return start, start + _DAY - 1
    minute = start + int(time[1]) * 60 + int(time[2])
    return minute, minute


def _in_words(minutes: int) -> str:
    """A length of time, rounded down.

    >>> _in_words(2), _in_words(1440 * 90), _in_words(1440 * 800)
    ('2 minutes', '90 days', '2 years')
    """
    days = minutes // _DAY
    if days >= 2 * 365:
        return f"{days // 365} years"
    if days:
        return f"{days} day{'s' if days > 1 else ''}"
    return f"{minutes} minute{'s' if minutes > 1 else ''}"
