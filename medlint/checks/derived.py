"""``derived``: a short name follows from its full name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple, Self

from medlint.checks.base import Columns, Context, Fault, RecordCheck, Settings
from medlint.checks.name_lines import holders, name_lines
from medlint.checks.pairing import pairs
from medlint.functions import PAIR_FUNCTIONS
from medlint.records.record import Record

#: A PMID for which no leniency towards older records holds.
_NEWEST = 10**9


class Derived(RecordCheck):
    """Each ``tag`` is what the named function ``using`` makes of the ``from`` it stands with.

    A full name whose surname does not end with ", " is itself the fault: it should have what the
    short name says. All of these in a record are one fault.
    """

    placeholders = frozenset({"from", "source", "expected"})

    def __init__(self, settings: Settings):
        self._short: str = settings["tag"]
        self._full: str = settings["from"]
        self._function = PAIR_FUNCTIONS[settings["using"]]
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
        found = name_lines(columns, self._full, self._short)
        doubtful = [line for line in found.doubtful if not self._passes(line)]
        full_names = {line.partition("\t")[0] for line in doubtful}
        return {*found.unpaired, *holders(columns, self._full, full_names)}

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
        undivided: list[_Undivided] = []
        for full, short in pairs(record, self._full, self._short):
            if full is None or short is None:
                continue
            source, value = full_names[full - 1], short_names[short - 1]
            if self._function.agrees(source, value, pmid):
                continue
            if divided := _divided(source, value):
                undivided.append(_Undivided(full, value, divided))
                continue
            params = {
                "from": self._full,
                "source": source,
                "expected": self._function.expected(source),
            }
            yield Fault(self._short, short, None, params, also=((self._full, full),))
        if undivided:
            yield self._undivided(undivided)

    def _undivided(self, names: list[_Undivided]) -> Fault:
        first = names[0]
        params = {"from": self._short, "source": first.short_name, "expected": first.expected}
        if len(names) > 1:
            params["tag"] = f"The first of {len(names)} {self._full} without a comma"
        also = tuple((self._full, name.full) for name in names)
        return Fault(self._full, first.full, None, params, also)


class _Undivided(NamedTuple):
    """A full name (by occurrence) without ", ", its short name, and how it should be written."""

    full: int
    short_name: str
    expected: str


def _divided(full: str, short: str) -> str | None:
    """A full name without ", " as it should be, if it begins with the surname of the short one.

    >>> _divided("Doe Jane", "Doe J"), _divided("Doe", "Doe J"), _divided("Roe Jane", "Doe J")
    ('Doe, Jane', 'Doe, J', None)
    """
    words, others = full.replace(",", " ").split(), short.split()
    surname = [a for a, b in takewhile(_is_same, zip(words, others[:-1], strict=False))]
    if ", " in full or not surname:
        return None
    rest = words[len(surname) :] or others[len(surname) :]
    return f"{' '.join(surname)}, {' '.join(rest)}"


def _is_same(pair: tuple[str, str]) -> bool:
    return pair[0].casefold() == pair[1].casefold()
