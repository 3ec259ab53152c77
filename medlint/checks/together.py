"""``together``: two tags are both there, or neither is."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Self

from medlint.checks.base import Context, Fault, PresenceCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.records.record import Record


class Together(PresenceCheck):
    """The fault stands at the tag that is there without the other.

    Named beside it are an empty field of the other tag, and an unknown tag that is likely to be it.
    """

    placeholders = frozenset({"missing"})

    def __init__(self, first: str, second: str):
        self.tags = (first, second)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(*settings["tags"])

    def is_violated(self, tags: Set[str]) -> bool:
        first, second = self.tags
        return (first in tags) != (second in tags)

    def faults(self, record: Record) -> Iterator[Fault]:
        if self.is_violated(record.fields.keys()):
            present, missing = sorted(self.tags, key=lambda tag: tag not in record.fields)
            also = ((missing, 0), *misspelt_as({missing}, record))
            yield Fault(present, 1, params={"missing": missing}, also=also)
