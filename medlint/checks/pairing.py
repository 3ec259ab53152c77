"""How full and short names stand in pairs: FAU with AU, FIR with IR, FED with ED, FPS with PS."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from medlint.records.record import Record


class Pair(NamedTuple):
    """A full and a short name that belong together, by occurrence (from 1); None stands for a
    partner that is missing."""

    full: int | None
    short: int | None


def pairs(record: Record, full_tag: str, short_tag: str) -> list[Pair]:
    """Pair full and short names.

    As many of the one as of the other pair in order, wherever they stand: some exports write all
    IR above all FIR. Otherwise each full name pairs with the short name just below it (or above
    it, where that is the record's habit), and the others are alone.
    """
    full_count, short_count = len(record.values(full_tag)), len(record.values(short_tag))
    if full_count == short_count:
        return [Pair(i, i) for i in range(1, full_count + 1)]
    found = _neighbours(record, full_tag, short_tag)
    alone = sum(None in pair for pair in found)
    if alone > abs(full_count - short_count):
        return _in_order(full_count, short_count)
    return found


def _in_order(full_count: int, short_count: int) -> list[Pair]:
    both = min(full_count, short_count)
    return [
        *(Pair(i, i) for i in range(1, both + 1)),
        *(Pair(i, None) for i in range(both + 1, full_count + 1)),
        *(Pair(None, i) for i in range(both + 1, short_count + 1)),
    ]


def _neighbours(record: Record, full_tag: str, short_tag: str) -> list[Pair]:
    tags = [tag for tag, _ in record.sequence]
    is_full_first = _adjacent(tags, full_tag, short_tag) >= _adjacent(tags, short_tag, full_tag)
    lower = short_tag if is_full_first else full_tag
    found: list[Pair] = []
    full = short = 0
    above = ""
    for tag in tags:
        full += tag == full_tag
        short += tag == short_tag
        if tag == lower and above in (full_tag, short_tag) and above != lower:
            found[-1] = Pair(full, short)
        elif tag == full_tag:
            found.append(Pair(full, None))
        elif tag == short_tag:
            found.append(Pair(None, short))
        above = tag
    return found


def _adjacent(tags: list[str], upper: str, lower: str) -> int:
    """How often *lower* stands directly below *upper*."""
    return sum(a == upper and b == lower for a, b in pairwise(tags))
