"""What stands below an author: identifiers and affiliations; investigators."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.authors import PLAIN_SHORT
from quality.mutations.chance import LETTERS, other
from quality.mutations.entry import Entry, Field, NotApplicable, needed
from quality.mutations.kinds import kind

# What belongs to whom


@kind("AUID stands above its AU", "author-identifier-in-place author-names-paired", "AUID AU FAU")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AUID")
    at = record.position(field)
    if record.fields[at - 1].tag != "AU":
        raise NotApplicable
    record.fields[at - 1 : at + 1] = [field, record.fields[at - 1]]
    field.is_spoilt = record.fields[at].is_spoilt = True


@kind("AUID stands above the first author", "author-identifier-in-place", "AUID")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AUID")
    field.is_spoilt = True
    record.fields.remove(field)
    record.fields.insert(record.position(record.one("FAU")), field)


@kind("AD stands above the first author", "affiliation-in-place", "AD")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AD")
    field.is_spoilt = True
    record.fields.remove(field)
    record.fields.insert(record.position(record.one("FAU")), field)


@kind("AD stands between FAU and AU", "affiliation-in-place author-names-paired", "AD FAU AU")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AD")
    at = record.position(field)
    if record.fields[at - 1].tag != "AU":
        raise NotApplicable
    record.fields[at - 1 : at + 1] = [field, record.fields[at - 1]]
    field.is_spoilt = record.fields[at].is_spoilt = True


@kind("the first author dropped, the affiliation stays", "affiliation-in-place", "AD record")
def _(record: Entry, draw: Random) -> None:
    full = record.one("FAU")
    at = record.position(full)
    if [field.tag for field in record.fields[at : at + 3]] != ["FAU", "AU", "AD"]:
        raise NotApplicable
    record.drop(*record.fields[at : at + 2])


@kind("an author dropped, the ORCID iD falls to another", "orcid-once-per-author", "AUID AU")
def _(record: Entry, draw: Random) -> None:
    short = needed(
        [
            field
            for field in record.all("AU")[1:]
            if record.after(field).tag == "AUID"
            and record.fields[record.position(field) - 2].tag == "AUID"
        ]
    )[0]
    at = record.position(short)
    record.drop(*record.fields[at - 1 : at + 1])


@kind("an ORCID iD copied to another author", "orcid-once", "AUID")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AUID")
    owner = max(a for a in map(record.position, record.all("AU")) if a < record.position(field))
    others = [
        short
        for short in record.all("AU")
        if record.position(short) != owner and record.after(short).tag != "AUID"
    ]
    record.add("AUID", field.value, draw.choice(needed(others)))


@kind("AD holds only punctuation", "affiliation-has-words", "AD")
def _(record: Entry, draw: Random) -> None:
    record.pick(draw, "AD").value = draw.choice([".", ", .", "1.", "; , ."])


@kind("an IR dropped", "investigator-names-paired", "FIR IR record")
def _(record: Entry, draw: Random) -> None:
    record.drop(record.pick(draw, "IR"))


@kind("IR: another initial", "investigator-short-name", "IR FIR")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "IR", lambda value: re.search(PLAIN_SHORT, value))
    field.value = field.value[:-1] + other(draw, field.value[-1], LETTERS)


@kind("AD: begins with punctuation", "affiliation-begins-with-name", "AD")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AD", lambda value: value[0].isalpha())
    field.value = draw.choice([", ", "; ", ". "]) + field.value


@kind("CN is missing, IR stays", "investigators-with-group", "IR FIR record")
def _(record: Entry, draw: Random) -> None:
    record.one("IR")
    record.drop_all("CN")


@kind("editors of a journal article", "editors-in-books", "FED ED record")
def _(record: Entry, draw: Random) -> None:
    record.one("JT")
    last = [field for field in record.fields if field.tag in ("FAU", "AU", "AUID", "AD")]
    short = record.add("ED", "Miller A", needed(last)[-1])
    record.fields.insert(record.position(short), Field("FED", ["FED - Miller, Anna"], True))


@kind("the source of an author's identifier misspelt", "author-id-source-known orcid-form", "AUID")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "AUID", lambda value: value.startswith("ORCID: "))
    field.value = draw.choice(["ORCDI", "ORICD", "OCRID"]) + field.value[5:]
