"""The versions of the records in a text of PubMed XML, and the records that NLM takes back in it.

Source: the DTD pubmed_250101, PMID and DeleteCitation, and NLM's descriptions of both ("MEDLINE
PubMed XML Element Descriptions", 1 PMID and 5 DeleteCitation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from medlint.records.batch import Chunk, Edition
from medlint.records.record import Record
from medlint.records.xml_source import XmlText

#: The PMID of a record is the first that it holds; ids longer than these are none.
_PMID = re.compile(rb"<PMID\b[^<>]*>\s*(\d{1,10})\s*</PMID")
_LATER = re.compile(rb"<PMID\b[^<>]*?\bVersion\s*=\s*[\"'](?:[2-9]|[1-9]\d{1,3})[\"']")
_FIRST_PMID = re.compile(rb"<PMID\b[^<>]*")
_VERSION = re.compile(rb"\bVersion\s*=\s*[\"'](\d{1,4})[\"']")
_DELETED = re.compile(rb"<DeleteCitation\b(.*?)</DeleteCitation", re.DOTALL)


def edition(data: bytes, chunk: Chunk, records: Sequence[Record]) -> Edition:
    """What *data*, the text of *chunk* in UTF-8, says of the versions of its *records*."""
    if not (_LATER.search(data) or b"<DeleteCitation" in data):
        return Edition()
    text = XmlText(data, chunk, hides_tags=True)
    later = dict(_later_versions(text))
    versions = [(i, later[r.index]) for i, r in enumerate(records) if r.index in later]
    deleted: list[int] = []
    for some in _DELETED.finditer(text.tags):
        deleted += map(int, _PMID.findall(some[1]))
    return Edition(versions, deleted)


def _later_versions(text: XmlText) -> Iterator[tuple[int, int]]:
    """The indexes of the records in *text* that are no first version, with their version."""
    ends = [*text.starts[1:], len(text.tags)]
    for index, (start, end) in enumerate(zip(text.starts, ends, strict=False)):
        pmid = _FIRST_PMID.search(text.tags, start, end)
        version = _VERSION.search(pmid[0]) if pmid else None
        if version and int(version[1]) > 1:
            yield index, int(version[1])
