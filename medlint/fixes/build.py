"""What a rule declares as its fix, and what a fault is -> the fix of one finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from medlint.checks.base import Fault, RecordCheck
from medlint.findings import Edit, Fix
from medlint.fixes.fields import inserted, lines_of, moved, removed
from medlint.fixes.lines import FILE_FIXES, LINE_FIXES
from medlint.fixes.repairs import REPAIRS
from medlint.fixes.source_too import source_with
from medlint.fixes.titles import title_of_lines, written_title
from medlint.fixes.values import VALUE_FIXES
from medlint.fixes.wrapping import rewritten
from medlint.functions.mend import MENDERS
from medlint.records.batch import ReadingFault
from medlint.records.record import Field, Record
from medlint.rulebook.rule import PLACEHOLDER, Rule


class _Case(NamedTuple):
    """A fault to be mended."""

    fix: Mapping[str, Any]
    check: RecordCheck
    record: Record
    fault: Fault
    params: Mapping[str, str]


def fix_of_reading(rule: Rule, fault: ReadingFault) -> Fix | None:
    """The fix of what the reader met, if *rule* has one and it fits."""
    if rule.fix is None:
        return None
    name = rule.fix["function"]
    edits: Sequence[Edit] = ()
    if name in LINE_FIXES and fault.record is not None:
        edits = list(LINE_FIXES[name](fault, fault.record))
    elif name in FILE_FIXES:
        edits = list(FILE_FIXES[name](fault))
    if not edits and (rule.name not in REPAIRS or fault.params.get("damaged")):
        return None
    return Fix(title_of_lines(name), rule.fix["safety"] == "safe", tuple(edits))


def fix_of_fault(
    rule: Rule, check: RecordCheck, record: Record, fault: Fault, params: Mapping[str, str]
) -> Fix | None:
    """The fix of a fault that *check* found for *rule*, if the rule has one and it fits; *params*
    are those of the message."""
    if rule.fix is None or not record.stands_on_own_lines:
        return None
    case = _Case(rule.fix, check, record, fault, params)
    found = _REMEDIES[next(kind for kind in _REMEDIES if kind in rule.fix)](case)
    if found is None:
        return None
    title, edits = found
    return Fix(title, rule.fix["safety"] == "safe", tuple(edits))


_Found = tuple[str, Sequence[Edit]] | None


def _field(case: _Case) -> Field | None:
    fault = case.fault
    if fault.tag is None or not fault.occurrence:
        return None
    return case.record.field(fault.tag, fault.occurrence)


def _replace(case: _Case) -> _Found:
    """The part that the fault is on, or else the whole value, is replaced."""
    field = _field(case)
    text = _filled(case.fix["replace"], case.params)
    if field is None or text is None:
        return None
    start, end = case.fault.span or (0, len(field.value))
    found = _with_value(case, field, field.value[:start] + text + field.value[end:])
    return found and (found[0], [*found[1], *_alike(case, field, text)])


def _alike(case: _Case, field: Field, text: str) -> Iterator[Edit]:
    """The edits of other fields of the tag, where a check tells many faults as one: those that it
    tells once the first is mended."""
    told = {(fault.tag, fault.occurrence) for fault in case.check.faults(case.record)}
    changed = _with(case.record, field.tag, case.fault.occurrence or 1, text)
    for _ in case.record.values(field.tag):
        more = [fault for fault in case.check.faults(changed) if fault.tag == field.tag]
        fault = next((f for f in more if (f.tag, f.occurrence) not in told), None)
        if fault is None or fault.occurrence is None or fault.span is not None:
            return
        told.add((fault.tag, fault.occurrence))
        value = _filled(case.fix["replace"], fault.params)
        if value is None:
            return
        changed = _with(changed, field.tag, fault.occurrence, value)
        yield rewritten(case.record, case.record.field(field.tag, fault.occurrence), value)


def _remove(case: _Case) -> _Found:
    field = _field(case)
    if field is None:
        return None
    if case.fix["remove"] == "field":
        return f"Take this {field.tag} away.", [removed(field)]
    start, end = case.fault.span or (0, 0)
    return _with_value(case, field, (field.value[:start] + field.value[end:]).strip(" "))


def _insert(case: _Case) -> _Found:
    wanted = case.fix["insert"]
    tag, value = wanted["tag"], _filled(wanted["value"], case.params)
    missing = case.params.get("missing") or tag
    if value is None or missing not in (tag, value):
        return None
    return written_title(tag, value), [inserted(case.record, tag, value)]


def _move(case: _Case) -> _Found:
    """The field is moved behind the others of its tag."""
    field = _field(case)
    if field is None:
        return None
    last = [other for other in case.record.layout.fields if other.tag == field.tag][-1]
    edits = moved(case.record, field, lines_of(last).end_line)
    return f"Move this {field.tag} behind the others.", edits


def _function(case: _Case) -> _Found:
    name = case.fix["function"]
    field = _field(case)
    if name in VALUE_FIXES:
        found = VALUE_FIXES[name](case.record, field, case.params)
        if isinstance(found, str):
            return None if field is None else _with_value(case, field, found)
        return found
    new = MENDERS[name](field.value) if field else None
    return None if field is None or new is None else _with_value(case, field, new)


def _with_value(case: _Case, field: Field, value: str) -> _Found:
    """The edits that give *field* another value, if the check then finds no fault with it."""
    if not value or value == field.value or value != value.strip(" \t") or "\n" in value:
        return None
    occurrence = case.fault.occurrence or 1
    edits = {field.tag: rewritten(case.record, field, value)}
    # A check of single values need not look at all the others again.
    alone = case.check.is_of_one_value
    if alone:
        changed = case.record.with_fields({field.tag: [value]})
    else:
        changed = _with(case.record, field.tag, occurrence, value)
    if "SO" in case.fix.get("also", ()) and case.record.values("SO"):
        source = source_with(case.record.first("SO"), field.tag, field.value, value)
        if source is not None:
            changed = changed if alone else _with(changed, "SO", 1, source)
            edits["SO"] = rewritten(case.record, case.record.field("SO"), source)
    changed_field = field.tag, 1 if alone else occurrence
    if any((f.tag, f.occurrence) == changed_field for f in case.check.faults(changed)):
        return None
    return f"Write '{_short(value, field.value)}'.", list(edits.values())


def _with(record: Record, tag: str, occurrence: int, value: str) -> Record:
    """A copy of *record* in which one value is another."""
    values = list(record.values(tag))
    values[occurrence - 1] = value
    return record.with_fields({**record.fields, tag: values})


_LONG = 60


def _short(value: str, old: str) -> str:
    """*value*, or, if it is long, the part of it in which it differs from *old*."""
    if len(value) <= _LONG:
        return value
    from medlint.fixes.wrapping import difference

    start, end = difference(old, value)
    end += len(value) - len(old)
    start = value.rfind(" ", 0, start) + 1
    end = value.find(" ", end) if value.find(" ", end) >= 0 else len(value)
    text = value[start:end]
    text = text if len(text) <= _LONG else f"{text[:_LONG]}…"
    return f"{'…' if start else ''}{text}{'…' if end < len(value) else ''}"


def _filled(template: str, params: Mapping[str, str]) -> str | None:
    """*template* with its placeholders filled; None if one of them has no text."""
    names = PLACEHOLDER.findall(template)
    if not all(params.get(name) for name in names):
        return None
    return PLACEHOLDER.sub(lambda match: params[match[1]], template)


_REMEDIES = {
    "replace": _replace,
    "remove": _remove,
    "insert": _insert,
    "move": _move,
    "function": _function,
}
