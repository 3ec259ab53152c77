"""``free_of``: a value holds nothing that a pattern finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress
from math import inf
from operator import itemgetter
from typing import ClassVar, Self

from medlint.checks.base import Context, Settings, ValueCheck, ValueFault, compiled
from medlint.checks.values import Values, lines_with

#: One in so many values is few enough for the pattern to be searched in them.
_FEW = 8
_ASCII = bytes(range(128))


class FreeOf(ValueCheck):
    """``pattern`` is searched in the value; what it finds first is the fault, and is underlined.

    The pattern's group ``part``, where it matches, narrows what is underlined and quoted.
    Values of more than ``longest`` characters, or fewer than ``shortest``, are not looked at.

    ``fast`` is what `medlint.rulebook.prefilter` tells of the pattern when the rule is compiled. It
    spares most values the search, and changes nothing else.
    """

    placeholders = frozenset({"found", "characters"})

    def __init__(self, settings: Settings):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        self._pattern: str = settings["pattern"]
        self._longest: float = settings.get("longest", inf)
        self._shortest: int = settings.get("shortest", 0)
        fast = settings.get("fast", {})
        self._is_anchored: bool = fast.get("anchored", False)
        self._within: float = fast.get("within", inf)
        self._edges = [_Edge(name, fast[name]) for name in _Edge.names if name in fast]
        self._holds: Sequence[str] = fast.get("holds", ())
        self._beyond: str | None = fast.get("beyond")

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def failing(self, values: Collection[str]) -> list[str]:
        if not values:
            return []
        return [value for value in self._likely(Values.of(values)) if self._find(value)]

    def _likely(self, values: Values) -> Iterable[str]:
        """Those of *values* in which the pattern may find something."""
        holds = self._holds
        if self._beyond is not None:
            present = values.once("beyond ASCII", lambda: _characters(values.beyond_ascii))
            holds = compiled(self._beyond).findall(present) if present else ()
            if not holds:
                return ()
        few = len(values) // _FEW
        likely: Sequence[str] = values
        if self._longest < inf or self._shortest:
            shortest, longest = self._shortest, self._longest
            likely = [value for value in values if shortest <= len(value) <= longest]
        for edge in self._edges:
            if len(likely) > few:
                likely = edge.likely(values)
        if holds and len(likely) > few:
            text = values.text if self._beyond is None else values.beyond_ascii
            likely = list({line for hint in holds for line in lines_with(text, hint)})
        return likely

    def _find(self, value: str) -> re.Match[str] | None:
        if not self._shortest <= len(value) <= self._longest:
            return None
        pattern = compiled(self._pattern)
        if self._is_anchored:
            return pattern.match(value)
        if self._within < len(value):
            return pattern.search(value, len(value) - int(self._within))
        return pattern.search(value)

    def value_faults(self, value: str) -> Iterator[ValueFault]:
        match = self._find(value)
        if match is not None:
            group = "part" if match.groupdict().get("part") is not None else 0
            params = {"found": match[group], "characters": _named(match[group])}
            yield ValueFault(match.span(group), params)


class _Edge:
    """Finds the values whose edge *pattern* matches, such as their ``last_two`` characters."""

    names: ClassVar[dict[str, Callable[[str], str]]] = {
        "first": itemgetter(0),
        "first_two": itemgetter(slice(2)),
        "last": itemgetter(-1),
        "last_two": itemgetter(slice(-2, None)),
    }

    def __init__(self, name: str, pattern: str):
        self._name = name
        self._matches = lru_cache(10_000)(lambda edge: compiled(pattern).fullmatch(edge))

    def likely(self, values: Values) -> list[str]:
        """Those of *values*."""
        edge = self.names[self._name]
        edges = values.once(self._name, lambda: list(map(edge, values)))
        distinct = values.once((self._name, "distinct"), lambda: frozenset(edges))
        wanted = set(filter(self._matches, distinct))
        return list(compress(values, map(wanted.__contains__, edges))) if wanted else []


def _characters(text: str) -> str:
    """The characters of *text* beyond ASCII, each once."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return "".join(set(beyond.decode("utf-8", "surrogatepass")))


def _named(text: str) -> str:
    """The characters of *text* beyond ASCII, by number and name, for those that nobody can see.

    >>> _named("a\\u200bb")
    'U+200B ZERO WIDTH SPACE'
    """
    import unicodedata

    names = dict.fromkeys(
        f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
        for character in text
        if not character.isascii()
    )
    return ", ".join(names)
