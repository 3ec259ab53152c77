"""Data-set checks: keys are collected record by record, faults are found once, at the end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from medlint.checks.base import Check, Columns
from medlint.records.record import Record

#: Stands for the PMID of a record without one; larger than every PMID.
NO_PMID = 2**63


class Holder(NamedTuple):
    """A record that holds a key. Holders sort by PMID (records without one last), then by place, so
    that the order of the input changes nothing."""

    pmid: int
    path: str
    #: The record's first line.
    line: int


class DatasetFault(NamedTuple):
    """A fault of the data set, filed under one of its records."""

    holder: Holder
    params: Mapping[str, str]


class DatasetCheck(Check):
    """``keys(columns)`` anywhere, ``merge(key, holders)`` once for each key that several hold."""

    @abstractmethod
    def keys(self, columns: Columns) -> Iterable[tuple[int, str]]:
        """The keys of each record of a batch, once each, with the record's index; records that
        share a key are brought together."""

    @abstractmethod
    def merge(self, key: str, holders: list[Holder]) -> Iterator[DatasetFault]:
        """The faults among the *holders* of one key; there are two of them or more."""

    @abstractmethod
    def field(self, record: Record, key: str) -> tuple[str, int] | None:
        """The field of *record* that holds *key*, as (tag, occurrence)."""
