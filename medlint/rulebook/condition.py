"""Conditions: the ``when:`` part of a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from medlint.records.record import Record

Test = Callable[[Sequence[str]], bool]


def _is(operand: str) -> Test:
    return lambda values: operand in values


def _in(operand: list[str]) -> Test:
    wanted = frozenset(operand)
    return lambda values: not wanted.isdisjoint(values)


def _not_in(operand: list[str]) -> Test:
    unwanted = frozenset(operand)
    return lambda values: unwanted.isdisjoint(values)


def _matches(operand: str) -> Test:
    return lambda values: any(re.fullmatch(operand, value) for value in values)


def _not_matches(operand: str) -> Test:
    return lambda values: not any(re.fullmatch(operand, value) for value in values)


def _before(operand: str) -> Test:
    return lambda values: bool(values) and _precedes(values[0], operand)


def _after(operand: str) -> Test:
    return lambda values: bool(values) and _precedes(operand, values[0])


def _precedes(text: str, other: str) -> bool:
    """Two numbers compare as numbers (PMIDs), all else as text (dates)."""
    if text.isdigit() and other.isdigit():
        text, other = text.lstrip("0"), other.lstrip("0")
        return (len(text), text) < (len(other), other)
    return text < other


#: What ``when:`` may ask of the values of a tag. Except for ``absent`` and those with *not*, a
#: condition on a tag that the record does not have does not hold.
KINDS: dict[str, Callable[[Any], Test]] = {
    "is": _is,
    "in": _in,
    "not_in": _not_in,
    "present": lambda _: bool,
    "absent": lambda _: lambda values: not values,
    "matches": _matches,
    "not_matches": _not_matches,
    "before": _before,
    "after": _after,
}


class Condition(NamedTuple):
    """One line of ``when:``."""

    tag: str
    kind: str
    test: Test

    @classmethod
    def from_json(cls, tag: str, data: Mapping[str, Any]) -> Condition:
        """Make the condition that ``{kind: operand}`` says of *tag*."""
        ((kind, operand),) = data.items()
        return cls(tag, kind, KINDS[kind](operand))

    def holds(self, record: Record) -> bool:
        """Whether *record* is as the condition asks."""
        return self.test(record.values(self.tag))
