"""``not_among``: what some fields say is not what another one says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.parts import COMPARE, Selector, whole
from medlint.records.columns import Columns
from medlint.records.record import Record


class NotAmong(RecordCheck):
    """No part that one of ``of`` selects is among the parts that ``among`` selects."""

    placeholders = frozenset({"part", "among"})

    def __init__(self, settings: Settings):
        self._of = [Selector(selector) for selector in settings["of"]]
        self._among = Selector(settings["among"])
        self._normal = COMPARE[settings.get("compare_as", "text")]
        self.tags = tuple({selector.tag: None for selector in self._of})

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        normal, among = self._normal, columns.values(self._among.tag)
        others = among if self._among.extract is whole else self._among.texts(among)
        known = set(map(normal, others))
        hits = [
            selector
            for selector in self._of
            if not known.isdisjoint(map(normal, selector.texts(columns.values(selector.tag))))
        ]
        return {i for selector in hits for i in selector.column(columns)}

    def faults(self, record: Record) -> Iterator[Fault]:
        among = {self._normal(part.text): part for part in self._among.parts(record)}
        for selector in self._of:
            for part in selector.parts(record):
                same = among.get(self._normal(part.text))
                if same is not None and same.key != part.key:
                    params = {"part": part.text, "among": self._among.label}
                    yield Fault(part.tag, part.occurrence, part.span, params, (same.key,))
