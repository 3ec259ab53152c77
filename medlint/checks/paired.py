"""``paired``: each full name has its short name directly below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Columns, Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.checks.pairing import pairs
from medlint.records.record import REGULAR_ABOVE, Record


class Paired(RecordCheck):
    """``full`` and ``short`` stand in pairs.

    Short names without any full name are a habit of old records and no fault, nor are the short
    names in ``alone`` (such as "et al."). Named beside a fault are an empty field of the missing
    tag, and an unknown tag that is likely to be it: other rules may speak of those.
    """

    placeholders = frozenset({"missing", "count.full", "count.short"})

    def __init__(self, settings: Settings):
        self._full: str = settings["full"]
        self._short: str = settings["short"]
        self._alone = frozenset(settings.get("alone", ()))
        self.tags = (self._full, self._short)
        self._trusts_reader = self._full in REGULAR_ABOVE.get(self._short, ())

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        full, trusts = self._full, self._trusts_reader
        return [
            i
            for i, record in enumerate(columns.records)
            if not (trusts and record.is_regular) and full in record.fields
        ]

    def faults(self, record: Record) -> Iterator[Fault]:
        full_names, short_names = record.values(self._full), record.values(self._short)
        if not full_names:
            return
        counts = {"count.full": str(len(full_names)), "count.short": str(len(short_names))}
        misspelt = misspelt_as(self.tags, record)

        def fault(tag: str, occurrence: int | None, missing: str) -> Fault:
            params = {**counts, "missing": missing}
            return Fault(tag, occurrence, params=params, also=((missing, 0), *misspelt))

        for full, short in pairs(record, self._full, self._short):
            if short is None:
                yield fault(self._full, full, self._short)
            elif full is None and short_names[short - 1] not in self._alone:
                yield fault(self._short, short, self._full)
