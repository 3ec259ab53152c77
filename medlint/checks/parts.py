"""Parts of values: how a rule says which piece of which field it means, and how two compare."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from medlint.checks.base import Settings, Span, compiled
from medlint.functions.dates import date_key
from medlint.functions.doi import normal_doi
from medlint.functions.pages import expand
from medlint.records.columns import Columns
from medlint.records.record import Record

#: The index of a record in its batch -> the parts that are found in it.
Column = dict[int, list[str]]


class Part(NamedTuple):
    """A piece of one value, as found in a record."""

    tag: str
    occurrence: int
    text: str
    span: Span

    @property
    def key(self) -> tuple[str, int]:
        """The field it stands in."""
        return self.tag, self.occurrence


class Extract(Protocol):
    """Value -> the span of the part, or None when the value has no such part."""

    def __call__(self, value: str, /) -> Span | None: ...


def whole(value: str) -> Span | None:
    """The whole value."""
    return 0, len(value)


def before_ending(ending: str) -> Extract:
    """What stands before *ending*, for values that end so."""
    length = len(ending)

    def extract(value: str) -> Span | None:
        return (0, len(value) - length) if value.endswith(ending) else None

    return extract


def before(mark: str) -> Extract:
    """What stands before the first *mark*, for values that hold it."""

    def extract(value: str) -> Span | None:
        end = value.find(mark)
        return (0, end) if end >= 0 else None

    return extract


def in_brackets(value: str) -> Span | None:
    """What stands in square brackets at the end of the value, behind a blank."""
    start = value.rfind(" [") + 2
    return (start, len(value) - 1) if start > 1 and value.endswith("]") else None


def _group(pattern: re.Pattern[str]) -> str | int:
    """The group of *pattern* that holds the part."""
    return "part" if "part" in pattern.groupindex else min(pattern.groups, 1)


def by_pattern(pattern: str) -> Extract:
    """The group ``part`` of *pattern*, which must match the whole value; without such a group,
    its first group; without any, the whole value."""

    def extract(value: str) -> Span | None:
        match = compiled(pattern).fullmatch(value)
        if match is None:
            return None
        group = _group(match.re)
        return None if match.start(group) < 0 else match.span(group)

    return extract


def extractor(settings: Settings) -> Extract:
    """The extractor that a rule describes: ``before`` a mark, by ``ending``, by ``pattern``,
    ``in_brackets``, or the whole value."""
    if "before" in settings:
        return before(settings["before"])
    if settings.get("in_brackets"):
        return in_brackets
    if "ending" in settings:
        return before_ending(settings["ending"])
    if "pattern" in settings:
        return by_pattern(settings["pattern"])
    return whole


def many_parts(settings: Settings) -> Callable[[Iterable[str]], list[str | None]]:
    """As `extractor`, for many values at once: the part of each as a string, or None."""
    if settings.get("in_brackets"):
        return lambda values: [
            value[value.rfind(" [") + 2 : -1] if value[-1:] == "]" and " [" in value else None
            for value in values
        ]
    if "pattern" in settings:
        return lambda values: _by_pattern(settings["pattern"], values)
    extract = extractor(settings)
    return lambda values: [
        None if (span := extract(value)) is None else value[slice(*span)] for value in values
    ]


def _by_pattern(text: str, values: Iterable[str]) -> list[str | None]:
    pattern = compiled(text)
    fullmatch, group = pattern.fullmatch, _group(pattern)
    return [match[group] if (match := fullmatch(value)) else None for value in values]


class Selector:
    """Finds one kind of part in records: a tag and an extractor, written as a mapping in a rule."""

    def __init__(self, settings: Settings):
        self.tag: str = settings["tag"]
        self.label: str = settings.get("name", self.tag)
        self.extract = extractor(settings)
        ending: str = settings.get("ending", "")
        #: What stands behind the bracket, of an ending that begins with one.
        self._label = ending[2:] if re.fullmatch(r" \[[^\[]*", ending) else None
        self._key = self.tag, *map(settings.get, ("in_brackets", "ending", "pattern"))

    def parts(self, record: Record) -> Iterator[Part]:
        """The parts of *record*, in order."""
        for occurrence, value in enumerate(record.values(self.tag), 1):
            span = self.extract(value)
            if span is not None:
                yield Part(self.tag, occurrence, value[slice(*span)], span)

    def texts(self, values: Iterable[str]) -> list[str]:
        """The parts of *values* as bare strings."""
        spans = [(value, self.extract(value)) for value in values]
        return [value[slice(*span)] for value, span in spans if span is not None]

    def column(self, columns: Columns) -> Column:
        """The parts of each record that has any, as bare strings."""
        if self._label is not None:
            return by_bracket(columns, self.tag).get(self._label, {})
        return columns.once(self._key, lambda: self._column(columns))

    def days(self, columns: Columns) -> list[tuple[int, str]]:
        """The dates of the column, each with the index of its record, as texts that sort in the
        order of time; a date that is none is left out."""
        return columns.once((self._key, "days"), lambda: _days(self.column(columns)))

    def _column(self, columns: Columns) -> Column:
        records = columns.by_record(self.tag)
        if self.extract is whole:
            return records
        parts = {i: self.texts(values) for i, values in records.items()}
        return {i: texts for i, texts in parts.items() if texts}


def by_bracket(columns: Columns, tag: str) -> dict[str, Column]:
    """What stands before ``[label]`` in the values of *tag*, by ``label]``."""
    return columns.once(("brackets", tag), lambda: _by_bracket(columns, tag))


def _by_bracket(columns: Columns, tag: str) -> dict[str, Column]:
    found: dict[str, Column] = defaultdict(dict)
    for i, value in zip(columns.rows(tag), columns.values(tag), strict=True):
        part, blank_bracket, label = value.rpartition(" [")
        if blank_bracket:
            column = found[label]
            if i in column:
                column[i].append(part)
            else:
                column[i] = [part]
    return found


def _days(column: Column) -> list[tuple[int, str]]:
    days = [(i, text[:10].replace("/", "")) for i, texts in column.items() for text in texts]
    if "".join([day for _, day in days]).isdecimal():
        return days
    keys = [(i, date_key(text)) for i, texts in column.items() for text in texts]
    return [(i, key) for i, key in keys if key is not None]


@lru_cache(maxsize=10_000)
def _day(text: str) -> str:
    return date_key(text) or text


def _pages(text: str) -> str:
    """The first and the last page in full."""
    ranges = expand(text)
    return "-".join(ranges[0]) if ranges else text


def _same(text: str) -> str:
    return text


#: What ``compare_as`` may name: the part -> the form in which equal parts are equal strings.
COMPARE: dict[str, Callable[[str], str]] = {
    "text": _same,
    "letters": str.casefold,
    "doi": normal_doi,
    "day": _day,
    "pages": _pages,
}
