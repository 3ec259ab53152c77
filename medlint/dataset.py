"""Rules on the data set: entries are collected batch by batch, faults are found at the end."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from medlint.checks import check_class
from medlint.checks.base import Context
from medlint.checks.dataset import DatasetCheck, DatasetFault
from medlint.checks.memory import NO_PMID, Entry, Holder, Memory, Register
from medlint.findings import Excerpt, Finding, Place, Related
from medlint.records.batch import Edition
from medlint.records.columns import Columns
from medlint.records.record import Record
from medlint.rulebook.rule import Rule, render
from medlint.spill.drawers import Spill
from medlint.spill.in_order import InOrder
from medlint.spill.parts import Parts
from medlint.versions import Versions

_FIRST = Edition()

#: A finding names so many other records.
_MOST_RELATED = 10

#: Finds records again, by path and first line, among those that can be read a second time.
Locate = Callable[[set[tuple[str, int]]], Iterator[tuple[str, Record]]]

#: What the rules on single records say of a record.
Lint = Callable[[Record], Sequence[Finding]]


class Gathered(NamedTuple):
    """What the rules want to remember of one batch; it may travel between processes."""

    pmids: list[int]
    #: The first line of each record.
    lines: list[int]
    #: The entries of each table.
    entries: list[list[Entry]]
    edition: Edition


class Room(NamedTuple):
    """How much is kept in memory."""

    #: Keys, and further holders of a key, in each table; more of them are packed.
    slots: int = 1 << 14
    #: Bytes, once packed, of all tables together; more of them go to a temporary file.
    packed: int = 40 << 20
    #: Faults, and findings; more of them are sorted by way of packed pieces.
    faults: int = 4_000


class _Active(NamedTuple):
    """A rule and its check."""

    rule: Rule
    check: DatasetCheck


class _Filed(NamedTuple):
    """A fault, and which of the active rules found it."""

    active: int
    fault: DatasetFault

    @property
    def holder(self) -> Holder:
        return self.fault.holder

    @property
    def place(self) -> tuple[str, int, int]:
        """Where the record stands; its PMID, since records may share a line."""
        pmid, path, line, _ = self.fault.holder
        return path, line, pmid


class Dataset:
    """What the data-set rules remember of the records that passed: keys, and a number for each
    record.

    A record costs 16 bytes of memory, whatever its size, and some 200 for its keys as long as there
    is *room*; then the keys go to a temporary file. Raises `medlint.spill.drawers.SpillError` where
    there is none to be had.
    """

    def __init__(self, rules: Iterable[Rule], context: Context, room: Room | None = None):
        self._room = room or Room()
        self._spill = Spill(self._room.packed)
        self._register = Register()
        self._versions = Versions()
        #: The numbers of the records that the rules pass over.
        self._past: set[int] = set()
        self._actives: list[_Active] = []
        tables: dict[Hashable, _Table] = {}
        for rule in rules:
            build = check_class(rule.check_type)
            if issubclass(build, DatasetCheck):
                active = _Active(rule, build.build(rule.check, context))
                key = active.check.memory_key, rule.dialects, rule.forms, rule.conditions
                if key not in tables:
                    tables[key] = _Table(active, self._parts(active.check))
                tables[key].actives.append(len(self._actives))
                self._actives.append(active)
        self._tables = list(tables.values())
        #: The names of the rules on single records after which a rule of these may be silent.
        self.awaits = frozenset(
            name for active in self._actives for name in active.rule.silent_after
        ) - {active.rule.name for active in self._actives}

    def _parts(self, check: DatasetCheck) -> Parts:
        return Parts(
            lambda: Memory(self._register, check.most),
            None if check.sees_all_keys else check.group,
            self._spill,
            self._room.slots,
        )

    def collect(self, path: str, columns: Columns, edition: Edition = _FIRST) -> None:
        """Remember what the rules need of a batch of records, which stand in the file *path*."""
        if self.has_rules:
            self.add(path, self.gather(columns, edition))

    @property
    def has_rules(self) -> bool:
        """Whether there is anything to be remembered."""
        return bool(self._tables)

    def gather(self, columns: Columns, edition: Edition = _FIRST) -> Gathered:
        """What to remember of a batch. Changes nothing, so it may run anywhere."""
        records = columns.records
        pmids, lines = _pmids(columns), [record.first_line for record in records]
        entries = [table.entries(columns) for table in self._tables]
        return Gathered(pmids, lines, entries, edition)

    def add(self, path: str, gathered: Gathered) -> None:
        """Remember what was gathered from a batch of the file *path*."""
        numbers = list(self._register.add(path, gathered.pmids, gathered.lines))
        self._versions.add(path, numbers, gathered.edition)
        for table, entries in zip(self._tables, gathered.entries, strict=True):
            table.parts.add(numbers, entries)

    def findings(self, locate: Locate, lint: Lint = lambda record: ()) -> Iterator[Finding]:
        """The findings on the data set, sorted by the record that each is filed under.

        *locate* is asked for the records that are reported, some thousands at a time, to say
        exactly where the fault stands; one that it cannot find is reported at its first line.
        *lint* tells what the rules that this one `awaits` say of a record: a rule is silent where
        one of those that it is `silent_after` speaks of the same record.
        """
        self._past = self._versions.past(self._register)
        self._register.forget(self._past)
        found = InOrder(_rank, self._spill, self._room.faults)
        by_holder = groupby(self._faults(), key=lambda filed: filed.holder)
        filed = ((holder, self._heard(list(some))) for holder, some in by_holder)
        while some := dict(islice(filed, self._room.faults)):
            for finding in self._told(some, locate, lint):
                found.add(finding)
        return (finding for _, finding in found)

    def _faults(self) -> Iterator[_Filed]:
        """What the rules find, in the order of the files' names and of the lines."""
        faults: InOrder[_Filed] = InOrder(lambda filed: filed.place, self._spill, self._room.faults)
        for table in self._tables:
            for memory in table.parts:
                if self._past:
                    memory.forget(self._past)
                for number in table.actives:
                    for fault in self._actives[number].check.faults(memory):
                        holder, related = fault.holder._replace(note=""), fault.related
                        fault = fault._replace(holder=holder, related=related[:_MOST_RELATED])
                        faults.add(_Filed(number, fault))
        return iter(faults)

    def _heard(self, filed: list[_Filed]) -> list[_Filed]:
        """Of the faults of one record, those whose rule need not be silent after another's."""
        names = {self._actives[item.active].rule.name for item in filed}
        return [item for item in filed if names.isdisjoint(self._silent_after(item))]

    def _silent_after(self, filed: _Filed) -> frozenset[str]:
        return self._actives[filed.active].rule.silent_after

    def _told(
        self, filed: dict[Holder, list[_Filed]], locate: Locate, lint: Lint
    ) -> Iterator[tuple[Holder, Finding]]:
        """The findings under these holders."""
        for path, record in locate({(holder.path, holder.line) for holder in filed}):
            holder = Holder(_pmid(record), path, record.first_line)
            some = filed.pop(holder, [])
            if any(not self.awaits.isdisjoint(self._silent_after(item)) for item in some):
                names = {finding.name for finding in lint(record)}
                some = [item for item in some if names.isdisjoint(self._silent_after(item))]
            for item in some:
                yield holder, _finding(self._actives[item.active], item.fault, record)
        for holder, some in filed.items():
            for item in some:
                yield holder, _finding(self._actives[item.active], item.fault, None)

    def notices(self) -> Iterator[str]:
        """What is to be said of the data set itself, when its findings were asked for."""
        if count := len(self._past):
            were = "1 record was" if count == 1 else f"{count:,} records were"
            yield (
                f"{were} replaced by a later version or taken back by NLM; "
                "the rules on the data set passed over them."
            )


