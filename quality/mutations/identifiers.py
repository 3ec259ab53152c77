"""Identifiers: ISSN, PMID, PMC, JID, ORCID iD."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.chance import (
    digit_changed,
    digit_lost,
    digits_exchanged,
    misspelt,
)
from quality.mutations.entry import Entry, Field, NotApplicable, needed
from quality.mutations.kinds import kind

# ISSN


@kind("a digit of an ISSN", "issn-check-digit")
def _(record: Entry, draw: Random) -> None:
    issn = record.pick(draw, "IS")
    issn.value = digit_changed(draw, issn.value, 0, 9)


@kind("two digits of an ISSN exchanged", "issn-check-digit")
def _(record: Entry, draw: Random) -> None:
    issn = record.pick(draw, "IS")
    issn.value = digits_exchanged(draw, issn.value, 0, 9)


@kind("a digit of an ISSN lost", "issn-form")
def _(record: Entry, draw: Random) -> None:
    issn = record.pick(draw, "IS")
    issn.value = digit_lost(draw, issn.value, 0, 9)


@kind("an ISSN without its hyphen", "issn-form")
def _(record: Entry, draw: Random) -> None:
    issn = record.pick(draw, "IS")
    issn.value = issn.value.replace("-", draw.choice(["", " ", "\u2013"]), 1)


@kind("an ISSN with a small x", "issn-form")
def _(record: Entry, draw: Random) -> None:
    issn = record.pick(draw, "IS", lambda value: "X (" in value)
    issn.value = issn.value.replace("X (", "x (")


@kind("an ISSN without its kind", "issn-form")
def _(record: Entry, draw: Random) -> None:
    issn = record.pick(draw, "IS")
    issn.value = issn.value[:9]


@kind("the kind of an ISSN misspelt", "issn-form")
def _(record: Entry, draw: Random) -> None:
    issn = record.pick(draw, "IS")
    issn.value = f"{issn.value[:9]} ({misspelt(draw, issn.value[11:-1])})"


@kind("two different ISSNs of one kind", "issn-one-per-type")
def _(record: Entry, draw: Random) -> None:
    first, *others = needed(record.all("IS"))
    second = needed([field for field in others if field.value[:9] != first.value[:9]])[0]
    second.value = second.value[:9] + first.value[9:]
    first.is_spoilt = True


@kind("the linking ISSN stands first", "issn-linking-last", "IS")
def _(record: Entry, draw: Random) -> None:
    first, *others = needed(record.all("IS"))
    linking = needed([field for field in others if field.value.endswith("(Linking)")])[0]
    record.fields.remove(linking)
    record.fields.insert(record.position(first), linking)
    linking.is_spoilt = first.is_spoilt = True


# PMID, PMC, JID, MID


def _declare_value(tag: str, name: str, rules: str, pattern: str, by: str) -> None:
    @kind(name, rules, where=tag)
    def _(record: Entry, draw: Random) -> None:
        field = record.one(tag)
        if not re.search(pattern, field.value):
            raise NotApplicable
        field.value = re.sub(pattern, by, field.value, count=1)


_declare_value("PMID", "a leading zero", "pmid-form", r"^", "0")
_declare_value("PMID", "'PMID:' before it", "pmid-form", r"^", "PMID:")
_declare_value("PMID", "the letter O for a zero", "pmid-form", r"0", "O")
_declare_value("PMID", "two digits too many", "pmid-form", r"$", "12")
_declare_value("PMID", "a comma in it", "pmid-form", r"(?<=\d)(?=\d{3}$)", ",")
_declare_value("PMID", "spreadsheet decimals", "pmid-form", r"$", ".0")
_declare_value("PMID", "higher than any given yet", "pmid-plausible", r"^\d", "9")
_declare_value("PMID", "its version behind it", "pmid-form", r"$", "v2")
_declare_value("PMC", "its prefix is missing", "pmc-form", r"^PMC", "")
_declare_value("PMC", "its prefix in small letters", "pmc-form", r"^PMC", "pmc")
_declare_value("PMC", "a blank behind its prefix", "pmc-form", r"^PMC", "PMC ")
_declare_value("PMC", "a web address", "pmc-form", r"^", "https://pmc.ncbi.nlm.nih.gov/articles/")
_declare_value("JID", "a letter in it", "journal-id-form", r"(?<=^\d{3})\d", "B")
_declare_value("JID", "only its first three digits", "journal-id-form", r"(?<=^\d{3}).*", "")
_declare_value("JID", "an ISSN instead", "journal-id-form", r"^.*$", "0376-0421")
_declare_value("JID", "the journal's name instead", "journal-id-form", r"^.*$", "J Tea")
_declare_value("MID", "its prefix is missing", "manuscript-id-form", r"^[A-Z]+", "")


_declare_value("PMC", "higher than any given yet", "pmc-plausible", r"^PMC\d+", "PMC99999999")
_declare_value("LID", "'null'", "unknown-identifier-left-out doi-form", r"^\S+(?= \[)", "null")
_declare_value(
    "AID", "'undefined'", "unknown-identifier-left-out doi-form", r"^\S+(?= \[)", "undefined"
)


@kind("PMC is missing, MID stays", "manuscript-in-pmc pmc-identifier-present", "MID PMCR record")
def _(record: Entry, draw: Random) -> None:
    record.one("MID")
    record.drop_all("PMC")


# ORCID iD


def _orcid(record: Entry, draw: Random) -> tuple[Field, int]:
    field = record.pick(draw, "AUID", lambda v: re.search(r"(\d{4}-){3}\d{3}[\dX]$", v))
    return field, len(field.value) - 19


@kind("a digit of an ORCID iD", "orcid-check-digit")
def _(record: Entry, draw: Random) -> None:
    field, start = _orcid(record, draw)
    field.value = digit_changed(draw, field.value, start)


@kind("two digits of an ORCID iD exchanged", "orcid-check-digit")
def _(record: Entry, draw: Random) -> None:
    field, start = _orcid(record, draw)
    field.value = digits_exchanged(draw, field.value, start)


@kind("a digit of an ORCID iD lost", "orcid-form orcid-check-digit")
def _(record: Entry, draw: Random) -> None:
    field, start = _orcid(record, draw)
    field.value = digit_lost(draw, field.value, start)


@kind("an ORCID iD with dashes", "orcid-form")
def _(record: Entry, draw: Random) -> None:
    field, start = _orcid(record, draw)
    field.value = field.value[:start] + field.value[start:].replace("-", "\u2013")


@kind("an ORCID iD without 'ORCID:'", "orcid-form")
def _(record: Entry, draw: Random) -> None:
    field, start = _orcid(record, draw)
    field.value = field.value[start:]


@kind("an e-mail address for an ORCID iD", "orcid-form author-id-form")
def _(record: Entry, draw: Random) -> None:
    field, _ = _orcid(record, draw)
    field.value = "ORCID: anna@example.org"
