"""Rules on the data set: entries are collected batch by batch, faults are found at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from medlint.checks import check_class
from medlint.checks.base import Columns, Context
from medlint.checks.dataset import DatasetCheck, DatasetFault
from medlint.checks.memory import NO_PMID, Entry, Holder, Memory, Register
from medlint.findings import Excerpt, Finding, Place, Related
from medlint.records.batch import Edition
from medlint.records.record import Record
from medlint.rulebook.rule import Rule, render
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


class _Active(NamedTuple):
    """A rule and its check."""

    rule: Rule
    check: DatasetCheck


class _Filed(NamedTuple):
    """A fault and the rule that found it."""

    active: _Active
    fault: DatasetFault


class Dataset:
    """What the data-set rules remember of the records that passed: keys, and a number for each
    record, so that a record costs a few hundred bytes whatever its size."""

    def __init__(self, rules: Iterable[Rule], context: Context):
        tables: dict[Hashable, _Table] = {}
        for rule in rules:
            build = check_class(rule.check_type)
            if issubclass(build, DatasetCheck):
                active = _Active(rule, build.build(rule.check, context))
                key = active.check.memory_key, rule.dialects, rule.forms, rule.conditions
                tables.setdefault(key, _Table(active)).actives.append(active)
        self._tables = list(tables.values())
        self._register = Register()
        self._versions = Versions()
        self._passed_over = 0
        actives = [active for table in self._tables for active in table.actives]
        #: The names of the rules on single records after which a rule of these may be silent.
        self.awaits = frozenset(name for active in actives for name in active.rule.silent_after) - {
            active.rule.name for active in actives
        }

    def collect(self, path: str, columns: Columns, edition: Edition = _FIRST) -> None:
        """Remember what the rules need of a batch of records, which stand in the file *path*."""
        if self._tables:
            self.add(path, self.gather(columns, edition))

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
            table.memory.add(numbers, entries)

    def findings(self, locate: Locate, lint: Lint = lambda record: ()) -> list[Finding]:
        """The findings on the data set, sorted by the record that each is filed under.

        *locate* is asked for the records that are reported, to say exactly where the fault stands;
        one that it cannot find is reported at its first line. *lint* tells what the rules that
        this one `awaits` say of a record: a rule is silent where one of those that it is
        `silent_after` speaks of the same record.
        """
        filed: dict[Holder, list[_Filed]] = defaultdict(list)
        self._forget_the_past()
        for table in self._tables:
            for active in table.actives:
                for fault in active.check.faults(table.memory, self._register):
                    filed[fault.holder._replace(note="")].append(_Filed(active, fault))
        filed = {holder: _heard(some) for holder, some in filed.items()}
        findings = []
        for path, record in locate({(holder.path, holder.line) for holder in filed}):
            holder = Holder(_pmid(record), path, record.first_line)
            some = filed.pop(holder, [])
            if any(not self.awaits.isdisjoint(item.active.rule.silent_after) for item in some):
                names = {finding.name for finding in lint(record)}
                some = [i for i in some if names.isdisjoint(i.active.rule.silent_after)]
            findings += [(holder, _finding(*item, holder, record)) for item in some]
        for holder, some in filed.items():
            findings += [(holder, _finding(*item, holder, None)) for item in some]
        findings.sort(key=lambda item: (item[0], item[1].code, item[1].message))
        return [finding for _, finding in findings]

    def notices(self) -> Iterator[str]:
        """What is to be said of the data set itself, when its findings were asked for."""
        if count := self._passed_over:
            were = "1 record was" if count == 1 else f"{count:,} records were"
            yield (
                f"{were} replaced by a later version or taken back by NLM; "
                "the rules on the data set passed over them."
            )

    def _forget_the_past(self) -> None:
        """Let the rules see the last version of each record only."""
        past = self._versions.past(self._register)
        self._passed_over = len(past)
        if past:
            self._register.forget(past)
            for table in self._tables:
                table.memory.forget(past)


class _Table:
    """The entries of one or more rules that remember the same, and what became of them."""

    def __init__(self, first: _Active):
        self.actives: list[_Active] = []
        self.memory = Memory(first.check.most)
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
            entries = [e for e in entries if test(records[e[0]].values(tag))]
        return list(entries)


def _heard(filed: list[_Filed]) -> list[_Filed]:
    """Of the faults of one record, those whose rule need not be silent after another's."""
    names = {item.active.rule.name for item in filed}
    return [item for item in filed if names.isdisjoint(item.active.rule.silent_after)]


def _pmids(columns: Columns) -> list[int]:
    pmids = columns.values("PMID")
    is_one_each = len(pmids) == len(columns.records) and not columns.repeated("PMID")
    if is_one_each and "".join(pmids).isdecimal() and len(max(pmids, key=len)) < 18:
        return list(map(int, pmids))
    return [_pmid(record) for record in columns.records]


def _pmid(record: Record) -> int:
    text = record.pmid or ""
    return int(text) if text.isdecimal() and len(text) < 18 else NO_PMID


def _finding(
    active: _Active,
    fault: DatasetFault,
    holder: Holder,
    record: Record | None,
) -> Finding:
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
        related=tuple(map(_related, fault.related[:_MOST_RELATED])),
    )


def _related(holder: Holder) -> Related:
    return Related(holder.path, holder.line, _name(holder))


def _name(holder: Holder) -> str | None:
    return str(holder.pmid) if holder.pmid < NO_PMID else None
