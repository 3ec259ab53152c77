"""Whole fields: taken away, put in, moved."""

from __future__ import annotations

from medlint.findings import Edit, Place
from medlint.fixes.wrapping import written
from medlint.records.record import Field, Record
from medlint.records.tags import TAGS


def lines_of(field: Field) -> Place:
    """The lines on which *field* stands, from the first column to the line below."""
    last = field.pieces[-1].line if field.pieces else field.line
    return Place(field.line, 1, max(last, field.line) + 1, 1)


def removed(field: Field) -> Edit:
    """The edit that takes *field* away with its lines."""
    return Edit(lines_of(field), "")


def inserted(record: Record, tag: str, value: str) -> Edit:
    """The edit that adds a field, behind the others of its tag, or else where PubMed writes it."""
    line = _line_for(record, tag)
    return Edit(Place(line, 1, line, 1), "\n".join(written(tag, value)) + "\n")


def _line_for(record: Record, tag: str) -> int:
    """The line above which a new field of *tag* belongs."""
    fields = record.layout.fields
    same = [field for field in fields if field.tag == tag]
    if same:
        return lines_of(same[-1]).end_line
    rank = TAGS[tag].rank
    later = [field for field in fields if field.tag in TAGS and TAGS[field.tag].rank > rank]
    if later:
        return min(later, key=lambda field: TAGS[field.tag].rank).line
    return lines_of(fields[-1]).end_line


def moved(record: Record, field: Field, line: int) -> list[Edit]:
    """The edits that move the lines of *field* above the line *line*."""
    layout, place = record.layout, lines_of(field)
    lines = layout.lines[place.line - layout.first_line : place.end_line - layout.first_line]
    text = "".join([f"{line}\n" for line in lines])
    return [Edit(Place(line, 1, line, 1), text), Edit(place, "")]
