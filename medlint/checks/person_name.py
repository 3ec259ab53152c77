"""``person_name``: a full name is written as NLM writes the names of persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.name_lines import SHORT_NAMES, doubtful_names
from medlint.functions.names import ASPECTS
from medlint.records.columns import Columns
from medlint.records.record import Record


class PersonName(RecordCheck):
    """No full name in ``tags`` has a fault of the kind that ``aspect`` names
    (`medlint.functions.names`); the fault underlines the part of the name."""

    placeholders = frozenset({"reason"})
    is_of_one_value = True

    def __init__(self, settings: Settings):
        self.tags: tuple[str, ...] = tuple(settings["tags"])
        self._judge = ASPECTS[settings["aspect"]]

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        unknown = [tag for tag in settings["tags"] if tag not in SHORT_NAMES]
        if unknown:
            known = ", ".join(SHORT_NAMES)
            raise ValueError(f"{unknown[0]} holds no full names; the tags that do are {known}")
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        found: set[int] = set()
        for tag in self.tags:
            failing = [name for name in doubtful_names(columns, tag) if self._judge(name)]
            found.update(columns.holding(tag, failing))
        return found

    def faults(self, record: Record) -> Iterator[Fault]:
        for tag in self.tags:
            for occurrence, name in enumerate(record.values(tag), 1):
                fault = self._judge(name)
                if fault is not None:
                    yield Fault(tag, occurrence, fault.span, {"reason": fault.reason})
