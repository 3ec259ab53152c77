"""What articles and books have in common, and the journal that an article stands in."""

from __future__ import annotations

from medlint.records.xml_mapping.abstracts import write_abstract
from medlint.records.xml_mapping.dates import write_electronic_date, write_publication_date
from medlint.records.xml_mapping.elements import Element, Put, Writer, each, inside, text_of
from medlint.records.xml_mapping.links import write_databank, write_grant
from medlint.records.xml_mapping.people import write_authors, write_first_affiliation
from medlint.records.xml_mapping.terms import write_publication_type


def write_issn(element: Element, put: Put) -> None:
    """An ISSN and what it is of."""
    if value := text_of(element):
        kind = "Linking" if element.tag == "ISSNLinking" else element.get("IssnType")
        put("IS", f"{value} ({kind})" if kind else value, (element, (element, "IssnType")))


def _pagination(element: Element, put: Put) -> None:
    """MedlinePgn; where it is missing, the first and the last page."""
    pages = {child.tag: child for child in element if text_of(child)}
    whole = pages.get("MedlinePgn")
    if whole is not None:
        put("PG", text_of(whole), whole)
    ends = [pages[name] for name in ("StartPage", "EndPage") if name in pages]
    if ends:
        put("PG" if whole is None else "XPG", "-".join(map(text_of, ends)), tuple(ends))


def _location(element: Element, put: Put) -> None:
    value, kind = text_of(element), element.get("EIdType")
    if value:
        tag = "XLID" if element.get("ValidYN") == "N" else "LID"
        put(tag, f"{value} [{kind}]" if kind else value, (element, (element, "EIdType")))


_JOURNAL = inside(
    {
        "ISSN": write_issn,
        "JournalIssue": inside({"Volume": "VI", "Issue": "IP", "PubDate": write_publication_date}),
        "Title": "JT",
    }
)


#: What articles and books have in common.
WORK: dict[str, Writer | str] = {
    "ArticleTitle": "TI",
    "VernacularTitle": "TT",
    "Pagination": _pagination,
    "ELocationID": _location,
    "Abstract": write_abstract,
    "AuthorList": write_authors,
    "Language": "LA",
    "GrantList": each(write_grant),
}


_ARTICLE_PARTS = inside(
    {
        **WORK,
        "Journal": _JOURNAL,
        "Affiliation": write_first_affiliation,
        "DataBankList": each(write_databank),
        "PublicationTypeList": each(write_publication_type),
        "ArticleDate": write_electronic_date,
    }
)


def write_article(element: Element, put: Put) -> None:
    """The article, and how it was published."""
    if model := element.get("PubModel"):
        put("PUBM", model, (element, "PubModel"))
    _ARTICLE_PARTS(element, put)
