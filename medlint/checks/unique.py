"""``unique``: no two records of the data set say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from medlint.checks.base import Columns, Context, Settings
from medlint.checks.dataset import NO_PMID, DatasetCheck, DatasetFault, Holder
from medlint.checks.parts import COMPARE, Selector
from medlint.records.record import Record


class Unique(DatasetCheck):
    """The part that ``tag`` with ``pattern`` or ``ending`` selects stands in one record only.

    Of the records that share it, the one with the lowest PMID keeps it and each other is a fault.
    Copies of one record, which have the same PMID, share nothing but that.
    """

    placeholders = frozenset({"part", "first.record", "first.place"})

    def __init__(self, settings: Settings):
        self._selector = Selector(settings)
        self._normal = COMPARE[settings.get("compare_as", "text")]
        self.tags = (self._selector.tag,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def keys(self, columns: Columns) -> Iterator[tuple[int, str]]:
        normal = self._normal
        for index, texts in self._selector.column(columns).items():
            if len(texts) == 1:
                yield index, normal(texts[0])
            else:
                yield from ((index, key) for key in set(map(normal, texts)))

    def field(self, record: Record, key: str) -> tuple[str, int] | None:
        parts = self._selector.parts(record)
        return next((part.key for part in parts if self._normal(part.text) == key), None)

    def merge(self, key: str, holders: list[Holder]) -> Iterator[DatasetFault]:
        first, *others = self._apart(sorted(holders))
        has_pmid = first.pmid < NO_PMID
        params = {
            "part": key,
            "first.record": f"PMID {first.pmid}" if has_pmid else "a record without PMID",
            "first.place": f"{first.path}:{first.line}",
        }
        for other in others:
            yield DatasetFault(other, params)

    def _apart(self, holders: list[Holder]) -> list[Holder]:
        """One holder for each PMID, unless the PMID itself is the key."""
        if self._selector.tag == "PMID":
            return holders
        first_of = {holder.pmid: holder for holder in reversed(holders)}
        return [h for h in holders if h.pmid == NO_PMID or first_of[h.pmid] is h]
