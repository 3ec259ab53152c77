"""``person_once``: no person of a record stands in it twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress
from operator import eq
from typing import NamedTuple, Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.name_lines import SHORT_NAMES
from medlint.records.columns import Columns
from medlint.records.record import Record


class _Person(NamedTuple):
    """A full name with the fields below it, each as (tag, value)."""

    occurrence: int
    name: str
    details: list[tuple[str, str]]
    #: The fields below, as (tag, occurrence).
    fields: list[tuple[str, int]]


class PersonOnce(RecordCheck):
    """No full name of the tag ``full`` stands twice. With ``doubled`` a fault is only one that
    stands directly below its double, with the same of ``details`` (identifiers, affiliations) and
    at least one of them.

    Named beside the fault are the fields of its ``details``: other rules may speak of those.
    """

    placeholders = frozenset({"first"})

    def __init__(self, settings: Settings):
        self._full: str = settings["full"]
        self._details = frozenset(settings["details"])
        self._doubled: bool = settings.get("doubled", False)
        self.tags = (self._full,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        if not self._doubled:
            rows = columns.repeated(self._full)
            return [index for index, names in rows if len(set(names)) < len(names)]
        names = columns.values(self._full)
        return columns.holding(self._full, set(compress(names, map(eq, names, names[1:]))))

    def faults(self, record: Record) -> Iterator[Fault]:
        names = record.values(self._full)
        if len(set(names)) == len(names):
            return
        seen: dict[str, _Person] = {}
        for person in self._persons(record):
            first = seen.setdefault(person.name, person)
            if first is not person and (not self._doubled or _is_double(person, first)):
                params = {"first": f"{self._full}[{first.occurrence}]"}
                yield Fault(self._full, person.occurrence, None, params, tuple(person.fields))
            if self._doubled:
                seen[person.name] = person

    def _persons(self, record: Record) -> list[_Person]:
        persons: list[_Person] = []
        counts: dict[str, int] = {}
        is_below = False
        for tag, value in record.sequence:
            counts[tag] = counts.get(tag, 0) + 1
            if tag == self._full:
                persons.append(_Person(counts[tag], value, [], []))
                is_below = True
            elif is_below and tag in self._details:
                persons[-1].details.append((tag, value))
                persons[-1].fields.append((tag, counts[tag]))
            elif tag != SHORT_NAMES.get(self._full):
                is_below = False
        return persons


def _is_double(person: _Person, above: _Person) -> bool:
    is_next = person.occurrence == above.occurrence + 1
    return is_next and bool(person.details) and person.details == above.details
