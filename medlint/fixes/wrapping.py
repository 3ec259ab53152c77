"""How a field is written: its tag, and its value on lines as PubMed breaks them today.

PubMed's exports since 2023 break a line before the word that would make it longer than 87
characters and leave the blank at the end of the broken line; a word that is longer stays whole.
Read off PubMed's own exports; NLM states nothing about it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise

from medlint.findings import Edit, Place
from medlint.records.record import Field, Record
from medlint.records.tag_lines import prefix_of

WIDTH = 87
INDENT = " " * 6

_WHITE = " \t"
#: Where a line may end: a single blank between two characters that are no white space for a reader.
_BREAK = re.compile(r"(?<=[^ \t]) (?=[^ \t])")


def written(tag: str, value: str) -> list[str]:
    """The lines of a field.

    >>> written("LA", "eng")
    ['LA  - eng']
    """
    return _wrapped(prefix_of(tag), value)


def _wrapped(prefix: str, text: str, end: str = " ") -> list[str]:
    """The lines of *text* behind *prefix*; broken lines end in *end*, a blank or nothing."""
    if len(prefix) + len(text) <= WIDTH:
        return [prefix + text]
    words = _BREAK.split(text)
    lines, line = [], prefix + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > WIDTH:
            lines.append(line + end)
            line = INDENT + word
        else:
            line = f"{line} {word}"
    return [*lines, line]


def rewritten(record: Record, field: Field, value: str) -> Edit:
    """The edit that makes *value* the value of *field*, which has one.

    What stands before the first difference stays as it is broken. If the part that differs stands
    on one line, and that line grows no longer than PubMed's, only this part is replaced.
    """
    start, end = difference(field.value, value)
    new = value[start : len(value) - (len(field.value) - end)]
    place = field.place((start, end))
    if place.line == place.end_line:
        piece = next(piece for piece in field.pieces if piece.line == place.line)
        first, last = place.column - piece.column, place.end_column - piece.column
        text = piece.text[:first] + new + piece.text[last:]
        longest = max(WIDTH, piece.column - 1 + len(piece.text))
        if text and text == text.strip(_WHITE) and piece.column - 1 + len(text) <= longest:
            return Edit(place, new)
    return _broken_anew(record, field, value, start)


def difference(old: str, new: str) -> tuple[int, int]:
    """The part of *old*, as (start, end), in which *new* differs from it.

    >>> difference("110\u2013121", "110-121"), difference("aa", "aaa"), difference("a  b", "a b")
    ((3, 4), (2, 2), (2, 3))
    """
    shortest = min(len(old), len(new))
    start = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    same = range(shortest - start)
    behind = next((i for i in same if old[-1 - i] != new[-1 - i]), shortest - start)
    return start, len(old) - behind


def _broken_anew(record: Record, field: Field, value: str, start: int) -> Edit:
    """The edit that breaks *value* anew from the line on which its character *start* stands."""
    pieces = field.pieces
    starts = [0, *accumulate(len(piece.text) + 1 for piece in pieces[:-1])]
    index = max(bisect_right(starts, start) - 1, 0)
    while index and value[starts[index]] in _WHITE:
        index -= 1
    first, last = pieces[index], pieces[-1]
    line = record.lines[first.line - record.first_line]
    prefix = line[: first.column - 1]
    text = value[starts[index] :]
    lines = _wrapped(prefix, text)
    if len(lines) > 1:
        lines = _wrapped(prefix, text, _line_end(record))
    place = Place(first.line, first.column, last.line, last.column + len(last.text))
    return Edit(place, "\n".join(lines)[len(prefix) :])


def _line_end(record: Record) -> str:
    """What stands at the end of the broken lines of *record*: a blank, or, in older exports,
    nothing."""
    lines, first = record.lines, record.first_line
    if record.is_strict:
        pairs = pairwise(lines)
        broken = next((line for line, below in pairs if below.startswith(" ")), " ")
    else:
        pieces = (piece for field in record.layout.fields for piece in field.pieces[:-1])
        broken = next((lines[piece.line - first] for piece in pieces), " ")
    return " " if broken.endswith(" ") else ""
