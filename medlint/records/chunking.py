"""Streams -> chunks, cut between records."""

from __future__ import annotations

from collections.abc import Iterator

from medlint.records.batch import Chunk
from medlint.records.stream import Readable, UnpackError
from medlint.records.xml_cuts import column_after, place_to_cut_xml
from medlint.records.xml_head import XmlHead, xml_head

_BLOCK = 1 << 20
#: So long a record may be; 15,000 authors with an affiliation each take 2 MB. XML may be twice as
#: long.
LONGEST_RECORD = 8 << 20
#: How many bytes at the ends of a chunk are nearly never all white space.
_MARGIN = 64
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

#: Where text may be cut, the best place first: (what to look for, how much of it stays with
#: the chunk before). An empty line goes with the record below it.
_CUTS = (
    (b"\n\nPMID- ", 1),
    (b"\r\n\r\nPMID- ", 2),
    (b"\r\rPMID- ", 1),
    (b"\n\n", 1),
    (b"\r\n\r\n", 2),
    (b"\nPMID- ", 1),
    (b"\rPMID- ", 1),
)
#: What a record begins with where line breaks are lost.
_COLLAPSED = b" PMID- "
#: Where text is cut that must be cut.
_LAST_CUTS = ((b"\n", 1), (b"\r", 1), (_COLLAPSED, 1), (b" ", 1))


def chunks(stream: Readable, block: int = _BLOCK, bound: int = LONGEST_RECORD) -> Iterator[Chunk]:
    """Read *stream* to its end and yield it in chunks that begin and end between records.

    The stream is read *block* bytes at a time. Text that shows no place to cut is read on, up
    to about *bound* bytes, and then torn at a line end, a blank or anywhere, so that memory stays
    flat; PubMed XML is cut behind a record, and may be twice as large before it must be. UTF-16
    is an exception: it is one chunk, since only its first bytes say what it is. An empty stream
    gives one empty chunk.

    Raises OSError where the stream cannot be read on, after the whole records before that.
    """
    line, column, is_first = 1, 1, True
    data = stream.read(block)
    xml = xml_head(data)
    if data.startswith(_UTF_16) or (xml and xml.encoding.startswith("utf-16")):
        data += stream.read()
    bound = 2 * bound if xml else bound
    while True:
        try:
            more = stream.read(block)
        except OSError as error:
            is_whole = isinstance(error, UnpackError) and error.is_whole
            end = len(data) if is_whole else _place_to_cut(data, xml)
            if end:
                yield Chunk(data[:end], line, is_first, is_whole, xml, column)
            raise
        if not more:
            break
        cut, is_torn = _place_to_cut(data, xml), False
        if not cut and len(data) >= bound:
            cut, is_torn = (len(data), True) if xml else _place_to_tear(data)
        if cut:
            yield Chunk(data[:cut], line, is_first, False, xml, column, is_torn)
            line += _count_lines(data, cut)
            column = column_after(data, cut, column) if xml else 1
            is_first = False
            if xml:
                xml = xml._replace(frame=xml.frame.behind_all(data[:cut]))
            data = data[cut:]
        data += more
    yield Chunk(data, line, is_first, True, xml, column)


def _place_to_cut(data: bytes, xml: XmlHead | None) -> int:
    """The offset at which *data* may be cut so that text stands on both sides; 0 for none."""
    if xml:
        return place_to_cut_xml(data)
    start, end = _text_in(data)
    for mark, kept in _CUTS:
        found = data.rfind(mark, start, end)
        if found >= 0:
            return found + kept
    return 0


def _place_to_tear(data: bytes) -> tuple[int, bool]:
    """The offset at which *data* must be cut, and whether that is in the middle of a record."""
    start, end = _text_in(data)
    for mark, kept in _LAST_CUTS:
        found = data.rfind(mark, start, end)
        if found >= 0:
            return found + kept, mark != _COLLAPSED
    for cut in range(len(data) - 1, max(len(data) - 5, 0), -1):
        if data[cut] & 0xC0 != 0x80:
            return cut, True
    return len(data), True


def _text_in(data: bytes) -> tuple[int, int]:
    """Where *data* is no longer white space, and from where on it is again."""
    head, tail = data[:_MARGIN], data[-_MARGIN:]
    if head.isspace() or tail.isspace():
        head = tail = data
    return len(head) - len(head.lstrip()), len(data) - len(tail) + len(tail.rstrip())


def _count_lines(data: bytes, end: int) -> int:
    """How many lines end before the offset *end*; CR ends lines only where there is no LF."""
    return data.count(b"\n", 0, end) or data.count(b"\r", 0, end)
