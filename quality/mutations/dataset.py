"""Defects that only two records together show."""

from __future__ import annotations

import re
from datetime import datetime
from random import Random

from quality.mutations.entry import Entry, Field, NotApplicable
from quality.mutations.kinds import Excerpt, file_kind, pair_kind

_AUTHORS = ("FAU", "AU", "AUID", "AD", "CN", "FIR", "IR", "IRAD")
_REPEATING = frozenset(
    (
        *("Published Erratum", "Retraction of Publication", "Comment", "Letter", "News"),
        *("Expression of Concern", "Corrected and Republished Article", "Editorial"),
    )
)
_NOT_IN_PREPRINTS = ("VI", "IP", "PG", "IS", "MH", "RN", "DCOM", "LID", "CIN", "EIN")
_PREPRINT = {
    "STAT": "PubMed-not-MEDLINE",
    "TA": "bioRxiv",
    "JT": "bioRxiv : the preprint server for biology",
    "JID": "101680187",
    "PL": "United States",
    "PST": "epublish",
}


def _become_copy(copy: Entry, of: Entry) -> None:
    copy.fields = [Field(field.tag, list(field.lines), is_spoilt=True) for field in of.fields]


def _other_pmid(record: Entry, draw: Random) -> None:
    pmid = record.one("PMID")
    pmid.value = str(int(pmid.value) - draw.randint(100_000, 900_000))


def _without_doi(record: Entry) -> None:
    record.one("PG")
    source = record.one("SO", lambda value: " pii: " not in value)
    record.drop_all("LID", "AID")
    source.value = re.sub(r" doi: \S+\.(?= |$)", "", source.value)


@file_kind("a record twice", "pmid-unique")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, range]:
    text = "\n".join([excerpt.before, excerpt.record, excerpt.after, excerpt.record])
    return text.encode(), range(1, text.count("\n") + 1)


@pair_kind("a record twice, revised", "pmid-unique", "PMID")
def _(record: Entry, other: Entry, draw: Random) -> None:
    _become_copy(other, record)
    last = other.one("LR")
    last.value = str(int(last.value[:4]) + 1) + last.value[4:]
    if last.value[:4] > "2025":
        raise NotApplicable


@pair_kind("a copy with another PMID", "doi-unique work-once", "PMID LID AID TI")
def _(record: Entry, other: Entry, draw: Random) -> None:
    record.one("AID", lambda value: value.endswith("[doi]"))
    _become_copy(other, record)
    _other_pmid(other, draw)


@pair_kind("a copy with another PMID, both without DOI", "work-once", "PMID TI")
def _(record: Entry, other: Entry, draw: Random) -> None:
    if len(record.value("TI")) < 60 or not record.all("FAU"):
        raise NotApplicable
    _without_doi(record)
    _become_copy(other, record)
    _other_pmid(other, draw)


@pair_kind("the DOI of another record", "doi-unique", "LID AID SO")
def _(record: Entry, other: Entry, draw: Random) -> None:
    doi = record.one("AID", lambda value: value.endswith("[doi]")).value
    own = other.one("AID", lambda value: value.endswith("[doi]")).value
    if doi == own:
        raise NotApplicable
    _need_articles(record, other)
    for tag in ("LID", "AID", "SO"):
        for field in other.all(tag):
            field.value = field.value.replace(own[:-6], doi[:-6])


@pair_kind("one abstract under two PMIDs", "abstract-unique", "AB")
def _(record: Entry, other: Entry, draw: Random) -> None:
    abstract = record.one("AB", lambda value: len(value) > 400)
    other.one("AB").value = abstract.value
    abstract.is_spoilt = True


def _need_articles(*records: Entry) -> None:
    """Letters, errata and news bear the titles of other works, and sometimes their DOI."""
    for record in records:
        types = record.values("PT")
        if "Journal Article" not in types or not _REPEATING.isdisjoint(types):
            raise NotApplicable


def _take_work(copy: Entry, of: Entry) -> None:
    """Give *copy* the title and the authors of another record."""
    _need_articles(copy, of)
    if len(of.value("TI")) < 60 or not of.all("FAU"):
        raise NotApplicable
    first = copy.position(copy.one("FAU"))
    copy.fields[first:] = [field for field in copy.fields[first:] if field.tag not in _AUTHORS]
    copy.fields[first:first] = [field.copy() for field in of.fields if field.tag in _AUTHORS]
    copy.one("TI").value = of.one("TI").value
    of.one("TI").is_spoilt = of.one("PMID").is_spoilt = copy.one("PMID").is_spoilt = True


@pair_kind("one work in two journals in one year", "work-in-one-journal", "PMID TI")
def _(record: Entry, other: Entry, draw: Random) -> None:
    is_one_journal = record.one("JID").value == other.one("JID").value
    if is_one_journal or record.value("DP")[:4] != other.value("DP")[:4]:
        raise NotApplicable
    _take_work(other, record)


@pair_kind("a preprint and its article, not linked", "preprint-linked", "PMID TI")
def _(record: Entry, other: Entry, draw: Random) -> None:
    if record.value("DP")[:4] != other.value("DP")[:4]:
        raise NotApplicable
    _take_work(other, record)
    _become_preprint(other)


def _become_preprint(record: Entry) -> None:
    doi = re.search(r"doi: \S+", record.value("SO"))
    day = record.one("DP", lambda value: re.fullmatch(r"\d{4} [A-Z][a-z]{2} \d+", value)).value
    record.one("DEP").value = f"{datetime.strptime(day, '%Y %b %d'):%Y%m%d}"
    if not doi:
        raise NotApplicable
    record.fields[:] = [field for field in record.fields if field.tag not in _NOT_IN_PREPRINTS]
    for tag, value in _PREPRINT.items():
        record.one(tag).value = value
    record.add("PT", "Preprint", record.one("PT", lambda value: value == "Journal Article"))
    record.one("SO").value = f"bioRxiv. {day}. {doi[0]}"


_COUNTERPARTS = {"CON": "CIN", "EFR": "EIN", "ROF": "RIN", "UOF": "UIN", "CIN": "CON", "EIN": "EFR"}
_TYPES = {"CON": "Comment", "EFR": "Published Erratum", "ROF": "Retraction of Publication"}


def _declare_one_way(tag: str, back: str) -> None:
    @pair_kind("a link that is not returned", "links-mutual", f"{tag} {back} PMID", where=tag)
    def _(record: Entry, other: Entry, draw: Random) -> None:
        if other.all(back):
            raise NotApplicable
        source = re.sub(r" (Epub|eCollection) .*$", "", other.value("SO"))
        if not source:
            raise NotApplicable
        record.add(tag, f"{source} PMID: {other.value('PMID')}", record.one("JID"))
        if tag in _TYPES and _TYPES[tag] not in record.values("PT"):
            record.add("PT", _TYPES[tag], record.one("PT"))


for _tag, _back in _COUNTERPARTS.items():
    _declare_one_way(_tag, _back)
