"""What every check type is: a sieve over many records, and an exact judgement of one.

The engine first asks which records of a batch *may* have a fault (`failing`, `suspects`): that must
be fast and must never miss one. It then judges those records alone (`faults`), which may take its
time.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import (
    Collection,
    Iterable,
    Iterator,
    Mapping,
)
from datetime import date
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self, TypeVar

from medlint.records.columns import Columns
from medlint.records.record import Record

Span = tuple[int, int]
Settings = Mapping[str, Any]
_T = TypeVar("_T")


class Context(NamedTuple):
    """What a check may know besides its own settings."""

    #: The day that counts as today.
    as_of: date
    #: Vocabulary name -> what its file says (see ``schemas/vocabulary.schema.json``).
    vocabularies: Mapping[str, Mapping[str, Any]]


class Fault(NamedTuple):
    """A fault in one record: the field it stands in, the part of the value, and what the
    message needs to say it."""

    tag: str | None = None
    occurrence: int | None = None
    span: Span | None = None
    params: Mapping[str, str] = {}
    #: Other fields, as (tag, occurrence), whose values the fault was worked out from.
    also: tuple[tuple[str, int], ...] = ()
    #: Whether the tag itself is meant, not the value.
    is_about_tag: bool = False


class ValueFault(NamedTuple):
    """A fault of one value."""

    span: Span | None = None
    params: Mapping[str, str] = {}


class Check(ABC):
    """One check, built from the ``check:`` part of a rule."""

    #: The names that a message of this check type may use beside {tag}, {value} and {pmid}.
    placeholders: ClassVar[frozenset[str]] = frozenset()

    #: The tags the check looks at; it is asked only about records that have one of them.
    tags: tuple[str, ...]

    @classmethod
    @abstractmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        """Make the check from the settings of a rule; they have passed the type's schema.

        Raises ValueError, with one line for the rule's author, when they make no sense.
        """


class RecordCheck(Check):
    """A function of a few tags of one record."""

    #: Whether each fault is seen from one value alone, whatever the other fields say.
    is_of_one_value: ClassVar[bool] = False

    def suspects(self, columns: Columns) -> Iterable[int]:
        """The indexes of the records that may have a fault; by default, all that have a tag."""
        return {index for tag in self.tags for index in columns.rows(tag)}

    @abstractmethod
    def faults(self, record: Record) -> Iterable[Fault]:
        """What is wrong with *record*."""


class ValueCheck(RecordCheck):
    """A pure function of one value; the engine remembers which values passed."""

    is_of_one_value = True

    #: A value that matches as a whole has no fault, and nearly all right ones do. The sieve joins
    #: the patterns of all checks of a tag into one, so it matches most values once. Set by a check
    #: that knows such a pattern.
    clean: str | None = None

    @abstractmethod
    def value_faults(self, value: str) -> Iterable[ValueFault]:
        """What is wrong with *value*."""

    def failing(self, values: Collection[str]) -> list[str]:
        """Those of *values*, all of one tag, that have a fault."""
        return [value for value in values if any(True for _ in self.value_faults(value))]

    def suspects(self, columns: Columns) -> Iterable[int]:
        return {
            index
            for tag in self.tags
            for index in columns.holding(tag, self.failing(columns.values(tag)))
        }

    def faults(self, record: Record) -> Iterator[Fault]:
        for tag in self.tags:
            for occurrence, value in enumerate(record.values(tag), 1):
                for span, params in self.value_faults(value):
                    yield Fault(tag, occurrence, span, params)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """*pattern*, compiled when it is first used: most records lack most tags, and compiling takes
    longer than linting one record."""
    return re.compile(pattern)
