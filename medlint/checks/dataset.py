"""Data-set checks: entries are collected record by record, faults are found once, at the end.

The two halves know nothing of each other but the entries: `DatasetCheck.entries` is a pure function
of a batch and may run anywhere; a `Memory` takes its entries in, in any order;
`DatasetCheck.faults` reads the memory when every record has passed, at once or in parts.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from medlint.checks.base import Check
from medlint.checks.memory import NO_PMID, Entry, Holder, Key, Memory
from medlint.records.columns import Columns
from medlint.records.record import Record


class DatasetFault(NamedTuple):
    """A fault of the data set, filed under one of its records."""

    holder: Holder
    params: Mapping[str, str]
    #: What the record says that is wrong, in the form in which `DatasetCheck.field` knows it.
    said: str = ""
    #: The records that it was compared with, or some of them.
    related: Sequence[Holder] = ()


class DatasetCheck(Check):
    """A function of what several records say."""

    #: How many holders of a key are remembered, the first ones; None means all.
    most: int | None = None
    #: Whether `faults` must see all keys at once. There must be few of them, however many records.
    sees_all_keys: ClassVar[bool] = False

    @property
    def memory_key(self) -> Hashable:
        """Checks with equal keys make the same entries and share one memory."""
        return id(self)

    @abstractmethod
    def entries(self, columns: Columns) -> Iterable[Entry]:
        """What to remember of a batch."""

    def group(self, key: Key) -> Hashable:
        """What keys have in common that `faults` must see together."""
        return key

    @abstractmethod
    def faults(self, memory: Memory) -> Iterator[DatasetFault]:
        """What is wrong, whatever the order in which records came. Of a large data set, *memory*
        is a part: all of some groups of keys, each in one part only."""

    @abstractmethod
    def field(self, record: Record, said: str) -> tuple[str, int] | None:
        """The field of *record* that says so, as (tag, occurrence)."""


def apart(holders: Iterable[Holder]) -> list[Holder]:
    """The first of the (sorted) *holders* for each PMID: copies of one record, which have the same
    PMID, share nothing but that."""
    seen: set[int] = set()
    found = []
    for holder in holders:
        if holder.pmid == NO_PMID or holder.pmid not in seen:
            seen.add(holder.pmid)
            found.append(holder)
    return found
