"""How full and short names stand in pairs: FAU with AU, FIR with IR, FED with ED, FPS with PS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from medlint.records.record import Record

#: So many comparisons are made at most to see which names of two long lists belong together.
_MOST_COMPARISONS = 200_000


class Pair(NamedTuple):
    """A full and a short name that belong together, by occurrence (from 1); None stands for a
    partner that is missing."""

    full: int | None
    short: int | None


def pairs(record: Record, full_tag: str, short_tag: str) -> list[Pair]:
    """Pair full and short names, in the way that leaves the fewest of them alone or with a name of
    another surname.

    As many of the one as of the other pair in order, wherever they stand: some exports write all
    IR above all FIR. Otherwise each full name pairs with the short name just below it, or above
    it; where that is no habit of the record, surnames tell which ones belong together.
    """
    full_names, short_names = record.values(full_tag), record.values(short_tag)
    surnames = [name.partition(",")[0].casefold() + " " for name in full_names]
    others = [name.casefold() + " " for name in short_names]
    best: list[Pair] = []
    fewest = len(surnames) + len(others) + 1
    for found in _ways(record, (full_tag, short_tag), surnames, others):
        left = sum(not _agree(pair, surnames, others) for pair in found)
        if left < fewest:
            best, fewest = found, left
        if left == 0:
            break
    return best


def _agree(pair: Pair, surnames: Sequence[str], short_names: Sequence[str]) -> bool:
    full, short = pair
    return bool(full and short and short_names[short - 1].startswith(surnames[full - 1]))


def _ways(
    record: Record, tags: tuple[str, str], surnames: Sequence[str], short_names: Sequence[str]
) -> Iterator[list[Pair]]:
    """The ways in which the names may belong together, the likely ones first."""
    if len(surnames) == len(short_names):
        yield [Pair(i, i) for i in range(1, len(surnames) + 1)]
    sequence = [tag for tag, _ in record.sequence]
    full_tag, short_tag = tags
    below, above = _adjacent(sequence, full_tag, short_tag), _adjacent(sequence, *tags[::-1])
    for lower in (short_tag, full_tag) if below >= above else (full_tag, short_tag):
        yield _neighbours(sequence, full_tag, short_tag, lower)
    if len(surnames) > len(short_names):
        yield _aligned(surnames, short_names)
    elif len(surnames) < len(short_names):
        yield [Pair(full, short) for short, full in _aligned(short_names, surnames)]


def _adjacent(tags: list[str], upper: str, lower: str) -> int:
    """How often *lower* stands directly below *upper*."""
    return sum(a == upper and b == lower for a, b in pairwise(tags))


def _neighbours(tags: list[str], full_tag: str, short_tag: str, lower: str) -> list[Pair]:
    """Pair each name of the tag *lower* with the one of the other tag directly above it."""
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


def _aligned(many: Sequence[str], few: Sequence[str]) -> list[Pair]:
    """Pair each of *few* names with one of *many*, in order, so that most of them agree."""
    spare = len(many) - len(few)
    if len(few) * (spare + 1) > _MOST_COMPARISONS:
        passed = [0] * len(few)
    else:
        passed = _best_passed(many, few, spare)
    partner = {index + skipped: index for index, skipped in enumerate(passed)}
    return [
        Pair(i + 1, partner[i] + 1) if i in partner else Pair(i + 1, None) for i in range(len(many))
    ]


def _best_passed(many: Sequence[str], few: Sequence[str], spare: int) -> list[int]:
    """How many of *many* are passed over before the partner of each of *few*.

    ``agreeing[n]`` is how many names agree at best, up to one before which n were passed over;
    ``choice[n]`` is how many were then passed over before the name above it.
    """
    agreeing = [0] * (spare + 1)
    choices: list[list[int]] = []
    for index, name in enumerate(few):
        choice: list[int] = []
        best = 0
        for skipped in range(spare + 1):
            if agreeing[skipped] > agreeing[best]:
                best = skipped
            choice.append(best)
        agreeing = [
            agreeing[choice[skipped]] + _alike(many[index + skipped], name)
            for skipped in range(spare + 1)
        ]
        choices.append(choice)
    skipped = max(range(spare + 1), key=agreeing.__getitem__)
    passed: list[int] = []
    for choice in reversed(choices):
        passed.append(skipped)
        skipped = choice[skipped]
    return passed[::-1]


def _alike(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)
