"""``forbidden``: a record does not have a tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.records.record import Record


class Forbidden(RecordCheck):
    """None of the tags is there; the first field of each that is there is a fault."""

    def __init__(self, settings: Settings):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def faults(self, record: Record) -> Iterator[Fault]:
        for tag in self.tags:
            if tag in record.fields:
                yield Fault(tag, 1)
