"""DOIs: LID, AID and SO say the same one."""

from __future__ import annotations

from random import Random

from quality.mutations.chance import (
    LETTERS,
    found,
    misspelt,
    other,
    replaced,
)
from quality.mutations.entry import Entry, Field, NotApplicable, needed
from quality.mutations.kinds import kind


def _is_doi(value: str) -> bool:
    return value.endswith(" [doi]")


def _doi_twice(record: Entry) -> tuple[Field, Field]:
    return record.one("LID", _is_doi), record.one("AID", _is_doi)


def _in_one_place(draw: Random, value: str) -> str:
    start, end = found(r"10\.\d{4,9}/\S+?(?=\.?( |$))", value)
    at = draw.choice(needed([i for i in range(start + 8, end) if value[i].isalnum()]))
    pool = "0123456789" if value[at].isdigit() else LETTERS.lower()
    return value[:at] + other(draw, value[at].lower(), pool) + value[at + 1 :]


@kind("another character in a DOI", "doi-agreement", "LID AID SO", where="LID")
def _(record: Entry, draw: Random) -> None:
    place, _ = _doi_twice(record)
    place.value = _in_one_place(draw, place.value)


@kind("another character in a DOI", "doi-agreement", "LID AID SO", where="AID")
def _(record: Entry, draw: Random) -> None:
    _, place = _doi_twice(record)
    place.value = _in_one_place(draw, place.value)


@kind("another character in a DOI", "doi-agreement source-agreement", "LID AID SO", where="SO")
def _(record: Entry, draw: Random) -> None:
    record.one("AID", _is_doi)
    source = record.one("SO")
    start, _ = found(r"doi: ", source.value)
    source.value = source.value[:start] + _in_one_place(draw, source.value[start:])


@kind("the DOI of another article in AID", "doi-agreement")
def _(record: Entry, draw: Random) -> None:
    _, place = _doi_twice(record)
    place.value = "10.1093/other/xyz123 [doi]"


@kind("a second DOI in AID", "doi-agreement", "AID LID")
def _(record: Entry, draw: Random) -> None:
    _, place = _doi_twice(record)
    record.add("AID", "10.1093/other/xyz123 [doi]", place)


@kind("the DOI is missing from AID", "doi-in-article-ids", "LID AID record")
def _(record: Entry, draw: Random) -> None:
    _, place = _doi_twice(record)
    record.drop(place)


def _spoilt_doi(name: str, rules: str, spoil: str) -> None:
    """*spoil* is a template: {prefix}, {suffix} and {doi} are the parts of the DOI."""
    for tag in ("LID", "AID"):

        @kind(name, rules, where=tag)
        def _(record: Entry, draw: Random, tag: str = tag) -> None:
            _doi_twice(record)
            place = record.one(tag, _is_doi)
            doi = place.value.removesuffix(" [doi]")
            prefix, _, suffix = doi.partition("/")
            place.value = spoil.format(doi=doi, prefix=prefix, suffix=suffix) + " [doi]"


_spoilt_doi("a DOI as a web address", "doi-without-resolver", "https://doi.org/{doi}")
_spoilt_doi("a DOI at the old resolver", "doi-without-resolver", "http://dx.doi.org/{doi}")
_spoilt_doi("a DOI after 'doi:'", "doi-without-resolver", "doi:{doi}")
_spoilt_doi("a DOI after 'DOI: '", "doi-without-resolver doi-form", "DOI: {doi}")
_spoilt_doi("a DOI with a full stop", "doi-without-final-punctuation", "{doi}.")
_spoilt_doi("a DOI with a comma", "doi-without-final-punctuation", "{doi},")
_spoilt_doi("a DOI with a final bracket", "doi-without-final-punctuation doi-form", "{doi})")
_spoilt_doi("a DOI with a blank inside", "doi-form doi-agreement", "{prefix}/ {suffix}")
_spoilt_doi("a DOI without its prefix", "doi-form", "{suffix}")
_spoilt_doi("a DOI without its suffix", "doi-form", "{prefix}/")
_spoilt_doi("a DOI without its slash", "doi-form doi-agreement", "{prefix}{suffix}")
_spoilt_doi("a DOI with its slash encoded", "doi-form", "{prefix}%2F{suffix}")
_spoilt_doi("a DOI with the first character lost", "doi-form doi-agreement", "0.{prefix}/{suffix}")
_spoilt_doi("a DOI with '.pdf'", "doi-agreement doi-form doi-without-web-parts", "{doi}.pdf")
_spoilt_doi(
    "a DOI with '/abstract'", "doi-agreement doi-form doi-without-web-parts", "{doi}/abstract"
)


@kind("a dash for a hyphen in a DOI", "doi-form")
def _(record: Entry, draw: Random) -> None:
    place, _ = _doi_twice(record)
    if "-" not in place.value:
        raise NotApplicable
    place.value = place.value.replace("-", "\u2013", 1)


@kind("the type of LID misspelt", "location-type-known location-id-form")
def _(record: Entry, draw: Random) -> None:
    place = record.one("LID", _is_doi)
    place.value = place.value.replace("[doi]", draw.choice(["[dio]", "[DOI]", "[doy]", "[do]"]))


@kind("the type of LID not closed", "location-id-form location-type-known")
def _(record: Entry, draw: Random) -> None:
    place = record.one("LID", _is_doi)
    place.value = place.value.replace("[doi]", draw.choice(["[doi", "doi]", "(doi)"]))


@kind("the type of AID misspelt", "identifier-type-known article-id-form")
def _(record: Entry, draw: Random) -> None:
    place = record.pick(draw, "AID")
    start, end = found(r"(?<=\[)\w+(?=\]$)", place.value)
    place.value = f"{place.value[:start]}{misspelt(draw, place.value[start:end])}]"


@kind("the type of AID is missing", "article-id-form")
def _(record: Entry, draw: Random) -> None:
    place = record.pick(draw, "AID")
    place.value = replaced(r" \[\w+\]$", "", place.value)


@kind("the value of AID is missing, its type stays", "article-id-form")
def _(record: Entry, draw: Random) -> None:
    place = record.pick(draw, "AID")
    start, _ = found(r"\[\w+\]$", place.value)
    place.value = place.value[start:]
