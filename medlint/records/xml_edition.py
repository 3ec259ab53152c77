"""The versions of the records in a text of PubMed XML, and the records that NLM takes back in it.

Source: the DTD pubmed_250101, PMID and DeleteCitation, and NLM's descriptions of both ("MEDLINE
PubMed XML Element Descriptions", 1 PMID and 5 DeleteCitation).
"""

from __future__ import annotations

import re

from medlint.records.xml_frame import without_hidden_tags

#: Ids longer than these are none.
_PMID = re.compile(rb"<PMID\b[^<>]*>\s*(\d{1,10})\s*</PMID")
_DELETED, _DELETED_END = b"<DeleteCitation", b"</DeleteCitation"
_LONGEST_VERSION = 4


def version_of(attribute: str) -> int:
    """The version of a record, from what PMID/@Version says; 1 where that is no number.

    >>> version_of("2"), version_of("1"), version_of("x")
    (2, 1, 1)
    """
    number = attribute.strip()
    is_number = number.isdecimal() and len(number) <= _LONGEST_VERSION
    return max(int(number), 1) if is_number else 1


def deleted_in(data: bytes) -> list[int]:
    """The PMIDs in the lists of deleted records in *data*, but not in its comments.

    >>> deleted_in(b"<DeleteCitation><PMID Version='1'>7</PMID></DeleteCitation>")
    [7]
    """
    if _DELETED not in data:
        return []
    data = without_hidden_tags(data)
    deleted: list[int] = []
    end = 0
    while (start := data.find(_DELETED, end)) >= 0:
        end = data.find(_DELETED_END, start)
        if end < 0:
            break
        deleted += map(int, _PMID.findall(data, start, end))
    return deleted
