"""``distinct``: no two fields of a tag say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.parts import COMPARE, by_bracket, extractor, many_parts
from medlint.records.columns import Columns
from medlint.records.record import REGULAR_ABOVE, Record

#: How many sets of values that passed are remembered before starting afresh.
_MEMORY = 10_000


class Distinct(RecordCheck):
    """No two values of a tag have the same part (``where``; by default the whole value).

    Parts in ``may_repeat`` do not count. With ``within``, only values are compared that have the
    same field of that tag as the last one above them: the keywords of one owner, say.
    """

    placeholders = frozenset({"part", "first"})

    def __init__(self, settings: Settings):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        where = settings.get("where", {})
        self._where = extractor(where)
        self._parts = many_parts(where)
        self._normal = COMPARE[settings.get("compare_as", "text")]
        self._compares_text = settings.get("compare_as", "text") == "text"
        self._may_repeat = frozenset(settings.get("may_repeat", ()))
        self._compares_as_is = self._compares_text and not settings.keys() & {"where", "may_repeat"}
        self._compares_labels = self._compares_text and where == {"in_brackets": True}
        self._within: str | None = settings.get("within")
        self._passed: set[tuple[str, ...]] = set()

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        return {i for tag in self.tags for i in self._repeating(columns, tag)}

    def _repeating(self, columns: Columns, tag: str) -> list[int]:
        if self._compares_labels:
            return [
                index
                for label, column in by_bracket(columns, tag).items()
                if label.removesuffix("]") not in self._may_repeat
                for index, parts in column.items()
                if len(parts) > 1
            ]
        rows = columns.repeated(tag)
        if {*REGULAR_ABOVE.get(tag, ())} == {self._within}:
            rows = [row for row in rows if not columns.records[row[0]].is_regular]
        if self._compares_as_is:
            return [index for index, values in rows if len(set(values)) < len(values)]
        return [index for index, values in rows if self._repeats(values)]

    def _repeats(self, values: list[str]) -> bool:
        key = tuple(values)
        if key in self._passed:
            return False
        if self._have_repeats(values):
            return True
        if len(self._passed) > _MEMORY:
            self._passed.clear()
        self._passed.add(key)
        return False

    def _have_repeats(self, values: list[str]) -> bool:
        parts = self._parts(values)
        if self._compares_text and len(set(parts)) == len(parts):
            return False
        counted = [self._normal(p) for p in parts if p is not None and p not in self._may_repeat]
        return len(set(counted)) < len(counted)

    def faults(self, record: Record) -> Iterator[Fault]:
        for tag in self.tags:
            seen: dict[tuple[int, str], int] = {}
            groups = self._groups(record, tag)
            for occurrence, value in enumerate(record.values(tag), 1):
                span = self._where(value)
                part = None if span is None else value[slice(*span)]
                if part is None or part in self._may_repeat:
                    continue
                key = groups[occurrence - 1], self._normal(part)
                first = seen.setdefault(key, occurrence)
                if first != occurrence:
                    params = {"part": part, "first": f"{tag}[{first}]"}
                    yield Fault(tag, occurrence, span, params, also=((tag, first),))

    def _groups(self, record: Record, tag: str) -> list[int]:
        """For each value of *tag*, how many fields of ``within`` stand above it."""
        if self._within is None or len(record.values(self._within)) < 2:
            return [0] * len(record.values(tag))
        groups, above = [], 0
        for other, _ in record.sequence:
            above += other == self._within
            if other == tag:
                groups.append(above)
        return groups
