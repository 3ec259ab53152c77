"""``unique``: no two records of the data set say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Self
from zlib import adler32, crc32

from medlint.checks.base import Context, Settings
from medlint.checks.dataset import DatasetCheck, DatasetFault, apart
from medlint.checks.memory import Entry, Memory
from medlint.checks.parts import COMPARE, Selector
from medlint.records.columns import Columns
from medlint.records.record import Record


class Unique(DatasetCheck):
    """The part that ``tag`` with ``pattern`` or ``ending`` selects stands in one record only.

    Of the records that share it, the one with the lowest PMID keeps it and each other is a fault.
    Copies of one record, which have the same PMID, share nothing but that. Parts shorter than
    ``at_least`` characters may repeat, and so may what more than ``at_most`` records have.
    """

    placeholders = frozenset({"part", "first.record", "first.place"})

    def __init__(self, settings: Settings):
        self._selector = Selector(settings)
        self._at_least: int = settings.get("at_least", 0)
        normal = COMPARE[settings.get("compare_as", "text")]
        self._form: Callable[[str], str | int] = _brief if self._at_least else normal
        self.most = self._at_most = settings.get("at_most")
        self.tags = (self._selector.tag,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def entries(self, columns: Columns) -> Iterator[Entry]:
        form = self._form
        for index, texts in self._selector.column(columns).items():
            if len(texts) == 1:
                if len(texts[0]) >= self._at_least:
                    yield index, form(texts[0]), ""
            else:
                keys = {form(text) for text in texts if len(text) >= self._at_least}
                yield from ((index, key, "") for key in keys)

    def faults(self, memory: Memory) -> Iterator[DatasetFault]:
        for key, total, holders in memory.shared():
            if self._at_most is not None and total > self._at_most:
                continue
            first, *others = holders if self._selector.tag == "PMID" else apart(holders)
            params = {
                "part": str(key),
                "first.record": first.name,
                "first.place": first.place,
            }
            for other in others:
                yield DatasetFault(other, params, str(key), [first])

    def field(self, record: Record, said: str) -> tuple[str, int] | None:
        parts = self._selector.parts(record)
        return next((part.key for part in parts if str(self._form(part.text)) == said), None)


def _brief(text: str) -> int:
    """Stands for a long text: its length, its beginning and its end tell it from others."""
    ends = f"{text[:60]}{text[-60:]}".encode(errors="replace")
    return len(text) << 64 | crc32(ends) << 32 | adler32(ends)
