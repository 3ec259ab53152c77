"""What shows only when a text is seen as a whole: it is no MEDLINE, is foreign, or is cut off."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from medlint.findings import Excerpt, Place
from medlint.records.batch import Batch, Chunk, ReadingFault
from medlint.records.record import ERIC, OTHER, PMC, PUBMED, Dialect, Record

_FOREIGN: dict[Dialect, str] = {PMC: "PMC", ERIC: "ERIC", OTHER: "another program"}


def refuse(text: str, chunk: Chunk) -> ReadingFault | None:
    """Return the one fault of a file that is empty, or is not MEDLINE text; else None.

    Only the first chunk of a file can tell. A file with a PMID line is never refused, but for
    formats that begin with a mark of their own.
    """
    if not chunk.is_first:
        return None
    from medlint.records.kinds import HEAD, kind_of

    if not text.strip():
        return _empty(chunk) if chunk.is_last else None
    kind = kind_of(text[:HEAD].encode("utf-8", "surrogateescape"))
    if kind is None or ("\x00" not in text[:HEAD] and "\nPMID- " in text[HEAD:]):
        return None
    body = text.lstrip()
    number = chunk.first_line + text[: len(text) - len(body)].count("\n")
    params = {"what": kind.what, "advice": kind.advice}
    return _at_line("medline-text", body.partition("\n")[0], number, params)


def _empty(chunk: Chunk) -> ReadingFault:
    return _at_line("file-has-records", "", chunk.first_line, {"what": "empty"})


def with_notices(batch: Batch, chunk: Chunk) -> Batch:
    """Add what the records of a chunk show together, and bring the faults into order."""
    records = batch.records
    faults = [_with_field(fault, records) for fault in batch.faults]
    foreign = next((record for record in records if record.dialect in _FOREIGN), None)
    if foreign:
        params = {"program": _FOREIGN[foreign.dialect]}
        faults.append(_at_record("dialect-is-pubmed", foreign, params))
    if chunk.is_last and records and _is_cut_off(records[-1]):
        last_tag = records[-1].layout.fields[-1].tag
        cut = _at_end("record-complete", records[-1], {"last": last_tag})
        faults = [f for f in faults if f.place.line < cut.place.line or not _is_of_cut(f)]
        faults = [f for f in faults if f.kind != "newline-at-end-of-file"]
        faults.append(cut)
    if any(fault.kind == "record-line-breaks" for fault in faults):
        faults = [fault for fault in faults if fault.kind != "newline-at-end-of-file"]
    return batch._replace(faults=sorted(faults, key=lambda fault: fault.place))


def _with_field(fault: ReadingFault, records: list[Record]) -> ReadingFault:
    """A fault of a mere line, given the record and the field that the line belongs to."""
    if fault.record is not None or not records:
        return fault
    line = fault.place.line
    record = records[max(bisect_right(records, line, key=lambda r: r.first_line) - 1, 0)]
    if not 0 <= line - record.first_line < len(record.lines):
        return fault
    counts: Counter[str] = Counter()
    for field in record.layout.fields:
        counts[field.tag] += bool(field.pieces)
        if field.pieces and field.line <= line <= field.pieces[-1].line:
            occurrence, value = counts[field.tag], field.value
            return fault._replace(record=record, tag=field.tag, occurrence=occurrence, value=value)
    return fault._replace(record=record)


def _is_cut_off(record: Record) -> bool:
    return record.dialect == PUBMED and not ("SO" in record.fields or "PST" in record.fields)


def _is_of_cut(fault: ReadingFault) -> bool:
    """Whether *fault*, of the last line of a file, is what a cut in its tag leaves behind."""
    if fault.kind == "wrapped-text-is-indented":
        line = fault.excerpt.lines[0].strip()
        return len(line) < len("PMID-") and line.rstrip(" -").isupper()
    return fault.kind == "field-has-value"


def _at_line(kind: str, line: str, number: int, params: dict[str, str]) -> ReadingFault:
    place = Place(number, 1, number, max(len(line), 1) + 1)
    return ReadingFault(kind, place, Excerpt(number, (line,)), params)


def _at_record(kind: str, record: Record, params: dict[str, str]) -> ReadingFault:
    place = record.place()
    return ReadingFault(kind, place, record.excerpt(place), params, record)


def _at_end(kind: str, record: Record, params: dict[str, str]) -> ReadingFault:
    """A fault of *record* in its last line."""
    lines = record.layout.lines
    number = record.first_line + len(lines) - 1
    place = Place(number, 1, number, max(len(lines[-1].rstrip()), 1) + 1)
    return ReadingFault(kind, place, record.excerpt(place), params, record)
