"""``mutual``: of two records that belong together, each names the other."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple, Self

from medlint.checks.base import Context, Settings
from medlint.checks.dataset import DatasetCheck, DatasetFault
from medlint.checks.memory import Entry, Key, Memory
from medlint.records.columns import Columns
from medlint.records.record import Record


class _Link(NamedTuple):
    """What one side says: *tag* in a record names the other record."""

    tag: str
    said_by: int
    of: int


class Mutual(DatasetCheck):
    """Where a record names another one of the data set in one tag of a pair (``pairs``), that one
    names it in the other tag. A link that one side alone has is a fault of the record that has it,
    since there it can be seen. Copies of a record speak for one another.
    """

    placeholders = frozenset({"counterpart", "other.record"})

    def __init__(self, settings: Settings):
        self._counterpart = dict(settings["pairs"])
        self._counterpart |= {b: a for a, b in self._counterpart.items()}
        self.tags = tuple(self._counterpart)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def entries(self, columns: Columns) -> Iterator[Entry]:
        for tag in self.tags:
            pmids = columns.firsts("PMID") if columns.values(tag) else []
            for index, values in columns.by_record(tag).items():
                for link in _links(tag, _number(pmids[index]), values):
                    yield index, tuple(link), ""

    def group(self, key: Key) -> Hashable:
        link = _link(key)
        return frozenset((link.said_by, link.of))

    def faults(self, memory: Memory) -> Iterator[DatasetFault]:
        links = [_link(key) for key in memory.keys]
        alone = [
            link
            for link in links
            if (self._counterpart[link.tag], link.of, link.said_by) not in memory.keys
        ]
        present = memory.register.find({link.of for link in alone})
        for link in alone:
            if link.of in present:
                counterpart = self._counterpart[link.tag]
                params = {"counterpart": counterpart, "other.record": f"PMID {link.of}"}
                holder = memory.of(tuple(link)).holders[0]
                yield DatasetFault(holder, params, f"{link.tag} {link.of}", [present[link.of]])

    def field(self, record: Record, said: str) -> tuple[str, int] | None:
        tag, _, other = said.partition(" ")
        for occurrence, value in enumerate(record.values(tag), 1):
            if _named(value) == int(other):
                return tag, occurrence
        return None


def _links(tag: str, pmid: int, values: Iterable[str]) -> set[_Link]:
    named = set(map(_named, values)) if pmid else ()
    return {_Link(tag, pmid, other) for other in named if other not in (0, pmid)}


def _link(key: Key) -> _Link:
    assert isinstance(key, tuple)
    return _Link(*key)


def _named(value: str) -> int:
    """The PMID that a link names at its end; 0 where it names none."""
    match = re.search("PMID: ?([0-9]{1,9})$", value)
    return int(match[1]) if match else 0


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
