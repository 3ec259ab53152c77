"""The judge: what exactly is wrong with a record, where, and how a finding says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from medlint.active_rule import ActiveRule
from medlint.checks.base import Fault
from medlint.findings import Finding
from medlint.records.batch import ReadingFault
from medlint.records.record import Record
from medlint.rulebook.rule import Rule, render


def judge(
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


def reading_finding(rule: Rule, fault: ReadingFault) -> Finding:
    """The finding that *rule* makes of what the reader met."""
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
