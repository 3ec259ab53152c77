"""``all_or_none``: things that are written together are all there, or none is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.checks.parts import Selector
from medlint.records.columns import Columns
from medlint.records.record import Record


class AllOrNone(RecordCheck):
    """A record has a part for each of ``parts``, or for none. The fault stands at the first that
    is there; a rule that speaks of any field of the tags of the others can silence it."""

    placeholders = frozenset({"name", "missing"})

    def __init__(self, settings: Settings):
        self._selectors = [Selector(selector) for selector in settings["parts"]]
        self.tags = tuple({selector.tag: None for selector in self._selectors})

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        first, *others = [selector.column(columns).keys() for selector in self._selectors]
        suspects: set[int] = set()
        for other in others:
            if other != first:
                suspects |= first ^ other
        return suspects

    def faults(self, record: Record) -> Iterator[Fault]:
        parts = [(selector, next(selector.parts(record), None)) for selector in self._selectors]
        present = [(selector, part) for selector, part in parts if part is not None]
        missing = [selector for selector, part in parts if part is None]
        if not present or not missing:
            return
        selector, part = present[0]
        tags = dict.fromkeys(selector.tag for selector in missing)
        absent = [tag for tag in tags if tag not in record.fields]
        fields = [(tag, n + 1) for tag in tags for n in range(len(record.values(tag)))]
        also = (*fields, *((tag, 0) for tag in absent), *misspelt_as(tags, record))
        params = {"name": selector.label, "missing": " and ".join(s.label for s in missing)}
        yield Fault(part.tag, part.occurrence, part.span, params, also)
