"""Where a stream of PubMed XML may be cut: behind a record."""

from __future__ import annotations

import re

_START = re.compile(rb"<Pubmed(?:Book)?Article[\s/>]")
_END = re.compile(rb"</Pubmed(?:Book)?Article\s*>")
_BARE_END = re.compile(rb"</MedlineCitation\s*>")


def place_to_cut_xml(data: bytes) -> int:
    """The offset behind the last record that ends in *data*, but in no comment; 0 for none."""
    limit = len(data)
    while cut := _last_end(data, limit):
        comment = data.rfind(b"<!--", 0, cut)
        if comment < 0 or data.find(b"-->", comment, cut) >= 0:
            return cut
        limit = comment
    return 0


def _last_end(data: bytes, limit: int) -> int:
    """Where the last record ends, looked for from *limit* back."""
    at = limit
    while (at := data.rfind(b"</Pubmed", 0, at)) >= 0:
        if match := _END.match(data, at, limit):
            return match.end()
    if _START.search(data):
        return 0
    at = data.rfind(b"</MedlineCitation", 0, limit)
    match = _BARE_END.match(data, at, limit) if at >= 0 else None
    return match.end() if match else 0


def column_after(data: bytes, cut: int, column: int) -> int:
    """The column of the offset *cut*, where *data* begins in *column*."""
    start = max(data.rfind(b"\n", 0, cut), data.rfind(b"\r", 0, cut)) + 1
    return (1 if start else column) + len(data[start:cut].decode("utf-8", "replace"))
