"""The text of a chunk of PubMed XML, in which the places of its records are found on demand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from medlint.records.batch import Chunk
from medlint.records.record import XML, Field, Form, Layout
from medlint.records.xml_frame import without_hidden_tags

if TYPE_CHECKING:
    from medlint.records.xml_places import PlacedRecord

_START = re.compile(rb"<Pubmed(?:Book)?Article[\s/>]")
_BARE_START = re.compile(rb"<MedlineCitation[\s/>]")
_END = re.compile(rb"</(?:Pubmed(?:Book)?Article|MedlineCitation)\s*>")
_NAME = re.compile(rb"[A-Za-z]+")
_REST_OF_END = re.compile(rb"\s*>")
#: A start or an end of a record, an empty record, or where another document begins.
_MARK = re.compile(
    rb"<(/?)(PubmedArticle|PubmedBookArticle|MedlineCitation)(?=[\s/>])((?:\s[^<>]*)?/>)?"
    rb"|<\?xml\s|<(?:Pubmed(?:Book)?Article|MedlineCitation)Set[\s>]"
)
_EMPTY = re.compile(rb"<[A-Za-z]+(?:\s[^<>]*)?/>")


def begins_with_comment(data: bytes) -> bool:
    """Whether a comment begins before what looks like the first record."""
    first = _START.search(data) or _BARE_START.search(data)
    return first is not None and data.find(b"<!--", 0, first.start()) >= 0


def holds_end(data: bytes) -> bool:
    """Whether a record ends in *data*."""
    return _END.search(data) is not None


class XmlText:
    """The text of a chunk, in UTF-8 and with LF line ends, and where its records stand.

    Where it is *careful*, what stands in comments and in CDATA is not taken for tags, and records
    of both kinds are found side by side. It need not be where lxml has counted as many records.
    """

    def __init__(self, data: bytes, chunk: Chunk, *, is_careful: bool = False):
        self.data = data
        self.first_line = chunk.first_line
        self.first_column = chunk.first_column
        #: The text, with no signs of XML where they are none.
        self.tags = without_hidden_tags(data) if is_careful else data
        #: Where the records begin.
        self.starts = _outer_starts(self.tags) if is_careful else _starts(data)
        self._lines: list[int] = []
        self._last_position = (0, self.first_line, self.first_column)

    def end_of(self, index: int) -> int:
        """Where the *index*-th record ends; 0 for one that does not."""
        start = self.starts[index]
        limit = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.tags)
        name = _NAME.match(self.tags, start + 1)
        mark = b"</" + name[0] if name else b"</"
        while (found := self.tags.rfind(mark, start, limit)) >= 0:
            if match := _REST_OF_END.match(self.tags, found + len(mark), limit):
                return match.end()
            limit = found
        empty = _EMPTY.match(self.tags, start)
        return empty.end() if empty else 0

    def has_bare_records_beyond(self, end: int) -> bool:
        """Whether a MedlineCitation by itself stands before the first record or behind *end*."""
        return bool(
            _BARE_START.search(self.tags, 0, self.starts[0]) or _BARE_START.search(self.tags, end)
        )

    def line_of(self, index: int) -> int:
        """The line on which the *index*-th record begins."""
        lines = self._lines
        if not lines:
            lines.append(self.first_line + self.data.count(b"\n", 0, self.starts[0]))
        while len(lines) <= index:
            start, end = self.starts[len(lines) - 1 : len(lines) + 1]
            lines.append(lines[-1] + self.data.count(b"\n", start, end))
        return lines[index]

    def position_of(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset. They are asked for nearly in order, so the way is
        short from the one before, on a line that may hold all records."""
        start, line, column = self._last_position
        if offset < start:
            start, line, column = 0, self.first_line, self.first_column
        line_start = self.data.rfind(b"\n", start, offset) + 1
        if line_start:
            line += self.data.count(b"\n", start, offset)
            start, column = line_start, 1
        column += len(self.data[start:offset].decode("utf-8", "replace"))
        self._last_position = offset, line, column
        return line, column


def _starts(data: bytes) -> list[int]:
    return [match.start() for match in _START.finditer(data)] or [
        match.start() for match in _BARE_START.finditer(data)
    ]


def _outer_starts(data: bytes) -> list[int]:
    """Where the records begin that are in no other."""
    starts = []
    inside: bytes | None = None
    for mark in _MARK.finditer(data):
        is_end, name, is_empty = mark.groups()
        if is_end:
            inside = None if name == inside else inside
        elif name is None:
            inside = None
        elif name != b"MedlineCitation" or inside in (None, name):
            starts.append(mark.start())
            inside = None if is_empty else name
    return starts


class XmlSource:
    """The text of records that have been read."""

    form: Form = XML
    is_strict = False

    def __init__(self, text: XmlText, *, is_regular: bool):
        self.is_regular = is_regular
        self._text = text
        #: The record that was looked at last.
        self._open: tuple[int, PlacedRecord] | None = None

    def line_of(self, index: int) -> int:
        """The line on which the *index*-th record (from 0) begins."""
        return self._text.line_of(index)

    def column_of(self, index: int) -> int:
        """The column in which the *index*-th record begins."""
        return self._text.position_of(self._text.starts[index])[1]

    def lay_out(self, index: int) -> Layout:
        """The layout of the *index*-th record."""
        return self._placed(index).layout

    def field(self, index: int, tag: str, occurrence: int) -> Field | None:
        """One field of the *index*-th record."""
        return self._placed(index).field(tag, occurrence)

    def lines(self, index: int) -> Sequence[str]:
        """The lines of the *index*-th record; the first one begins where the record does."""
        return self._placed(index).lines

    def where(self, index: int, tag: str | None, occurrence: int) -> str:
        """An XPath that names the element of a value, or, without a tag, the *index*-th record."""
        return self._placed(index).where(tag, occurrence)

    def _placed(self, index: int) -> PlacedRecord:
        from medlint.records.xml_places import PlacedRecord

        if self._open is None or self._open[0] != index:
            text = self._text.data[self._text.starts[index] : self._text.end_of(index)]
            placed = PlacedRecord(text, self.line_of(index), self.column_of(index))
            self._open = index, placed
        return self._open[1]
