"""The judge: what exactly is wrong with a record, where, and how a finding says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from medlint.active_rule import ActiveRule, RuleCrashError
from medlint.checks.base import Fault
from medlint.findings import Finding
from medlint.records.batch import ReadingFault
from medlint.records.record import XML, Record
from medlint.rulebook.rule import Rule, render

#: A field, as tag and occurrence; occurrence 0 is one that is missing or empty, None the record.
_Place = tuple[str, int] | None


def judge(
    record: Record,
    suspected: list[ActiveRule],
    reading_faults: Sequence[tuple[Rule, ReadingFault]],
    *,
    with_fixes: bool = True,
    unheard: Collection[str] = (),
) -> Iterator[Finding]:
    """The findings of one record, less those of rules with *unheard* names; *reading_faults* are
    those that were met in it, each with the rule that speaks of it."""
    faults = list(_faults(record, suspected, unheard))
    if not faults:
        return
    reported: dict[str, set[_Place]] = defaultdict(set)
    damaged: set[_Place] = set()
    for active, fault in faults:
        reported[active.rule.name].add(_place(fault))
        if active.rule.damage:
            damaged.add(_place(fault))
    for rule, reading_fault in reading_faults:
        place = None
        if reading_fault.tag is not None:
            place = reading_fault.tag, reading_fault.occurrence or 0
        reported[rule.name].add(place)
        if rule.damage:
            damaged.add(place)
    for active, fault in faults:
        fields = _fields(active.rule, fault)
        if active.rule.name in unheard or _is_silenced(record, active.rule, fields, reported):
            continue
        if active.rule.damage or not _is_damaged(active, fields, damaged):
            yield _finding(active, record, fault, with_fixes)


def _faults(
    record: Record, suspected: list[ActiveRule], unheard: Collection[str]
) -> Iterator[tuple[ActiveRule, Fault]]:
    """What is wrong with a record. Of a rule that is not heard nobody need know that it failed."""
    for active in suspected:
        try:
            yield from [(active, fault) for fault in active.faults(record)]
        except RuleCrashError:
            if active.rule.name not in unheard:
                raise


def _place(fault: Fault) -> _Place:
    return None if fault.tag is None else (fault.tag, fault.occurrence or 0)


def _fields(rule: Rule, fault: Fault) -> set[_Place]:
    """The fields that a fault was worked out from."""
    return {_place(fault), *fault.also, *((condition.tag, 1) for condition in rule.conditions)}


def _is_silenced(
    record: Record, rule: Rule, fields: set[_Place], reported: Mapping[str, set[_Place]]
) -> bool:
    """Whether a more exact rule speaks of the same value, or of the record as a whole. In XML, two
    values that come from one element are the same."""
    return any(
        None in reported[name]
        or not fields.isdisjoint(reported[name])
        or (
            record.form == XML
            and not _elements(record, fields).isdisjoint(_elements(record, reported[name]))
        )
        for name in rule.silent_after
        if name in reported
    )


def _elements(record: Record, places: Iterable[_Place]) -> set[str | None]:
    """The paths of the elements that values come from."""
    return {
        record.where(tag, occurrence)
        for tag, occurrence in filter(None, places)
        if 0 < occurrence <= len(record.values(tag))
    }


def _is_damaged(active: ActiveRule, fields: set[_Place], damaged: set[_Place]) -> bool:
    """Whether a fault stands on text that is damaged. Where the record as a whole is, what several
    fields say together means nothing."""
    if None in damaged and not active.check.is_of_one_value:
        return True
    return not fields.isdisjoint(damaged - {None})


def _finding(active: ActiveRule, record: Record, fault: Fault, with_fix: bool) -> Finding:
    rule = active.rule
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
    fix = None
    if with_fix and rule.fix is not None:
        from medlint.fixes.build import fix_of_fault

        try:
            fix = fix_of_fault(rule, active.check, record, fault, params)
        except Exception as error:
            raise RuleCrashError.of(rule, record, error) from error
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
        where=record.where(tag, occurrence) if occurrence else record.where(),
        record_digest=None if record.pmid else record.digest,
        fix=fix,
    )


def reading_finding(rule: Rule, fault: ReadingFault, *, with_fix: bool = True) -> Finding:
    """The finding that *rule* makes of what the reader met."""
    params = {"tag": fault.tag or "", "value": fault.value or "", **fault.params}
    fix = None
    if with_fix and rule.fix is not None:
        from medlint.fixes.build import fix_of_reading

        fix = fix_of_reading(rule, fault)
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
        record_digest=fault.record.digest if fault.record and not fault.record.pmid else None,
        fix=fix,
    )
