"""``derived``: a short name follows from its full name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import (
    Columns,
    Context,
    Fault,
    RecordCheck,
    Settings,
    clean_lines,
    compiled,
)
from medlint.checks.pairing import pairs
from medlint.functions import PAIR_FUNCTIONS
from medlint.records.record import Record

#: A PMID for which no leniency towards older records holds.
_NEWEST = 10**9

#: Stands for the names of a record in which it takes a closer look to see which belong together.
_UNPAIRED = "?\t!\n"


class Derived(RecordCheck):
    """Each ``tag`` is what the named function ``using`` makes of the ``from`` it stands with."""

    placeholders = frozenset({"from", "source", "expected"})

    def __init__(self, settings: Settings):
        self._short: str = settings["tag"]
        self._full: str = settings["from"]
        self._function = PAIR_FUNCTIONS[settings["using"]]
        self._clean = clean_lines(self._function.clean)
        self.tags = (self._short,)
        self._passed: set[str] = set()

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        if settings["using"] not in PAIR_FUNCTIONS:
            known = ", ".join(sorted(PAIR_FUNCTIONS))
            using = settings["using"]
            raise ValueError(f"'{using}' is not a function for pairs; there are {known}")
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        lines = {
            index: self._lines(record)
            for index, record in enumerate(columns.records)
            if self._short in record.fields and self._full in record.fields
        }
        left = compiled(self._clean).sub("", "".join(lines.values()))
        doubtful = {line for line in left.split("\n") if line and not self._passes(line)}
        if not doubtful:
            return ()
        return [i for i, some in lines.items() if not doubtful.isdisjoint(some.split("\n"))]

    def _lines(self, record: Record) -> str:
        """A line for each pair, full and short name parted by a tab."""
        short, full = record.fields[self._short], record.fields[self._full]
        if len(short) != len(full):
            return _UNPAIRED
        return "\n".join(map("\t".join, zip(full, short, strict=True))) + "\n"

    def _passes(self, line: str) -> bool:
        if line in self._passed:
            return True
        full, _, short = line.partition("\t")
        if not self._function.agrees(full, short, _NEWEST):
            return False
        if len(self._passed) > 10_000:
            self._passed.clear()
        self._passed.add(line)
        return True

    def faults(self, record: Record) -> Iterator[Fault]:
        full_names, short_names = record.values(self._full), record.values(self._short)
        text = record.pmid or ""
        pmid = int(text) if text.isdecimal() and len(text) < 20 else None
        for full, short in pairs(record, self._full, self._short):
            if full is None or short is None:
                continue
            source, value = full_names[full - 1], short_names[short - 1]
            if not self._function.agrees(source, value, pmid):
                params = {
                    "from": self._full,
                    "source": source,
                    "expected": self._function.expected(source),
                }
                yield Fault(self._short, short, None, params, also=((self._full, full),))
