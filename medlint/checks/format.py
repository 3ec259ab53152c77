"""``format``: a value has the form that a pattern or a named function asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Self

from medlint.checks.base import Context, Settings, Span, ValueCheck, ValueFault, clean_lines
from medlint.checks.parts import Extract, extractor, whole
from medlint.functions import FUNCTIONS


class Format(ValueCheck):
    """The whole value matches ``pattern``; and the part that ``where`` picks out of it passes the
    named function ``using``. A value in which ``where`` finds nothing is not judged by it."""

    placeholders = frozenset({"reason", "part"})

    def __init__(self, settings: Settings):
        self.tags = tuple(settings["tags"] if "tags" in settings else [settings["tag"]])
        self._pattern = re.compile(settings["pattern"]) if "pattern" in settings else None
        self._where: Extract = extractor(settings.get("where", {}))
        self._expected: str = settings.get("expected", "")
        function = FUNCTIONS[settings["using"]] if "using" in settings else None
        self._judge = function.check if function else None
        self._clean_part: re.Pattern[str] | None = None
        if function and function.clean:
            self._clean_part = re.compile(function.clean)
            if self._pattern is None and self._where is whole:
                self.clean = clean_lines(function.clean)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        using = settings.get("using")
        if using is not None and using not in FUNCTIONS:
            known = ", ".join(sorted(FUNCTIONS))
            raise ValueError(f"'{using}' is not a named function; there are {known}")
        return cls(settings)

    def failing(self, values: Collection[str]) -> list[str]:
        if self.clean is not None:
            return super().failing(values)
        if self._pattern is not None and self._judge is None:
            matches = self._pattern.fullmatch
            return [value for value in values if not matches(value)]
        return [value for value in values if not self._is_right(value)]

    def _is_right(self, value: str) -> bool:
        if self._pattern is not None and not self._pattern.fullmatch(value):
            return False
        span = self._where(value)
        if span is None or self._judge is None:
            return True
        if self._clean_part is not None and self._clean_part.fullmatch(value, *span):
            return True
        return self._judge(value[slice(*span)]) is None

    def value_faults(self, value: str) -> Iterator[ValueFault]:
        if self._pattern is not None and not self._pattern.fullmatch(value):
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
