"""Names that are not plainly right: full and short names of many records, tested at once."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from medlint.checks.base import compiled
from medlint.functions.author import PAIR_CLEAN
from medlint.functions.name_words import GROUP_HINTS, PLAIN_NAME
from medlint.records.columns import Columns

#: The tag of a full name -> that of the short name below it.
SHORT_NAMES = {"FAU": "AU", "FIR": "IR", "FED": "ED", "FPS": "PS"}

#: The lines of plainly right pairs.
_CLEAN = rf"(?m)^(?:{PAIR_CLEAN})\n"


class NameLines(NamedTuple):
    """The full and short names of a batch that are not plainly right."""

    #: Pairs, full and short name parted by a tab.
    doubtful: list[str]
    #: Records that have full names, but not as many short ones.
    unpaired: list[int]


def name_lines(columns: Columns, full: str, short: str) -> NameLines:
    """The doubtful names of the tags *full* and *short*; found once for all rules that ask."""
    return columns.once(("names", full, short), lambda: _name_lines(columns, full, short))


def _name_lines(columns: Columns, full: str, short: str) -> NameLines:
    full_names = columns.values(full)
    if not full_names:
        return NameLines([], [])
    short_names = columns.values(short)
    uneven: set[int] = set()
    if columns.rows(full) != columns.rows(short):
        counts, others = Counter(columns.rows(full)), Counter(columns.rows(short))
        uneven = {row for row in counts | others if counts[row] != others[row]}
        full_names, short_names = (
            [name for row, name in zip(*column, strict=True) if row not in uneven]
            for column in (
                (columns.rows(full), full_names),
                (columns.rows(short), short_names),
            )
        )
    text = "\n".join(map("\t".join, zip(full_names, short_names, strict=True)))
    left = compiled(_CLEAN).sub("", text + "\n")
    doubtful = [line for line in left.split("\n") if line]
    return NameLines(doubtful, sorted(uneven.intersection(columns.rows(full))))


def doubtful_names(columns: Columns, full: str) -> set[str]:
    """The names of the tag *full* with which `medlint.functions.names` may find fault."""
    return columns.once(("doubtful names", full), lambda: _doubtful_names(columns, full))


def _doubtful_names(columns: Columns, full: str) -> set[str]:
    found = name_lines(columns, full, SHORT_NAMES[full])
    names = {line.partition("\t")[0] for line in found.doubtful}
    for index in found.unpaired:
        names.update(columns.by_record(full)[index])
    if names:
        is_plain = compiled(PLAIN_NAME).fullmatch
        names = {name for name in names if not is_plain(name)}
    values = columns.values(full)
    text = columns.once(("text", full), lambda: "\n".join(values))
    for hint in GROUP_HINTS:
        if hint in text:
            names.update(value for value in values if hint in value)
    return names
