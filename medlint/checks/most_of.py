"""``most_of``: a record has most of the tags that records of its kind have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.records.columns import Columns
from medlint.records.record import Record


class MostOf(RecordCheck):
    """Of ``tags``, at most ``may_lack`` are missing.

    The fault stands at the record. A tag that is likely to be there under a misspelt name does not
    count as missing.
    """

    placeholders = frozenset({"missing", "count"})

    def __init__(self, wanted: list[str], may_lack: int):
        self.tags = tuple(wanted)
        self._may_lack = may_lack

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings["tags"], settings["may_lack"])

    def suspects(self, columns: Columns) -> Iterable[int]:
        counts = Counter(index for tag in self.tags for index in columns.lacking((tag,)))
        return [index for index, count in counts.items() if count > self._may_lack]

    def faults(self, record: Record) -> Iterator[Fault]:
        missing = [tag for tag in self.tags if not record.values(tag)]
        if len(missing) - len(misspelt_as(missing, record)) <= self._may_lack:
            return
        listed = f"{', '.join(missing[:-1])} and {missing[-1]}" if len(missing) > 1 else missing[0]
        yield Fault(params={"missing": listed, "count": str(len(missing))})
