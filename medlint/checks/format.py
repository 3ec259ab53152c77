"""``format``: a value has the form that a pattern or a named function asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Self

from medlint.checks.base import Context, Settings, Span, ValueCheck, ValueFault, compiled
from medlint.checks.parts import Extract, extractor, many_parts
from medlint.functions import FUNCTIONS, Function

#: How many parts that passed a function are remembered before starting afresh.
_MEMORY = 20_000


class Format(ValueCheck):
    """The whole value matches ``pattern``; and the part that ``where`` picks out of it passes the
    named function ``using``. A value in which ``where`` finds nothing is not judged by it."""

    placeholders = frozenset({"reason", "part"})

    def __init__(self, settings: Settings):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        self._pattern: str | None = settings.get("pattern")
        self._where: Extract = extractor(settings.get("where", {}))
        self._expected: str = settings.get("expected", "")
        function = FUNCTIONS[settings["using"]] if "using" in settings else None
        self._judge = function.check if function else None
        self._parts = many_parts(settings.get("where", {}))
        self._passed: set[str | None] = {None}
        self.clean = _right_values(settings, function)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        using = settings.get("using")
        if using is not None and using not in FUNCTIONS:
            known = ", ".join(sorted(FUNCTIONS))
            raise ValueError(f"'{using}' is not a named function; there are {known}")
        return cls(settings)

    def failing(self, values: Collection[str]) -> list[str]:
        matches = compiled(self._pattern).fullmatch if self._pattern is not None else None
        failing = [value for value in values if not matches(value)] if matches else []
        if self._judge is None:
            return failing
        parts = self._parts(values)
        fresh = set(parts) - self._passed
        if fresh:
            wrong = {part for part in fresh if part is not None and self._judge_part(part)}
            failing += [v for v, part in zip(values, parts, strict=True) if part in wrong]
            if len(self._passed) > _MEMORY:
                self._passed = {None}
            self._passed |= fresh - wrong
        return failing

    def _judge_part(self, part: str) -> str | None:
        return None if self._judge is None else self._judge(part)

    def value_faults(self, value: str) -> Iterator[ValueFault]:
        if self._pattern is not None and not compiled(self._pattern).fullmatch(value):
            reason = f"expected {self._expected}" if self._expected else "it has another form"
            yield ValueFault(None, {"reason": reason, "part": value})
            return
        span: Span | None = self._where(value)
        if self._judge is None or span is None:
            return
        part = value[slice(*span)]
        reason_of_function = self._judge(part)
        if reason_of_function is not None:
            yield ValueFault(span, {"reason": reason_of_function, "part": part})


def _right_values(settings: Settings, function: Function | None) -> str | None:
    """A pattern that only right values match, and nearly all of them; None if there is none."""
    pattern = settings.get("pattern", r"(?s:.*)")
    where = settings.get("where", {})
    if function is None:
        return str(pattern)
    if function.clean is None or not where.keys() <= {"before", "ending"}:
        return None
    part = rf"(?:{function.clean})\Z"
    if "before" in where:
        part = rf"(?:{function.clean}){re.escape(where['before'])}"
    elif "ending" in where:
        ending = re.escape(where["ending"])
        part = rf"(?:{function.clean}){ending}\Z|(?s:.*+)(?<!{ending})"
    return rf"(?={part})(?:{pattern})"
