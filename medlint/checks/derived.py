"""``derived``: a short name follows from its full name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, takewhile
from typing import NamedTuple, Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.name_lines import name_lines
from medlint.checks.pairing import pairs
from medlint.functions import PAIR_FUNCTIONS
from medlint.functions.names import is_spelled_out
from medlint.records.columns import Columns
from medlint.records.record import Record

#: A PMID for which no leniency towards older records holds.
_NEWEST = 10**9
#: Of so many strange names at most it is asked which of them are exchanged.
_MOST_EXCHANGED = 20


class Derived(RecordCheck):
    """Each ``tag`` is what the named function ``using`` makes of the ``from`` it stands with.

    A name whose letters are written by what they are called is not judged. A full name whose
    surname does not end with ", " is itself the fault: it should have what the short name says. All
    of these in a record are one fault, and so are two short names of which each belongs to the full
    name of the other.
    """

    placeholders = frozenset({"from", "source", "expected", "exchanged"})

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
        return {*found.unpaired, *columns.holding(self._full, full_names)}

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
        pmid = int(text) if text.isdecimal() and len(text) < 9 else None
        undivided: list[_Undivided] = []
        strange: list[_Names] = []
        for full, short in pairs(record, self._full, self._short):
            if full is None or short is None:
                continue
            names = _Names(full, short, full_names[full - 1], short_names[short - 1])
            is_right = self._function.agrees(names.source, names.value, pmid)
            if is_right or is_spelled_out(names.source):
                continue
            if divided := _divided(names.source, names.value):
                undivided.append(_Undivided(full, names.value, divided))
            else:
                strange.append(names)
        exchanged = self._exchanged(strange, pmid)
        for names in strange:
            if names not in exchanged.values():
                yield self._strange(names, exchanged.get(names))
        if undivided:
            yield self._undivided(undivided)

    def _exchanged(self, strange: list[_Names], pmid: int | None) -> dict[_Names, _Names]:
        """The pairs of which each has the short name of the other, the upper one first."""
        found: dict[_Names, _Names] = {}
        agrees = self._function.agrees
        for a, b in combinations(strange[:_MOST_EXCHANGED], 2):
            if {a, b}.isdisjoint([*found, *found.values()]) and (
                agrees(a.source, b.value, pmid) and agrees(b.source, a.value, pmid)
            ):
                found[a] = b
        return found

    def _strange(self, names: _Names, other: _Names | None) -> Fault:
        also = [(self._full, names.full)]
        params = {
            "from": self._full,
            "source": names.source,
            "expected": self._function.expected(names.source),
            "exchanged": "",
        }
        if other is not None:
            params["exchanged"] = f"; it is exchanged with {self._short}[{other.short}]"
            also += [(self._full, other.full), (self._short, other.short)]
        return Fault(self._short, names.short, None, params, tuple(also))

    def _undivided(self, names: list[_Undivided]) -> Fault:
        first = names[0]
        params = {
            "from": self._short,
            "source": first.short_name,
            "expected": first.expected,
            "exchanged": "",
        }
        if len(names) > 1:
            params["tag"] = f"The first of {len(names)} {self._full} without a comma"
        also = tuple((self._full, name.full) for name in names)
        return Fault(self._full, first.full, None, params, also)


class _Names(NamedTuple):
    """A full and a short name that stand together, by occurrence and as they are."""

    full: int
    short: int
    source: str
    value: str


class _Undivided(NamedTuple):
    """A full name (by occurrence) without ", ", its short name, and how it should be written."""

    full: int
    short_name: str
    expected: str


def _divided(full: str, short: str) -> str | None:
    """A full name without ", " as it should be, if it begins or ends with the surname of the short
    one.

    >>> _divided("Doe Jane", "Doe J"), _divided("Doe", "Doe J"), _divided("Roe Jane", "Doe J")
    ('Doe, Jane', 'Doe, J', None)
    >>> _divided("Jane van Doe", "van Doe J")
    'van Doe, Jane'
    """
    if ", " in full:
        return None
    words, others = full.replace(",", " ").split(), short.split()
    surname = [a for a, b in takewhile(_is_same, zip(words, others[:-1], strict=False))]
    rest = words[len(surname) :] or others[len(surname) :]
    if not surname:
        length = len(others) - 1
        surname, rest = words[-length:], words[:-length]
        if not (0 < length < len(words) and all(map(_is_same, zip(surname, others, strict=False)))):
            return None
    return f"{' '.join(surname)}, {' '.join(rest)}"


def _is_same(pair: tuple[str, str]) -> bool:
    return pair[0].casefold() == pair[1].casefold()
