"""FAU and AU: the full and the short name of an author, which say the same."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.authors import (
    PLAIN_SHORT,
    SHORT_NAME,
    full_and_short,
    two_fields,
)
from quality.mutations.chance import LETTERS, SMALL, misspelt, other
from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind

_PAIRS = "author-names-paired author-full-names-present"
_NAME = (
    "name-signs name-without-title name-one-comma name-blanks initials-without-full-stops "
    "name-of-one-person person-not-group suffix-in-place name-surname-first"
)


@kind("an AU dropped", _PAIRS, "FAU record")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AU")
    full = record.fields[record.position(field) - 1]
    full.is_spoilt = True
    record.drop(field)


@kind("an FAU dropped", _PAIRS, "AU record")
def _(record: Entry, draw: Random) -> None:
    if len(record.all("FAU")) < 2:
        raise NotApplicable  # old records have AU alone
    record.drop(record.pick(draw, "FAU"))


@kind("all AU dropped", _PAIRS, "FAU record")
def _(record: Entry, draw: Random) -> None:
    record.drop_all("AU")


@kind("all FAU dropped", _PAIRS, "AU record")
def _(record: Entry, draw: Random) -> None:
    if record.value("DP") < "2003":
        raise NotApplicable  # old records have AU alone
    record.drop_all("FAU")


@kind("two AU exchanged", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    first, second = two_fields(record, draw, "AU")
    first.value, second.value = second.value, first.value


@kind("two FAU exchanged", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    first, second = two_fields(record, draw, "FAU")
    first.value, second.value = second.value, first.value


@kind("AU stands above FAU", _PAIRS, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    full, short = full_and_short(record, draw, ",")
    at = record.position(full)
    record.fields[at], record.fields[at + 1] = short, full
    full.is_spoilt = short.is_spoilt = True


@kind("AU: another initial", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AU", lambda value: re.search(PLAIN_SHORT, value))
    field.value = field.value[:-1] + other(draw, field.value[-1], LETTERS)


@kind("AU: an initial too many", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AU", lambda value: re.search(PLAIN_SHORT, value))
    field.value += draw.choice("BCEFGHKMNPRT")


@kind("AU: the only initial is missing", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    _, short = full_and_short(record, draw)
    short.value = short.value.rpartition(" ")[0] or short.value


@kind("AU: another letter in the surname", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AU", lambda value: re.search(PLAIN_SHORT, value))
    field.value = field.value[:2] + other(draw, field.value[2], SMALL) + field.value[3:]


@kind("AU: a full stop and a blank in the initials", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AU", lambda value: re.search(PLAIN_SHORT, value))
    surname, _, initials = field.value.rpartition(" ")
    field.value = surname + " " + " ".join(f"{initial}." for initial in initials)


@kind("AU: the full name", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    full, short = full_and_short(record, draw)
    short.value = full.value


@kind("FAU: a slip in the surname", SHORT_NAME + " name-begins-with-capitals", "AU FAU")
def _(record: Entry, draw: Random) -> None:
    full, _ = full_and_short(record, draw)
    surname, _, given = full.value.partition(", ")
    full.value = f"{misspelt(draw, surname)}, {given}"


@kind("FAU: the comma is missing", f"{SHORT_NAME} {_NAME} name-comma-before-initials", "AU FAU")
def _(record: Entry, draw: Random) -> None:
    full, _ = full_and_short(record, draw)
    full.value = full.value.replace(", ", " ")


@kind("FAU: first name first", SHORT_NAME + " " + _NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    full, _ = full_and_short(record, draw)
    surname, _, given = full.value.partition(", ")
    full.value = f"{given} {surname}"


@kind("FAU: first name and surname exchanged", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    full, _ = full_and_short(record, draw, r"^[A-Z][a-z]{2,}, [A-Z][a-z]{2,}$")
    surname, _, given = full.value.partition(", ")
    if surname == given:
        raise NotApplicable
    full.value = f"{given}, {surname}"


@kind("FAU: no first name", SHORT_NAME, "AU FAU")
def _(record: Entry, draw: Random) -> None:
    full, _ = full_and_short(record, draw)
    full.value = full.value.partition(",")[0]
