"""``required``: a record has a tag, or at least one of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.records.columns import Columns
from medlint.records.record import Record


class Required(RecordCheck):
    """One of the tags is there and has a value.

    The fault stands at the record, as there is no field. Named beside it are an empty field of the
    tag, and an unknown tag that is likely to be the missing one: other rules may speak of those.
    """

    placeholders = frozenset({"missing"})

    def __init__(self, wanted: list[str]):
        self.tags = tuple(wanted)
        self._wanted = frozenset(wanted)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings.get("any_of") or [settings["tag"]])

    def suspects(self, columns: Columns) -> Iterable[int]:
        return columns.lacking(self.tags)

    def faults(self, record: Record) -> Iterator[Fault]:
        if not self._wanted.isdisjoint(record.fields):
            return
        empty = [(tag, 0) for tag in self.tags]
        misspelt = misspelt_as(self._wanted, record)
        tag = self.tags[0] if len(self.tags) == 1 else None
        missing = " or ".join(self.tags)
        params = {"missing": missing, "tag": missing}
        yield Fault(tag, params=params, also=(*empty, *misspelt))
