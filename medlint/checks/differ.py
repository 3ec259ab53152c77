"""``differ``: a field does not say the same as another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.records.columns import Columns
from medlint.records.record import Record

#: What does not count at the end of a value, and how much of it there may be.
_ENDS = " .?!]"
_MARGIN = 8
#: So many characters, at least, make a value that can be compared.
_SHORTEST = 5


class Differ(RecordCheck):
    """No value of ``tag`` is the same as a value of one of the tags in ``from``.

    Full stops and brackets at the end do not count.
    The field of ``tag`` is the fault.
    """

    placeholders = frozenset({"other"})

    def __init__(self, settings: Settings):
        self._tag: str = settings["tag"]
        self._others: tuple[str, ...] = tuple(settings["from"])
        self.tags = (self._tag, *self._others)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterator[int]:
        tag, others = self._tag, self._others
        if not columns.values(tag):
            return
        theirs = [value for other in others for value in columns.values(other)]
        longest = max(map(len, theirs), default=0) + _MARGIN
        mine = [value for value in columns.values(tag) if len(value) <= longest]
        starts = {value[:4] for value in theirs} if mine else set()
        likely = [value for value in mine if value[:4] in starts]
        if likely:
            starts = {value[:4] for value in likely}
            plain = {_plain(value) for value in theirs if value[:4] in starts}
            same = {value for value in likely if _plain(value) in plain}
            for index in columns.holding(tag, same):
                record = columns.records[index]
                values = [value for value in record.values(tag) if value in same]
                if any(_are_same(values, record.values(other)) for other in others):
                    yield index

    def faults(self, record: Record) -> Iterator[Fault]:
        for occurrence, value in enumerate(record.values(self._tag), 1):
            for other in self._others:
                same = [n for n, o in enumerate(record.values(other), 1) if _are_same([value], [o])]
                if same:
                    also = ((other, same[0]),)
                    yield Fault(self._tag, occurrence, None, {"other": other}, also)
                    break


def _are_same(values: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of *values* says the same as one of *others*."""
    plain = {_plain(value) for value in values if len(value) >= _SHORTEST}
    return not plain.isdisjoint(_plain(other) for other in others if len(other) >= _SHORTEST)


def _plain(value: str) -> str:
    return value.rstrip(_ENDS)
