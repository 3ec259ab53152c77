"""The characters that an atom of a parsed pattern matches, as a set of ranges.

Exact for ASCII; beyond it, a set may hold more characters than the atom matches, never fewer. The
tree is that of Python's own parser (``re._parser``).
"""

from __future__ import annotations

import re
from re import _compiler, _parser  # type: ignore[attr-defined]
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

#: The first and the last of some characters; of ASCII ones always a single character.
Range = tuple[str, str]
Characters = frozenset[Range]

ATOMS = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

_ASCII = "".join(map(chr, range(128)))
#: What letters of ASCII match besides, where a pattern ignores case (the documentation of ``re``).
_KIN = "\u0130\u0131\u017f\u212a"
_LAST = "\U0010ffff"
BEYOND_ASCII: Characters = frozenset({("\x80", _LAST)})
ALL: Characters = BEYOND_ASCII.union((character, character) for character in _ASCII)
#: A line end, which no value holds, stands for "no character", before or behind a value.
NONE: Characters = frozenset({("\n", "\n")})


def characters(code: Any, argument: Any, flags: int) -> Characters:
    """The characters, but a line end, that the atom (*code*, *argument*) matches under *flags*."""
    state = _parser.State()
    state.flags = flags
    atom = _compiler.compile(_parser.SubPattern(state, [(code, argument)]), flags)
    found = {(character, character) for character in atom.findall(_ASCII + _KIN)} - NONE
    for kind, what in argument if code is op.IN else [(code, argument)]:
        if kind not in (op.LITERAL, op.RANGE):
            return BEYOND_ASCII.union(found)
        lowest, highest = what if kind is op.RANGE else (what, what)
        if highest > 127:
            if flags & re.IGNORECASE:
                return BEYOND_ASCII.union(found)
            found.add((chr(max(lowest, 128)), chr(highest)))
    return frozenset(found)


def class_of(some: Characters) -> str:
    """A pattern for one of *some* characters, neighbours drawn together.

    A set that reaches to the end of Unicode is told by what is not in it, since that is compiled
    many times faster.

    >>> class_of(frozenset({("a", "a"), ("b", "b"), ("-", "-")}))
    '[\\\\-a-b]'
    >>> class_of(ALL - {("a", "a")})
    '[^a]'
    """
    runs = _runs(some)
    if runs == [("\0", _LAST)]:
        return "(?s:.)"
    if runs[-1][1] != _LAST:
        return f"[{_spelt(runs)}]"
    ends = [chr(ord(highest) + 1) for _, highest in runs[:-1]]
    starts = [lowest for lowest, _ in runs]
    if starts[0] != "\0":
        ends.insert(0, "\0")
    else:
        del starts[0]
    gaps = [(end, chr(ord(start) - 1)) for end, start in zip(ends, starts, strict=True)]
    return f"[^{_spelt(gaps)}]"


def _runs(some: Characters) -> list[Range]:
    """The ranges in order, neighbours drawn together."""
    runs: list[Range] = []
    for lowest, highest in sorted(some):
        if runs and ord(lowest) <= ord(runs[-1][1]) + 1:
            runs[-1] = runs[-1][0], max(runs[-1][1], highest)
        else:
            runs.append((lowest, highest))
    return runs


def _spelt(runs: list[Range]) -> str:
    return "".join("-".join(map(re.escape, dict.fromkeys(run))) for run in runs)
