"""The records of a batch, tag by tag, as the checks look at many records at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple, TypeVar

from medlint.records.record import Fields, Record

_T = TypeVar("_T")


class Column(NamedTuple):
    """All values of one tag, in order."""

    values: list[str]
    #: For each value, the index of its record.
    rows: list[int]


class Table(dict[str, Column]):
    """Tag -> column; a tag that is asked for the first time has an empty one."""

    def __missing__(self, tag: str) -> Column:
        column = self[tag] = Column([], [])
        return column

    def add(self, row: int, fields: Fields) -> None:
        """Add the *fields* of the record with the index *row*, the next one."""
        for tag, some in fields.items():
            values, rows = self[tag]
            values += some
            rows += [row] * len(some)


class Columns:
    """The records of a batch, tag by tag. Records are known by their index in the batch."""

    def __init__(self, records: Sequence[Record], table: Mapping[str, Column] | None = None):
        """*table* holds the fields of *records*, if somebody has sorted them by tag already."""
        self.records = records
        self._known = table
        self._having: dict[str, Set[int]] = {}
        self._by_record: dict[str, dict[int, list[str]]] = {}
        self._computed: dict[Hashable, Any] = {}

    @classmethod
    def joined(cls, parts: Sequence[Columns]) -> Columns:
        """The records of several batches, in their order, as one."""
        records: list[Record] = []
        table = Table()
        for part in parts:
            for tag, (values, rows) in part._table.items():
                column = table[tag]
                column.values.extend(values)
                column.rows.extend([row + len(records) for row in rows])
            records += part.records
        return cls(records, table)

    def narrowed(self, indexes: Sequence[int]) -> Columns:
        """The records with these *indexes*, which are in order."""
        new = {index: row for row, index in enumerate(indexes)}
        table: dict[str, Column] = {}
        for tag, (values, rows) in self._table.items():
            kept = [
                (value, new[row]) for value, row in zip(values, rows, strict=True) if row in new
            ]
            if kept:
                table[tag] = Column([value for value, _ in kept], [row for _, row in kept])
        return Columns([self.records[index] for index in indexes], table)

    @cached_property
    def _table(self) -> Mapping[str, Column]:
        if self._known is not None:
            return self._known
        table = Table()
        for row, record in enumerate(self.records):
            table.add(row, record.fields)
        return dict(table)

    @property
    def tags(self) -> Iterable[str]:
        """The tags that any record has."""
        return self._table.keys()

    def values(self, tag: str) -> list[str]:
        """All values of *tag*, in order."""
        return self._table[tag].values if tag in self._table else []

    def rows(self, tag: str) -> list[int]:
        """For each of the `values` of *tag*, the index of its record."""
        return self._table[tag].rows if tag in self._table else []

    def having(self, tag: str) -> Set[int]:
        """The indexes of the records that have *tag*."""
        if tag not in self._having:
            self._having[tag] = frozenset(self.rows(tag))
        return self._having[tag]

    def lacking(self, tags: Iterable[str]) -> Set[int]:
        """The indexes of the records that have none of *tags*."""
        return self._indexes.difference(*map(self.having, tags))

    @cached_property
    def _indexes(self) -> frozenset[int]:
        return frozenset(range(len(self.records)))

    def holding(self, tag: str, wanted: Collection[str]) -> list[int]:
        """The indexes of the records of which a value of *tag* is among those *wanted*."""
        if not wanted:
            return []
        is_wanted = frozenset(wanted).__contains__
        return list(dict.fromkeys(compress(self.rows(tag), map(is_wanted, self.values(tag)))))

    def firsts(self, tag: str) -> list[str]:
        """For each record the first value of *tag*, or the empty string."""
        return self.once(("firsts", tag), lambda: self._firsts(tag))

    def _firsts(self, tag: str) -> list[str]:
        rows, values = self.rows(tag), self.values(tag)
        if rows == list(range(len(self.records))):
            return values
        firsts = [""] * len(self.records)
        for row, value in zip(reversed(rows), reversed(values), strict=True):
            firsts[row] = value
        return firsts

    def by_record(self, tag: str) -> dict[int, list[str]]:
        """The values of *tag* of each record that has any, in order."""
        if tag not in self._by_record:
            self._by_record[tag] = self._grouped(tag)
        return self._by_record[tag]

    def _grouped(self, tag: str) -> dict[int, list[str]]:
        values, found, end = self.values(tag), {}, 0
        for row, number in Counter(self.rows(tag)).items():
            start, end = end, end + number
            found[row] = values[start:end]
        return found

    def repeated(self, tag: str) -> list[tuple[int, list[str]]]:
        """The records that have *tag* more than once: their index, and the values."""
        if len(self.having(tag)) == len(self.rows(tag)):
            return []
        return [(row, some) for row, some in self.by_record(tag).items() if len(some) > 1]

    def once(self, key: Hashable, compute: Callable[[], _T]) -> _T:
        """What *compute* returns, computed for the first check that asks for *key* and kept for
        the others."""
        if key not in self._computed:
            self._computed[key] = compute()
        computed: _T = self._computed[key]
        return computed
