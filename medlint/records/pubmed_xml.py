"""PubMed XML -> records.

The records of a chunk are read by lxml in one go. Only they are: the XML declaration and the
document type stand outside, so nothing that they name is ever fetched and no entity that they
declare is ever expanded. Where lxml finds the chunk wanting, it is read record by record: XML that
is not well formed has no meaning by the letter of the standard (XML 1.0, section 1.2, "fatal
error"), but a record stands by itself, and one that is damaged takes no other with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from medlint.records.batch import Batch, Chunk, Edition, ReadingFault
from medlint.records.dialect import dialect_of
from medlint.records.record import BOOK, Fields, Record
from medlint.records.tags import RANKS
from medlint.records.xml_edition import deleted_in, version_of
from medlint.records.xml_encoding import as_utf_8, mended
from medlint.records.xml_faults import (
    Surroundings,
    damage,
    late_declaration,
    no_records,
    too_large,
    unclosed,
)
from medlint.records.xml_frame import Frame
from medlint.records.xml_mapping import IRREGULAR, NOTES, VERSION, Element, Origin, write_fields
from medlint.records.xml_source import XmlSource, XmlText, begins_with_comment, holds_end

_MOST_ORDERS = 10_000
#: So many records are parsed at once: their elements, 50 kB a record, fit into the cache of the
#: processor.
_AT_ONCE = 4


def read_xml(chunk: Chunk) -> Batch:
    """Read the records of *chunk*, whose ``xml`` is given. Never raises, whatever the bytes."""
    data, faults = as_utf_8(chunk)
    text = XmlText(data, chunk, is_careful=begins_with_comment(data))
    if chunk.is_first:
        faults = faults + late_declaration(text)
    if not text.starts:
        return _read_none(text, chunk, faults)
    end = text.end_of(len(text.starts) - 1)
    around = _before(text, chunk)
    records = None
    if end and not text.has_bare_records_beyond(end):
        records = _read_together(text, end, around.frame)
    if records is None:
        return _read_apart(XmlText(data, chunk, is_careful=True), chunk, faults)
    around.take(end, len(data))
    if chunk.is_last:
        around.end()
    deleted = deleted_in(data[: text.starts[0]]) + deleted_in(data[end:])
    return Batch(records.found, faults + around.faults, Edition(records.versions, deleted))


def read_some_xml(chunk: Chunk, lines: Collection[int]) -> list[Record]:
    """The records of *chunk* that begin on *lines*, by their number in the file."""
    from lxml.etree import XMLSyntaxError

    text = XmlText(as_utf_8(chunk)[0], chunk, is_careful=True)
    records = _Records(text)
    parse = _parser()
    frame = _before(text, chunk).frame if text.starts else Frame()
    try:
        for index, start in enumerate(text.starts):
            if text.line_of(index) in lines:
                record = frame.declared_in(text.data[start : text.end_of(index)])
                records.add(parse(record), index)
    except XMLSyntaxError:
        return [record for record in read_xml(chunk).records if record.first_line in lines]
    return records.found


def _read_none(text: XmlText, chunk: Chunk, faults: list[ReadingFault]) -> Batch:
    """Read a chunk without a record, which may be the rest of one that was too large."""
    around = Surroundings(text, _frame(chunk))
    if chunk.is_first:
        around.take(0, len(text.data))
        faults = faults + no_records(text, chunk)
    else:
        around.take_damaged(0, len(text.data))
    if chunk.is_last:
        around.end()
    return Batch([], faults + around.faults, Edition(deleted=deleted_in(text.data)))


def _before(text: XmlText, chunk: Chunk) -> Surroundings:
    """What stands before the first record. Where a record was too large and has been cut, its
    rest stands there."""
    around = Surroundings(text, _frame(chunk))
    start = text.starts[0]
    if not chunk.is_first and holds_end(text.tags[:start]):
        around.take_damaged(0, start)
    else:
        around.take(0, start)
    return around


def _frame(chunk: Chunk) -> Frame:
    return chunk.xml.frame if chunk.xml else Frame()


class _Records:
    """The records that have been read of a text."""

    def __init__(self, text: XmlText):
        #: The text as the source of records that are not regular, and of those that are.
        self._sources = XmlSource(text, is_regular=False), XmlSource(text, is_regular=True)
        self.found: list[Record] = []
        #: The indexes in *found* of those that are no first version, with their version.
        self.versions: list[tuple[int, int]] = []

    def add(self, element: Element, index: int) -> None:
        """Add the *index*-th record of the text, which is *element*."""
        fields, notes = fields_of(element)
        dialect = BOOK if element.tag == "PubmedBookArticle" else dialect_of(fields)
        version = version_of(notes[VERSION][0]) if VERSION in notes else 1
        if version > 1:
            self.versions.append((len(self.found), version))
        self.found.append(Record(fields, self._sources[IRREGULAR not in notes], index, dialect))


def _read_together(text: XmlText, end: int, frame: Frame) -> _Records | None:
    """The records of a chunk that is as it should be; None for any other. *frame* is what is open
    around them."""
    from lxml.etree import XMLSyntaxError

    bounds = [*text.starts, end]
    records = _Records(text)
    parse = _parser()
    top = frame.declared_in(b"<_>")
    for first in range(0, len(text.starts), _AT_ONCE):
        last = min(first + _AT_ONCE, len(text.starts))
        try:
            elements = parse(top + text.data[bounds[first] : bounds[last]] + b"</_>")
        except XMLSyntaxError:
            return None
        if len(elements) != last - first or any((e.tail or "").strip() for e in elements):
            return None
        for index, element in enumerate(elements, first):
            records.add(element, index)
    return records


def _read_apart(text: XmlText, chunk: Chunk, faults: list[ReadingFault]) -> Batch:
    """Read a chunk record by record, and say of each what is wrong."""
    from lxml.etree import XMLSyntaxError

    if not text.starts:
        return _read_none(text, chunk, faults)
    data, bad_bytes = mended(text)
    if bad_bytes:
        faults = faults + bad_bytes
        text = XmlText(data, chunk, is_careful=True)
    around = _before(text, chunk)
    records = _Records(text)
    parse = _parser()
    last = len(text.starts) - 1
    for index, start in enumerate(text.starts):
        end = text.end_of(index)
        limit = len(text.data) if index == last else text.starts[index + 1]
        if not end:
            is_cut = index == last and not chunk.is_last
            around.faults.append(
                too_large(text, index) if is_cut else unclosed(text, index, around.frame)
            )
            around.take_damaged(start, limit)
            continue
        try:
            element = parse(around.frame.declared_in(text.data[start:end]))
        except XMLSyntaxError as error:
            around.faults.append(damage(text, index, end, error))
        else:
            records.add(element, index)
        around.take(end, limit)
        if index == last and chunk.is_last:
            around.end()
    edition = Edition(records.versions, deleted_in(text.data))
    faults = sorted(faults + around.faults, key=lambda fault: fault.place)
    return Batch(records.found, faults, edition)


@cache
def _parser() -> Callable[[bytes], Any]:
    """lxml's parser, told to fetch and to expand nothing: makes an element of the text of one.

    What it returns raises lxml.etree.XMLSyntaxError.
    """
    from lxml.etree import XMLParser, fromstring

    parser = XMLParser(
        encoding="utf-8",
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        collect_ids=False,
    )
    return lambda text: fromstring(text, parser)


def fields_of(element: Element) -> tuple[Fields, Fields]:
    """The fields of a record in the order of the tags, and the notes on it
    (`medlint.records.xml_mapping.NOTES`)."""
    found: dict[str, list[str]] = defaultdict(list)

    def put(tag: str, value: str, origin: Origin) -> None:
        found[tag].append(value)

    write_fields(element, put)
    notes = {tag: found.pop(tag) for tag in NOTES if tag in found}
    return {tag: found[tag] for tag in _in_order(tuple(found))}, notes


#: The tags of a record as they were found -> in the order of the text.
_orders: dict[tuple[str, ...], list[str]] = {}


def _in_order(tags: tuple[str, ...]) -> list[str]:
    order = _orders.get(tags)
    if order is None:
        if len(_orders) > _MOST_ORDERS:
            _orders.clear()
        order = _orders[tags] = sorted(tags, key=RANKS.__getitem__)
    return order
