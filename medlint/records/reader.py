"""Chunks -> batches, by the reader that the form of the file asks for."""

from __future__ import annotations

from medlint.records.batch import Batch, Chunk
from medlint.records.tagged import read as read_tagged
from medlint.records.xml_head import xml_head


def read(chunk: Chunk) -> Batch:
    """Read the records of *chunk*. Never raises, whatever the bytes."""
    if chunk.xml is None:
        return read_tagged(chunk)
    from medlint.records.pubmed_xml import read_xml

    return read_xml(chunk)


def whole(data: bytes) -> Chunk:
    """A whole file as one chunk."""
    return Chunk(data, 1, is_first=True, is_last=True, xml=xml_head(data))
