"""Texts that could make a regular expression backtrack, read off its parse tree.

A text has three parts: what leads to a repeat, what the repeat takes, many times, and a
character that lets the match fail. The tree is that of Python's own parser (``re._parser``).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

#: A parsed (sub)pattern: pairs of an operator and its argument.
Nodes = Sequence[tuple[Any, Any]]

#: A repeat that may run this often counts as endless.
_OFTEN = 10
_LONGEST_SAMPLE = 200
_LONGEST_END = 10_000
_MOST_ATTACKS = 48
_MOST_FAVOURITES = 4
_COMMON = "a0 A-.,;:\n"
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {
    op.CATEGORY_DIGIT: re.compile(r"\d"),
    op.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    op.CATEGORY_SPACE: re.compile(r"\s"),
    op.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    op.CATEGORY_WORD: re.compile(r"\w"),
    op.CATEGORY_NOT_WORD: re.compile(r"\W"),
}
_ATOMS = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)


class Attack(NamedTuple):
    """A family of texts: *lead*, then *pump* any number of times, then *end*."""

    lead: str
    pump: str
    end: str

    def text(self, repeats: int) -> str:
        """The text with that many pumps."""
        return self.lead + self.pump * repeats + self.end

    @property
    def description(self) -> str:
        """The family in words, on one line."""
        lead = f"{self.lead!a}, then " if self.lead else ""
        return f"{lead}{self.pump!a} many times, then {self.end[0]!a}"


def attacks(pattern: str) -> Iterator[Attack]:
    """Yield the texts to try on *pattern*, which must compile; none if it never repeats."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = _parser.parse(pattern)
    if not any(code in _REPEATS for code, _ in _walk(tree)):
        return
    sampler = _Sampler(tree)
    seen: set[Attack] = set()
    for lead, pump in sampler.pumps():
        attack = Attack(lead, pump, sampler.end)
        if attack not in seen:
            seen.add(attack)
            yield attack
            if len(seen) == _MOST_ATTACKS:
                return


def _children(code: Any, argument: Any) -> list[Nodes]:
    """The patterns inside a node."""
    if code is op.BRANCH:
        return list(argument[1])
    if code is op.SUBPATTERN:
        return [argument[3]]
    if code in _REPEATS:
        return [argument[2]]
    if code is op.ATOMIC_GROUP:
        return [argument]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [argument[1]]
    if code is op.GROUPREF_EXISTS:
        return [part for part in argument[1:] if part is not None]
    return []


def _walk(nodes: Nodes) -> Iterator[tuple[Any, Any]]:
    """All nodes, outer ones first."""
    for code, argument in nodes:
        yield code, argument
        for child in _children(code, argument):
            yield from _walk(child)


def _accepts(code: Any, argument: Any, character: str) -> bool:
    """Whether an atom matches *character*."""
    if code is op.ANY:
        return character != "\n"
    if code is op.LITERAL:
        return bool(argument == ord(character))
    if code is op.NOT_LITERAL:
        return bool(argument != ord(character))
    if code is op.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    if code is op.CATEGORY:
        return bool(_CATEGORIES[argument].match(character))
    is_negated = argument[0][0] is op.NEGATE
    items = argument[1:] if is_negated else argument
    return is_negated != any(_accepts(kind, what, character) for kind, what in items)


def _named(nodes: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """The characters that atoms name."""
    for code, argument in nodes:
        if code in (op.LITERAL, op.NOT_LITERAL):
            yield chr(argument)
        elif code is op.RANGE:
            yield chr(argument[0])
        elif code is op.IN:
            yield from _named(argument)


class _Sampler:
    """Makes texts that parts of one pattern match."""

    def __init__(self, tree: Any):
        self._tree = tree
        self._atoms = list({str(n): n for n in _walk(tree) if n[0] in _ATOMS}.values())
        pool = dict.fromkeys((*_COMMON, *list(dict.fromkeys(_named(self._atoms)))[:40]))
        #: Characters to try, those that most atoms accept first.
        self._pool = sorted(pool, key=self._acceptance, reverse=True)
        self._groups: dict[int, str] = {}

    def _acceptance(self, character: str) -> int:
        return sum(_accepts(*atom, character) for atom in self._atoms)

    @cached_property
    def end(self) -> str:
        """What makes a match fail: a character that few atoms accept, and a line end, which a
        dot does not take; as long as a match must be at least, because Python does not even
        begin on a shorter text."""
        rare: str = min(("\x00", "!", *self._pool), key=self._acceptance)
        shortest = int(self._tree.getwidth()[0])
        return rare + "\n" + rare * min(shortest, _LONGEST_END)

    def pumps(self) -> Iterator[tuple[str, str]]:
        """Yield (lead, pump) for the whole pattern and for each repeat in it."""
        for favourite in self._pool[:2]:
            yield "", favourite
        yield from self._inside(self._tree, "")

    def _inside(self, nodes: Nodes, lead: str) -> Iterator[tuple[str, str]]:
        for code, argument in nodes:
            if code in _REPEATS and argument[1] >= _OFTEN:
                for pump in self._bodies(argument[2]):
                    yield lead, pump
            for child in _children(code, argument):
                yield from self._inside(child, lead)
            lead = (lead + self._sample([(code, argument)], "", rich=False))[:_LONGEST_SAMPLE]

    def _bodies(self, nodes: Nodes) -> list[str]:
        """Texts that one round of a repeat takes."""
        atoms = [node for node in _walk(nodes) if node[0] in _ATOMS]
        likes = [c for c in self._pool if any(_accepts(*atom, c) for atom in atoms)]
        bodies = [
            self._sample(nodes, favourite, rich=rich)
            for favourite, rich in product(likes[:_MOST_FAVOURITES] or [""], (False, True))
        ]
        for code, argument in _walk(nodes):
            if code is op.BRANCH:
                ways = [self._sample(way, "", rich=True) for way in argument[1][:6]]
                bodies += [*ways, "".join(ways)]
        return list(dict.fromkeys(body[:_LONGEST_SAMPLE] for body in bodies if body))

    def _sample(self, nodes: Nodes, favourite: str, *, rich: bool) -> str:
        """A text that *nodes* match, of *favourite* where it fits; *rich* takes optional parts."""
        return "".join([self._sample_one(*node, favourite, rich) for node in nodes])

    def _sample_one(self, code: Any, argument: Any, favourite: str, rich: bool) -> str:
        if code in _ATOMS:
            if favourite and _accepts(code, argument, favourite):
                return favourite
            return next((c for c in self._pool if _accepts(code, argument, c)), "")
        if code in _REPEATS:
            low, high, body = argument
            once = self._sample(body, favourite, rich=rich)
            count: int = max(low, 1) if rich and high else low
            return once * min(count, _LONGEST_SAMPLE // max(len(once), 1))
        if code is op.BRANCH:
            return self._sample(argument[1][0], favourite, rich=rich)
        if code is op.GROUPREF:
            return self._groups.get(argument, "")
        if code in (op.SUBPATTERN, op.ATOMIC_GROUP, op.GROUPREF_EXISTS):
            text: str = self._sample(_children(code, argument)[0], favourite, rich=rich)
            if code is op.SUBPATTERN and argument[0] is not None:
                self._groups[argument[0]] = text
            return text
        return ""
