"""The sieve: which records of a batch may have faults, asked of all at once.

It must be fast and must never miss a record; what it lets through is judged afterwards.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from medlint.active_rule import ActiveRule
from medlint.checks import check_class
from medlint.checks.base import (
    Context,
    RecordCheck,
    ValueCheck,
    compiled,
)
from medlint.checks.values import Values, all_of
from medlint.records.columns import Columns
from medlint.records.record import Record
from medlint.rulebook.rule import Rule

#: How many values of a tag are remembered as clean before starting afresh.
_MEMORY = 20_000
#: When so many values were seen, and this part of them was new, those of a tag count as varied.
_SAMPLE, _VARIED = 2_000, 0.8
#: So few values are quicker looked at than a pattern for all checks is compiled.
_FEW = 30


class Sieve:
    """The checks of one dialect, sorted by how they are sieved."""

    def __init__(self, rules: Iterable[Rule], context: Context):
        self._record: list[tuple[ActiveRule, RecordCheck]] = []
        values: dict[str, list[tuple[ActiveRule, ValueCheck]]] = defaultdict(list)
        for rule in rules:
            kind = check_class(rule.check_type)
            if not issubclass(kind, RecordCheck):
                continue
            check = kind.build(rule.check, context)
            active = ActiveRule(rule, check)
            if isinstance(check, ValueCheck):
                for tag in check.tags:
                    values[tag].append((active, check))
            else:
                self._record.append((active, check))
        self._values = [_ValueSieve(tag, checks) for tag, checks in values.items()]

    def suspects(self, columns: Columns) -> list[tuple[Record, list[ActiveRule]]]:
        """The records that may have faults, in order, each with the rules to judge it by."""
        found: dict[int, dict[ActiveRule, None]] = defaultdict(dict)
        for active, indexes in self._suspects(columns):
            for index in active.is_for(columns, indexes):
                found[index][active] = None
        return [(columns.records[index], list(found[index])) for index in sorted(found)]

    def _suspects(self, columns: Columns) -> Iterator[tuple[ActiveRule, Iterable[int]]]:
        for sieve in self._values:
            yield from sieve.suspects(columns)
        for active, check in self._record:
            yield active, check.suspects(columns)


class _ValueSieve:
    """The value checks of one tag, and the values that passed them all.

    Where nearly every value is new (PMIDs, abstracts), remembering them costs more than it saves,
    and stops.
    """

    def __init__(self, tag: str, checks: list[tuple[ActiveRule, ValueCheck]]):
        self._tag = tag
        self._checks = checks
        self._clean: set[str] = set()
        self._remembers = True
        self._seen = self._new = 0

    def suspects(self, columns: Columns) -> Iterator[tuple[ActiveRule, Iterable[int]]]:
        values: Collection[str] = columns.values(self._tag)
        if self._remembers:
            values = self._fresh(values)
        if not values:
            return
        found = [(active, failing) for active, failing in self._failing(values) if failing]
        failed = {value for _, failing in found for value in failing}
        for active, failing in found:
            yield active, columns.holding(self._tag, failing)
        if self._remembers:
            self._clean.update(values)
            self._clean -= failed

    def _failing(self, values: Collection[str]) -> Iterator[tuple[ActiveRule, Collection[str]]]:
        """Each rule with the values that it finds fault with."""
        values = Values(values)
        left = values
        if (len(values) > _FEW or "_plain" in vars(self)) and self._plain is not None:
            is_plain = self._plain.fullmatch
            left = Values([value for value in values if not is_plain(value)])
        for active, check in self._checks:
            some = values if check.clean is None else left
            if some:
                yield active, check.failing(some)

    @cached_property
    def _plain(self) -> re.Pattern[str] | None:
        """What most values match, in which no check finds fault that has such a pattern."""
        pattern = all_of([check.clean for _, check in self._checks if check.clean is not None])
        return None if pattern is None else compiled(pattern)

    def _fresh(self, values: Collection[str]) -> set[str]:
        # In place, this would go through all clean values: there may be many more of them.
        fresh = set(values) - self._clean
        self._seen += len(values)
        self._new += len(fresh)
        if self._seen >= _SAMPLE and self._new > _VARIED * self._seen:
            self._remembers = False
            self._clean.clear()
        elif len(self._clean) > _MEMORY:
            self._clean.clear()
        return fresh
