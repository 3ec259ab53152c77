"""``vocabulary``: a value, or a part of it, is one of a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Self

from medlint.checks.base import Context, Settings, Span, ValueCheck, ValueFault, compiled
from medlint.checks.parts import extractor, many_parts
from medlint.documents.near import near_miss


class Vocabulary(ValueCheck):
    """The part that ``where`` picks out of the value (by default all of it) is in ``values``, or in
    the vocabulary file that ``list`` names. A value without the part is not judged.

    With ``case: ignore``, small and capital letters are the same. With ``case: only``, nothing else
    is judged: a part is a fault when it is in the list but for its small and capital letters.
    """

    placeholders = frozenset({"part", "suggestion", "expected", "respelled", "instead"})

    def __init__(self, settings: Settings, known: Collection[str], instead: dict[str, str]):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        self._known = frozenset(known)
        self._instead = instead
        where = settings.get("where", {})
        self._where = extractor(where)
        self._parts = many_parts(where)
        self._mark: str | None = where.get("before")
        self._each: str | None = settings.get("each", {}).get("pattern")
        self._case: str = settings.get("case", "exact")
        self._spelling = {} if self._case == "exact" else {word.casefold(): word for word in known}

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        if "values" in settings:
            return cls(settings, settings["values"], settings.get("instead", {}))
        name = settings["list"]
        if name not in context.vocabularies:
            near = near_miss(name, context.vocabularies)
            hint = f"; did you mean '{near}'?" if near else ""
            raise ValueError(f"there is no vocabulary '{name}'{hint}")
        vocabulary = context.vocabularies[name]
        known = [*vocabulary["values"], *vocabulary.get("retired", ())]
        instead = {**vocabulary.get("instead", {}), **settings.get("instead", {})}
        return cls(settings, known, instead)

    def failing(self, values: Collection[str]) -> list[str]:
        if self._each is not None:
            if set(_line_by_line(self._each).findall("\n".join(values))) <= self._known:
                return []
            return [value for value in values if any(True for _ in self.value_faults(value))]
        if self._mark is not None and {v.partition(self._mark)[0] for v in values} <= self._known:
            return []
        parts = self._parts(values)
        unknown = set(parts) - self._known
        if unknown <= {None}:
            return []
        return [
            value
            for value, part in zip(values, parts, strict=True)
            if part in unknown and self._fault(value, self._where(value))
        ]

    def value_faults(self, value: str) -> Iterator[ValueFault]:
        if self._each is None:
            spans = [self._where(value)]
        else:
            spans = [match.span(1) for match in compiled(self._each).finditer(value)]
        for span in spans:
            fault = self._fault(value, span)
            if fault is not None:
                yield fault

    def _fault(self, value: str, span: Span | None) -> ValueFault | None:
        if span is None:
            return None
        part = value[slice(*span)]
        if part in self._known:
            return None
        expected = self._spelling.get(part.casefold())
        if (expected is None) is (self._case == "only"):
            return None
        if expected is not None and self._case == "ignore":
            return None
        suggestion = "" if expected else self._suggestion(part)
        respelled = expected or self._respelled(part)
        params = {
            "part": part,
            "suggestion": suggestion,
            "expected": expected or "",
            "respelled": respelled,
            "instead": self._right(part) or respelled,
        }
        return ValueFault(span, params)

    def _respelled(self, part: str) -> str:
        """The one known word that differs from *part* in small and capital letters alone."""
        words = [word for word in self._known if word.casefold() == part.casefold()]
        return words[0] if len(words) == 1 else ""

    def _right(self, part: str) -> str | None:
        return self._instead.get(part) or self._instead.get(part.casefold())

    def _suggestion(self, part: str) -> str:
        if right := self._right(part):
            return f"; use '{right}'"
        near = near_miss(part, sorted(self._known))
        return f"; perhaps '{near}' is meant" if near else ""


@cache
def _line_by_line(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)
