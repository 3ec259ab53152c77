"""Links to other records: comments, corrections, retractions."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind

_LINK = "J Tea. 2019 Mar;12(3):11-9. doi: 10.1000/tea.2019.3. PMID: 31000001"


def _link(record: Entry, tag: str, value: str = _LINK) -> None:
    if record.value("STAT") == "" or record.all(tag):
        raise NotApplicable
    record.add(tag, value, record.one("JID"))


def _declare_type(tag: str, kind_of_article: str, of_link: str, has_link: str) -> None:
    @kind("a link without its publication type", of_link, f"{tag} PT", where=tag)
    def _(record: Entry, draw: Random) -> None:
        if kind_of_article in record.values("PT"):
            raise NotApplicable
        _link(record, tag)

    @kind("a publication type without its link", has_link, f"{tag} PT", where=tag)
    def _(record: Entry, draw: Random) -> None:
        if record.all(tag):
            raise NotApplicable
        record.one("SO")  # a book has none, and no links
        record.add("PT", kind_of_article, record.one("PT"))


_declare_type("EFR", "Published Erratum", "erratum-type-of-link", "erratum-has-link")
_declare_type("CON", "Comment", "comment-type-of-link", "comment-has-link")
_declare_type("ROF", "Retraction of Publication", "retraction-type-of-link", "retraction-has-link")
_declare_type(
    "RIN", "Retracted Publication", "retracted-article-type-of-link", "retracted-article-has-link"
)

_declare_type(
    "CRF",
    "Corrected and Republished Article",
    "republication-type-of-link",
    "republication-has-link",
)
_declare_type("ECF", "Expression of Concern", "concern-type-of-link", "concern-has-link")


@kind("a retracted article that is a retraction too", "retraction-types-apart", "PT record")
def _(record: Entry, draw: Random) -> None:
    record.one("SO")
    types = record.one("PT")
    for kind_of_article in ("Retraction of Publication", "Retracted Publication"):
        if kind_of_article in record.values("PT"):
            raise NotApplicable
        record.add("PT", kind_of_article, types)
    _link(record, "ROF")
    _link(record, "RIN")


_LINKS = ("CIN", "CON", "EIN", "EFR", "UIN", "UOF", "RIN", "ROF", "CRI", "CRF", "DDIN", "DRIN")


def _some_link(record: Entry, draw: Random) -> str:
    tags = [tag for tag in _LINKS if record.all(tag, lambda value: " PMID: " in value)]
    if not tags:
        raise NotApplicable
    return draw.choice(tags)


@kind("a link to the record itself", "link-to-other-record", " ".join(_LINKS))
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, _some_link(record, draw), lambda value: " PMID: " in value)
    field.value = re.sub(r"\d+$", record.value("PMID"), field.value)


@kind("one link twice, written differently", "links-differ", " ".join(_LINKS))
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, _some_link(record, draw), lambda value: " PMID: " in value)
    written = re.sub(r"(?<=[;:.])\S+\. (?=.*PMID)", "1. ", field.value, count=1)
    if written == field.value:
        raise NotApplicable
    record.repeat(field)
    field.value = written


def _declare_link(name: str, rules: str, pattern: str, by: str) -> None:
    @kind(f"a link: {name}", rules, " ".join(_LINKS))
    def _(record: Entry, draw: Random) -> None:
        field = record.pick(draw, _some_link(record, draw), lambda value: " PMID: " in value)
        field.value = re.sub(pattern, by, field.value)


_declare_link(
    "its PMID is missing", "link-pmid-form link-has-pmid link-source-form", r" PMID: \d+$", ""
)
_declare_link(
    "the number is missing", "link-pmid-form link-has-pmid link-source-form", r"(?<=PMID:) \d+$", ""
)
_declare_link(
    "a letter in its PMID", "link-pmid-form link-has-pmid link-source-form", r"(?<=PMID: \d)\d", "O"
)
_declare_link(
    "'PMID' misspelt", "link-pmid-form link-has-pmid link-source-form", r"PMID: (?=\d+$)", "PIMD: "
)
_declare_link(
    "only the number", "link-pmid-form link-has-pmid link-source-form", r"^.*PMID: (?=\d+$)", ""
)
_declare_link("'null' for the pages", "link-source-complete", r":[\w-]+(?=\. )", ":null")
