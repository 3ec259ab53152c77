"""Status, and what goes with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind


def _needs(record: Entry, tag: str, *values: str) -> None:
    if record.value(tag) not in values:
        raise NotApplicable


_NOT_INDEXED = ("Publisher", "In-Process", "In-Data-Review", "PubMed-not-MEDLINE")


@kind("MH on a record that is not indexed", "mesh-terms-when-indexed", "MH STAT")
def _(record: Entry, draw: Random) -> None:
    _needs(record, "STAT", *_NOT_INDEXED)
    above = record.fields[record.position(record.one("EDAT")) - 1]
    record.add("MH", "*Tea", above)
    record.add("MH", "Humans", above)


@kind("RN on a record that is not indexed", "substances-when-indexed", "RN STAT")
def _(record: Entry, draw: Random) -> None:
    _needs(record, "STAT", *_NOT_INDEXED)
    record.add("RN", "3G6A5W338E (Caffeine)", record.one("JID"))


@kind("DCOM on a record that is not finished", "completion-date-when-complete", "DCOM STAT")
def _(record: Entry, draw: Random) -> None:
    _needs(record, "STAT", "Publisher", "In-Process", "In-Data-Review")
    last = record.one("LR")
    record.add("DCOM", last.value, record.one("STAT"))


_AT_STATUS = "STAT MH RN DCOM PST MHDA record"
_AT_PUBLICATION = "PST STAT SO DEP DP record"


def _declare_status(was: str, becomes: str, rules: str) -> None:
    @kind("another STAT", rules, _AT_STATUS, where=f"{was} to {becomes}")
    def _(record: Entry, draw: Random) -> None:
        _needs(record, "STAT", was)
        record.one("STAT").value = becomes


_declare_status(
    "MEDLINE",
    "Publisher",
    "mesh-terms-when-indexed substances-when-indexed completion-date-when-complete",
)
_declare_status("MEDLINE", "In-Process", "mesh-terms-when-indexed substances-when-indexed")
_declare_status("MEDLINE", "PubMed-not-MEDLINE", "mesh-terms-when-indexed substances-when-indexed")
_declare_status("Publisher", "MEDLINE", "mesh-terms-present aheadofprint-from-publisher")
_declare_status("PubMed-not-MEDLINE", "MEDLINE", "mesh-terms-present")


def _declare_publication(was: str, becomes: str, rules: str) -> None:
    @kind("another PST", rules, _AT_PUBLICATION, where=f"{was} to {becomes}")
    def _(record: Entry, draw: Random) -> None:
        _needs(record, "PST", was)
        if was == "ppublish" and becomes == "epublish" and record.value("DEP"):
            raise NotApplicable
        record.one("PST").value = becomes


_declare_publication(
    "ppublish",
    "aheadofprint",
    "aheadofprint-from-publisher electronic-date-present ahead-of-print-date source-agreement",
)
_declare_publication("ppublish", "epublish", "electronic-date-present source-agreement")
_declare_publication("aheadofprint", "ppublish", "source-agreement")
_declare_publication("epublish", "ppublish", "source-agreement")
_declare_publication(
    "epublish", "aheadofprint", "aheadofprint-from-publisher ahead-of-print-date source-agreement"
)


@kind(
    "MHDA three months after EDAT on an unfinished record",
    "mesh-date-when-unfinished",
    "MHDA EDAT STAT PHST",
)
def _(record: Entry, draw: Random) -> None:
    _needs(record, "STAT", "Publisher", "In-Process", "In-Data-Review")
    entered = record.one("EDAT").value
    day = date(int(entered[:4]), int(entered[5:7]), int(entered[8:10])) + timedelta(90)
    indexed = record.one("MHDA")
    indexed.value = f"{day:%Y/%m/%d}{indexed.value[10:]}"
    for step in record.all("PHST", lambda value: value.endswith("[medline]")):
        step.value = f"{day:%Y/%m/%d}{step.value[10:]}"


@kind("PT English Abstract on a record in English", "english-abstract-language", "PT LA")
def _(record: Entry, draw: Random) -> None:
    if record.values("LA") != ["eng"]:
        raise NotApplicable
    record.add("PT", "English Abstract", record.one("PT"))


# Preprints


def _become_article(record: Entry) -> None:
    record.one("PT", lambda value: value == "Preprint").value = "Journal Article"


def _add_volume(record: Entry) -> None:
    record.add("VI", "12", record.one("OWN"))
    source = record.one("SO", lambda value: ". doi:" in value)
    source.value = source.value.replace(". doi:", ";12. doi:")


def _declare_preprint(name: str, rule: str, at: str, change: Callable[[Entry], object]) -> None:
    @kind(f"a preprint: {name}", rule, at)
    def _(record: Entry, draw: Random) -> None:
        record.one("PT", lambda value: value == "Preprint")
        change(record)


_declare_preprint(
    "PT says Journal Article",
    "preprint-type-on-servers",
    "PT JT TA record",
    _become_article,
)
_declare_preprint(
    "a volume",
    "preprint-without-volume source-agreement",
    "VI SO PT record",
    _add_volume,
)
_declare_preprint(
    "MeSH headings, as MEDLINE has them",
    "preprint-not-indexed mesh-terms-when-indexed",
    "MH STAT PT",
    lambda record: record.add("MH", "*Tea", record.one("JID")),
)