class _Table:
    """The entries of one or more rules that remember the same, and what became of them."""

    def __init__(self, first: _Active, parts: Parts):
        #: The numbers of the rules.
        self.actives: list[int] = []
        self.parts = parts
        self._check = first.check
        self._dialects = first.rule.dialects
        self._forms = first.rule.forms
        self._conditions = first.rule.conditions

    def entries(self, columns: Columns) -> list[Entry]:
        """The entries of the records that the rules are for."""
        if columns.records and columns.records[0].form not in self._forms:
            return []
        entries = self._check.entries(columns)
        dialects = columns.once("dialects", lambda: {r.dialect for r in columns.records})
        records = columns.records
        if not dialects <= self._dialects:
            entries = [e for e in entries if records[e[0]].dialect in self._dialects]
        for tag, _, test in self._conditions:
            values = columns.by_record(tag)
            entries = [e for e in entries if test(values.get(e[0], ()))]
        return list(entries)


def _rank(found: tuple[Holder, Finding]) -> tuple[object, ...]:
    """The order of findings; two that differ in nothing of this are one."""
    holder, finding = found
    related = [(other.path, other.line) for other in finding.related]
    return holder, finding.code, finding.message, finding.place, related


def _pmids(columns: Columns) -> list[int]:
    pmids = columns.values("PMID")
    is_one_each = len(pmids) == len(columns.records) and not columns.repeated("PMID")
    if is_one_each and "".join(pmids).isdecimal() and len(max(pmids, key=len)) < 18:
        return list(map(int, pmids))
    return [_pmid(record) for record in columns.records]


def _pmid(record: Record) -> int:
    text = record.pmid or ""
    return int(text) if text.isdecimal() and len(text) < 18 else NO_PMID


def _finding(active: _Active, fault: DatasetFault, record: Record | None) -> Finding:
    holder = fault.holder
    rule = active.rule
    pmid = _name(holder)
    tag, occurrence, value, where = None, None, None, None
    place = Place(holder.line, 1, holder.line, 2)
    excerpt: Excerpt | None = None
    if record is not None:
        pmid = record.pmid
        field = active.check.field(record, fault.said)
        if field is not None:
            tag, occurrence = field
            value = record.values(tag)[occurrence - 1]
            place = record.place(tag, occurrence)
            where = record.where(tag, occurrence)
        else:
            place, where = record.place(), record.where()
        excerpt = record.excerpt(place)
    params = {"pmid": pmid or "", "tag": tag or active.check.tags[0], "value": value or fault.said}
    for condition in rule.conditions:
        params[f"when.{condition.tag}"] = record.first(condition.tag) if record else ""
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=render(rule.message, {**params, **fault.params}),
        path=holder.path,
        place=place,
        pmid=pmid,
        tag=tag,
        occurrence=occurrence,
        value=value,
        excerpt=excerpt,
        record_line=holder.line,
        help=rule.summary,
        where=where,
        record_digest=record.digest if record and pmid is None else None,
        is_of_dataset=True,
        related=tuple(map(_related, fault.related)),
    )


def _related(holder: Holder) -> Related:
    return Related(holder.path, holder.line, _name(holder))


def _name(holder: Holder) -> str | None:
    return str(holder.pmid) if holder.pmid < NO_PMID else None
