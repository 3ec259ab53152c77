"""The authors of an entry."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.entry import Entry, Field, NotApplicable

#: The rule that holds AU to FAU.
SHORT_NAME = "author-short-name"
#: Names without accents, particles and suffixes, of which each damage shows.
PLAIN_SHORT = r"^[A-Z][a-z]{2,} [A-Z]{1,3}$"
PLAIN_FULL = r"^[A-Z][a-z]{2,}, [A-Z][a-z]{2,}( [A-Z])?$"


def full_and_short(record: Entry, draw: Random, pattern: str = PLAIN_FULL) -> tuple[Field, Field]:
    """A full name and the short one below it."""
    full = record.pick(draw, "FAU", lambda value: re.search(pattern, value))
    short = record.after(full)
    if short.tag != "AU":
        raise NotApplicable
    return full, short


def two_fields(record: Entry, draw: Random, tag: str) -> tuple[Field, Field]:
    """Two fields of *tag*, one next to the other, that differ."""
    fields = record.all(tag)
    if len(fields) < 2:
        raise NotApplicable
    at = draw.randrange(len(fields) - 1)
    if fields[at].value == fields[at + 1].value:
        raise NotApplicable
    return fields[at], fields[at + 1]
