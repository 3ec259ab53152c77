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
    damage,
    frame_faults,
    no_records,
    too_large,
    unclosed,
    unclosed_root,
)
from medlint.records.xml_mapping import IRREGULAR, NOTES, VERSION, Element, Origin, write_fields
from medlint.records.xml_source import XmlSource, XmlText

_MOST_ORDERS = 10_000
#: So many records are parsed at once: their elements, 50 kB a record, fit into the cache of the
#: processor.
_AT_ONCE = 4


def read_xml(chunk: Chunk) -> Batch:
    """Read the records of *chunk*, whose ``xml`` is given. Never raises, whatever the bytes."""
    data, faults = as_utf_8(chunk)
    text = XmlText(data, chunk)
    if text.starts and b"<!--" in data[: text.starts[0]]:
        text = XmlText(data, chunk, hides_tags=True)
    return _read(text, chunk, faults)


def read_some_xml(chunk: Chunk, lines: Collection[int]) -> list[Record]:
    """The records of *chunk* that begin on *lines*, by their number in the file."""
    from lxml.etree import XMLSyntaxError

    text = XmlText(as_utf_8(chunk)[0], chunk, hides_tags=True)
    records = _Records(text)
    parse = _parser()
    try:
        for index, start in enumerate(text.starts):
            if text.line_of(index) in lines:
                records.add(parse(text.data[start : text.end_of(index)]), index)
    except XMLSyntaxError:
        return [record for record in read_xml(chunk).records if record.first_line in lines]
    return records.found


def _read(text: XmlText, chunk: Chunk, faults: list[ReadingFault]) -> Batch:
    data = text.data
    if not text.starts:
        faults += _faults_without_records(text, chunk)
        return Batch([], faults, Edition(deleted=deleted_in(data)))
    end = text.end_of(len(text.starts) - 1)
    records = _read_together(text, end) if end else None
    if records is None:
        return _read_apart(XmlText(data, chunk, hides_tags=True), chunk, faults)
    faults += _faults_before(text, chunk) + frame_faults(text, end, len(data))
    faults += unclosed_root(text, end, chunk)
    deleted = deleted_in(data[: text.starts[0]]) + deleted_in(data[end:])
    return Batch(records.found, faults, Edition(records.versions, deleted))


def _faults_without_records(text: XmlText, chunk: Chunk) -> list[ReadingFault]:
    if not chunk.is_first:
        return unclosed_root(text, 0, chunk)
    faults = frame_faults(text, 0, len(text.data)) + no_records(text, chunk)
    return faults + unclosed_root(text, 0, chunk)


def _faults_before(text: XmlText, chunk: Chunk) -> list[ReadingFault]:
    """What is wrong before the first record. Where a record was too large and has been cut, its
    rest stands there."""
    start = text.starts[0]
    is_rest = not chunk.is_first and (b"</Pubmed" in text.tags[:start])
    return [] if is_rest else frame_faults(text, 0, start)


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


def _read_together(text: XmlText, end: int) -> _Records | None:
    """The records of a chunk that is as it should be; None for any other."""
    from lxml.etree import XMLSyntaxError

    bounds = [*text.starts, end]
    records = _Records(text)
    parse = _parser()
    for first in range(0, len(text.starts), _AT_ONCE):
        last = min(first + _AT_ONCE, len(text.starts))
        try:
            elements = parse(b"<_>" + text.data[bounds[first] : bounds[last]] + b"</_>")
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

    data, bad_bytes = mended(text)
    if bad_bytes:
        faults += bad_bytes
        text = XmlText(data, chunk, hides_tags=True)
    faults = faults + _faults_before(text, chunk)
    records = _Records(text)
    parse = _parser()
    last = len(text.starts) - 1
    for index, start in enumerate(text.starts):
        end = text.end_of(index)
        if not end:
            is_cut = index == last and not chunk.is_last
            root = chunk.xml.root if chunk.xml else None
            faults.append(too_large(text, index) if is_cut else unclosed(text, index, root))
            continue
        try:
            element = parse(text.data[start:end])
        except XMLSyntaxError as error:
            faults.append(damage(text, index, end, error))
        else:
            records.add(element, index)
        limit = len(text.data) if index == last else text.starts[index + 1]
        faults += frame_faults(text, end, limit)
        if index == last:
            faults += unclosed_root(text, end, chunk)
    edition = Edition(records.versions, deleted_in(text.data))
    return Batch(records.found, sorted(faults, key=lambda fault: fault.place), edition)


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
