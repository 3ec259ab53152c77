"""A record that can be spoilt: its fields in order, each with the lines it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import TypeVar

INDENT = " " * 6
_USUAL_WIDTH = 87
_BREAKS = re.compile(r"(?<=[^ ]) (?=[^ ])")
_T = TypeVar("_T")
Test = Callable[[str], object]


class NotApplicable(Exception):  # noqa: N818
    """The record has nothing that this kind of defect could spoil."""


class Field:
    """One field. Who sets its value has it wrapped again, as it was wrapped before."""

    def __init__(self, tag: str, lines: list[str], is_spoilt: bool = False):
        self.tag = tag
        self.lines = lines
        self.is_spoilt = is_spoilt

    @property
    def value(self) -> str:
        """The unwrapped value."""
        return " ".join(line[6:].rstrip(" ") for line in self.lines)

    @value.setter
    def value(self, value: str) -> None:
        keeps_blank = len(self.lines) > 1 and self.lines[0].endswith(" ")
        width = max(_USUAL_WIDTH, *(len(line.rstrip()) for line in self.lines), 0)
        self.lines = _wrapped(self.tag, value, width, " " if keeps_blank else "")
        self.is_spoilt = True

    def copy(self) -> Field:
        """The same field once more, not marked as spoilt."""
        return Field(self.tag, list(self.lines))


def _wrapped(tag: str, value: str, width: int, at_break: str) -> list[str]:
    lines = [f"{tag:<4}- "]
    for number, word in enumerate(_BREAKS.split(value)):
        if number and len(lines[-1]) + 1 + len(word) > width:
            lines[-1] += at_break
            lines.append(INDENT + word)
        else:
            lines[-1] += (" " if number else "") + word
    return lines


class Entry:
    """The fields of one record, in order."""

    def __init__(self, text: str):
        self.fields: list[Field] = []
        for line in text.rstrip("\n").split("\n"):
            if line.startswith(INDENT):
                self.fields[-1].lines.append(line)
            else:
                self.fields.append(Field(line[:4].rstrip(), [line]))

    def all(self, tag: str, test: Test = bool) -> list[Field]:
        """The fields of *tag* whose value passes *test*, in order."""
        return [field for field in self.fields if field.tag == tag and test(field.value)]

    def one(self, tag: str, test: Test = bool) -> Field:
        """The first such field; raises NotApplicable where there is none."""
        for field in self.fields:
            if field.tag == tag and test(field.value):
                return field
        raise NotApplicable

    def pick(self, draw: Random, tag: str, test: Test = bool) -> Field:
        """Any such field; raises NotApplicable where there is none."""
        return draw.choice(needed(self.all(tag, test)))

    def value(self, tag: str) -> str:
        """The value of the first field of *tag*, or the empty string."""
        return next((field.value for field in self.fields if field.tag == tag), "")

    def values(self, tag: str) -> list[str]:
        """All values of *tag*."""
        return [field.value for field in self.all(tag)]

    def drop(self, *fields: Field) -> None:
        """Take fields out; the one that now stands in their place counts as spoilt too."""
        for field in fields:
            at = self.position(field)
            del self.fields[at]
        if at < len(self.fields):
            self.fields[at].is_spoilt = True

    def drop_all(self, *tags: str) -> None:
        """Take out all fields of *tags*; raises NotApplicable where there are none."""
        self.drop(*needed([field for field in self.fields if field.tag in tags]))

    def position(self, field: Field) -> int:
        """Where *field* stands."""
        return next(i for i, other in enumerate(self.fields) if other is field)

    def after(self, field: Field) -> Field:
        """The field below; raises NotApplicable at the end."""
        position = self.position(field) + 1
        if position == len(self.fields):
            raise NotApplicable
        return self.fields[position]

    def add(self, tag: str, value: str, below: Field) -> Field:
        """A new field below another."""
        field = Field(tag, [])
        field.lines = _wrapped(tag, value, _USUAL_WIDTH, "")
        field.is_spoilt = True
        self.fields.insert(self.position(below) + 1, field)
        return field

    def repeat(self, field: Field) -> None:
        """Put *field* a second time below itself."""
        again = field.copy()
        again.is_spoilt = field.is_spoilt = True
        self.fields.insert(self.position(field) + 1, again)

    @property
    def lines(self) -> list[str]:
        """All lines of the record."""
        return [line for field in self.fields for line in field.lines]

    def spoilt_lines(self) -> Iterator[int]:
        """The numbers of the lines of spoilt fields, from 0."""
        number = 0
        for field in self.fields:
            if field.is_spoilt:
                yield from range(number, number + len(field.lines))
            number += len(field.lines)


def needed(found: list[_T]) -> list[_T]:
    """*found*; raises NotApplicable where it is empty."""
    if not found:
        raise NotApplicable
    return found


def tag_lines(lines: list[str], start: int = 1) -> list[int]:
    """The numbers, from *start*, of the lines that begin a field; raises NotApplicable where there
    is none."""
    return needed([i for i in range(start, len(lines)) if not lines[i].startswith(" ")])
