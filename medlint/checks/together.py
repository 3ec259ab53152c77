"""``together``: two tags are both there, or neither is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.records.columns import Columns
from medlint.records.record import Record


class Together(RecordCheck):
    """The fault stands at the tag that is there without the other.

    Named beside it are an empty field of the other tag, and an unknown tag that is likely to be it.
    """

    placeholders = frozenset({"missing"})

    def __init__(self, first: str, second: str):
        self.tags = (first, second)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(*settings["tags"])

    def suspects(self, columns: Columns) -> Iterable[int]:
        first, second = self.tags
        return columns.having(first) ^ columns.having(second)

    def faults(self, record: Record) -> Iterator[Fault]:
        present, missing = sorted(self.tags, key=lambda tag: tag not in record.fields)
        if present in record.fields and missing not in record.fields:
            also = ((missing, 0), *misspelt_as({missing}, record))
            yield Fault(present, 1, params={"missing": missing}, also=also)
