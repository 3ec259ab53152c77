"""Small damages to a value, drawn by chance."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.entry import NotApplicable, needed

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Letters that look like no other letter and that no rule of spelling takes for another.
SMALL = "abcdefghiklmnoprstu"


def found(pattern: str, value: str, group: int = 0) -> tuple[int, int]:
    """The span of a pattern in *value*; raises NotApplicable where it is not there."""
    match = re.search(pattern, value)
    if not match:
        raise NotApplicable
    return match.span(group)


def replaced(pattern: str, by: str, value: str, group: int = 0) -> str:
    """*value* with the first place where the pattern (or a group of it) stands exchanged."""
    start, end = found(pattern, value, group)
    return value[:start] + by + value[end:]


def other(draw: Random, character: str, pool: str = DIGITS) -> str:
    """A character of the pool that is not *character*."""
    return draw.choice([each for each in pool if each != character])


def digit_changed(draw: Random, value: str, start: int = 0, end: int | None = None) -> str:
    """One digit within the span becomes another digit."""
    at = draw.choice(needed(_digits(value, start, end)))
    return value[:at] + other(draw, value[at]) + value[at + 1 :]


def digit_lost(draw: Random, value: str, start: int = 0, end: int | None = None) -> str:
    """One digit within the span is lost."""
    at = draw.choice(needed(_digits(value, start, end)))
    return value[:at] + value[at + 1 :]


def digits_exchanged(draw: Random, value: str, start: int = 0, end: int | None = None) -> str:
    """Two digits that stand side by side and differ change their places."""
    places = [
        at
        for at in _digits(value, start, end)
        if at + 1 < (end or len(value)) and value[at + 1].isdigit() and value[at] != value[at + 1]
    ]
    at = draw.choice(needed(places))
    return value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def _digits(value: str, start: int, end: int | None) -> list[int]:
    return [at for at in range(start, end or len(value)) if value[at] in DIGITS]


def misspelt(draw: Random, word: str) -> str:
    """A slip of the keyboard: two letters exchanged, one lost, one doubled or one other."""
    places = needed([i for i in range(len(word) - 1) if word[i : i + 2].isalpha()])
    for _ in range(20):
        at = draw.choice(places)
        pool = SMALL if word[at].islower() else LETTERS
        slips = [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + other(draw, word[at], pool) + word[at + 1 :],
        ]
        wrong = draw.choice(slips)
        if wrong != word:
            return wrong
    raise NotApplicable


def inside(draw: Random, value: str, what: str, start: int = 1) -> str:
    """*what* put somewhere between two letters of *value*."""
    places = [
        at for at in range(start, len(value)) if value[at - 1].isalpha() and value[at].isalpha()
    ]
    at = draw.choice(needed(places))
    return value[:at] + what + value[at:]


def for_blank(draw: Random, value: str, by: str) -> str:
    """*value* with one of its blanks exchanged."""
    at = draw.choice(needed([i for i, letter in enumerate(value) if letter == " "]))
    return value[:at] + by + value[at + 1 :]
