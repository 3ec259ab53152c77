"""Rules on the data set: keys are collected record by record, faults are found at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from medlint.checks import check_class
from medlint.checks.base import Columns, Context
from medlint.checks.dataset import NO_PMID, DatasetCheck, DatasetFault, Holder
from medlint.findings import Excerpt, Finding, Place
from medlint.records.record import Record
from medlint.rulebook.rule import Rule, render

#: Finds records again, by path and first line, among those that can be read a second time.
Locate = Callable[[set[tuple[str, int]]], Iterator[tuple[str, Record]]]


class Dataset:
    """What the data-set rules remember of the records that passed.

    A key is kept once, with one number for the record that holds it, so that a record costs a few
    hundred bytes whatever its size.
    """

    def __init__(self, rules: Iterable[Rule], context: Context):
        self._tables = [
            _Table(rule, check.build(rule.check, context))
            for rule in rules
            if issubclass(check := check_class(rule.check_type), DatasetCheck)
        ]
        self._paths: list[str] = []

    def collect(self, path: str, columns: Columns) -> None:
        """Remember what the rules need of a batch of records, which stand in the file *path*."""
        if not self._paths or self._paths[-1] != path:
            self._paths.append(path)
        number = len(self._paths) - 1
        for table in self._tables:
            table.collect(number, columns)

    def findings(self, locate: Locate) -> list[Finding]:
        """The findings on the data set, sorted by the record that each is filed under.

        *locate* is asked for the records that are reported, to say exactly where the fault stands;
        one that it cannot find is reported at its first line.
        """
        faults: dict[Holder, list[tuple[DatasetFault, str, _Table]]] = defaultdict(list)
        for table in self._tables:
            for fault, key in table.faults(self._paths):
                faults[fault.holder].append((fault, key, table))
        findings = []
        for path, record in locate({holder[1:] for holder in faults}):
            holder = Holder(_pmid(record), path, record.first_line)
            for fault, key, table in faults.pop(holder, ()):
                findings.append((holder, _finding(table, fault, key, record)))
        for holder, left in faults.items():
            for fault, key, table in left:
                findings.append((holder, _finding(table, fault, key, None)))
        findings.sort(key=lambda item: (item[0], item[1].code, item[1].message))
        return [finding for _, finding in findings]


class _Table:
    """The keys of one rule."""

    def __init__(self, rule: Rule, check: DatasetCheck):
        self.rule = rule
        self.check = check
        self._first: dict[str, int] = {}
        self._more: dict[str, list[int]] = defaultdict(list)

    def collect(self, path: int, columns: Columns) -> None:
        first, more, is_for = self._first, self._more, self._is_for
        holders = columns.once(("holders", path), lambda: _packed(columns.records, path))
        for index, key in self.check.keys(columns):
            if is_for(columns.records[index]):
                holder = holders[index]
                if first.setdefault(key, holder) is not holder:
                    more[key].append(holder)

    def _is_for(self, record: Record) -> bool:
        rule = self.rule
        return record.dialect in rule.dialects and (
            not rule.conditions or all(condition.holds(record) for condition in rule.conditions)
        )

    def faults(self, paths: Sequence[str]) -> Iterator[tuple[DatasetFault, str]]:
        for key, more in self._more.items():
            holders = [_unpack(number, paths) for number in (self._first[key], *more)]
            for fault in self.check.merge(key, holders):
                yield fault, key


def _packed(records: Sequence[Record], path: int) -> list[int]:
    """PMID, file and line of each record as one number."""
    return [_pmid(record) << 64 | path << 40 | record.first_line for record in records]


def _pmid(record: Record) -> int:
    text = record.pmid or ""
    return int(text) if text.isdecimal() and len(text) < 18 else NO_PMID


def _unpack(number: int, paths: Sequence[str]) -> Holder:
    return Holder(number >> 64, paths[number >> 40 & 0xFFFFFF], number & 0xFFFFFFFFFF)


def _finding(table: _Table, fault: DatasetFault, key: str, record: Record | None) -> Finding:
    rule, holder = table.rule, fault.holder
    pmid = str(holder.pmid) if holder.pmid < NO_PMID else None
    tag, occurrence, value = None, None, None
    place = Place(holder.line, 1, holder.line, 2)
    excerpt: Excerpt | None = None
    if record is not None:
        pmid = record.pmid
        field = table.check.field(record, key)
        if field is not None:
            tag, occurrence = field
            value = record.values(tag)[occurrence - 1]
            place = record.place(tag, occurrence)
        else:
            place = record.place()
        excerpt = record.excerpt(place)
    params = {"pmid": pmid or "", "tag": tag or table.check.tags[0], "value": value or key}
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
    )
