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

_SHORT_TAGS = "|".join(sorted(tag for tag in TAGS if len(tag) == 2))
_RECORD_START = re.compile(r"(?:(?<=\s)|\A)PMID- ?\s*\d+\s+(?:OWN|STAT)\s*-\s")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t\n]*| {6,}\s*")
#: What every text that `_LOST` finds something in holds; found, or not, ten times faster.
_TAG_IN_LINE = re.compile(r"(?<=[ \t])[A-Z]{2,4} {0,2}- ")
#: On one line: a PMID and another field, or a field of an unmistakable form after other text.
_LOST = re.compile(
    rf"^PMID- ?\d+[ \t]+(?:{'|'.join(TAGS)}) {{0,2}}- "
    rf"|\S[ \t]+(?:(?:{_SHORT_TAGS})  - \S|STAT- (?:MEDLINE|Pub|In-|OLDMEDLINE)"
    r"|(?:EDAT|MHDA|CRDT|PMCR|PHST)- \d{4}/\d\d|(?:DCOM|CTDT|DRDT)- \d{8}|AUID- [A-Z]+:"
    r"|OWN - [A-Z]{3}|JID - \d{6}|DEP - \d{8}|PST - (?:[ep]publish|ahead)|PMC - PMC\d"
    r"|OTO - [A-Z]{3}|[AL]ID - \S+ \[|FAU - [^\W\d_])",
    re.MULTILINE,
)
#: An indent is no longer than this, so that a place deep in a line is known at once.
_LONGEST_INDENT = 200


def holds_record_start(line: str) -> bool:
    """Whether a record begins somewhere in *line* and goes on in it."""
    return _RECORD_START.search(line) is not None


def may_have_lost_line_breaks(text: str) -> bool:
    """Whether a line of *text* seems to hold several fields of a record."""
    return _TAG_IN_LINE.search(text) is not None and _LOST.search(text) is not None


def read_collapsed(lines: list[str], first_line: int) -> Batch | None:
    """Read the record, or the records, that stand in *lines* without their line breaks.

    Returns None if it turns out that every field begins a line.
    """
    if not any(map(may_have_lost_line_breaks, lines)):
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
        """The fault of a record with several fields on a line: at its first such line, or at the
        whole of it if most of its line breaks are lost."""
        fields = record.layout.fields
        lost = [field for field in fields[1:] if self._stands_behind(field)]
        if not lost:
            return None
        if len(lost) * 2 < len(fields):
            number = lost[0].line
            width = len(self._lines[number - self._first_line].rstrip())
            place = Place(number, 1, number, width + 1)
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
        params = {"lines": count(len(lines), "line"), "where": "before a record"}
        excerpt = Excerpt(place.line, tuple(lines))
        return ReadingFault("no-text-outside-records", place, excerpt, params)

    def read_record(self, candidates: list[FieldStart], end: int) -> tuple[Record, Place]:
        """Read the record that begins with the first of *candidates*; return it and its place."""
        chosen = choose(self.text, candidates, end)
        ends = [candidate.start for candidate in chosen[1:]] + [end]
        fields = tuple(
            Field(candidate.tag, *self._locate(candidate.start), self._pieces(candidate.end, stop))
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

    def _pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        pieces = []
        position = start
        for match in _LINE_BREAK.finditer(self.text, start, end):
            pieces.append((position, self.text[position : match.start()]))
            position = match.end()
        pieces.append((position, self.text[position:end].rstrip()))
        return tuple(Piece(*self._locate(at), text) for at, text in pieces if text)
