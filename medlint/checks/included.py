"""``included``: what one field says is found among the fields of another tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.parts import COMPARE, Selector
from medlint.records.columns import Columns
from medlint.records.record import Record


class Included(RecordCheck):
    """Each part that ``of`` selects is among those that ``among`` selects."""

    placeholders = frozenset({"part", "among"})

    def __init__(self, settings: Settings):
        self._of = Selector(settings["of"])
        self._among = Selector(settings["among"])
        self._normal = COMPARE[settings.get("compare_as", "text")]
        self.tags = (self._of.tag,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        of = self._of.column(columns)
        if not of:
            return ()
        among, normal = self._among.column(columns), self._normal
        return [
            i
            for i, texts in of.items()
            if among.get(i) != texts
            and not set(map(normal, texts)) <= set(map(normal, among.get(i, ())))
        ]

    def faults(self, record: Record) -> Iterator[Fault]:
        among = list(self._among.parts(record))
        known = {self._normal(part.text) for part in among}
        also = ((self._among.tag, 0), *(part.key for part in among))
        for part in self._of.parts(record):
            if self._normal(part.text) not in known:
                params = {"part": part.text, "among": self._among.label}
                yield Fault(part.tag, part.occurrence, part.span, params, also)
