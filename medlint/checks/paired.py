"""``paired``: each full name has its short name directly below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.checks.pairing import Pair, pairs
from medlint.records.columns import Columns
from medlint.records.record import REGULAR_ABOVE, Record


class Paired(RecordCheck):
    """``full`` and ``short`` stand in pairs, and the full name never directly below its short one
    (but for ``any_order``). The first pair that is upside down stands for all of a record.

    Short names without any full name are a habit of old records and no fault, nor are the short
    names in ``alone`` (such as "et al."). Named beside a fault are an empty field of the missing
    tag, and an unknown tag that is likely to be it: other rules may speak of those.
    """

    placeholders = frozenset({"reason", "missing", "count.full", "count.short"})

    def __init__(self, settings: Settings):
        self._full: str = settings["full"]
        self._short: str = settings["short"]
        self._alone = frozenset(settings.get("alone", ()))
        self._any_order: bool = settings.get("any_order", False)
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

        @cache
        def misspelt() -> list[tuple[str, int]]:
            return misspelt_as(self.tags, record)

        def fault(tag: str, occurrence: int, missing: str, reason: str) -> Fault:
            params = {
                "reason": reason,
                "missing": missing,
                "count.full": str(len(full_names)),
                "count.short": str(len(short_names)),
            }
            return Fault(tag, occurrence, None, params, ((missing, 0), *misspelt()))

        if not short_names and len(full_names) > 1:
            reason = f"The record has {len(full_names)} {self._full}, but no {self._short}"
            yield fault(self._full, 1, self._short, reason)
            return
        found = pairs(record, self._full, self._short)
        for full, short in found:
            if short is None and full is not None:
                reason = f"No {self._short} belongs to {self._full} '{full_names[full - 1]}'"
                yield fault(self._full, full, self._short, reason)
            elif full is None and short is not None and short_names[short - 1] not in self._alone:
                reason = f"No {self._full} belongs to {self._short} '{short_names[short - 1]}'"
                yield fault(self._short, short, self._full, reason)
        if not self._any_order and (full := self._upside_down(record, found)):
            reason = f"{self._full} '{full_names[full - 1]}' stands below its {self._short}"
            yield fault(self._full, full, self._short, f"{reason}, not above it")

    def _upside_down(self, record: Record, found: list[Pair]) -> int | None:
        """The first full name that stands directly below its short name."""
        short_of = {pair.full: pair.short for pair in found if pair.full and pair.short}
        full = short = 0
        above = ""
        for tag, _ in record.sequence:
            full += tag == self._full
            if tag == self._full and above == self._short and short_of.get(full) == short:
                return full
            short += tag == self._short
            above = tag
        return None
