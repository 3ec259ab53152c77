"""``implies``: a value asks for something in another field, or rules it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Columns, Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.checks.parts import Part, Selector
from medlint.records.record import Fields, Record


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

    def suspects(self, columns: Columns) -> Iterable[int]:
        fields = columns.fields
        return [i for i in self._holders(columns) if self._is_violated(fields[i])]

    def _holders(self, columns: Columns) -> Iterable[int]:
        tag = self._tag
        values = columns.values(tag)
        if self._values:
            if self._values.isdisjoint(columns.once(("set", tag), lambda: set(values))):
                return ()
            by_value = columns.once(("by value", tag), lambda: _by_value(columns, tag))
            return {i for value in self._values for i in by_value.get(value, ())}
        if self._begins:
            length, starts = self._length, self._starts
            if starts.isdisjoint([value[:length] for value in values]):
                return ()
            rows = [(i, value) for i, f in enumerate(columns.fields) for value in f.get(tag, ())]
            return {i for i, value in rows if value[:length] in starts}
        return [i for i, fields in enumerate(columns.fields) if tag in fields] if values else ()

    def _is_violated(self, fields: Fields) -> bool:
        return any(s.texts(fields.get(s.tag, ())) for s in self._excludes) or (
            bool(self._needs) and not any(s.texts(fields.get(s.tag, ())) for s in self._needs)
        )

    def faults(self, record: Record) -> Iterator[Fault]:
        occurrence = self._occurrence(record)
        if occurrence is None:
            return
        excluded = next((part for s in self._excludes for part in s.parts(record)), None)
        if excluded is not None:
            yield self._excluded(occurrence, excluded)
        elif self._needs and self._is_violated(record.fields):
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


def _by_value(columns: Columns, tag: str) -> dict[str, list[int]]:
    """The records that have each value of *tag*."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, fields in enumerate(columns.fields):
        for value in fields.get(tag, ()):
            found[value].append(i)
    return found
