"""Dates that agree with each other, and their order."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

from quality.mutations.entry import Entry, Field, NotApplicable
from quality.mutations.kinds import kind

# Dates that have to agree

_TWINS = {
    "EDAT": ("pubmed", "entry-date-agreement"),
    "MHDA": ("medline", "mesh-date-agreement"),
    "CRDT": ("entrez", "create-date-agreement"),
    "PMCR": ("pmc-release", "release-date-agreement"),
}


def _day(value: str) -> date:
    match = re.match(r"(\d{4})/(\d\d)/(\d\d)", value)
    if not match:
        raise NotApplicable
    return date(int(match[1]), int(match[2]), int(match[3]))


def _step(record: Entry, label: str) -> Field:
    return record.one(
        "PHST", lambda v: v.endswith(f"[{label}]") and v[:4].isdigit() and v[9].isdigit()
    )


def _move(field: Field, to: date) -> None:
    field.value = f"{to:%Y/%m/%d}{field.value[10:]}"


def _declare_twins(tag: str, label: str, rule: str) -> None:
    @kind("a day off", rule, f"{tag} PHST", where=tag)
    def _(record: Entry, draw: Random) -> None:
        _step(record, label)
        field = record.one(tag)
        _move(field, _day(field.value) + timedelta(draw.choice([-1, 1])))

    @kind("a day off", rule, f"{tag} PHST", where=f"PHST {label}")
    def _(record: Entry, draw: Random) -> None:
        record.one(tag)
        field = _step(record, label)
        _move(field, _day(field.value) + timedelta(draw.choice([-1, 1])))

    @kind("a year off", rule, f"{tag} PHST", where=tag)
    def _(record: Entry, draw: Random) -> None:
        _step(record, label)
        field = record.one(tag)
        field.value = str(int(field.value[:4]) + draw.choice([-1, 1])) + field.value[4:]


for _tag, (_label, _rule) in _TWINS.items():
    _declare_twins(_tag, _label, _rule)


@kind(
    "DEP a month off",
    "electronic-date-agreement source-agreement ahead-of-print-date",
    "DEP PHST SO DP",
)
def _(record: Entry, draw: Random) -> None:
    field = record.one("DEP")
    day = date(int(field.value[:4]), int(field.value[4:6]), int(field.value[6:]))
    field.value = f"{day + timedelta(30):%Y%m%d}"


# Order


@kind("received after accepted", "history-order", "PHST")
def _(record: Entry, draw: Random) -> None:
    received, accepted = _step(record, "received"), _step(record, "accepted")
    _move(received, _day(accepted.value) + timedelta(draw.randint(20, 300)))


@kind("accepted a year early, before received", "history-order", "PHST")
def _(record: Entry, draw: Random) -> None:
    received, accepted = _step(record, "received"), _step(record, "accepted")
    moved = str(int(accepted.value[:4]) - 1) + accepted.value[4:]
    if _day(moved) >= _day(received.value) - timedelta(3):
        raise NotApplicable
    accepted.value = moved


@kind("accepted after the record was made", "history-order", "PHST CRDT")
def _(record: Entry, draw: Random) -> None:
    accepted, entered = _step(record, "accepted"), _step(record, "entrez")
    _move(accepted, _day(entered.value) + timedelta(draw.randint(20, 300)))


@kind("revised before received", "revised-after-received", "PHST")
def _(record: Entry, draw: Random) -> None:
    received, revised = _step(record, "received"), _step(record, "revised")
    _move(revised, _day(received.value) - timedelta(draw.randint(20, 300)))


@kind("revised long after accepted", "revised-before-accepted", "PHST")
def _(record: Entry, draw: Random) -> None:
    accepted, revised = _step(record, "accepted"), _step(record, "revised")
    if "10.1371/" in record.value("SO"):
        raise NotApplicable
    _move(revised, _day(accepted.value) + timedelta(draw.randint(60, 300)))


@kind("received and accepted exchanged", "history-order", "PHST")
def _(record: Entry, draw: Random) -> None:
    received, accepted = _step(record, "received"), _step(record, "accepted")
    if _day(accepted.value) - _day(received.value) < timedelta(3):
        raise NotApplicable
    received.value, accepted.value = (
        received.value.replace("[received]", "[accepted]"),
        accepted.value.replace("[accepted]", "[received]"),
    )


@kind("received in the future", "history-not-in-future", "PHST")
def _(record: Entry, draw: Random) -> None:
    received = _step(record, "received")
    received.value = draw.choice(["2029", "2092", "2102"]) + received.value[4:]


@kind("received in the year 1900", "history-near-publication", "PHST")
def _(record: Entry, draw: Random) -> None:
    received = _step(record, "received")
    received.value = "1900/01/01" + received.value[10:]


@kind("accepted on two days", "history-label-once", "PHST")
def _(record: Entry, draw: Random) -> None:
    accepted = _step(record, "accepted")
    again = record.add("PHST", accepted.value, accepted)
    _move(again, _day(accepted.value) + timedelta(3))
    accepted.is_spoilt = True


@kind("MHDA and its step in PHST before EDAT", "mesh-date-order", "MHDA EDAT PHST")
def _(record: Entry, draw: Random) -> None:
    day = _day(record.one("EDAT").value) - timedelta(draw.randint(2, 200))
    for field in (record.one("MHDA"), _step(record, "medline")):
        _move(field, day)


@kind("LR in the future", "date-not-in-future")
def _(record: Entry, draw: Random) -> None:
    field = record.one("LR")
    field.value = draw.choice(["2029", "2202"]) + field.value[4:]


@kind("DCOM ten years early", "completed-after-created work-date-order", "DCOM CRDT DA")
def _(record: Entry, draw: Random) -> None:
    record.one("CRDT")
    field = record.one("DCOM")
    field.value = str(int(field.value[:4]) - 10) + field.value[4:]


@kind("LR three years before the record was made", "completed-after-created", "LR CRDT")
def _(record: Entry, draw: Random) -> None:
    field = record.one("LR")
    field.value = str(int(record.one("CRDT").value[:4]) - 3) + "0101"


@kind("PMCR far in the future, and its step", "release-date-near", "PMCR PHST")
def _(record: Entry, draw: Random) -> None:
    for field in (record.one("PMCR"), _step(record, "pmc-release")):
        field.value = "2072" + field.value[4:]


@kind(
    "CRDT and its step of another decade",
    "date-not-in-future create-date-near-pmid entry-date-order",
    "CRDT PHST EDAT PMID",
)
def _(record: Entry, draw: Random) -> None:
    for field in (record.one("CRDT"), _step(record, "entrez")):
        field.value = str(int(field.value[:4]) + 10) + field.value[4:]


@kind("LR a month before DCOM, since 2019", "completed-before-changed", "DCOM LR")
def _(record: Entry, draw: Random) -> None:
    done, changed = record.one("DCOM"), record.one("LR")
    day = date(int(done.value[:4]), int(done.value[4:6]), int(done.value[6:])) - timedelta(40)
    if day.year < 2019 or f"{day:%Y/%m/%d}" < record.value("CRDT"):
        raise NotApplicable
    changed.value = f"{day:%Y%m%d}"


def _declare_lost_step(label: str, rule: str, at: str) -> None:
    @kind("a step of PHST is missing", rule, f"PHST record {at}", where=label)
    def _(record: Entry, draw: Random) -> None:
        for tag in at.split():
            record.one(tag)
        record.drop(record.one("PHST", lambda value: value.endswith(f"[{label}]")))


for _label in ("entrez", "pubmed", "medline"):
    _declare_lost_step(_label, "history-of-entry-complete", "")
_declare_lost_step("pmc-release", "release-date-in-history", "PMCR")


@kind("PMCR is missing, its step in PHST stays", "release-date-in-history", "PHST PMC record")
def _(record: Entry, draw: Random) -> None:
    _step(record, "pmc-release")
    record.drop_all("PMCR")


@kind("DP and SO five years early", "publication-dates-near", "DP EDAT SO")
def _(record: Entry, draw: Random) -> None:
    if record.all("DEP") or record.all("PHST", lambda value: value.endswith("ed]")):
        raise NotApplicable  # they contradict it too
    field = record.one("DP")
    wrong = str(int(field.value[:4]) - 5)
    source = record.one("SO", lambda value: f". {field.value[:4]}" in value)
    source.value = source.value.replace(f". {field.value[:4]}", f". {wrong}", 1)
    field.value = wrong + field.value[4:]
