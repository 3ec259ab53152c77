"""``free_of``: a value holds nothing that a pattern finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import compress
from math import inf
from operator import itemgetter
from typing import ClassVar, Self

from medlint.checks.base import Columns, Context, Fault, RecordCheck, Settings, compiled
from medlint.records.record import Record

#: One in so many values is few enough for the pattern to be searched in them.
_FEW = 8
_ASCII = bytes(range(128))


class FreeOf(RecordCheck):
    """``pattern`` is searched in the value; what it finds first is the fault, and is underlined.

    The pattern's group ``part``, where it matches, narrows what is underlined and quoted.
    Values of more than ``longest`` characters, or fewer than ``shortest``, are not looked at.

    ``fast`` is what `medlint.rulebook.prefilter` tells of the pattern when the rule is compiled. It
    spares most values the search, and changes nothing else.
    """

    placeholders = frozenset({"found", "characters"})
    is_of_one_value = True

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

    def suspects(self, columns: Columns) -> Iterator[int]:
        holds = self._holds
        if self._beyond is not None:
            present = columns.once(("beyond ASCII", self.tags), lambda: self._present(columns))
            holds = compiled(self._beyond).findall(present)
            if not holds:
                return
        for tag in self.tags:
            values = columns.values(tag)
            if not values:
                continue
            likely = self._likely(columns, tag, values, holds)
            failing = {value for value in likely if self._find(value)}
            if failing:
                for index, fields in enumerate(columns.fields):
                    if tag in fields and not failing.isdisjoint(fields[tag]):
                        yield index

    def _likely(
        self, columns: Columns, tag: str, values: Sequence[str], holds: Sequence[str]
    ) -> Iterable[str]:
        """Those of *values*, all of *tag*, in which the pattern may find something."""
        few = len(values) // _FEW
        likely = values
        if self._longest < inf or self._shortest:
            shortest, longest = self._shortest, self._longest
            likely = [value for value in values if shortest <= len(value) <= longest]
        for edge in self._edges:
            if len(likely) > few:
                likely = edge.likely(columns, tag, values)
        if holds and len(likely) > few:
            if self._beyond is not None:
                text = columns.once(("beyond ASCII", tag), partial(_beyond_ascii, values))
            else:
                text = columns.once(("text", tag), lambda: "\n".join(values))
            likely = list({line for hint in holds for line in lines_with(text, hint)})
        return likely

    def _present(self, columns: Columns) -> str:
        """The characters beyond ASCII in the batch, each once."""
        texts = [
            columns.once(("beyond ASCII", tag), partial(_beyond_ascii, columns.values(tag)))
            for tag in self.tags
        ]
        present = "".join(texts).encode("utf-8", "surrogatepass").translate(None, _ASCII)
        return "".join(set(present.decode("utf-8", "surrogatepass")))

    def _find(self, value: str) -> re.Match[str] | None:
        if not self._shortest <= len(value) <= self._longest:
            return None
        pattern = compiled(self._pattern)
        if self._is_anchored:
            return pattern.match(value)
        if self._within < len(value):
            return pattern.search(value, len(value) - int(self._within))
        return pattern.search(value)

    def faults(self, record: Record) -> Iterator[Fault]:
        for tag in self.tags:
            for occurrence, value in enumerate(record.values(tag), 1):
                match = self._find(value)
                if match is not None:
                    group = "part" if match.groupdict().get("part") is not None else 0
                    params = {"found": match[group], "characters": _named(match[group])}
                    yield Fault(tag, occurrence, match.span(group), params)


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

    def likely(self, columns: Columns, tag: str, values: Sequence[str]) -> list[str]:
        """Those of *values*, all of *tag*."""
        name = self._name
        edges = columns.once((name, tag), lambda: list(map(self.names[name], values)))
        distinct = columns.once((name, tag, "distinct"), lambda: frozenset(edges))
        wanted = set(filter(self._matches, distinct))
        return list(compress(values, map(wanted.__contains__, edges))) if wanted else []


def _beyond_ascii(values: Iterable[str]) -> str:
    """Those values that are not plain ASCII, one a line."""
    return "\n".join([value for value in values if not value.isascii()])


def lines_with(text: str, hint: str) -> Iterator[str]:
    """The lines of *text* that hold *hint*."""
    at = text.find(hint)
    while at >= 0:
        end = text.find("\n", at)
        if end < 0:
            end = len(text)
        yield text[text.rfind("\n", 0, at) + 1 : end]
        at = text.find(hint, end)


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
