"""The text of a chunk of PubMed XML, in which the places of its records are found on demand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from medlint.records.batch import Chunk
from medlint.records.record import XML, Field, Form, Layout

if TYPE_CHECKING:
    from medlint.records.xml_places import PlacedRecord

_START = re.compile(rb"<Pubmed(?:Book)?Article[\s/>]")
_BARE_START = re.compile(rb"<MedlineCitation[\s/>]")
_NAME = re.compile(rb"[A-Za-z]+")
_REST_OF_END = re.compile(rb"\s*>")
#: What hides tags -> how it ends.
_HIDING = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_HIDING_START = re.compile(rb"<!--|<!\[CDATA\[")
_SIGNS = re.compile(rb"[<>]")


def without_hidden_tags(data: bytes) -> bytes:
    """*data*, as long as before, without the signs of XML in comments and CDATA that end."""
    parts, position = [], 0
    while start := _HIDING_START.search(data, position):
        mark = _HIDING[start[0]]
        end = data.find(mark, start.end())
        if end < 0:
            break
        end += len(mark)
        parts += [data[position : start.start()], _SIGNS.sub(b" ", data[start.start() : end])]
        position = end
    return b"".join([*parts, data[position:]])


class XmlText:
    """The text of a chunk, in UTF-8 and with LF line ends, and where its records stand.

    Where it *hides_tags*, what stands in comments and in CDATA is not taken for tags. It need not
    where lxml has counted as many records.
    """

    def __init__(self, data: bytes, chunk: Chunk, *, hides_tags: bool = False):
        self.data = data
        self.first_line = chunk.first_line
        self.first_column = chunk.first_column
        #: The text, with no signs of XML where they are none.
        self.tags = data
        if hides_tags:
            self.tags = without_hidden_tags(data)
        starts = [match.start() for match in _START.finditer(self.tags)]
        if not starts:
            starts = [match.start() for match in _BARE_START.finditer(self.tags)]
        #: Where the records begin.
        self.starts = starts
        self._lines: list[int] = []
        self._last_column = (0, chunk.first_column)

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
        return 0

    def line_of(self, index: int) -> int:
        """The line on which the *index*-th record begins."""
        lines = self._lines
        if not lines:
            lines.append(self.first_line + self.data.count(b"\n", 0, self.starts[0]))
        while len(lines) <= index:
            start, end = self.starts[len(lines) - 1 : len(lines) + 1]
            lines.append(lines[-1] + self.data.count(b"\n", start, end))
        return lines[index]

    def column_of(self, offset: int) -> int:
        """The column of an offset. Records are asked for in order, so the way is short from the
        one before, on a line that may hold them all."""
        start, column = self._last_column if offset >= self._last_column[0] else (0, 0)
        column = column or self.first_column
        line_start = self.data.rfind(b"\n", start, offset) + 1
        if line_start:
            start, column = line_start, 1
        column += len(self.data[start:offset].decode("utf-8", "replace"))
        self._last_column = offset, column
        return column


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
        return self._text.column_of(self._text.starts[index])

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
