"""Records whose line breaks are lost: found again from the tags that stand in the text.

Copy and paste, chat tools and re-wrapping editors leave a record on one line, or on lines that
break anywhere. `medlint.records.field_starts` tells which tags begin a field; here the text around
them becomes records, and places in the text become places in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise

from medlint.findings import Excerpt, Place
from medlint.records.batch import Batch, ReadingFault
from medlint.records.dialect import dialect_of
from medlint.records.draft import count
from medlint.records.field_starts import FieldStart, choose, field_starts
from medlint.records.record import Field, Fields, KnownLayout, Layout, Piece, Record
from medlint.records.tags import TAGS

_RECORD_START = re.compile(r"PMID- ?\s*\d+\s*(?:OWN|STAT)\s*-\s")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t\n]*| {6,}\s*")
_WHITE_SPACE = re.compile(r"\s{2,}|\n")
_TWO_FIELDS = re.compile(rf"[ \t]*PMID- ?\d+[ \t]*(?:{'|'.join(TAGS)}) {{0,2}}- ")
_PADDED_TAG = re.compile(rf"- (?<=({'|'.join(f'{tag:<4}' for tag in TAGS)})- )")
#: An indent is no longer than this, so that a place deep in a line is known at once.
_LONGEST_INDENT = 200


def holds_record_start(line: str) -> bool:
    """Whether a record begins somewhere in *line* and goes on in it."""
    return _RECORD_START.search(line) is not None


def _may_hold_fields(line: str) -> bool:
    """Whether *line* seems to hold another field behind a PMID or other text."""
    if _TWO_FIELDS.match(line):
        return True
    for match in _PADDED_TAG.finditer(line):
        start = match.start(1)
        before = line[max(start - _LONGEST_INDENT, 0) : start]
        is_number = match[1] == "PMID" and not any(map(str.isalpha, before))
        if before.strip() and not is_number and not (start < 3 and before.isupper()):
            return True
    return False


def read_collapsed(lines: list[str], first_line: int) -> Batch | None:
    """Read the record, or the records, that stand in *lines* without their line breaks.

    Returns None if it turns out that every field begins a line.
    """
    if not any(map(_may_hold_fields, lines)):
        return None
    text = _Text(lines, first_line)
    starts = [match.start() for match in _RECORD_START.finditer(text.text)]
    if not starts or text.text[: starts[0]].strip():
        starts.insert(0, 0)
    batch = Batch([], [])
    for start, end in pairwise([*starts, len(text.text)]):
        end = start + len(text.text[start:end].rstrip())
        candidates = field_starts(text.text, start, end)
        first = candidates[0].start if candidates else end
        if text.text[start:first].strip():
            batch.faults.append(text.stray_text(start, first))
        if candidates:
            record, place = text.read_record(candidates, end)
            batch.records.append(record)
            if fault := text.fault_of(record, place):
                batch.faults.append(fault)
    is_lost = len(batch.records) > 1 or any(f.kind == "record-line-breaks" for f in batch.faults)
    return batch if is_lost else None


class _Text:
    """Lines as one text in which places can be found."""

    def __init__(self, lines: list[str], first_line: int):
        self.text = "\n".join(lines)
        self._lines = lines
        self._first_line = first_line
        self._line_starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]

    def fault_of(self, record: Record, place: Place) -> ReadingFault | None:
        """The fault of a record with several fields on a line: at the first tag that begins no
        line, or at the whole record if most of its line breaks are lost."""
        fields = record.layout.fields
        lost = [field for field in fields[1:] if self._stands_behind(field)]
        lost = lost or [field for field in fields[:1] if self._stands_behind(field)]
        if not lost:
            return None
        if len(lost) * 2 < len(fields):
            tag, number, column = lost[0][:3]
            place = Place(number, column, number, column + len(tag))
        params = {"fields": count(len(lost), "field")}
        excerpt = record.excerpt(place)
        return ReadingFault("record-line-breaks", place, excerpt, params, record)

    def _stands_behind(self, field: Field) -> bool:
        """Whether something stands before *field* on its line."""
        end = field.column - 1
        line = self._lines[field.line - self._first_line]
        return bool(line[max(end - _LONGEST_INDENT, 0) : end].strip())

    def stray_text(self, start: int, end: int) -> ReadingFault:
        """The fault of text that stands before the first tag."""
        end = start + len(self.text[start:end].rstrip())
        place = self._place(start, end)
        lines = self._lines[place.line - self._first_line : place.end_line - self._first_line + 1]
        params = {"lines": count(len(lines), "line"), "where": "outside the records"}
        excerpt = Excerpt(place.line, tuple(lines))
        return ReadingFault("no-text-outside-records", place, excerpt, params)

    def read_record(self, candidates: list[FieldStart], end: int) -> tuple[Record, Place]:
        """Read the record that begins with the first of *candidates*; return it and its place."""
        chosen = choose(self.text, candidates, end)
        ends = [candidate.start for candidate in chosen[1:]] + [end]
        lines_left = self.text.count("\n", chosen[0].start, end) + 1
        gap = _WHITE_SPACE if lines_left < len(chosen) / 2 else _LINE_BREAK
        fields = tuple(
            Field(
                candidate.tag,
                *self._locate(candidate.start),
                self._pieces(candidate.end, stop, gap),
            )
            for candidate, stop in zip(chosen, ends, strict=True)
        )
        values: Fields = {}
        for field in fields:
            if field.pieces:
                values.setdefault(field.tag, []).append(field.value)
        place = self._place(chosen[0].start, end)
        lines = self._lines[place.line - self._first_line : place.end_line - self._first_line + 1]
        layout = Layout(place.line, tuple(lines), fields)
        return Record(values, KnownLayout(layout), dialect=dialect_of(values)), place

    def _place(self, start: int, end: int) -> Place:
        line, column = self._locate(start)
        end_line, end_column = self._locate(max(end - 1, start))
        return Place(line, column, end_line, end_column + 1)

    def _locate(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._line_starts, offset) - 1
        return self._first_line + index, offset - self._line_starts[index] + 1

    def _pieces(self, start: int, end: int, gap: re.Pattern[str]) -> tuple[Piece, ...]:
        """The value between *start* and *end*, cut at each *gap*."""
        pieces = []
        position = start
        for match in gap.finditer(self.text, start, end):
            pieces.append((position, self.text[position : match.start()]))
            position = match.end()
        pieces.append((position, self.text[position:end].rstrip()))
        return tuple(Piece(*self._locate(at), text) for at, text in pieces if text)
