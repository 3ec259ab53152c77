"""A record in the making: its fields so far, and what was met in them."""

from __future__ import annotations

from collections import Counter

from medlint.findings import Excerpt, Place
from medlint.records.batch import ReadingFault
from medlint.records.dialect import dialect_of
from medlint.records.record import (
    PMC,
    PUBMED,
    Dialect,
    Field,
    Fields,
    KnownLayout,
    Layout,
    Piece,
    Record,
)
from medlint.records.tag_lines import NOT_IN_CAPITALS
from medlint.records.tags import TAGS

#: So many faults of one kind in a record are said as one.
_MANY = 5


class OpenField:
    """A field that may still grow."""

    __slots__ = ("column", "flaws", "line", "pieces", "tag")

    def __init__(self, tag: str, line: int, column: int):
        self.tag = tag
        self.line = line
        self.column = column
        self.pieces: list[Piece] = []
        self.flaws: set[str] = set()


class Flaw:
    """A fault of a field, not yet tied to its record."""

    __slots__ = ("field", "kind", "params", "place")

    def __init__(self, kind: str, place: Place, params: dict[str, str], field: OpenField):
        self.kind = kind
        self.place = place
        self.params = params
        self.field = field


class Draft:
    """A record that is being read. Lines count from 1 in the file."""

    def __init__(self, first_line: int, indent: int = 0):
        self.first_line = first_line
        self.last_line = first_line
        #: How far the whole record is indented.
        self.indent = indent
        self.fields: list[OpenField] = []
        self.tags: set[str] = set()
        #: Whether no blank line parts it from the record above.
        self.lacks_separator = False
        self._flaws: list[Flaw] = []
        self._blank_lines: list[Place] = []
        self._trailing_blanks: list[Place] = []
        #: The blank at the end of the last line.
        self._last_blank: Place | None = None

    def open_field(self, tag: str, line: int, column: int) -> None:
        """Begin a new field."""
        self._settle_last_blank()
        self.fields.append(OpenField(tag, line, column))
        self.tags.add(tag)
        self.last_line = line

    def add(self, line: int, column: int, text: str) -> None:
        """Add a piece to the last field."""
        self._last_blank = None
        if text:
            self.fields[-1].pieces.append(Piece(line, column, text))
        self.last_line = line

    def flaw(self, kind: str, place: Place, **params: str) -> None:
        """Note a fault of the last field; of one kind, only the first in a field counts."""
        field = self.fields[-1]
        if kind not in field.flaws:
            field.flaws.add(kind)
            self._flaws.append(Flaw(kind, place, params, field))

    def note_blank_lines(self, place: Place) -> None:
        """Note blank lines inside the record."""
        self._blank_lines.append(place)

    def note_trailing_blanks(self, place: Place, *, is_single: bool) -> None:
        """Note blanks at the end of a line. A single one is PubMed's own if the field goes on."""
        if is_single:
            self._last_blank = place
        else:
            self._trailing_blanks.append(place)

    def _settle_last_blank(self) -> None:
        if self._last_blank:
            self._trailing_blanks.append(self._last_blank)
            self._last_blank = None

    @property
    def is_ended(self) -> bool:
        """Whether the last field is the one that ends a record."""
        return self.fields[-1].tag == "SO"

    @property
    def is_near_end(self) -> bool:
        """Whether the last field is one of those that stand at the end of a record."""
        tag = TAGS.get(self.fields[-1].tag)
        return tag is not None and tag.rank >= TAGS["EDAT"].rank

    def finish(self, lines: tuple[str, ...]) -> tuple[Record, list[ReadingFault]]:
        """Make the record; *lines* are its own."""
        self._settle_last_blank()
        values: Fields = {}
        for field in self.fields:
            if field.pieces:
                value = " ".join([piece.text for piece in field.pieces])
                values.setdefault(field.tag, []).append(value)
        layout = Layout(
            self.first_line,
            lines,
            tuple(Field(f.tag, f.line, f.column, tuple(f.pieces)) for f in self.fields),
        )
        dialect = dialect_of(values)
        record = Record(values, KnownLayout(layout), dialect=dialect)
        self._note_empty_fields(dialect)
        return record, [*self._record_faults(record), *self._faults(record)]

    def _note_empty_fields(self, dialect: Dialect) -> None:
        if dialect == PMC:
            return
        for field in self.fields:
            if not field.pieces:
                place = Place(field.line, field.column, field.line, field.column + len(field.tag))
                self._flaws.append(Flaw("field-has-value", place, {}, field))

    def _record_faults(self, record: Record) -> list[ReadingFault]:
        found: list[tuple[str, Place, dict[str, str]]] = []
        if self.lacks_separator:
            found.append(("blank-line-before-record", record.place(), {}))
        if (places := self._blank_lines) and record.dialect != PMC:
            found.append(("no-blank-line-in-record", places[0], {"count": _times(len(places))}))
        if places := self._trailing_blanks:
            found.append(("no-trailing-blanks", places[0], {"count": _times(len(places))}))
        return [
            ReadingFault(kind, place, record.excerpt(place), params, record)
            for kind, place, params in found
        ]

    def _faults(self, record: Record) -> list[ReadingFault]:
        counts = Counter(flaw.kind for flaw in self._flaws)
        occurrences = self._occurrences()
        said: set[str] = set()
        faults = []
        for flaw in self._flaws:
            kind, field = flaw.kind, flaw.field
            is_foreign = record.dialect != PUBMED and len(field.tag) == 4
            if kind == "tag-line-form" and is_foreign and flaw.params["reason"] != NOT_IN_CAPITALS:
                continue
            is_many = counts[kind] >= _MANY and kind != "field-has-value"
            if is_many and kind in said:
                continue
            said.add(kind)
            faults.append(
                ReadingFault(
                    kind,
                    flaw.place,
                    record.excerpt(flaw.place),
                    {**flaw.params, "more": _more(counts[kind] - 1) if is_many else ""},
                    record,
                    field.tag,
                    occurrences.get(id(field)),
                    " ".join([piece.text for piece in field.pieces]) or None,
                )
            )
        return faults

    def _occurrences(self) -> dict[int, int]:
        """The number of each field among those of its tag that have a value."""
        numbers: dict[int, int] = {}
        counts: Counter[str] = Counter()
        for field in self.fields:
            if field.pieces:
                counts[field.tag] += 1
                numbers[id(field)] = counts[field.tag]
        return numbers


def count(number: int, noun: str) -> str:
    """Say how many there are.

    >>> count(1, "line"), count(2, "line")
    ('1 line', '2 lines')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _more(number: int) -> str:
    return f" (and {count(number, 'more field')} of this record)"


def excerpt_of(lines: list[str], first_line: int, place: Place) -> Excerpt:
    """The lines of *place*, where *lines* begin with the line *first_line*."""
    start = place.line - first_line
    return Excerpt(place.line, tuple(lines[start : place.end_line - first_line + 1]))
