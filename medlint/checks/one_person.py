"""``one_person``: an ORCID iD is of one person, whatever the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, Self

from medlint.checks.base import Context, Settings
from medlint.checks.dataset import DatasetCheck, DatasetFault, apart
from medlint.checks.memory import Entry, Holder, Memory
from medlint.functions.orcid import orcid_check_digit
from medlint.functions.persons import may_be_one
from medlint.records.columns import Columns
from medlint.records.record import Record

_ORCID = re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]")
#: More records than these with another name are not a slip.
_MOST_OUTLIERS = 3
#: An iD that stands with more names is a placeholder. Every two are compared.
_MOST_NAMES = 100


class _Person(NamedTuple):
    """A name that an iD stands with, and those that may be the same person's."""

    name: str
    names: set[str]
    #: The records where one of them stands.
    holders: list[Holder]


class OnePerson(DatasetCheck):
    """The persons (FAU, FIR) above one ORCID iD may all be one (`may_be_one`).

    The name that most records give is right; of two that are as frequent, that of the lowest PMID.
    The others are faults, where they are three records at most. Only iDs with a right check digit
    count, and of those the ones with up to 100 names: more stand with a placeholder.
    """

    placeholders = frozenset({"orcid", "name", "expected", "first.record", "first.place"})
    tags = ("AUID",)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls()

    def entries(self, columns: Columns) -> Iterator[Entry]:
        firsts = zip(columns.firsts("AUID"), columns.firsts("FAU"), strict=True)
        for index, (identifier, name) in enumerate(firsts):
            if name and "ORCID" in identifier:
                owners = dict(_owners(columns.records[index]))
                yield from ((index, orcid, name) for orcid, name in owners.items())

    def faults(self, memory: Memory) -> Iterator[DatasetFault]:
        for key, _, holders in memory.shared():
            if not 1 < len({holder.note for holder in holders}) <= _MOST_NAMES:
                continue
            first, *others = sorted(
                _persons(apart(holders)), key=lambda person: (-len(person.holders), person.holders)
            )
            for person in others:
                if len(person.holders) <= _MOST_OUTLIERS:
                    yield from _outliers(str(key), person, first)

    def field(self, record: Record, said: str) -> tuple[str, int] | None:
        values = enumerate(record.values("AUID"), 1)
        return next((("AUID", number) for number, value in values if said in value), None)


def _outliers(orcid: str, person: _Person, first: _Person) -> Iterator[DatasetFault]:
    for holder in person.holders:
        params = {
            "orcid": orcid,
            "name": holder.note,
            "expected": first.name,
            "first.record": first.holders[0].name,
            "first.place": first.holders[0].place,
        }
        yield DatasetFault(holder, params, orcid, first.holders)


def _persons(holders: list[Holder]) -> list[_Person]:
    """The holders by person; one whose name may be that of several joins the first of these."""
    persons: list[_Person] = []
    is_alike: Callable[[str, str], bool] = lru_cache(maxsize=None)(may_be_one)
    for holder in holders:
        for person in persons:
            if any(is_alike(holder.note, name) for name in person.names):
                person.names.add(holder.note)
                person.holders.append(holder)
                break
        else:
            persons.append(_Person(holder.note, {holder.note}, [holder]))
    return persons


def _owners(record: Record) -> Iterator[tuple[str, str]]:
    """The ORCID iDs of *record*, each with the full name of the person it stands below."""
    name = ""
    for tag, value in record.sequence:
        if tag in ("FAU", "FIR", "CN"):
            name = value if tag != "CN" else ""
        elif tag != "AUID":
            continue
        elif name and (match := _ORCID.search(value)) and orcid_check_digit(match[0]) is None:
            yield match[0], name
