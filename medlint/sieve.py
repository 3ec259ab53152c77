"""The sieve: which records of a batch may have faults, asked of all at once.

It must be fast and must never miss a record; what it lets through is judged afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from medlint.active_rule import ActiveRule
from medlint.checks import check_class
from medlint.checks.base import Columns, Context, PresenceCheck, RecordCheck, ValueCheck
from medlint.records.record import Fields, Record
from medlint.records.tags import TAGS
from medlint.rulebook.rule import Rule

#: How many values of a tag, or sets of tags, are remembered as clean before starting afresh.
_MEMORY = 20_000
#: Of so many values, this part must be new for the values of a tag to count as varied.
_SAMPLE, _VARIED = 100, 0.7


#: The tags of a record, in order, and its values of the tags that conditions ask for.
_Shape = tuple[tuple[str, ...], ...]


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
        fields = columns.fields
        for index, active in self._suspects(columns):
            if active.is_for(fields[index]):
                found[index][active] = None
        return [(columns.records[index], list(found[index])) for index in sorted(found)]

    def _suspects(self, columns: Columns) -> Iterator[tuple[int, ActiveRule]]:
        violated, telling = self._violated, self._telling
        for index, fields in enumerate(columns.fields):
            shape = tuple(fields), *[tuple(fields.get(tag, ())) for tag in telling]
            rules = violated.get(shape)
            if rules is None:
                rules = self._violations(shape, fields)
            for active in rules:
                yield index, active
        for sieve in self._values:
            yield from sieve.suspects(columns)
        for active, check in self._record:
            for index in check.suspects(columns):
                yield index, active

    def _violations(self, shape: _Shape, fields: Fields) -> list[ActiveRule]:
        if len(self._violated) > _MEMORY:
            self._violated.clear()
        known = {tag: fields.get(tag, []) for tag in self._telling}
        rules = [
            active
            for active, check in self._presence
            if check.is_violated(fields.keys()) and active.may_be_for(fields, known)
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

    def suspects(self, columns: Columns) -> Iterator[tuple[int, ActiveRule]]:
        values: Collection[str] = columns.values(self._tag)
        if self._remembers:
            values = self._fresh(values)
        if not values:
            return
        failed: set[str] = set()
        for active, check in self._checks:
            failing = frozenset(check.failing(values))
            if failing:
                failed |= failing
                for index, fields in enumerate(columns.fields):
                    if not failing.isdisjoint(fields.get(self._tag, ())):
                        yield index, active
        if self._remembers:
            self._clean.update(values)
            self._clean -= failed

    def _fresh(self, values: Collection[str]) -> set[str]:
        fresh = set(values)
        fresh -= self._clean
        if len(values) >= _SAMPLE and len(fresh) > _VARIED * len(values):
            self._remembers = False
            self._clean.clear()
        elif len(self._clean) > _MEMORY:
            self._clean.clear()
        return fresh
