"""Whether two full names may be those of one person."""

from __future__ import annotations

import re
from itertools import product

from medlint.functions.letters import letters

#: A word of fewer letters may differ by one letter and be another name: ``Li``, ``Wu``, ``Kim``.
_LONG = 4


def may_be_one(name: str, other: str) -> bool:
    """Return whether a person may be called both *name* and *other* (values of FAU).

    They may when they share a word, wherever it stands: surname and forename are exchanged at
    times, parts of a surname come and go, and with a marriage it changes. Words of four letters or
    more may differ in one letter, as they do where a name is written in another alphabet.

    >>> may_be_one("de Sousa, Diogo", "Sousa, D"), may_be_one("Islam, Rabiul", "Rabiul Islam, Md")
    (True, True)
    >>> may_be_one("Müller, Anna", "Mueller, A"), may_be_one("Example, Anna", "Sample, Carl")
    (True, False)
    """
    return any(_alike(a, b) for a, b in product(_words(name), _words(other)))


def _words(name: str) -> set[str]:
    words = {letters(word) for word in re.split("[ ,-]+", name)}
    return {word for word in words | {letters(name.partition(",")[0])} if len(word) > 1}


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= _LONG and _is_one_edit(a, b))


def _is_one_edit(a: str, b: str) -> bool:
    """Whether one letter put in, taken out or changed makes *b* of *a*."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return True
    rest, other = a[start:], b[start:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
