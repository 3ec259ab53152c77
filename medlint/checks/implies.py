"""``implies``: a value asks for something in another field, or rules it out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.checks.parts import Part, Selector
from medlint.records.columns import Columns
from medlint.records.record import Record


class Implies(RecordCheck):
    """Where a value of ``tag`` is one of ``values``, or begins with one of ``begins`` (by default:
    where the tag is there), the record has a part that one of ``needs`` selects, and none that one
    of ``excludes`` selects. The fault stands at the first such value.
    """

    placeholders = frozenset({"missing", "other.tag", "other.name", "other.part"})

    def __init__(self, settings: Settings):
        self._tag: str = settings["tag"]
        self._values = frozenset(settings.get("values", ()))
        self._begins = tuple(settings.get("begins", ()))
        self._length = min(map(len, self._begins), default=0)
        self._starts = {text[: self._length] for text in self._begins}
        self._needs = [Selector(selector) for selector in settings.get("needs", ())]
        self._excludes = [Selector(selector) for selector in settings.get("excludes", ())]
        self.tags = (self._tag,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> list[int]:
        records = columns.records
        return [i for i in self._holders(columns) if self._is_violated(records[i])]

    def _holders(self, columns: Columns) -> Collection[int]:
        tag = self._tag
        values = columns.values(tag)
        if self._values:
            if self._values.isdisjoint(columns.once(("set", tag), lambda: set(values))):
                return ()
            return columns.holding(tag, self._values)
        if self._begins:
            length, starts = self._length, self._starts
            if starts.isdisjoint([value[:length] for value in values]):
                return ()
            rows = zip(columns.rows(tag), values, strict=True)
            return {i for i, value in rows if value[:length] in starts}
        return columns.having(tag)

    def _is_violated(self, record: Record) -> bool:
        return any(s.texts(record.values(s.tag)) for s in self._excludes) or (
            bool(self._needs) and not any(s.texts(record.values(s.tag)) for s in self._needs)
        )

    def faults(self, record: Record) -> Iterator[Fault]:
        occurrence = self._occurrence(record)
        if occurrence is None:
            return
        excluded = next((part for s in self._excludes for part in s.parts(record)), None)
        if excluded is not None:
            yield self._excluded(occurrence, excluded)
        elif self._needs and self._is_violated(record):
            tags = dict.fromkeys(selector.tag for selector in self._needs)
            present = [(tag, n + 1) for tag in tags for n in range(len(record.values(tag)))]
            absent = [tag for tag in tags if tag not in record.fields]
            also = (*present, *((tag, 0) for tag in absent), *misspelt_as(absent, record))
            missing = " or ".join(dict.fromkeys(selector.label for selector in self._needs))
            yield Fault(self._tag, occurrence, None, {"missing": missing}, also)

    def _occurrence(self, record: Record) -> int | None:
        for occurrence, value in enumerate(record.values(self._tag), 1):
            if self._values:
                holds = value in self._values
            else:
                holds = not self._begins or value.startswith(self._begins)
            if holds:
                return occurrence
        return None

    def _excluded(self, occurrence: int, part: Part) -> Fault:
        label = next(s.label for s in self._excludes if s.tag == part.tag)
        params = {"other.tag": part.tag, "other.name": label, "other.part": part.text}
        return Fault(self._tag, occurrence, None, params, (part.key,))
