"""Which program wrote a record: PubMed, PubMed for a book, PMC, ERIC, or another one."""

from __future__ import annotations

from collections.abc import Mapping

from medlint.records.columns import Column
from medlint.records.record import BOOK, ERIC, OTHER, PMC, PUBMED, Dialect, Fields
from medlint.records.tags import FOREIGN_TAGS


def dialect_of(fields: Fields) -> Dialect:
    """Return the dialect of a record.

    *fields* maps tags to values in the order in which the tags first stand. A record is an
    article of PubMed unless it positively shows something else: a missing STAT or OWN never
    turns rules off.

    >>> dialect_of({"PMID": ["1"]}), dialect_of({"OWN": ["ERIC"], "TI": ["A"]})
    ('pubmed', 'eric')
    """
    if fields.get("OWN") == ["ERIC"]:
        return ERIC
    if "BTI" in fields or any(v.endswith("[bookaccession]") for v in fields.get("AID", ())):
        return BOOK
    if next(iter(fields), None) == "PMC":
        return PMC
    if "PMID" not in fields and "STAT" not in fields and not FOREIGN_TAGS.isdisjoint(fields):
        return OTHER
    return PUBMED


def perhaps_foreign(table: Mapping[str, Column]) -> set[int]:
    """The rows of *table* that may be no articles of PubMed, of records that begin with a PMID:
    those that `dialect_of` is to be asked about.

    >>> aids = ["10.1/x [doi]", "NBK1 [bookaccession]"]
    >>> perhaps_foreign({"PMID": Column(["1", "2"], [0, 1]), "AID": Column(aids, [0, 1])})
    {1}
    """
    rows = set(table["BTI"].rows) if "BTI" in table else set()
    for tag, ending in (("OWN", "ERIC"), ("AID", "[bookaccession]")):
        if tag in table and ending in "\n".join(table[tag].values):
            rows.update(row for value, row in zip(*table[tag], strict=True) if ending in value)
    return rows
