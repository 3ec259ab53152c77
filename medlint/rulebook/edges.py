"""The first or the last two characters of every value in which a pattern finds anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _constants as op  # type: ignore[attr-defined]
from string import ascii_lowercase as small
from string import ascii_uppercase as capital
from typing import Any

from medlint.rulebook.character_sets import ALL, ATOMS, NONE, REPEATS, characters, class_of
from medlint.rulebook.character_sets import Characters as _Characters

#: Which characters may stand at the edge of a value, each with those that may stand next to it.
_Edges = dict[_Characters, _Characters]

_ANY: _Edges = {ALL: ALL}
_MOST = 16
_BEGINNING = (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
_END = (op.AT_END, op.AT_END_STRING)

#: How values usually begin and end, in kinds.
_USUAL_BEGINNINGS = [[a + b for a in capital for b in small]]
_USUAL_ENDS = [[a + b for a in small for b in small], [a + "." for a in small]]
#: Nearly all identifiers end so (LID, AID): what looks for just that is of no use.
_IDENTIFIER_END, _WORD_END = "i]", "ia"


def is_anchored(tree: Any) -> bool:
    """Whether the pattern finds something only at the beginning of a value."""
    return not _Reader(_BEGINNING, _END, is_bound=False).read(tree, _ANY, tree.state.flags)


def is_anchored_at_end(tree: Any) -> bool:
    """Whether all that the pattern finds reaches to the end of a value."""
    return not _Reader(_END, _BEGINNING, is_bound=False).read(tree, _ANY, tree.state.flags)


def beginning(tree: Any) -> dict[str, str]:
    """A pattern for the ``first`` character, or for the ``first_two``, of a value; nothing if both
    would let most values through."""
    pairs = _edges(tree, _BEGINNING, _END)
    two = "|".join(sorted(class_of(a) + _perhaps(b) for a, b in pairs.items()))
    one = class_of(frozenset().union(*pairs))
    return _cheapest({"first": f"{one}.?", "first_two": two}, one, _USUAL_BEGINNINGS)


def end(tree: Any) -> dict[str, str]:
    """The same for the ``last`` character, or for the ``last_two``."""
    pairs = _edges(tree, _END, _BEGINNING)
    two = "|".join(sorted(_perhaps(b) + class_of(a) for a, b in pairs.items()))
    one = class_of(frozenset().union(*pairs))
    if re.fullmatch(two, _IDENTIFIER_END) and not re.fullmatch(two, _WORD_END):
        return {}
    return _cheapest({"last": f".?{one}", "last_two": two}, one, _USUAL_ENDS)


def _perhaps(some: _Characters) -> str:
    return class_of(some) + "?" * (some >= NONE)


def _edges(tree: Any, here: Sequence[Any], there: Sequence[Any]) -> _Edges:
    flags = tree.state.flags
    if _Reader(here, there, is_bound=False).read(tree, _ANY, flags):
        return _ANY
    return _Reader(here, there, is_bound=True).read(tree, _ANY, flags) or _ANY


def _cheapest(tests: dict[str, str], one: str, usual: list[list[str]]) -> dict[str, str]:
    """The first of two *tests* unless the second turns away many more values of a *usual* kind."""
    (for_one, with_any), (for_two, two) = tests.items()
    through_one, through_two = _let_through(with_any, usual), _let_through(two, usual)
    if min(through_two) > 0.5:
        return {}
    is_as_good = all(a < b + 0.2 for a, b in zip(through_one, through_two, strict=True))
    return {for_one: one} if is_as_good else {for_two: two}


def _let_through(test: str, usual: list[list[str]]) -> list[float]:
    matches = re.compile(test).fullmatch
    return [sum(matches(text) is not None for text in kind) / len(kind) for kind in usual]


class _Reader:
    """Reads a pattern from one edge of a value: *here* are the marks of that edge, *there* those
    of the other one. Unless the pattern *is_bound* to the edge, the mark cannot match."""

    def __init__(self, here: Sequence[Any], there: Sequence[Any], *, is_bound: bool):
        self._here, self._there, self._is_bound = here, there, is_bound

    def read(self, nodes: Any, rest: _Edges, flags: int) -> _Edges:
        """What stands at the edge if *nodes* match, and then what makes *rest*; empty if they
        cannot match."""
        for code, argument in reversed(list(nodes)) if self._here is _BEGINNING else nodes:
            if rest:
                rest = self._one(code, argument, rest, flags)
        return rest

    def _one(self, code: Any, argument: Any, rest: _Edges, flags: int) -> _Edges:
        if code in ATOMS:
            found = characters(code, argument, flags)
            return {found: frozenset().union(*rest)} if found else {}
        if code is op.AT and argument in self._here:
            return rest if self._is_bound else {}
        if code is op.AT and argument in self._there:
            return {NONE: NONE}
        if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
            return rest
        if code is op.BRANCH:
            return _union([self.read(way, rest, flags) for way in argument[1]])
        if code is op.SUBPATTERN:
            return self.read(argument[3], rest, (flags | argument[1]) & ~argument[2])
        if code in REPEATS:
            low, high, body = argument
            often = rest
            for _ in range(min(high - low, 2)):
                often = _union([rest, self.read(body, often, flags)])
            for _ in range(min(low, 2)):
                often = self.read(body, often, flags)
            return often
        return _ANY


def _union(some: Sequence[_Edges]) -> _Edges:
    union: _Edges = {}
    for edges in some:
        for at_edge, next_to in edges.items():
            union[at_edge] = union.get(at_edge, frozenset()) | next_to
    if len(union) > _MOST:
        return {frozenset().union(*union): frozenset().union(*union.values())}
    return union
