"""What is mended in the lines of a record: how its fields are laid out, not what they say.

Each function takes what the reader met and yields the edits that mend it in the whole record; none
if it cannot be mended without doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from medlint.findings import Edit, Place
from medlint.fixes.fields import moved, removed
from medlint.fixes.wrapping import INDENT, written
from medlint.records.batch import ReadingFault
from medlint.records.record import PUBMED, Field, Record
from medlint.records.tag_lines import NOT_IN_CAPITALS, parse_tag_line, prefix_of
from medlint.records.tags import TAGS

_BLANKS = " \t"
_TAB = re.compile(r"[ \t]*\t[ \t]*")
#: A tag, as far as its hyphen, which is lost.
_BEGINS_WITH_TAG = re.compile(r"([A-Z]{2,4})(?![^\s:-])")
_BAD_BYTES = re.compile(r"[\udc80-\udcff]+")
_CONTROL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
#: Where such a tag stands without a value, one was lost, and its trace should stay.
_MISSED = frozenset(
    [
        *("PMID", "OWN", "STAT", "DP", "TI", "BTI", "TT", "LA", "PT", "TA", "JT", "JID"),
        *("EDAT", "MHDA", "CRDT", "PST", "SO", "AID", "PB", "DEP", "PMC", "PMCR", "PHST"),
        *("VI", "IP", "PG", "LID", "MH", "IS", "FAU", "AU", "FED", "ED", "FIR", "IR"),
        *("FPS", "PS", "OTO", "OT", "CON", "EFR", "ROF", "CRF", "ECF"),
    ]
)


def separator(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """An empty line above the record."""
    line = record.first_line
    yield Edit(Place(line, 1, line, 1), "\n")


def blank_lines_inside(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """No blank lines in the record."""
    for number, line in enumerate(record.layout.lines, record.layout.first_line):
        if not line.strip(_BLANKS):
            yield Edit(Place(number, 1, number + 1, 1), "")


def tag_lines(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """Each tag in column 1, padded to four, before a hyphen and a blank. What is indented with its
    record loses that indent."""
    lines, first = record.layout.lines, record.layout.first_line
    fields = record.layout.fields
    is_indented = fields[0].column > 1 and not lines[0][: fields[0].column - 1].strip(_BLANKS)
    for field in fields:
        line = lines[field.line - first]
        tag_line = parse_tag_line(line)
        if tag_line is None or line[: field.column - 1].strip(_BLANKS):
            continue
        is_foreign = record.dialect != PUBMED and len(field.tag) == 4
        if not tag_line.flaw or (is_foreign and tag_line.flaw != NOT_IN_CAPITALS):
            continue
        has_value = any(piece.line == field.line for piece in field.pieces)
        prefix = prefix_of(field.tag) if has_value else prefix_of(field.tag).rstrip()
        yield Edit(Place(field.line, 1, field.line, tag_line.value_column), prefix)
    if is_indented:
        yield from continuations(fault, record)


def continuations(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """Six blanks before each line that goes on; what has no indent at all is left alone."""
    yield from (edit for edit in _indents(record) if edit.place.end_column > 1)


def unindented(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """Six blanks before text that has no indent; where it begins with a tag, the hyphen that it
    lost, or nothing if that is not plain."""
    lines, first = record.layout.lines, record.layout.first_line
    for edit in _indents(record):
        line = lines[edit.place.line - first]
        match = _BEGINS_WITH_TAG.match(line)
        if edit.place.end_column > 1:
            continue
        if match is None or match[1] not in TAGS:
            yield edit
        elif line.startswith(f"{match[1]:<6}") and line[6:].strip():
            place = edit.place
            yield Edit(place._replace(end_column=7), prefix_of(match[1]))


def _indents(record: Record) -> Iterator[Edit]:
    lines, first = record.layout.lines, record.layout.first_line
    for field in record.layout.fields:
        for piece in field.pieces:
            if piece.line > field.line and lines[piece.line - first][: piece.column - 1] != INDENT:
                yield Edit(Place(piece.line, 1, piece.line, piece.column), INDENT)


def tabs(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """One blank in place of each tab in a value, and of the blanks beside it."""
    for field in record.layout.fields:
        for piece in field.pieces:
            for match in _TAB.finditer(piece.text):
                start, end = (piece.column + at for at in match.span())
                yield Edit(Place(piece.line, start, piece.line, end), " ")


def empty_field(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """The empty field taken away, if a record may do without its tag."""
    for field in record.layout.fields:
        if field.line == fault.place.line and not field.pieces and field.tag not in _MISSED:
            yield removed(field)


def trailing_blanks(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """No blanks at the end of a field, and one at most where a line goes on."""
    lines, first = record.layout.lines, record.layout.first_line
    for field in record.layout.fields:
        for piece in field.pieces:
            end = piece.column - 1 + len(piece.text)
            blanks = lines[piece.line - first][end:]
            goes_on = piece is not field.pieces[-1]
            if blanks and not (goes_on and blanks == " "):
                place = Place(piece.line, end + 1, piece.line, end + len(blanks) + 1)
                yield Edit(place, " " if goes_on else "")


def pmid_above(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """The PMID above the other fields."""
    if record.pmid:
        yield from moved(record, record.field("PMID"), record.layout.fields[0].line)


def other_encoding(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """Bytes that are not UTF-8 read in the encoding that they probably are in; not one that is left
    of a letter in UTF-8."""
    codecs = {"Latin-1": "latin-1", "Windows-1252": "cp1252"}
    codec = codecs.get(fault.params["guess"])
    for number, start, end, text in _found(_BAD_BYTES, record) if codec else ():
        found = text.encode("ascii", "surrogateescape").decode(codec or "", "replace")
        line = record.layout.lines[number - record.first_line]
        if not _is_strange_between(line[start - 2 : start - 1], found, line[end - 1 : end]):
            yield Edit(Place(number, start, number, end), found)


def _is_strange_between(before: str, character: str, after: str) -> bool:
    """Whether a character stands between two letters where none like it does: it is then the half
    of another one.

    >>> _is_strange_between("n", "\u00a7", "a"), _is_strange_between("n", "\u00e7", "a")
    (True, False)
    """
    if len(character) != 1 or not (before.isalpha() and after.isalpha()):
        return False
    if before.islower() and after.islower() and character.isupper():
        return True
    return character not in "\u2019\u2013" and (
        not character.isalpha() or character in "\u00aa\u00b5\u00ba"
    )


def control_characters(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """Control characters taken away, with the commands to a terminal that they begin; a blank in
    place of a form feed; one of the upper range as Windows-1252 has it."""
    for number, start, end, text in _found(_CONTROL, record):
        if number == fault.place.line:
            new = " " if text.strip("\x0b\x0c") == "" else ""
            if min(text) >= "\x80":
                new = text.encode("latin-1").decode("cp1252", "ignore")
            yield Edit(Place(number, start, number, end), new)


def _found(pattern: re.Pattern[str], record: Record) -> Iterator[tuple[int, int, int, str]]:
    """What *pattern* finds: line, column, column behind it, text."""
    for number, line in enumerate(record.layout.lines, record.layout.first_line):
        for match in pattern.finditer(line):
            yield number, match.start() + 1, match.end() + 1, match[0]


def laid_out_again(fault: ReadingFault, record: Record) -> Iterator[Edit]:
    """Each field on lines of its own, as the reader tells them apart; not where fields stand before
    the PMID, which may be another record's."""
    layout = record.layout
    top = layout.fields[0]
    if top.tag != "PMID" and record.pmid:
        return
    before = layout.lines[0][: top.column - 1].rstrip(_BLANKS)
    end_line, end_column = _end(layout.fields[-1])
    line = layout.lines[end_line - layout.first_line]
    if not line[end_column - 1 :].strip(_BLANKS):
        end_column = len(line) + 1
    fields = [text for field in layout.fields for text in written(field.tag, field.value)]
    text = "\n".join([line.rstrip(_BLANKS) if line.endswith("- ") else line for line in fields])
    place = Place(top.line, len(before) + 1, end_line, end_column)
    yield Edit(place, "\n\n" + text if before else text)


