"""``volume_year``: a volume of a journal is of one year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Self

from medlint.checks.base import Context, Settings
from medlint.checks.dataset import DatasetCheck, DatasetFault, apart
from medlint.checks.memory import Entry, Key, Memory, Shared
from medlint.records.columns import Columns
from medlint.records.record import Record

#: In some journals they come again every year.
_LOW_VOLUMES = ("1", "2", "3", "4")
#: So many records show what the year of a volume is.
_MAJORITY = 5


class VolumeYear(DatasetCheck):
    """The years (DP) of the records with one JID and one VI lie together.

    Where five records or more are of one year or of two that follow each other, and one record
    alone is two years or more from them, that one is a fault. Volumes below 5 and those that are
    not a number are left out: some journals begin anew every year.
    """

    placeholders = frozenset({"volume", "expected", "count"})
    most = 2
    tags = ("DP",)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls()

    def entries(self, columns: Columns) -> Iterator[Entry]:
        firsts = zip(*map(columns.firsts, ("JID", "VI", "DP")), strict=True)
        for index, (journal, volume, date) in enumerate(firsts):
            year = date[:4]
            if journal and volume.isdecimal() and volume not in _LOW_VOLUMES and year.isdecimal():
                yield index, (journal, volume, int(year)), ""

    def group(self, key: Key) -> Hashable:
        assert isinstance(key, tuple)
        return key[:2]

    def faults(self, memory: Memory) -> Iterator[DatasetFault]:
        volumes: dict[tuple[str, str], list[int]] = defaultdict(list)
        for key in memory.keys:
            assert isinstance(key, tuple)
            journal, volume, year = key
            volumes[journal, volume].append(year)
        for (journal, volume), years in volumes.items():
            if len(years) in (2, 3) and max(years) - min(years) > 1:
                shared = {year: memory.of((journal, volume, year)) for year in years}
                yield from _outlier(volume, shared)

    def field(self, record: Record, said: str) -> tuple[str, int] | None:
        return ("DP", 1) if record.values("DP") else None


def _outlier(volume: str, years: dict[int, Shared]) -> Iterator[DatasetFault]:
    for year, shared in years.items():
        others = sorted(other for other in years if other != year)
        count = sum(years[other].total for other in others)
        is_far = min(abs(year - other) for other in others) > 1
        if shared.total == 1 and count >= _MAJORITY and others[-1] - others[0] <= 1 and is_far:
            expected = " or ".join(map(str, others))
            params = {"volume": volume, "expected": expected, "count": f"{count:,}"}
            related = [holder for other in others for holder in years[other].holders]
            for holder in apart(shared.holders):
                yield DatasetFault(holder, params, str(year), related)
