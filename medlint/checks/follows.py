"""``follows``: a field stands directly after a field of certain tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.name_lines import SHORT_NAMES
from medlint.records.columns import Columns
from medlint.records.record import REGULAR_ABOVE, Record


class Follows(RecordCheck):
    """Each field of ``tag`` has a field of one of the tags in ``after`` just above it.

    Of several in a row that stand wrongly the first is the fault. A full name stands for the short
    one where a record has no short names. Named beside the fault is the field above: other rules
    may speak of it.
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
        alone = {full for full, short in SHORT_NAMES.items() if short not in record.fields}
        in_place = {self._tag, *self._after, *alone}
        counts: dict[str, int] = {}
        above = ""
        for tag, _ in record.sequence:
            counts[tag] = counts.get(tag, 0) + 1
            if tag == self._tag and above not in in_place:
                params = {"above": above or "nothing", "after": self._expected}
                also = ((above, counts.get(above, 1)),)
                yield Fault(tag, counts[tag], params=params, also=also)
            above = tag
