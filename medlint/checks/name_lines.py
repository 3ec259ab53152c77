"""Names that are not plainly right: full and short names of many records, tested at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from medlint.checks.base import Columns, compiled
from medlint.functions.author import PAIR_CLEAN
from medlint.functions.name_words import GROUP_HINTS, PLAIN_NAME

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
    uneven = [
        index
        for index, fields in enumerate(columns.fields)
        if len(fields.get(full, ())) != len(fields.get(short, ()))
    ]
    if uneven:
        aside = set(uneven)
        even = [fields for index, fields in enumerate(columns.fields) if index not in aside]
        full_names = [name for fields in even for name in fields.get(full, ())]
        short_names = [name for fields in even for name in fields.get(short, ())]
    text = "\n".join(map("\t".join, zip(full_names, short_names, strict=True)))
    left = compiled(_CLEAN).sub("", text + "\n")
    doubtful = [line for line in left.split("\n") if line]
    return NameLines(doubtful, [index for index in uneven if full in columns.fields[index]])


def doubtful_names(columns: Columns, full: str) -> set[str]:
    """The names of the tag *full* with which `medlint.functions.names` may find fault."""
    return columns.once(("doubtful names", full), lambda: _doubtful_names(columns, full))


def _doubtful_names(columns: Columns, full: str) -> set[str]:
    found = name_lines(columns, full, SHORT_NAMES[full])
    names = {line.partition("\t")[0] for line in found.doubtful}
    for index in found.unpaired:
        names.update(columns.fields[index][full])
    if names:
        is_plain = compiled(PLAIN_NAME).fullmatch
        names = {name for name in names if not is_plain(name)}
    values = columns.values(full)
    text = columns.once(("text", full), lambda: "\n".join(values))
    for hint in GROUP_HINTS:
        if hint in text:
            names.update(value for value in values if hint in value)
    return names


def holders(columns: Columns, tag: str, values: Collection[str]) -> list[int]:
    """The records that have one of *values* in *tag*."""
    wanted = frozenset(values)
    if not wanted:
        return []
    return [i for i, f in enumerate(columns.fields) if not wanted.isdisjoint(f.get(tag, ()))]
