"""Rules on what only XML says, and rules that are for both forms: they say the same of both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support import record as text_record

from medlint.api import check_text
from medlint.data import RULES
from medlint.findings import Finding
from medlint.records.reader import read, whole
from medlint.records.tags import TAGS, XML_TAGS
from medlint.rulebook.load import load_rulebook

PAIRS = Path(__file__).parent / "records" / "pairs"
BOOK = load_rulebook()
DAY = date(2026, 1, 1)
#: What the forms do not share: the publishing model and tags of XML, and the history of books.
UNSHARED = {"PUBM", "PHST", *XML_TAGS}


def article(*, status: str = "MEDLINE", inside: str = "", after: str = "", data: str = "") -> str:
    return (
        f'<PubmedArticleSet>\n<PubmedArticle><MedlineCitation Status="{status}" Owner="NLM">'
        f'<PMID>31000001</PMID>\n<Article PubModel="Print">{inside}</Article>{after}'
        f"</MedlineCitation>{data}</PubmedArticle>\n</PubmedArticleSet>\n"
    )


def findings(text: str, *select: str) -> list[Finding]:
    return list(check_text(text, select=list(select), as_of=DAY))


def test_the_rules_of_the_folder_are_for_xml_alone() -> None:
    names = {file.stem for file in (RULES / "xml").glob("*.yaml")}
    forms = [set(rule.forms) for rule in BOOK.rules if rule.name in names]
    assert forms == [{"xml"}] * len(names)


def test_no_tag_of_xml_is_one_of_text() -> None:
    assert not XML_TAGS.keys() & TAGS.keys()
    assert all(len(tag) <= 4 and tag.startswith("X") for tag in XML_TAGS)


def test_text_with_a_tag_of_xml_has_an_unknown_tag() -> None:
    found = findings(text_record() + "XMH - D1 Tea\n", "tag-known", "xml")
    assert [finding.name for finding in found] == ["tag-known"]


def test_an_identifier_is_found_in_its_attribute() -> None:
    heading = (
        '\n<MeshHeadingList><MeshHeading>\n<DescriptorName MajorTopicYN="N"\n  UI="X1">Tea'
        "</DescriptorName>\n</MeshHeading></MeshHeadingList>"
    )
    (finding,) = findings(article(after=heading), "mesh-descriptor-id-form")
    assert (finding.place.line, finding.place.column) == (6, 7)
    assert finding.where is not None
    assert finding.where.endswith("/MeshHeadingList/MeshHeading/DescriptorName/@UI")


def test_headings_of_before_there_were_identifiers_are_left_alone() -> None:
    heading = (
        "<MeshHeadingList><MeshHeading><DescriptorName>Tea</DescriptorName>"
        "</MeshHeading></MeshHeadingList>"
    )
    assert findings(article(after=heading), "mesh-descriptor-id-form") == []


def test_identifiers_in_lists_within_lists_of_references_are_read() -> None:
    references = (
        "<PubmedData><ReferenceList><ReferenceList><Reference><ArticleIdList>"
        '<ArticleId IdType="pubmed">0</ArticleId></ArticleIdList></Reference></ReferenceList>'
        "</ReferenceList></PubmedData>"
    )
    (finding,) = findings(article(data=references), "cited-pmid-form")
    assert (finding.tag, finding.value) == ("XREF", "0")


def test_a_missing_tag_is_missing_whatever_tag_of_xml_is_like_it() -> None:
    heading = '<SupplMeshList><SupplMeshName UI="C000001">Tea</SupplMeshName></SupplMeshList>'
    (finding,) = findings(article(after=heading), "publication-type-present")
    assert finding.message == "The record has no PT, the type of publication."


def test_a_record_without_pubmed_data_has_one_finding_for_that() -> None:
    location = '<ELocationID EIdType="doi" ValidYN="Y">10.1000/tea</ELocationID>'
    names = [
        finding.name
        for finding in findings(article(inside=location))
        if finding.name.endswith(("-date-present", "-data-present", "-status-present", "-ids"))
    ]
    assert sorted(names) == ["publication-date-present", "pubmed-data-present"]


@pytest.mark.parametrize(
    ("rule", "date_of_publication", "date_of_entry"),
    [
        ("history-near-publication", "2019", "1900"),
        ("publication-dates-near", "2023", "2019"),
        ("volume-or-issue-in-print", "2019", "2019"),
    ],
)
def test_rules_that_want_a_whole_record_run_on_xml(
    rule: str, date_of_publication: str, date_of_entry: str
) -> None:
    journal = (
        "<Journal><JournalIssue><PubDate>"
        f"<Year>{date_of_publication}</Year></PubDate></JournalIssue></Journal>"
    )
    history = "".join(
        f'<PubMedPubDate PubStatus="{status}"><Year>{date_of_entry}</Year><Month>1</Month>'
        "<Day>1</Day></PubMedPubDate>"
        for status in ("received", "pubmed")
    )
    data = (
        f"<PubmedData><History>{history}</History>"
        "<PublicationStatus>ppublish</PublicationStatus></PubmedData>"
    )
    assert [f.name for f in findings(article(inside=journal, data=data), rule)] == [rule]


@pytest.mark.parametrize(
    ("element", "parts", "rule"),
    [
        ("DateCompleted", {"Year": "2020", "Day": "05"}, "processing-date-form"),
        ("DateCompleted", {"Year": "2020", "Month": "13", "Day": "05"}, "processing-date-form"),
        ("DateRevised", {"Year": "2021", "Month": "02", "Day": "29"}, "processing-date-form"),
        ("DateRevised", {"Month": "02", "Day": "2"}, "processing-date-form"),
    ],
)
def test_dates_that_are_none_are_found(element: str, parts: dict[str, str], rule: str) -> None:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items())
    text = article(after=f"<{element}>{inner}</{element}>")
    assert [finding.name for finding in findings(text, rule)] == [rule]


def said(text: bytes) -> dict[str | None, set[tuple[str, str | None, int | None, str]]]:
    """What the rules for both forms say of each record, but for what the forms do not share. What
    is missing is said at SO, the end of a record, which XML lacks."""
    both = [rule.name for rule in BOOK.rules if set(rule.forms) == {"text", "xml"}]
    found: dict[str | None, set[tuple[str, str | None, int | None, str]]] = {}
    for finding in check_text(text, select=both, scope="record", as_of=DAY):
        if finding.tag not in UNSHARED:
            at_end = finding.tag == "SO"
            place = (None, None) if at_end else (finding.tag, finding.occurrence)
            about = (finding.name, *place, finding.message)
            found.setdefault(finding.pmid, set()).add(about)
    return found


@pytest.mark.parametrize("name", sorted(file.stem for file in PAIRS.glob("*.xml")))
def test_text_and_xml_of_a_record_have_the_same_findings(name: str) -> None:
    xml, text = [(PAIRS / f"{name}.{ending}").read_bytes() for ending in ("xml", "nbib")]
    assert said(xml) == said(text)
    assert read(whole(xml)).faults == []
