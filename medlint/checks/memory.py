"""What is remembered of a data set: its records by number, and who holds which key."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

#: Stands for the PMID of a record without one; larger than every PMID.
NO_PMID = 2**63

_SORTED_AT_A_TIME = 1 << 18

#: The index of a record in its batch, a key that it holds, and what must be known of it later: a
#: short string, empty where nothing is. A record holds a key once.
Entry = tuple[int, Hashable, str]

#: A record's number, with the string of its entry where that is not empty.
_Slot = int | tuple[int, str]


class Holder(NamedTuple):
    """A record that holds a key. Holders sort by PMID (records without one last), then by place, so
    that the order of the input changes nothing."""

    pmid: int
    path: str
    #: The record's first line.
    line: int
    #: The string of its entry.
    note: str = ""

    @property
    def name(self) -> str:
        """How a message calls the record."""
        return f"PMID {self.pmid}" if self.pmid < NO_PMID else "a record without PMID"

    @property
    def place(self) -> str:
        """Where a message says that the record stands."""
        return f"{self.path}:{self.line}"


class Register:
    """PMID, file and first line of every record of the data set, in 16 bytes a record."""

    def __init__(self) -> None:
        self._paths: list[str] = []
        self._pmids = array("Q")
        self._places = array("Q")
        self._gone: Collection[int] = ()

    def add(self, path: str, pmids: Sequence[int], lines: Iterable[int]) -> range:
        """Enter records of the file *path*; return their numbers."""
        if not self._paths or self._paths[-1] != path:
            self._paths.append(path)
        start, file = len(self._pmids), (len(self._paths) - 1) << 40
        self._pmids.extend(pmids)
        self._places.extend([file | line for line in lines])
        return range(start, len(self._pmids))

    def holder(self, slot: _Slot) -> Holder:
        """The record of a number, or of a number with a string."""
        number, note = slot if isinstance(slot, tuple) else (slot, "")
        place = self._places[number]
        return Holder(self._pmids[number], self._paths[place >> 40], place & 0xFFFFFFFFFF, note)

    def find(self, pmids: Collection[int]) -> dict[int, Holder]:
        """PMID -> the first record with it, of those of *pmids* that are in the data set."""
        found: dict[int, Holder] = {}
        for number, pmid in self.numbers_with(pmids):
            if number not in self._gone and pmid not in found:
                found[pmid] = self.holder(number)
        return found

    def numbers_with(self, pmids: Collection[int]) -> Iterator[tuple[int, int]]:
        """The number and the PMID of each record that has one of *pmids*."""
        wanted = frozenset(pmids)
        return ((number, pmid) for number, pmid in enumerate(self._pmids) if pmid in wanted)

    def repeated(self) -> set[int]:
        """The PMIDs that several records have."""
        from heapq import merge

        starts = range(0, len(self._pmids), _SORTED_AT_A_TIME)
        some = [array("Q", sorted(self._pmids[s : s + _SORTED_AT_A_TIME])) for s in starts]
        return {pmid for pmid, next_pmid in pairwise(merge(*some)) if pmid == next_pmid < NO_PMID}

    def forget(self, numbers: Collection[int]) -> None:
        """Find records with these numbers no more."""
        self._gone = numbers


class Shared(NamedTuple):
    """A key and who holds it."""

    key: Hashable
    #: How many records hold it.
    total: int
    #: The records, sorted; some of them only, where there are more than are remembered.
    holders: list[Holder]


class Memory:
    """Key -> the records that hold it. Records themselves are not kept.

    Of a key with more than *most* holders some are forgotten; how many there are is known always.
    """

    def __init__(self, most: int | None = None):
        self._most = most
        self._slots: dict[Hashable, _Slot | list[_Slot]] = {}
        self._forgotten: dict[Hashable, int] = {}

    def add(self, numbers: Sequence[int], entries: Iterable[Entry]) -> None:
        """Take in the *entries* of a batch, whose records have these *numbers*."""
        remember = self._slots.setdefault
        for index, key, note in entries:
            slot = (numbers[index], note) if note else numbers[index]
            first = remember(key, slot)
            if first is not slot:
                self._add_to(key, first, slot)

    def _add_to(self, key: Hashable, first: _Slot | list[_Slot], slot: _Slot) -> None:
        if not isinstance(first, list):
            self._slots[key] = [first, slot]
        elif self._most is None or len(first) < self._most:
            first.append(slot)
        else:
            self._forgotten[key] = self._forgotten.get(key, 0) + 1

    def forget(self, gone: Collection[int]) -> None:
        """Take out the records with these numbers, as if they had never come; but for those that
        were forgotten already, which are counted still."""
        slots_of, self._slots = self._slots, {}
        for key, slot in slots_of.items():
            slots = slot if isinstance(slot, list) else [slot]
            left = [s for s in slots if (s[0] if isinstance(s, tuple) else s) not in gone]
            if left:
                self._slots[key] = left if len(left) > 1 else left[0]

    @property
    def keys(self) -> Collection[Hashable]:
        """All keys."""
        return self._slots.keys()

    def of(self, key: Hashable, register: Register) -> Shared:
        """Who holds the key. Raises KeyError where nobody does."""
        slot = self._slots[key]
        slots = slot if isinstance(slot, list) else [slot]
        total = len(slots) + self._forgotten.get(key, 0)
        return Shared(key, total, sorted(map(register.holder, slots)))

    def shared(self, register: Register) -> Iterator[Shared]:
        """The keys that several records hold."""
        for key, slot in self._slots.items():
            if isinstance(slot, list):
                yield self.of(key, register)
