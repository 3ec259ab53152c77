"""Numbers of substances, in databanks, of grants: RN, SI, GR, OID."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.chance import (
    LETTERS,
    digit_changed,
    digit_lost,
    found,
    misspelt,
    other,
    replaced,
)
from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind

# Substances


_CAS = r"^\d{2,7}-\d\d-\d(?= \()"
_UNII = r"^(?!\d{2,7}-)[A-Z0-9]{10}(?= \()"


def _cas_sum(value: str) -> str:
    """The check digit that the others ask for; a few slips of a digit do not change it."""
    digits = value.partition(" ")[0].replace("-", "")[-2::-1]
    return str(sum(place * int(digit) for place, digit in enumerate(digits, 1)) % 10)


@kind("a digit of a CAS number", "registry-number-check-digit")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "RN", lambda value: re.search(_CAS, value))
    wrong = digit_changed(draw, field.value, *found(_CAS, field.value))
    if _cas_sum(wrong) == wrong[wrong.index(" ") - 1]:
        raise NotApplicable
    field.value = wrong


@kind("a CAS number without its hyphens", "registry-number-form registry-number-check-digit")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "RN", lambda value: re.search(_CAS, value))
    start, end = found(_CAS, field.value)
    field.value = field.value[start:end].replace("-", "") + field.value[end:]


@kind("a character of a UNII", "registry-number-check-digit")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "RN", lambda value: re.search(_UNII, value))
    at = draw.randrange(10)
    pool = "0123456789" + LETTERS
    field.value = field.value[:at] + other(draw, field.value[at], pool) + field.value[at + 1 :]


@kind("a character of a UNII lost", "registry-number-form registry-number-check-digit")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "RN", lambda value: re.search(_UNII, value))
    at = draw.randrange(10)
    field.value = field.value[:at] + field.value[at + 1 :]


@kind("an EC number with a letter", "registry-number-form")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "RN", lambda value: re.search(r"^EC \d\.\d", value))
    field.value = field.value[:3] + "l" + field.value[4:]


@kind("the bracket of a substance not closed", "registry-number-form")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "RN", lambda v: re.search(r"^\S+ \([^()]*\)$", v))
    field.value = field.value[:-1]


# Accessions


@kind("a digit of a trial number lost", "accession-form")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "SI", lambda v: re.search(r"/(NCT|ISRCTN)\d{8}$", v))
    field.value = digit_lost(draw, field.value, field.value.index("/"))


@kind("a trial number without its letters", "accession-form")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "SI", lambda v: re.search(r"/(NCT|ISRCTN)\d{8}$", v))
    field.value = replaced(r"(?<=/)[A-Z]+", "", field.value)


@kind("a databank misspelt", "databank-known")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "SI", lambda value: "/" in value)
    bank, _, accession = field.value.partition("/")
    field.value = f"{misspelt(draw, bank)}/{accession}"


@kind("an accession without its databank", "accession-form databank-known")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "SI", lambda value: value.count("/") == 1)
    field.value = field.value.partition("/")[2]


@kind("a databank without its accession", "accession-present accession-form")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "SI", lambda value: value.count("/") == 1)
    field.value = field.value.partition("/")[0]


# Grants and other identifiers


_COUNTRIES = "United States|United Kingdom|Canada|Switzerland|Sweden|Austria|International"


def _declare_grant(name: str, rules: str, pattern: str, by: str) -> None:
    @kind(f"GR: {name}", rules)
    def _(record: Entry, draw: Random) -> None:
        field = record.pick(draw, "GR", lambda value: re.search(pattern, value))
        field.value = re.sub(pattern, by, field.value, count=1)


_declare_grant("the agency is missing", "grant-parts", rf"(?<=/)[^/]+(?=/({_COUNTRIES})$)", "")
_declare_grant("the number is 'null'", "grant-number-real", r"^[^/]*\d[^/]*/", "null/")
_declare_grant("the number is 'N/A'", "grant-number-real grant-parts", r"^[^/]*\d[^/]*/", "N/A/")


def _declare_other_id(name: str, rules: str, pattern: str, by: str) -> None:
    @kind(f"OID: {name}", rules)
    def _(record: Entry, draw: Random) -> None:
        field = record.pick(draw, "OID", lambda value: re.search(pattern, value))
        field.value = re.sub(pattern, by, field.value, count=1)


_declare_other_id("the blank behind its source is missing", "other-id-form", r"^(\w+): ", r"\1:")
_declare_other_id("its source is missing", "other-id-form", r"^\w+: ", "")
_declare_other_id("another source", "other-id-source-known other-id-form", r"^NLM: ", "NML: ")


@kind("RF: a leading zero", "reference-count-form")
def _(record: Entry, draw: Random) -> None:
    record.one("SO")
    field = record.one("RF")
    field.value = f"0{field.value}"
