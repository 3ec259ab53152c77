"""What is remembered of a data set: its records by number, and who holds which key."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from marshal import dumps, loads
from typing import Any, NamedTuple

#: Stands for the PMID of a record without one; larger than every PMID.
NO_PMID = 2**63

#: What several records may have in common: a string, a number, or a tuple of these.
Key = str | int | tuple[Any, ...]

#: The index of a record in its batch, a key that it holds, and what must be known of it later: a
#: short string, empty where nothing is. A record holds a key once.
Entry = tuple[int, Key, str]

#: A record's number, with the string of its entry where that is not empty.
_Slot = int | tuple[int, str]

#: The bits that a record's number takes in `Register._sorted`; the rest is for its PMID.
_NUMBER_BITS = 32
_NUMBER_MASK = (1 << _NUMBER_BITS) - 1
_SORTED_AT_A_TIME = 1 << 18


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

    def pmid(self, slot: _Slot) -> int:
        """The PMID of a record."""
        return self._pmids[slot[0] if isinstance(slot, tuple) else slot]

    def find(self, pmids: Iterable[int]) -> dict[int, Holder]:
        """PMID -> the first holder with it, of those of *pmids* that are in the data set. To be
        asked when all records are entered."""
        found = {}
        for pmid in pmids:
            numbers = [number for number in self.numbers(pmid) if number not in self._gone]
            if numbers:
                found[pmid] = min(map(self.holder, numbers))
        return found

    def numbers(self, pmid: int) -> list[int]:
        """The numbers of the records with a PMID. To be asked when all records are entered."""
        wanted = pmid << _NUMBER_BITS
        numbers: list[int] = []
        for some in self._sorted:
            for at in range(bisect_left(some, wanted), len(some)):
                if some[at] >> _NUMBER_BITS != pmid:
                    break
                numbers.append(some[at] & _NUMBER_MASK)
        return numbers

    def repeated(self) -> Iterator[list[int]]:
        """The numbers of the records that have a PMID in common, PMID by PMID. To be asked when all
        records are entered."""
        from heapq import merge

        for _, some in groupby(merge(*self._sorted), key=lambda packed: packed >> _NUMBER_BITS):
            numbers = [packed & _NUMBER_MASK for packed in some]
            if len(numbers) > 1:
                yield numbers

    def forget(self, numbers: Collection[int]) -> None:
        """Find records with these numbers no more."""
        self._gone = numbers

    @cached_property
    def _sorted(self) -> list[array[int]]:
        """PMID and number of each record in one number, sorted some at a time: 8 bytes a record,
        where a dictionary takes 100. PMIDs that are too long to be true are left out."""
        pmids, found = self._pmids, []
        for start in range(0, len(pmids), _SORTED_AT_A_TIME):
            some = enumerate(pmids[start : start + _SORTED_AT_A_TIME], start)
            packed = [p << _NUMBER_BITS | n for n, p in some if p < 1 << 64 - _NUMBER_BITS]
            found.append(array("Q", sorted(packed)))
        return found


class Shared(NamedTuple):
    """A key and who holds it."""

    key: Key
    #: How many records hold it.
    total: int
    #: The records, sorted; the first of them only, where there are more than are remembered.
    holders: list[Holder]


class Memory:
    """Key -> the records that hold it. Records themselves are not kept.

    Of a key with more than *most* holders the last are forgotten, whatever order they came in; how
    many there are is known always.
    """

    def __init__(self, register: Register, most: int | None = None):
        self.register = register
        self._most = most
        self._slots: dict[Key, _Slot | list[_Slot]] = {}
        self._forgotten: dict[Key, int] = {}
        self._further = 0

    def add(self, numbers: Sequence[int], entries: Iterable[Entry]) -> None:
        """Take in the *entries* of a batch, whose records have these *numbers*."""
        remember = self._slots.setdefault
        for index, key, note in entries:
            slot = (numbers[index], note) if note else numbers[index]
            first = remember(key, slot)
            if first is not slot:
                self._add_to(key, first, slot)

    def _add_to(self, key: Key, slots: _Slot | list[_Slot], slot: _Slot) -> None:
        if not isinstance(slots, list):
            self._slots[key] = slots = [slots]
        if self._most is None:
            slots.append(slot)
            self._further += 1
            return
        is_full = len(slots) >= self._most
        if not is_full or self.register.pmid(slot) <= self.register.pmid(slots[-1]):
            slots.append(slot)
            slots.sort(key=self.register.holder)
            if is_full:
                slots.pop()
        if is_full:
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
    def size(self) -> int:
        """How much there is: the keys, and the holders of a key beside its first."""
        return len(self._slots) + self._further

    def packed(self, count: int, group: Callable[[Key], Hashable]) -> Iterator[tuple[int, bytes]]:
        """All there is, divided into *count* parts: the number of each part that holds anything,
        and the part, packed for `unpack` in this same process. Keys of which *group* says the same
        come into the part of the same number, now and at any other time."""
        slots_of: list[dict[Key, Any]] = [{} for _ in range(count)]
        forgotten: list[dict[Key, int]] = [{} for _ in range(count)]
        # The hash of a number is that number; the hash of a tuple is spread evenly.
        for key, slots in self._slots.items():
            slots_of[hash((group(key),)) % count][key] = slots
        for key, number in self._forgotten.items():
            forgotten[hash((group(key),)) % count][key] = number
        for part, some in enumerate(zip(slots_of, forgotten, strict=True)):
            if some[0]:
                # Version 2 of the format does not look for what it has met before: half the time.
                yield part, dumps(some, 2)

    def unpack(self, packed: bytes) -> None:
        """Take in what another memory has packed."""
        slots_of, forgotten = loads(packed)
        for key, slots in slots_of.items():
            first = self._slots.setdefault(key, slots)
            if first is not slots:
                for slot in slots if isinstance(slots, list) else [slots]:
                    self._add_to(key, self._slots[key], slot)
        for key, count in forgotten.items():
            self._forgotten[key] = self._forgotten.get(key, 0) + count

    @property
    def keys(self) -> Collection[Key]:
        """All keys."""
        return self._slots.keys()

    def of(self, key: Key) -> Shared:
        """Who holds the key. Raises KeyError where nobody does."""
        slot = self._slots[key]
        slots = slot if isinstance(slot, list) else [slot]
        total = len(slots) + self._forgotten.get(key, 0)
        return Shared(key, total, sorted(map(self.register.holder, slots)))

    def shared(self) -> Iterator[Shared]:
        """The keys that several records hold."""
        for key, slot in self._slots.items():
            if isinstance(slot, list):
                yield self.of(key)