def _end(field: Field) -> tuple[int, int]:
    """Line and column behind *field*."""
    if not field.pieces:
        return field.line, field.column + len(prefix_of(field.tag).rstrip())
    last = field.pieces[-1]
    return last.line, last.column + len(last.text)


def one_blank_line(fault: ReadingFault) -> Iterator[Edit]:
    """No more than one empty line between two records."""
    yield Edit(Place(fault.place.line, 1, fault.place.end_line + 1, 1), "")


def final_line_end(fault: ReadingFault) -> Iterator[Edit]:
    """A line end behind the last line."""
    _, _, line, column = fault.place
    yield Edit(Place(line, column, line, column), "\n")


#: What mends lines that may belong to no record.
FILE_FIXES: dict[str, Callable[[ReadingFault], Iterator[Edit]]] = {
    "final_line_end": final_line_end,
    "one_blank_line": one_blank_line,
}
#: What mends the lines of a record.
LINE_FIXES: dict[str, Callable[[ReadingFault, Record], Iterator[Edit]]] = {
    "blank_lines_inside": blank_lines_inside,
    "continuations": continuations,
    "control_characters": control_characters,
    "empty_field": empty_field,
    "laid_out_again": laid_out_again,
    "other_encoding": other_encoding,
    "pmid_above": pmid_above,
    "separator": separator,
    "tabs": tabs,
    "tag_lines": tag_lines,
    "trailing_blanks": trailing_blanks,
    "unindented": unindented,
}
