"""MEDLINE tagged text -> records: the strict fast path.

A record whose every line follows the layout of PubMed's exports is checked by one regular
expression and split by the string methods of the standard library. Whatever does not follow it
goes, record by record, to `medlint.records.tolerant`, which explains what it meets.

The layout is nowhere stated by NLM; it is read off PubMed's own exports of every generation:
tag padded to four, hyphen in column 5, value from column 7, continuation lines of six blanks,
one empty line between records, an empty line first in old exports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from medlint.records.batch import Batch, Chunk, ReadingFault
from medlint.records.columns import Column, Table
from medlint.records.conflicts import may_have_conflicts
from medlint.records.decoding import decode, plain_bytes
from medlint.records.dialect import dialect_of, perhaps_foreign
from medlint.records.record import TEXT, Field, FieldSequence, Form, Layout, Piece, Record
from medlint.records.tags import TAGS
from medlint.records.whole_text import refuse, with_notices

_BETWEEN_RECORDS = b"\n\nPMID- "
_PMID = b"PMID- "
#: Before a line that goes on with a value.
_GOES_ON = b"\n      "

#: The rest of a field after its tag: a value, and continuation lines. A line that goes on may end
#: in one blank, the last one in none.
_REST = r"- [^ \n].*+(?:(?<!  )\n {6}[^ \n].*+)*(?<! )"
_TAG = r"[A-Z]{2}(?:  |[A-Z] |[A-Z]{2})"
#: A record from its PMID's digits on.
_STRICT = re.compile(rf"[0-9]+(?:\n(?!PMID){_TAG}{_REST})*".encode())
#: As strict, and full and short names in pairs, identifiers and affiliations below their author.
_REGULAR = re.compile(
    (
        r"[0-9]+(?:\n(?:"
        rf"(?!PMID|FAU|AU|AD |CN |FIR|IR|FED|ED |FPS|PS |OAB){_TAG}{_REST}"
        rf"|FAU {_REST}\nAU  {_REST}(?:\nAUID{_REST})?(?:\nAD  {_REST})*"
        rf"|FIR {_REST}\nIR  {_REST}(?:\nIRAD{_REST})*"
        rf"|CN  {_REST}(?:\nAD  {_REST})*"
        rf"|OAB {_REST}(?:\nOABL{_REST})?"
        rf"|FED {_REST}\nED  {_REST}|FPS {_REST}\nPS  {_REST}"
        r"))*"
    ).encode()
)
#: What looks like the beginning of a field, with its tag, inside a line.
_TAG_IN_LINE = re.compile(rb"- (?<!\n....- )(?<=([A-Z]{2}[A-Z ]{2})- )")
_INDENT = " " * 6
#: Where tag and value stand in a line.
_TAG_OF, _VALUE_OF = slice(4), slice(6, None)


class _Tags(dict[str, str]):
    """Padded tag -> tag."""

    def __missing__(self, padded: str) -> str:
        tag = self[padded] = padded.rstrip()
        return tag


_TAGS = _Tags({f"{tag:<4}": tag for tag in TAGS})


class _ByPaddedTag(dict[str, Column]):
    """Padded tag -> column of a table."""

    def __init__(self, table: Table):
        super().__init__()
        self._table = table

    def __missing__(self, padded: str) -> Column:
        column = self[padded] = self._table[_TAGS[padded]]
        return column


_PADDED_TAGS = frozenset(f"{tag:<4}".encode() for tag in TAGS)


def read(chunk: Chunk) -> Batch:
    """Read the records of *chunk*. Never raises, whatever the bytes."""
    data, first_line = plain_bytes(chunk), chunk.first_line
    batch: Batch | None = None
    faults: list[ReadingFault] = []
    if data is not None:
        with suppress(UnicodeDecodeError):
            batch = _read_parts(data, first_line, "strict")
    if data is None or batch is None:
        text, faults = decode(chunk)
        if refusal := refuse(text, chunk):
            return Batch([], [refusal])
        data = text.encode("utf-8", "surrogatepass")
        batch = _read_parts(data, first_line, "surrogatepass")
    if batch.faults and may_have_conflicts(data):
        batch = _read_damaged(data.decode("utf-8", "surrogatepass"), first_line)
    return with_notices(batch._replace(faults=faults + batch.faults), chunk)


def _read_parts(data: bytes, first_line: int, errors: str) -> Batch:
    """Read text with LF line ends, cut where an empty line stands above a PMID.

    *errors* says how bytes that are not UTF-8 are decoded; ``strict`` raises UnicodeDecodeError.
    """
    parts = data.split(_BETWEEN_RECORDS)
    bodies = _bodies(parts)
    lines = [first_line]
    regular = _Source(parts, bodies, lines, errors, is_regular=True)
    others = _Source(parts, bodies, lines, errors)
    batch = Batch([], [], table=(table := Table()))
    columns = _ByPaddedTag(table)
    for index, body in enumerate(bodies):
        if b"\t" not in body and not (_TAG_IN_LINE.search(body) and _has_tag_in_line(body)):
            is_regular = _REGULAR.fullmatch(body)
            if is_regular or _STRICT.fullmatch(body):
                fields, height = _unwrapped(body, errors)
                row = len(batch.records)
                for field in fields:
                    values, rows = columns[field[_TAG_OF]]
                    values.append(field[_VALUE_OF])
                    rows.append(row)
                source = regular if is_regular else others
                batch.records.append(Record(source.sequence, source, index))
                lines.append(source.line_of(index) + height + 1)
                continue
        lines.append(lines[index] + parts[index].count(b"\n") + 2)
        damaged = _read_damaged(*others.text_of(index))
        for row, record in enumerate(damaged.records, len(batch.records)):
            table.add(row, record.fields)
        batch.records.extend(damaged.records)
        batch.faults.extend(damaged.faults)
    for row in perhaps_foreign(table):
        record = batch.records[row]
        if record.is_strict:
            record.dialect = dialect_of(record.fields)
    return batch


def _bodies(parts: list[bytes]) -> list[bytes]:
    """The records in *parts*, from the digits of their PMID to the end of their last line; the
    first is empty where it has no PMID above all."""
    bodies = parts.copy()
    first = bodies[0].removeprefix(b"\n")
    bodies[0] = first.removeprefix(_PMID) if first.startswith(_PMID) else b""
    bodies[-1] = bodies[-1].removesuffix(b"\n").removesuffix(b"\n")
    return bodies


def _unwrapped(body: bytes, errors: str) -> tuple[list[str], int]:
    """The fields of one record that follows the strict layout, a line each, and how many lines
    they take in the text."""
    pieces = body.split(_GOES_ON)
    text = b" ".join([piece.rstrip(b" ") for piece in pieces]).decode("utf-8", errors)
    fields = f"PMID- {text}".split("\n")
    return fields, len(fields) + len(pieces) - 1


def _has_tag_in_line(part: bytes) -> bool:
    """Whether a known tag stands inside a line, as it does where a line break is lost."""
    return not _PADDED_TAGS.isdisjoint(_TAG_IN_LINE.findall(part))


def _read_damaged(text: str, first_line: int) -> Batch:
    from medlint.records.tolerant import read_tolerant

    return read_tolerant(text, first_line)


class _Source:
    """The text of several records, kept to find places in it later."""

    form: Form = TEXT
    is_strict = True

    def __init__(
        self,
        parts: list[bytes],
        bodies: list[bytes],
        lines: list[int],
        errors: str,
        *,
        is_regular: bool = False,
    ):
        self.is_regular = is_regular
        self._parts = parts
        self._bodies = bodies
        #: The line on which each part begins.
        self._lines = lines
        self._errors = errors
        #: The record that was looked at last, and its text.
        self._open = -1
        self._open_text = ""
        self._open_lines: list[str] = []
        #: Tag -> where its fields begin in that text, and on which of its lines, from 0.
        self._starts: dict[str, list[tuple[int, int]]] = {}

    def line_of(self, index: int) -> int:
        """The line of the PMID of the *index*-th record (from 0)."""
        return self._lines[index] + (not index and self._parts[0].startswith(b"\n"))

    def sequence(self, index: int) -> FieldSequence:
        """The fields of the *index*-th record, which follows the strict layout."""
        fields, _ = _unwrapped(self._bodies[index], self._errors)
        return tuple([(_TAGS[field[_TAG_OF]], field[_VALUE_OF]) for field in fields])

    def column_of(self, index: int) -> int:
        """The first column."""
        return 1

    def where(self, index: int, tag: str | None, occurrence: int) -> None:
        """Nothing: this is no XML."""

    def lay_out(self, index: int) -> Layout:
        """The layout of the *index*-th record."""
        return lay_out(self.lines(index), self.line_of(index))

    def field(self, index: int, tag: str, occurrence: int) -> Field | None:
        """One field of the *index*-th record, without laying out the others."""
        text = self._text(index)
        if tag not in self._starts:
            self._starts[tag] = list(_starts(text, tag))
        starts = self._starts[tag]
        if occurrence > len(starts):
            return None
        start, line = starts[occurrence - 1]
        end = text.find("\n", start + 1)
        while text.startswith(_INDENT, end + 1):
            end = text.find("\n", end + 1)
        lines = text[start + 1 : end].split("\n")
        return lay_out(lines, self.line_of(index) + line).fields[0]

    def lines(self, index: int) -> list[str]:
        """The lines of the *index*-th record."""
        text = self._text(index)
        if not self._open_lines:
            self._open_lines = text[1:-1].split("\n")
        return self._open_lines

    def _text(self, index: int) -> str:
        """The lines of the *index*-th record between two line ends."""
        if index != self._open:
            self._open = index
            self._starts = {}
            self._open_lines = []
            self._open_text = "\n" + self.text_of(index)[0].strip("\n") + "\n"
        return self._open_text

    def text_of(self, index: int) -> tuple[str, int]:
        """The *index*-th part as it stands, with the empty line below it, and its first line."""
        text = self._parts[index].decode("utf-8", self._errors)
        if index < len(self._parts) - 1:
            text += "\n\n"
        return (f"PMID- {text}", self.line_of(index)) if index else (text, self._lines[0])


def _starts(text: str, tag: str) -> Iterator[tuple[int, int]]:
    """Where the fields of *tag* begin in the *text* of a record, which begins with a line end, and
    how many lines stand above them."""
    above = line = 0
    for match in re.finditer(f"\n{tag:<4}- ", text):
        line += text.count("\n", above + 1, match.start() + 1)
        above = match.start()
        yield above, line


def lay_out(lines: list[str], first_line: int) -> Layout:
    """The layout of the lines of one record, or of some of its fields, in the strict layout."""
    fields: list[tuple[str, int, list[Piece]]] = []
    for number, line in enumerate(lines, first_line):
        piece = Piece(number, 7, line[6:].rstrip(" "))
        if line.startswith(_INDENT):
            fields[-1][2].append(piece)
        else:
            fields.append((_TAGS[line[:4]], number, [piece]))
    laid_out = [Field(tag, number, 1, tuple(pieces)) for tag, number, pieces in fields]
    return Layout(first_line, tuple(lines), tuple(laid_out))
