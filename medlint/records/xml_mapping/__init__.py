"""PubMed XML elements -> the tags and values that PubMed's text export prints of them.

Source: the DTD pubmed_250101 and the elements of older ones (MedlineCitationSet, DateCreated), and
PubMed's own exports of the same records in both forms. Where the generations of the text differ,
the newest is followed, except that an ELocationID keeps its type. The tables below say which
element becomes what; an element that is in none of them has no tag. What the text does not print
and a rule can judge has a tag of `medlint.records.tags.XML_TAGS`.
"""

from __future__ import annotations

from medlint.records.xml_mapping.book import write_book_document
from medlint.records.xml_mapping.citation import write_citation
from medlint.records.xml_mapping.dates import write_history_date, write_history_date_of_book
from medlint.records.xml_mapping.elements import (
    IRREGULAR,
    NOTES,
    VERSION,
    Element,
    Origin,
    Put,
    each,
    inside,
)
from medlint.records.xml_mapping.links import write_identifier, write_references

__all__ = ["IRREGULAR", "NOTES", "VERSION", "Element", "Origin", "Put", "write_fields"]


def write_fields(record: Element, put: Put) -> None:
    """Give *put* the fields of a PubmedArticle, PubmedBookArticle or bare MedlineCitation."""
    (write_citation if record.tag == "MedlineCitation" else _RECORD)(record, put)


_RECORD = inside(
    {
        "MedlineCitation": write_citation,
        "PubmedData": inside(
            {
                "History": each(write_history_date),
                "PublicationStatus": "PST",
                "ArticleIdList": each(write_identifier),
                "ReferenceList": write_references,
            }
        ),
        "BookDocument": write_book_document,
        "PubmedBookData": inside({"History": each(write_history_date_of_book)}),
    }
)
