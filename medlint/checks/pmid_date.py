"""``pmid_date``: a date fits the PMID."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.functions.dates import FULL_MONTHS, date_key
from medlint.functions.pmids import made_about
from medlint.records.columns import Columns
from medlint.records.record import Record

#: How far a record may be from the first day of its month, and from the first PMID of its 100,000.
_COARSE = timedelta(days=75)


class PmidDate(RecordCheck):
    """The date in ``tag``, a field that does not repeat, is at most ``days`` off the day on which
    a record with such a PMID was made (`medlint.functions.pmids`)."""

    placeholders = frozenset({"made"})

    def __init__(self, settings: Settings):
        self._tag: str = settings["tag"]
        self._days = timedelta(days=settings["days"])
        self._passed: set[str] = set()
        self.tags = (self._tag,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        """PMIDs are looked at in steps of 100,000, some weeks, and dates by month."""
        tag, passed = self._tag, self._passed
        pairs = zip(columns.firsts("PMID"), columns.firsts(tag), strict=True)
        keys = [pmid[:-5] + date[:7] if pmid and date else "" for pmid, date in pairs]
        failing = {key for key in set(keys) - passed if not self._fits_by_far(key)}
        if len(passed) > 10_000:
            passed.clear()
        passed.update(keys)
        passed -= failing
        return [i for i, key in enumerate(keys) if key in failing] if failing else ()

    def _fits_by_far(self, key: str) -> bool:
        """Whether each day of a month ``YYYY/MM`` fits each PMID that begins with what stands
        before it, and has five digits more."""
        if not key:
            return True
        pmid, month, margin = key[:-7] or "0", key[-7:], self._days - _COARSE
        try:
            first = date(int(month[:4]), int(month[5:]), 1)
        except ValueError:
            return False
        if len(pmid) > 3 or not _is_number(pmid) or margin.days < 0:
            return False
        earliest, latest = made_about(int(pmid) * 100_000)
        return (earliest is None or first > earliest - margin) and (
            latest is None or first < latest + margin
        )

    def faults(self, record: Record) -> Iterator[Fault]:
        pmid, key = record.first("PMID"), date_key(record.first(self._tag))
        if not _is_number(pmid) or key is None or key[6:] == "00":
            return
        day = _date(key)
        earliest, latest = made_about(int(pmid))
        is_early = earliest is not None and day < earliest - self._days
        is_late = latest is not None and day > latest + self._days
        if is_early or is_late:
            yield Fault(self._tag, 1, None, {"made": _period(earliest, latest)}, (("PMID", 1),))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _date(key: str) -> date:
    return date(int(key[:4]), int(key[4:6]), int(key[6:]))


def _period(earliest: date | None, latest: date | None) -> str:
    if earliest is None:
        return f"before {latest.year}" if latest else "at any time"
    if latest is None:
        return f"in {earliest.year} or later"
    return f"about {FULL_MONTHS[latest.month - 1]} {latest.year}"
