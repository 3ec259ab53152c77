"""``at_most``: a running number is not higher than the highest that can have been given yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Self

from medlint.checks.base import Context, Settings, ValueCheck, ValueFault
from medlint.checks.parts import extractor

_MILLION = 1_000_000


class AtMost(ValueCheck):
    """The number that ``where`` picks out of the value (by default all of it) is at most ``max``.

    ``max`` is the limit on the day ``on``; for each year from then to the day of the run
    (``--as-of``) it rises by ``yearly``; messages round it up to a million where it is above ten. A
    part that is no number is not judged.
    """

    placeholders = frozenset({"part", "limit"})

    def __init__(self, settings: Settings, context: Context):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        self._where = extractor(settings.get("where", {}))
        days = max(0, (context.as_of - date.fromisoformat(settings["on"])).days)
        self._limit: int = settings["max"] + settings["yearly"] * days // 365
        self.clean = _lower_numbers(self._limit)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings, context)

    def value_faults(self, value: str) -> Iterator[ValueFault]:
        span = self._where(value)
        part = "" if span is None else value[slice(*span)]
        if re.fullmatch("[0-9]{1,18}", part) and int(part) > self._limit:
            yield ValueFault(span, {"part": part, "limit": f"{_rounded(self._limit):,}"})


def _rounded(limit: int) -> int:
    return limit if limit < 10 * _MILLION else -(-limit // _MILLION) * _MILLION


def _lower_numbers(limit: int) -> str:
    """A pattern for values that hold only letters before a number that is surely below *limit*: one
    of fewer digits, or of as many that begins with a lower digit."""
    first, others = int(str(limit)[0]), len(str(limit)) - 1
    return rf"[A-Z]*+(?:[0-9]{{1,{others}}}|[0-{first - 1}][0-9]{{{others}}})"
