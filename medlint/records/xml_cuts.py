"""Where a stream of PubMed XML may be cut: behind a record."""

from __future__ import annotations

_ENDS = (b"</PubmedArticle>", b"</PubmedBookArticle>")
_BARE_END = b"</MedlineCitation>"


def place_to_cut_xml(data: bytes) -> int:
    """The offset behind the last record that ends in *data*, but in no comment; 0 for none."""
    ends = (_BARE_END,) if b"<Pubmed" not in data.replace(b"<PubmedArticleSet", b"") else _ENDS
    limit = len(data)
    while True:
        found = max((data.rfind(end, 0, limit), end) for end in ends)
        if found[0] < 0:
            return 0
        comment = data.rfind(b"<!--", 0, found[0])
        if comment <= data.rfind(b"-->", 0, found[0]):
            return found[0] + len(found[1])
        limit = comment


def column_after(data: bytes, cut: int, column: int) -> int:
    """The column of the offset *cut*, where *data* begins in *column*."""
    start = max(data.rfind(b"\n", 0, cut), data.rfind(b"\r", 0, cut)) + 1
    return (1 if start else column) + len(data[start:cut].decode("utf-8", "replace"))
