"""Records and rules -> findings. Pure: no files, no printing, nothing global.

Two steps for each batch of records. The sieve names the records that a check may find fault with,
from all records at once and without a Python call for a value that is plainly right. Those few are
then judged one by one: do the rule's conditions hold, and what exactly is wrong, and where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from medlint.checks import check_class
from medlint.checks.base import (
    Columns,
    Context,
    Fault,
    PresenceCheck,
    RecordCheck,
    ValueCheck,
)
from medlint.findings import Finding
from medlint.records.batch import Batch, ReadingFault
from medlint.records.record import Dialect, Fields, Record
from medlint.records.tags import TAGS
from medlint.rulebook.rule import Rule, render

#: How many values of a tag, or sets of tags, are remembered as clean before starting afresh.
_MEMORY = 20_000
#: Of so many values, this part must be new for the values of a tag to count as varied.
_SAMPLE, _VARIED = 100, 0.7


#: The tags of a record, in order, and its values of the tags that conditions ask for.
_Shape = tuple[tuple[str, ...], ...]


class RuleCrashError(Exception):
    """A rule's check failed by itself: a fault of medlint, never of the record."""

    def __init__(self, rule: Rule, record: Record, error: Exception):
        where = f" on the record with PMID {record.pmid}"
        super().__init__(
            f"rule {rule.code} {rule.name} crashed{where} ({type(error).__name__}: {error}); "
            f"this is a fault of medlint; '--ignore {rule.code}' goes on without the rule"
        )


class ActiveRule:
    """A rule and the check it asks for."""

    __slots__ = ("_tests", "check", "rule")

    def __init__(self, rule: Rule, check: RecordCheck):
        self.rule = rule
        self.check = check
        self._tests = [(condition.tag, condition.test) for condition in rule.conditions]

    def is_for(self, fields: Fields) -> bool:
        """Whether the rule's conditions hold for a record with *fields*."""
        return all(test(fields.get(tag, ())) for tag, test in self._tests)

    def may_be_for(self, tags: Collection[str], known: Fields) -> bool:
        """Whether the rule's conditions may hold for a record that has *tags*, and the values
        *known* of some of them."""
        for condition in self.rule.conditions:
            if condition.kind == "present" and condition.tag not in tags:
                return False
            if condition.kind == "absent" and condition.tag in tags:
                return False
            if condition.tag in known and not condition.test(known[condition.tag]):
                return False
        return True

    def faults(self, record: Record) -> list[Fault]:
        """What is wrong with *record*."""
        try:
            return list(self.check.faults(record))
        except Exception as error:
            raise RuleCrashError(self.rule, record, error) from error


class Engine:
    """Runs the rules that look at one record at a time."""

    def __init__(self, rules: Iterable[Rule], context: Context):
        self._rules = list(rules)
        self._context = context
        self._reading = {r.name: r for r in self._rules if r.check_type == "reading"}
        self._sieves: dict[Dialect, _Sieve] = {}

    def lint(self, batch: Batch, columns: Columns | None = None) -> list[Finding]:
        """The findings of a batch, in the order in which they stand in the file. Their ``path`` is
        empty: a batch does not know its file. *columns* are those of the batch's records, if
        somebody has them already."""
        findings: list[Finding] = []
        read_wrongly: dict[int, list[ReadingFault]] = defaultdict(list)
        for reading_fault in batch.faults:
            rule = self._reading.get(reading_fault.kind)
            if rule is None:
                continue
            findings.append(_reading_finding(rule, reading_fault))
            if reading_fault.record is not None:
                read_wrongly[id(reading_fault.record)].append(reading_fault)
        for dialect, some in _by_dialect(columns or Columns(batch.records)):
            for record, active in self._sieve(dialect).suspects(some):
                findings += _judge(record, active, read_wrongly.get(id(record), ()))
        findings.sort(key=lambda f: (f.place.line, f.place.column, f.code))
        return findings

    def _sieve(self, dialect: Dialect) -> _Sieve:
        sieve = self._sieves.get(dialect)
        if sieve is None:
            rules = [rule for rule in self._rules if dialect in rule.dialects]
            sieve = self._sieves[dialect] = _Sieve(rules, self._context)
        return sieve


def _by_dialect(columns: Columns) -> Iterator[tuple[Dialect, Columns]]:
    dialects = {record.dialect for record in columns.records}
    if len(dialects) == 1:
        yield dialects.pop(), columns
        return
    for dialect in sorted(dialects):
        yield dialect, Columns([r for r in columns.records if r.dialect == dialect])


class _Sieve:
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


def _judge(
    record: Record, suspected: list[ActiveRule], reading_faults: Sequence[ReadingFault]
) -> Iterator[Finding]:
    """The findings of one record."""
    faults = [(active.rule, fault) for active in suspected for fault in active.faults(record)]
    if not faults:
        return
    reported: dict[str, set[tuple[str, int] | None]] = defaultdict(set)
    for rule, fault in faults:
        reported[rule.name].add(_field(fault))
    for reading_fault in reading_faults:
        place = None
        if reading_fault.tag is not None:
            place = reading_fault.tag, reading_fault.occurrence or 0
        reported[reading_fault.kind].add(place)
    for rule, fault in faults:
        if not _is_silenced(rule, fault, reported):
            yield _finding(rule, record, fault)


def _field(fault: Fault) -> tuple[str, int] | None:
    """The field of a fault; occurrence 0 is one that is missing or empty, None the record."""
    return None if fault.tag is None else (fault.tag, fault.occurrence or 0)


def _is_silenced(
    rule: Rule, fault: Fault, reported: dict[str, set[tuple[str, int] | None]]
) -> bool:
    """Whether a more exact rule speaks of the same value, or of the record as a whole."""
    fields = {_field(fault), *fault.also, *((condition.tag, 1) for condition in rule.conditions)}
    return any(
        None in reported[name] or not fields.isdisjoint(reported[name])
        for name in rule.silent_after
        if name in reported
    )


def _finding(rule: Rule, record: Record, fault: Fault) -> Finding:
    tag, occurrence = fault.tag, fault.occurrence
    params = {"pmid": record.pmid or "", "tag": tag or "", **fault.params}
    for condition in rule.conditions:
        params[f"when.{condition.tag}"] = record.first(condition.tag)
    if occurrence is None:
        for condition in rule.conditions:
            if record.values(condition.tag):
                tag, occurrence = condition.tag, 1
                break
    value = None
    if tag is not None and occurrence is not None:
        value = record.values(tag)[occurrence - 1]
        place = record.place(tag, occurrence, fault.span)
        if fault.is_about_tag:
            place = record.field(tag, occurrence).tag_place
    else:
        place = record.place()
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=render(rule.message, {"value": value or "", **params}),
        path="",
        place=place,
        pmid=record.pmid,
        tag=tag,
        occurrence=occurrence,
        value=value,
        excerpt=record.excerpt(place),
        record_line=record.first_line,
        help=rule.summary,
    )


def _reading_finding(rule: Rule, fault: ReadingFault) -> Finding:
    params = {"tag": fault.tag or "", "value": fault.value or "", **fault.params}
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=render(rule.message, params),
        path="",
        place=fault.place,
        pmid=fault.record.pmid if fault.record else None,
        tag=fault.tag,
        occurrence=fault.occurrence,
        value=fault.value,
        excerpt=fault.excerpt,
        record_line=fault.record.first_line if fault.record else None,
        help=rule.summary,
    )
