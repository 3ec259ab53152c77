"""What a reader is given and what it gives back: chunks of bytes, batches of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from medlint.findings import Excerpt, Place
from medlint.records.columns import Column, Columns
from medlint.records.record import Record
from medlint.records.xml_head import XmlHead


class Chunk(NamedTuple):
    """A stretch of one file, cut between records."""

    data: bytes
    #: The number of the chunk's first line in its file, from 1.
    first_line: int
    #: Whether the chunk is the first and the last one of its file.
    is_first: bool
    is_last: bool
    #: What the head of the file says, if it is PubMed XML; None for text.
    xml: XmlHead | None = None
    #: The column in which the chunk begins; more than 1 where XML has no line breaks.
    first_column: int = 1
    #: Whether the chunk ends in the middle of a record, which was too long to be read whole.
    is_torn: bool = False


class ReadingFault(NamedTuple):
    """Something in the text that is not as the format has it.

    ``kind`` is the name of the rule that speaks of it; ``params`` fill the rule's message.
    """

    kind: str
    place: Place
    excerpt: Excerpt
    params: dict[str, str]
    record: Record | None = None
    tag: str | None = None
    occurrence: int | None = None
    value: str | None = None


class Edition(NamedTuple):
    """What XML says of the versions of its records (``PMID/@Version``, ``DeleteCitation``)."""

    #: The indexes of the records that are a later version than the first, and which.
    versions: Sequence[tuple[int, int]] = ()
    #: The PMIDs that were taken back.
    deleted: Sequence[int] = ()


class Batch(NamedTuple):
    """The records of one chunk, in order, and what was met while reading them."""

    records: list[Record]
    faults: list[ReadingFault]
    edition: Edition = Edition()
    #: The fields of all records, tag by tag, where the reader has sorted them so.
    table: Mapping[str, Column] | None = None

    def columns(self) -> Columns:
        """The records, tag by tag."""
        return Columns(self.records, self.table)
