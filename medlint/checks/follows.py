"""``follows``: a field stands directly after a field of certain tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Columns, Context, Fault, RecordCheck, Settings
from medlint.records.record import REGULAR_ABOVE, Record


class Follows(RecordCheck):
    """Each field of ``tag`` has a field of one of the tags in ``after`` just above it.

    Of several in a row that stand wrongly the first is the fault.
    """

    placeholders = frozenset({"above", "after"})

    def __init__(self, settings: Settings):
        self._tag: str = settings["tag"]
        self._after = frozenset(settings["after"])
        self._expected = " or ".join(settings["after"])
        self.tags = (self._tag,)
        vouched_for = REGULAR_ABOVE.get(self._tag)
        self._trusts_reader = vouched_for is not None and vouched_for <= {*self._after, self._tag}

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        tag, trusts = self._tag, self._trusts_reader
        return [
            i
            for i, record in enumerate(columns.records)
            if not (trusts and record.is_regular) and tag in record.fields
        ]

    def faults(self, record: Record) -> Iterator[Fault]:
        above, occurrence = "", 0
        for tag, _ in record.sequence:
            if tag == self._tag:
                occurrence += 1
                if above != tag and above not in self._after:
                    params = {"above": above or "nothing", "after": self._expected}
                    yield Fault(tag, occurrence, params=params, also=((above, 1),))
            above = tag
