"""BookDocument: a book, or a chapter of one."""

from __future__ import annotations

from medlint.records.xml_mapping.dates import date, write_publication_date
from medlint.records.xml_mapping.elements import Element, Put, each, inside, write_text
from medlint.records.xml_mapping.links import write_identifier, write_pmid
from medlint.records.xml_mapping.people import write_authors, write_investigator
from medlint.records.xml_mapping.terms import write_keywords, write_publication_type
from medlint.records.xml_mapping.work import WORK


def _write_chapter(element: Element, put: Put) -> None:
    if element.get("Type") == "chapter":
        write_text("CP", element, put)


_BOOK = inside(
    {
        **WORK,
        "AuthorList": write_authors,
        "Publisher": inside({"PublisherName": "PB", "PublisherLocation": "PL"}),
        "BookTitle": "BTI",
        "PubDate": write_publication_date,
        "Volume": "VI",
        "VolumeTitle": "VTI",
        "Edition": "EN",
        "CollectionTitle": "CTI",
        "Isbn": "ISBN",
    }
)


_BOOK_DOCUMENT_PARTS = inside(
    {
        **WORK,
        "PMID": write_pmid,
        "ArticleIdList": each(write_identifier),
        "Book": _BOOK,
        "LocationLabel": _write_chapter,
        "PublicationType": write_publication_type,
        "InvestigatorList": each(write_investigator),
        "KeywordList": write_keywords,
        "ContributionDate": date("CTDT"),
        "DateRevised": date("DRDT"),
    }
)


def write_book_document(element: Element, put: Put) -> None:
    """A book or a chapter; the text gives each the status ``Publisher``, which XML does not say."""
    put("STAT", "Publisher", element)
    _BOOK_DOCUMENT_PARTS(element, put)
