"""``packed``: one field holds one thing, not a list of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings, compiled
from medlint.checks.values import lines_with
from medlint.records.columns import Columns
from medlint.records.record import Record

#: What parts a list wherever it stands.
_MARK = r"(?<!&..)(?<!&...)(?<!&....)(?<!&.....);(?= *[^ ;])| [|•·] "
#: What parts a list that is all there is: a word ends, another begins.
_BETWEEN = r"(?:, |(?<=[^\W\d_]),|\. | / )(?=\*?[^\W_])"
#: One of these stands in each value that is a list even among others.
_HINTS = (";", "|", "•", "·", ",")
#: So many commas and blanks make a list even of one keyword among others.
_MANY = 4


class Packed(RecordCheck):
    """No value of ``tag`` is a list of several values.

    Semicolons and bullets part a list wherever they stand. Commas, full stops and slashes stand
    inside keywords too (``renal insufficiency, chronic``), so they count only twice in the only
    value of a record, or commas four times in one of several.
    """

    placeholders = frozenset({"mark"})
    is_of_one_value = True

    def __init__(self, settings: Settings):
        self._tag: str = settings["tag"]
        self.tags = (self._tag,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        tag = self._tag
        values = columns.values(tag)
        if not values:
            return ()
        text = columns.once(("text", tag), lambda: "\n".join(values))
        likely = {line for mark in _HINTS for line in lines_with(text, mark)}
        found = {value for value in likely if _list_mark(value, 2) is not None}
        suspects = columns.holding(tag, found)
        counts = Counter(columns.rows(tag))
        for index, value in zip(columns.rows(tag), values, strict=True):
            if counts[index] == 1 and _list_mark(value, 1) is not None:
                suspects.append(index)
        return suspects

    def faults(self, record: Record) -> Iterator[Fault]:
        values = record.values(self._tag)
        for occurrence, value in enumerate(values, 1):
            match = _list_mark(value, len(values))
            if match is not None:
                yield Fault(self._tag, occurrence, match.span(), {"mark": match[0].strip()})


def _list_mark(value: str, count: int) -> re.Match[str] | None:
    """The first mark that parts *value*, one of *count*, into a list."""
    if (";" in value or " " in value) and (match := compiled(_MARK).search(value)):
        return match
    if count == 1:
        marks = list(compiled(_BETWEEN).finditer(value))
        return marks[0] if max(_counts(marks), default=0) > 1 else None
    if value.count(", ") >= _MANY:
        return compiled(_BETWEEN).search(value)
    return None


def _counts(marks: list[re.Match[str]]) -> list[int]:
    """How often each kind of mark stands."""
    kinds = [mark[0].strip() for mark in marks]
    return [kinds.count(kind) for kind in dict.fromkeys(kinds)]
