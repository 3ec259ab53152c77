"""``known_tags``: every tag is one that MEDLINE has or had."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.documents.near import near_miss
from medlint.records.columns import Columns
from medlint.records.record import XML, Record
from medlint.records.tags import HISTORIC_TAGS, TAGS

_KNOWN = frozenset(TAGS) | HISTORIC_TAGS

#: Tags that every article of PubMed has: if one is missing, an unknown tag is likely to be it.
_USUAL = ("PMID", "OWN", "STAT", "DP", "TI", "LA", "PT", "TA", "JT", "JID", "EDAT", "MHDA",
          "CRDT", "PST", "SO")  # fmt: skip


#: A full name stands directly above its short name.
_SHORT_OF = {"FAU": "AU", "FIR": "IR", "FED": "ED", "FPS": "PS"}
_FULL_OF = {short: full for full, short in _SHORT_OF.items()}


class KnownTags(RecordCheck):
    """The first field of each tag that is unknown is a fault."""

    placeholders = frozenset({"suggestion"})
    tags = ()

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls()

    def suspects(self, columns: Columns) -> Iterable[int]:
        return {index for tag in unknown_tags(columns.tags) for index in columns.rows(tag)}

    def faults(self, record: Record) -> Iterator[Fault]:
        for tag in unknown_tags(record.fields):
            meant = meant_tag(tag, record)
            suggestion = f"; perhaps {meant} ({TAGS[meant].name}) is meant" if meant else ""
            yield Fault(tag, 1, params={"suggestion": suggestion}, is_about_tag=True)


def unknown_tags(tags: Iterable[str]) -> list[str]:
    """Those of *tags* that MEDLINE never had, in order."""
    return [tag for tag in tags if tag not in _KNOWN]


def misspelt_as(meant: Collection[str], record: Record) -> list[tuple[str, int]]:
    """The fields, as (tag, occurrence), that likely stand for one of *meant*: those whose unknown
    tag does, and those that a line was read into which begins with such a tag, but no hyphen."""
    if record.form == XML:
        return []
    misspelt = [
        (unknown, 1)
        for unknown in unknown_tags(record.fields)
        if meant_tag(unknown, record) in meant
    ]
    return misspelt + _swallowed(meant, record)


def _swallowed(meant: Collection[str], record: Record) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    counts: dict[str, int] = {}
    for field in record.layout.fields:
        if not field.pieces:
            continue
        counts[field.tag] = counts.get(field.tag, 0) + 1
        lines = [piece.text for piece in field.pieces[1:] if piece.column == 1]
        if any(line.partition(" ")[0] in meant for line in lines):
            found.append((field.tag, counts[field.tag]))
    return found


def meant_tag(unknown: str, record: Record) -> str | None:
    """The tag that *unknown*, which stands in *record*, most likely stands for.

    A full or short name that lacks its partner just there says it best; then the spelling.
    """
    return _partner(unknown, record) or near_tag(unknown, record.fields)


def _partner(unknown: str, record: Record) -> str | None:
    """The tag that makes a pair of names of *unknown* and the field directly below or above it."""
    tags = ["", *(tag for tag, _ in record.sequence), ""]
    at = tags.index(unknown)
    above, below = tags[at - 1], tags[at + 1]
    full, short = _FULL_OF.get(below), _SHORT_OF.get(above)
    if full and full != above and (full in tags or tags.count(unknown) == tags.count(below)):
        return full
    return None if short == below else short


def near_tag(unknown: str, present: Collection[str]) -> str | None:
    """The tag that is spelt most like *unknown*, in a record with the tags *present*.

    >>> near_tag("PSHT", ["PMID", "PHST"]), near_tag("TX", ["PMID", "TA"])
    ('PHST', 'TI')
    """
    missing = [tag for tag in _USUAL if tag not in present]
    possible = [tag for tag in TAGS if tag not in present or TAGS[tag].repeatable]
    near = near_miss(unknown, [*missing, *possible])
    if near is None:
        alike = [tag for tag in missing if _differ_by_one_letter(tag, unknown)]
        near = alike[0] if len(alike) == 1 else None
    return near


def _differ_by_one_letter(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
