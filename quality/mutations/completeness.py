"""Fields that are missing, stand twice or stand in the wrong place."""

from __future__ import annotations

from random import Random

from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind

#: The fields that each article has, and the rules that ask for them.
NEEDED = {
    "PMID": "pmid-present",
    "OWN": "owner-present",
    "STAT": "status-present",
    "DP": "publication-date-present",
    "LA": "language-present",
    "PT": "publication-type-present",
    "TA": "journal-abbreviation-present",
    "JT": "journal-title-present",
    "JID": "journal-identifier-present",
    "EDAT": "entry-date-present",
    "MHDA": "mesh-date-present",
    "CRDT": "create-date-present",
    "PST": "publication-status-present",
    "SO": "source-present",
}
_WHY_NOT = {
    "CRDT": "It is asked for by the date in LR, since older records have none; a record without LR "
    "is not asked.",
}
_ONCE = (
    "PMID OWN STAT DCOM LR VI IP DP TI PG AB TT DEP PL TA JT JID PMC "
    "EDAT MHDA CRDT PMCR PST SO COIS"
)
_REPEATED = ("IS", "LID", "LA", "SI", "PT", "RN", "MH", "OT", "AID", "PHST", "SB", "AUID", "CIN")


def _declare_missing(tag: str, rule: str) -> None:
    @kind(
        "a field that each article has is missing",
        rule,
        f"{tag} record LR DA",
        where=tag,
        why_not=_WHY_NOT.get(tag, ""),
    )
    def _(record: Entry, draw: Random) -> None:
        if tag == "CRDT" and record.value("EDAT") < "2009":
            raise NotApplicable  # it was new in December 2008
        record.drop_all(tag)


def _declare_doubled(tag: str) -> None:
    @kind("a field that does not repeat stands twice", "single-fields-once", tag, where=tag)
    def _(record: Entry, draw: Random) -> None:
        record.repeat(record.one(tag))


def _declare_repeated(tag: str) -> None:
    @kind(
        "a field that repeats says the same twice",
        "repeated-fields-differ keywords-differ history-label-once issn-one-per-type orcid-once",
        tag,
        where=tag,
    )
    def _(record: Entry, draw: Random) -> None:
        record.repeat(record.pick(draw, tag))


for _tag, _rule in NEEDED.items():
    _declare_missing(_tag, _rule)
for _tag in _ONCE.split():
    _declare_doubled(_tag)
for _tag in _REPEATED:
    _declare_repeated(_tag)


@kind("the title is missing, TI and TT", "title-present", "record")
def _(record: Entry, draw: Random) -> None:
    record.drop_all("TI", "TT")


@kind("PG, LID and AID are missing", "locator-present source-agreement", "record SO")
def _(record: Entry, draw: Random) -> None:
    record.drop_all("PG", "LID", "AID")


@kind("MH is missing from a MEDLINE record", "mesh-terms-present", "record STAT")
def _(record: Entry, draw: Random) -> None:
    if record.value("STAT") != "MEDLINE":
        raise NotApplicable
    record.drop_all("MH")


@kind("OTO is missing", "keywords-with-owner", "OT")
def _(record: Entry, draw: Random) -> None:
    record.drop_all("OTO")


@kind("OT is missing", "keywords-with-owner", "OTO")
def _(record: Entry, draw: Random) -> None:
    record.drop_all("OT")


@kind("OAB is missing, OABL stays", "other-abstract-language-in-place", "OABL")
def _(record: Entry, draw: Random) -> None:
    record.one("OABL")
    record.drop_all("OAB")


@kind("PMC is missing, PMCR stays", "pmc-identifier-present", "PMCR record")
def _(record: Entry, draw: Random) -> None:
    record.one("PMCR")
    record.drop_all("PMC")


@kind(
    "DEP is missing from a record of an electronic article", "electronic-date-present", "record PST"
)
def _(record: Entry, draw: Random) -> None:
    if record.value("PST") not in ("epublish", "aheadofprint"):
        raise NotApplicable
    record.drop_all("DEP")


@kind("DEP is missing, SO has Epub", "source-agreement", "SO record")
def _(record: Entry, draw: Random) -> None:
    record.one("SO", lambda value: " Epub " in value)
    record.drop_all("DEP")


@kind("another title below the first", "single-fields-once", "TI")
def _(record: Entry, draw: Random) -> None:
    record.add("TI", "Tea and sleep in adults: a trial.", record.one("TI"))


@kind("PMID stands at the end", "pmid-first", "PMID record")
def _(record: Entry, draw: Random) -> None:
    pmid = record.one("PMID")
    record.fields.remove(pmid)
    record.fields.append(pmid)
    pmid.is_spoilt = record.fields[0].is_spoilt = True
