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
    PresenceCheck,
    RecordCheck,
    ValueCheck,
    compiled,
)
from medlint.checks.values import Values, all_of
from medlint.records.columns import Columns
from medlint.records.record import Fields, Record
from medlint.records.tags import TAGS
from medlint.rulebook.rule import Rule

#: How many values of a tag, or sets of tags, are remembered as clean before starting afresh.
_MEMORY = 20_000
#: When so many values were seen, and this part of them was new, those of a tag count as varied.
_SAMPLE, _VARIED = 2_000, 0.8
#: So few values are quicker looked at than a pattern for all checks is compiled.
_FEW = 30

#: The tags of a record, and what it says in those that conditions ask for.
_Shape = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


class Sieve:
    """The checks of one dialect, sorted by how they are sieved."""

    def __init__(self, rules: Iterable[Rule], context: Context):
        self._presence: list[tuple[ActiveRule, PresenceCheck]] = []
        self._record: list[tuple[ActiveRule, RecordCheck]] = []
        values: dict[str, list[tuple[ActiveRule, ValueCheck]]] = defaultdict(list)
        for rule in rules:
            kind = check_class(rule.check_type)
            if not issubclass(kind, RecordCheck):
                continue
            check = kind.build(rule.check, context)
            active = ActiveRule(rule, check)
            if isinstance(check, PresenceCheck):
                self._presence.append((active, check))
            elif isinstance(check, ValueCheck):
                for tag in check.tags:
                    values[tag].append((active, check))
            else:
                self._record.append((active, check))
        self._values = [_ValueSieve(tag, checks) for tag, checks in values.items()]
        self._telling = sorted(
            {
                condition.tag
                for active, _ in self._presence
                for condition in active.rule.conditions
                if condition.tag in TAGS
                and not TAGS[condition.tag].repeatable
                and condition.kind in ("is", "in", "not_in")
            }
        )
        #: The presence rules that may find fault with records of a shape.
        self._violated: dict[_Shape, list[ActiveRule]] = {}

    def suspects(self, columns: Columns) -> list[tuple[Record, list[ActiveRule]]]:
        """The records that may have faults, in order, each with the rules to judge it by."""
        found: dict[int, dict[ActiveRule, None]] = defaultdict(dict)
        for index, active in self._suspects(columns):
            if active.is_for(columns, index):
                found[index][active] = None
        return [(columns.records[index], list(found[index])) for index in sorted(found)]

    def _suspects(self, columns: Columns) -> Iterator[tuple[int, ActiveRule]]:
        violated = self._violated
        for index, shape in enumerate(self._shapes(columns)):
            rules = violated.get(shape)
            if rules is None:
                rules = self._violations(shape)
            for active in rules:
                yield index, active
        for sieve in self._values:
            yield from sieve.suspects(columns)
        for active, check in self._record:
            for index in check.suspects(columns):
                yield index, active

    def _shapes(self, columns: Columns) -> Iterator[_Shape]:
        """The shape of each record."""
        tags: list[list[str]] = [[] for _ in columns.records]
        for tag in sorted(columns.tags):
            for index in columns.having(tag):
                tags[index].append(tag)
        told: list[list[tuple[str, str]]] = [[] for _ in columns.records]
        for tag in self._telling:
            for index, value in zip(columns.rows(tag), columns.values(tag), strict=True):
                told[index].append((tag, value))
        return zip(map(tuple, tags), map(tuple, told), strict=True)

    def _violations(self, shape: _Shape) -> list[ActiveRule]:
        if len(self._violated) > _MEMORY:
            self._violated.clear()
        tags = frozenset(shape[0])
        known: Fields = {tag: [] for tag in self._telling}
        for tag, value in shape[1]:
            known[tag].append(value)
        rules = [
            active
            for active, check in self._presence
            if check.is_violated(tags) and active.may_be_for(tags, known)
        ]
        self._violated[shape] = rules
        return rules


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

    def suspects(self, columns: Columns) -> Iterator[tuple[int, ActiveRule]]:
        values: Collection[str] = columns.values(self._tag)
        if self._remembers:
            values = self._fresh(values)
        if not values:
            return
        found = [(active, failing) for active, failing in self._failing(values) if failing]
        failed = {value for _, failing in found for value in failing}
        for active, failing in found:
            yield from ((index, active) for index in columns.holding(self._tag, failing))
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
        fresh = set(values)
        fresh -= self._clean
        self._seen += len(values)
        self._new += len(fresh)
        if self._seen >= _SAMPLE and self._new > _VARIED * self._seen:
            self._remembers = False
            self._clean.clear()
        elif len(self._clean) > _MEMORY:
            self._clean.clear()
        return fresh
