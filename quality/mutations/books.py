"""Records of books and chapters."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.entry import Entry
from quality.mutations.kinds import kind

_NEEDED = {
    "BTI": "book-title-present",
    "PB": "book-publisher-present",
    "AID": "book-identifier-present",
    "PMID": "pmid-present",
    "STAT": "status-present",
    "DP": "publication-date-present",
    "LA": "language-present",
    "PT": "publication-type-present",
    "EDAT": "entry-date-present",
}


def _book(record: Entry) -> None:
    record.one("BTI")


def _declare_missing(tag: str, rule: str) -> None:
    @kind("a field that each book has is missing", rule, f"{tag} record", where=tag)
    def _(record: Entry, draw: Random) -> None:
        _book(record)
        record.drop_all(tag)


for _tag, _rule in _NEEDED.items():
    _declare_missing(_tag, _rule)


@kind("CTDT: month 13", "book-date-form")
def _(record: Entry, draw: Random) -> None:
    _book(record)
    field = record.one("CTDT")
    field.value = re.sub(r"^(\d{4}).\d", r"\g<1>13", field.value.replace("/", ""))
