"""Record: the values of one bibliographic record, and where each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from medlint.findings import Excerpt, Place

Fields = dict[str, list[str]]
#: All fields of a record in order, as tag and value.
FieldSequence = tuple[tuple[str, str], ...]
Dialect = str
Form = str

PUBMED, BOOK, PMC, ERIC, OTHER = "pubmed", "book", "pmc", "eric", "other"
#: How a record may be written: MEDLINE text, PubMed XML.
TEXT, XML = "text", "xml"


class Piece(NamedTuple):
    """A part of a value that stands on one line. In text, the pieces of a value, joined by one
    blank each, are the value."""

    line: int
    column: int
    text: str
    #: Where the piece stands in the value, where a value is more than its pieces (XML).
    start: int = 0
    #: How many columns it takes if it stands there otherwise, as ``&lt;`` does (XML).
    width: int | None = None
    #: Whether it stands apart from the other pieces, such as in an attribute (XML).
    is_apart: bool = False

    @property
    def end(self) -> int:
        """Where the piece ends in the value."""
        return self.start + len(self.text)

    def columns(self, start: int, end: int) -> tuple[int, int]:
        """The columns in which the piece's share of the value from *start* to *end* begins and
        ends."""
        if self.width is not None:
            return self.column, self.column + self.width
        offsets = [min(max(at - self.start, 0), len(self.text)) for at in (start, end)]
        return self.column + offsets[0], self.column + offsets[1]


class Field(NamedTuple):
    """One field as it stands in the source: its tag, the tag's own place, its pieces."""

    tag: str
    line: int
    column: int
    pieces: tuple[Piece, ...]
    #: The value, if it is more than the pieces (XML).
    whole: str | None = None

    @property
    def value(self) -> str:
        """The unwrapped value."""
        if self.whole is not None:
            return self.whole
        return " ".join([piece.text for piece in self.pieces])

    @property
    def tag_place(self) -> Place:
        """Where the tag stands; the value, in XML, where the tag is none."""
        if self.whole is not None:
            return self.place()
        return Place(self.line, self.column, self.line, self.column + len(self.tag))

    def place(self, span: tuple[int, int] | None = None) -> Place:
        """Where the value stands, or the part *span* of it.

        *span* is (start, end) in code points of the unwrapped value, end exclusive. A field
        without a value is placed at its tag.
        """
        if not self.pieces:
            return self.tag_place
        start, end = span or (0, len(self.value))
        if self.whole is None:
            return Place(*self._locate(start), *self._locate(end))
        return self._place_among_pieces(start, end)

    def _locate(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; the blank that joins two pieces stands behind the first."""
        for piece in self.pieces:
            length = len(piece.text)
            if offset <= length:
                return piece.line, piece.column + offset
            offset -= length + 1
        last = self.pieces[-1]
        return last.line, last.column + len(last.text)

    def _place_among_pieces(self, start: int, end: int) -> Place:
        """Where the part of a value stands that is more than its pieces: from the first to the
        last piece that it touches, less those that stand apart if there are others. What lies
        between two pieces is placed at the one before."""
        met = [piece for piece in self.pieces if piece.start < end and start < piece.end]
        met = [piece for piece in met if not piece.is_apart] or met
        if not met:
            before = [piece for piece in self.pieces if piece.start <= start] or self.pieces[:1]
            met = [max(before, key=lambda piece: piece.start)]
            start, end = (end, end) if start == end else (met[0].start, met[0].end)
        first = min((piece.line, piece.columns(start, end)[0]) for piece in met)
        last = max((piece.line, piece.columns(start, end)[1]) for piece in met)
        return Place(*first, *last)


class Layout(NamedTuple):
    """How a record stands in its file: its lines, unchanged but for the line ends, and its
    fields in order."""

    first_line: int
    lines: tuple[str, ...]
    fields: tuple[Field, ...]


#: What a reader vouches for when it calls a record regular: directly above a field of the tag on
#: the left stands one of the tags on the right. Full and short names stand in pairs.
REGULAR_ABOVE: dict[str, frozenset[str]] = {
    "AU": frozenset(("FAU",)),
    "AUID": frozenset(("AU",)),
    "AD": frozenset(("AU", "AUID", "AD", "CN")),
    "IR": frozenset(("FIR",)),
    "IRAD": frozenset(("IR", "IRAD")),
    "ED": frozenset(("FED",)),
    "PS": frozenset(("FPS",)),
    "OABL": frozenset(("OAB",)),
}


class RecordSource(Protocol):
    """The text that records were read from."""

    #: How the text is written.
    form: Form
    #: Whether the fields in `REGULAR_ABOVE` stand in that order.
    is_regular: bool
    #: Whether the records are known to stand in PubMed's layout, each field on lines of its own.
    is_strict: bool

    def lay_out(self, index: int) -> Layout:
        """How the *index*-th record (from 0) stands in the text."""

    def field(self, index: int, tag: str, occurrence: int) -> Field | None:
        """One field that has a value; None where there is none."""

    def lines(self, index: int) -> Sequence[str]:
        """The lines of the *index*-th record."""

    def line_of(self, index: int) -> int:
        """The first line of the *index*-th record, counted from 1 in its file."""

    def column_of(self, index: int) -> int:
        """The column in which the *index*-th record begins on that line."""

    def where(self, index: int, tag: str | None, occurrence: int) -> str | None:
        """An XPath that names the element of a value, or, without a tag, the *index*-th record;
        None where the text is no XML."""


class KnownLayout:
    """The source of one record whose layout is known already."""

    form: Form = TEXT
    is_regular = is_strict = False

    def __init__(self, layout: Layout):
        self._layout = layout

    def lay_out(self, index: int) -> Layout:
        """The layout."""
        return self._layout

    def line_of(self, index: int) -> int:
        """The record's first line."""
        return self._layout.first_line

    def column_of(self, index: int) -> int:
        """The first column."""
        return 1

    def where(self, index: int, tag: str | None, occurrence: int) -> None:
        """Nothing: this is no XML."""

    def field(self, index: int, tag: str, occurrence: int) -> Field | None:
        """The field, by tag and occurrence."""
        fields = self._by_tag.get(tag, [])
        return fields[occurrence - 1] if occurrence <= len(fields) else None

    @cached_property
    def _by_tag(self) -> dict[str, list[Field]]:
        """The fields that have a value."""
        found: dict[str, list[Field]] = {}
        for field in self._layout.fields:
            if field.pieces:
                found.setdefault(field.tag, []).append(field)
        return found

    def lines(self, index: int) -> Sequence[str]:
        """The record's lines."""
        return self._layout.lines


class Record:
    """One record of a text.

    Its values may be worked out when they are first asked for, and its layout is: a clean record,
    whose values are looked at in `Columns`, costs neither.
    """

    __slots__ = (
        "_digest",
        "_fields",
        "_has_lines",
        "_index",
        "_layout",
        "_sequence",
        "_source",
        "dialect",
    )

    def __init__(
        self,
        fields: Fields | Callable[[int], FieldSequence],
        source: RecordSource,
        index: int = 0,
        dialect: Dialect = PUBMED,
    ):
        """*fields* are those of the record, or what reads those of the *index*-th record."""
        self._fields = fields
        self._sequence: FieldSequence | None = None
        self.dialect = dialect
        self._source = source
        self._index = index
        self._layout: Layout | None = None
        self._digest: str | None = None
        self._has_lines: bool | None = None

    @property
    def fields(self) -> Fields:
        """Tag -> its values, in order; empty fields are absent."""
        if not isinstance(self._fields, dict):
            fields: Fields = {}
            for tag, value in self.sequence:
                fields.setdefault(tag, []).append(value)
            self._fields = fields
        return self._fields

    @property
    def layout(self) -> Layout:
        """Lines and fields as they stand in the source."""
        if self._layout is None:
            self._layout = self._source.lay_out(self._index)
        return self._layout

    @property
    def index(self) -> int:
        """Which record of its source it is, from 0; damaged ones that were not read count."""
        return self._index

    @property
    def first_line(self) -> int:
        """The number of the record's first line in its file, from 1."""
        return self._source.line_of(self._index)

    @property
    def form(self) -> Form:
        """How the record is written: `TEXT` or `XML`."""
        return self._source.form

    @property
    def lines(self) -> Sequence[str]:
        """The record's lines."""
        return self._source.lines(self._index)

    @property
    def is_regular(self) -> bool:
        """Whether its reader has seen that fields stand in order (`RecordSource.is_regular`)."""
        return self._source.is_regular

    @property
    def is_strict(self) -> bool:
        """Whether its reader has seen PubMed's layout, each field on lines of its own."""
        return self._source.is_strict

    @property
    def stands_on_own_lines(self) -> bool:
        """Whether the record is text in which each field begins a line of its own."""
        if self._has_lines is None:
            self._has_lines = self.form == TEXT
            if self._has_lines and not self.is_strict:
                lines = [field.line for field in self.layout.fields]
                self._has_lines = len(set(lines)) == len(lines)
        return self._has_lines

    @property
    def pmid(self) -> str | None:
        """The record's PMID, or None."""
        return self.first("PMID") or None

    def with_fields(self, fields: Fields) -> Record:
        """A record with other values in the same layout."""
        return Record(fields, self._source, self._index, self.dialect)

    @property
    def sequence(self) -> FieldSequence:
        """All fields in order as (tag, value); who has which AD is part of a record's meaning."""
        if self._sequence is None:
            if isinstance(self._fields, dict):
                fields = self.layout.fields
                self._sequence = tuple([(f.tag, f.value) for f in fields if f.pieces])
            else:
                self._sequence = self._fields(self._index)
        return self._sequence

    @property
    def digest(self) -> str:
        """A hash of all fields in order, in 32 hexadecimal digits: what tells a record without PMID
        from others."""
        if self._digest is None:
            from hashlib import blake2b

            text = "\n".join([f"{tag} {value}" for tag, value in self.sequence])
            data = text.encode("utf-8", "surrogatepass")
            self._digest = blake2b(data, digest_size=16).hexdigest()
        return self._digest

    def values(self, tag: str) -> Sequence[str]:
        """The unwrapped values of *tag* in order; empty when the record has none."""
        return self.fields.get(tag, ())

    def first(self, tag: str) -> str:
        """The first value of *tag*, or the empty string."""
        values = self.fields.get(tag)
        return values[0] if values else ""

    def field(self, tag: str, occurrence: int = 1) -> Field:
        """The field that holds the *occurrence*-th value of *tag* (from 1).

        Raises LookupError when the record has no such value.
        """
        field = self._source.field(self._index, tag, occurrence)
        if field is None:
            raise LookupError(f"the record has no {tag}[{occurrence}]")
        return field

    def place(
        self, tag: str | None = None, occurrence: int = 1, span: tuple[int, int] | None = None
    ) -> Place:
        """Where a value stands (see `Field.place`); without a tag, the record's first line."""
        if tag is not None:
            return self.field(tag, occurrence).place(span)
        first_line, lines = self.first_line, self._source.lines(self._index)
        column = self._source.column_of(self._index)
        width = max(len(lines[0].rstrip()), 1) if lines else 1
        return Place(first_line, column, first_line, column + width)

    def excerpt(self, place: Place) -> Excerpt:
        """The source lines that *place* covers."""
        lines, first_line = self._source.lines(self._index), self.first_line
        start, end = place.line - first_line, place.end_line - first_line + 1
        column = self._source.column_of(self._index) if start <= 0 else 1
        return Excerpt(place.line, tuple(lines[max(start, 0) : end]), column)

    def where(self, tag: str | None = None, occurrence: int = 1) -> str | None:
        """An XPath that names the element of a value, or, without a tag, the record; None for a
        record that is no XML."""
        return self._source.where(self._index, tag, occurrence)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.sequence == other.sequence

    def __hash__(self) -> int:
        return hash(self.sequence)

    def __repr__(self) -> str:
        return f"<Record {self.pmid or 'without PMID'}, {len(self.fields)} tags>"
