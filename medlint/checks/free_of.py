"""``free_of``: a value holds nothing that a pattern finds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Self

from medlint.checks.base import Context, Settings, ValueCheck, ValueFault, compiled


class FreeOf(ValueCheck):
    """``pattern`` is searched in the value; what it finds first is the fault, and is underlined.

    The pattern's group ``part``, where it matches, narrows what is underlined and quoted.
    ``hints`` are texts of which one stands in every value in which the pattern finds anything:
    looking for them first is much faster.
    """

    placeholders = frozenset({"found"})

    def __init__(self, settings: Settings):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        self._pattern: str = settings["pattern"]
        self._hints: tuple[str, ...] = tuple(settings.get("hints", ()))

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def failing(self, values: Collection[str]) -> list[str]:
        search = compiled(self._pattern).search
        return [value for value in self._hinted(values) if search(value)]

    def _hinted(self, values: Collection[str]) -> Collection[str]:
        """Those of *values* in which one of the hints stands."""
        if not self._hints:
            return values
        if not any(hint.isascii() for hint in self._hints):
            values = [value for value in values if not value.isascii()]
        text = "\n".join(values)
        found: list[str] = []
        for hint in self._hints:
            if hint in text:
                found += [value for value in values if hint in value]
        return found

    def value_faults(self, value: str) -> Iterator[ValueFault]:
        match = compiled(self._pattern).search(value)
        if match is not None:
            group = "part" if match.groupdict().get("part") is not None else 0
            yield ValueFault(match.span(group), {"found": match[group]})
