"""``journal``: what every record of a journal says of it is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import ClassVar, NamedTuple, Self

from medlint.checks.base import Context, Settings
from medlint.checks.dataset import DatasetCheck, DatasetFault, apart
from medlint.checks.memory import Entry, Holder, Memory
from medlint.functions.issn import issn_check_digit
from medlint.functions.letters import letters
from medlint.records.columns import Columns
from medlint.records.record import Record

#: All that a record says of its journal: the values of these tags, and those of IS.
_Profile = tuple[str, ...]
_TAGS = ("JID", "TA", "JT", "PL")
#: More records than these are a habit of some source, not a slip.
_MOST = 3


class _Side(NamedTuple):
    """The records that say one thing of a journal."""

    value: str
    total: int
    holders: list[Holder]

    @property
    def is_many(self) -> bool:
        """Whether there are so many that not all of them are remembered."""
        return self.total > _MOST


def _rank(side: _Side) -> tuple[int, list[Holder], str]:
    """The side that is right comes first."""
    return -side.total, [] if side.is_many else side.holders[:1], side.value


class Journal(DatasetCheck):
    """Records that have the same ``same`` (facts such as JID) have the same ``fact``, as far as
    letters and digits go; one that lacks a fact says nothing.

    What most of them say is right, if ``majority`` of them say it (by default 2); with a majority
    of 1, of two that are as frequent, what the lowest PMID says. The records that say otherwise are
    faults, up to three of them: more are a habit of some source, not a slip. A fact is one of JID,
    TA, JT, PL, ``IS (Linking)``, ``IS (Print)`` and ``IS (Electronic)``; of ISSNs only those with a
    right check digit count.
    """

    placeholders = frozenset({"fact", "expected", "count", "same"})
    most = _MOST
    #: The profiles that journals have; two rules may know a journal by different facts.
    sees_all_keys: ClassVar[bool] = True

    def __init__(self, settings: Settings):
        self._same: list[str] = settings["same"]
        self._fact: str = settings["fact"]
        self._majority: int = settings.get("majority", 2)
        self.tags = (self._fact.partition(" ")[0],)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    @property
    def memory_key(self) -> Hashable:
        return "journal"

    def entries(self, columns: Columns) -> Iterator[Entry]:
        issns = columns.by_record("IS")
        said = zip(*map(columns.firsts, _TAGS), strict=True)
        for index, profile in enumerate(said):
            if profile[0]:
                yield index, (*profile, *issns.get(index, ())), ""

    def faults(self, memory: Memory) -> Iterator[DatasetFault]:
        journals: dict[_Profile, dict[str, list[_Profile]]] = defaultdict(dict)
        for key in memory.keys:
            assert isinstance(key, tuple)
            same, value = tuple([_said(key, fact) for fact in self._same]), _said(key, self._fact)
            if value and all(same):
                journals[same].setdefault(value, []).append(key)
        for same, said in journals.items():
            if len(said) > 1:
                said = {value: keys for value, keys in said.items() if self._is_sure(value)}
            if len(said) > 1 and len({letters(value) for value in said}) > 1:
                sides: dict[str, list[_Side]] = defaultdict(list)
                for value, keys in said.items():
                    found = [memory.of(key) for key in keys]
                    sides[letters(value)] += [
                        _Side(value, some.total, some.holders) for some in found
                    ]
                yield from self._outliers(same, [_joined(some) for some in sides.values()])

    def _is_sure(self, value: str) -> bool:
        """Whether the value can be trusted: of ISSNs, those with a right check digit."""
        return self._fact in _TAGS or issn_check_digit(value) is None

    def _outliers(self, same: _Profile, sides: list[_Side]) -> Iterator[DatasetFault]:
        first, *others = sorted(sides, key=_rank)
        for side in others:
            if side.is_many or first.total < max(self._majority, side.total):
                continue
            if self._majority > 1 and first.total == side.total:
                continue
            known = {holder.pmid for holder in first.holders}
            for holder in apart(side.holders):
                if holder.pmid not in known:
                    params = {
                        "fact": side.value,
                        "expected": first.value,
                        "count": "1 record" if first.total == 1 else f"{first.total:,} records",
                        "same": same[0],
                    }
                    yield DatasetFault(holder, params, side.value, first.holders)

    def field(self, record: Record, said: str) -> tuple[str, int] | None:
        (tag,), ending = self.tags, self._fact.partition(" ")[2]
        for occurrence, value in enumerate(record.values(tag), 1):
            if value.endswith(ending) and letters(value.removesuffix(ending)) == letters(said):
                return tag, occurrence
        return None


def _joined(sides: list[_Side]) -> _Side:
    """One side out of those whose values have the same letters."""
    holders = sorted(holder for side in sides for holder in side.holders)
    value = min(sides, key=lambda side: (-side.total, side.value)).value
    return _Side(value, sum(side.total for side in sides), holders)


def _said(profile: _Profile, fact: str) -> str:
    """What a record says of the fact; empty where it says nothing."""
    if fact in _TAGS:
        return profile[_TAGS.index(fact)]
    ending = fact.removeprefix("IS")
    for value in profile[len(_TAGS) :]:
        if value.endswith(ending):
            return value.removesuffix(ending)
    return ""
