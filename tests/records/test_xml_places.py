"""A place points at what it speaks of, also where a value is put together from several parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.findings import Place
from medlint.records.reader import read, whole
from medlint.records.record import Record

TEXT = """<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">31000001</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0028-4793</ISSN></Journal>
<ArticleTitle>Tea  &lt;i&gt;and <i>deep </i> sleep &#38; rest.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/tea</ELocationID>
<Abstract><AbstractText Label="AIM" NlmCategory="OBJECTIVE">To rest.</AbstractText>
<AbstractText Label="METHOD" NlmCategory="METHODS">Sleep.</AbstractText></Abstract>
<AuthorList CompleteYN="N"><Author><LastName>Doe</LastName><ForeName>Jane</ForeName>
<Initials>J</Initials><Identifier Source="ORCID">0000-0002-1825-0097</Identifier>
<AffiliationInfo><Affiliation>Basel.</Affiliation><Identifier Source="ROR">02k7v4d05</Identifier>
</AffiliationInfo></Author></AuthorList>
<DataBankList><DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList>
<AccessionNumber>U12345</AccessionNumber><AccessionNumber>U12346</AccessionNumber>
</AccessionNumberList></DataBank></DataBankList></Article>
<OtherID Source="NLM">PMC1234</OtherID>
<MeshHeadingList><MeshHeading><DescriptorName UI="" MajorTopicYN="N">Tea</DescriptorName>
</MeshHeading></MeshHeadingList></MedlineCitation><PubmedData><History>
<PubMedPubDate PubStatus="received"><Year>2024</Year><Month>2</Month><Day>1</Day></PubMedPubDate>
</History><ArticleIdList><ArticleId IdType="doi">10.1000/tea</ArticleId></ArticleIdList>
</PubmedData></PubmedArticle></PubmedArticleSet>
"""
LINES = TEXT.split("\n")
DATABANK = "/MedlineCitation/Article/DataBankList/DataBank/AccessionNumberList/AccessionNumber"


@pytest.fixture(scope="module")
def record() -> Record:
    return read(whole(TEXT.encode())).records[0]


def shown(place: Place) -> str:
    """What stands in the text at a place on one line."""
    assert place.line == place.end_line
    return LINES[place.line - 1][place.column - 1 : place.end_column - 1]


@pytest.mark.parametrize(
    ("tag", "occurrence", "value", "part", "source"),
    [
        ("IS", 1, "0028-4793 (Print)", "Print", "Print"),
        ("IS", 1, "0028-4793 (Print)", "0028-4793 (Print)", "0028-4793"),
        ("LID", 1, "10.1000/tea [doi]", "doi", "doi"),
        ("LID", 1, "10.1000/tea [doi]", "tea [doi", "tea"),
        ("AUID", 1, "ORCID: 0000-0002-1825-0097", "ORCID", "ORCID"),
        ("AUID", 1, "ORCID: 0000-0002-1825-0097", "0097", "0097"),
        ("XAD", 1, "ROR: 02k7v4d05", "ROR", "ROR"),
        ("SI", 2, "GENBANK/U12346", "GENBANK", "GENBANK"),
        ("SI", 2, "GENBANK/U12346", "U12346", "U12346"),
        ("SI", 2, "GENBANK/U12346", "GENBANK/U12346", "U12346"),
        ("OID", 1, "NLM: PMC1234", "NLM", "NLM"),
        ("XAB", 2, "METHODS: METHOD", ": METHOD", "METHOD"),
        ("XAB", 2, "METHODS: METHOD", "METHODS: METHOD", "METHODS"),
        ("AB", 1, "AIM: To rest. METHOD: Sleep.", "METHOD", "METHOD"),
        ("PHST", 1, "2024/02/01 00:00 [received]", "received", "received"),
        ("AID", 1, "10.1000/tea [doi]", "doi", "doi"),
        ("AID", 1, "10.1000/tea [doi]", "10.1000/tea [doi]", "10.1000/tea"),
    ],
)
def test_a_part_of_a_value_is_found_where_it_stands(
    tag: str, occurrence: int, value: str, part: str, source: str, record: Record
) -> None:
    assert record.values(tag)[occurrence - 1] == value
    start = value.index(part)
    assert shown(record.place(tag, occurrence, (start, start + len(part)))) == source


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("  ", "  "),
        ("<i>", "&lt;i&gt;"),
        ("deep  sleep", "deep </i> sleep"),
        (" & ", " &#38; "),
    ],
)
def test_markup_and_references_are_covered_whole(part: str, source: str, record: Record) -> None:
    value = record.first("TI")
    assert value == "Tea  <i>and deep  sleep & rest."
    start = value.index(part)
    assert shown(record.place("TI", 1, (start, start + len(part)))) == source


def test_what_stands_nowhere_is_placed_at_what_says_it(record: Record) -> None:
    assert record.values("AU") == ["Doe J", "et al."]
    assert shown(record.place("AU", 2)) == "N"
    assert shown(record.place("LID", 1, (11, 13))) == "10.1000/tea"


def test_the_path_is_that_of_the_element_that_holds_the_value(record: Record) -> None:
    paths = {
        ("SI", 2): f"{DATABANK}[2]",
        ("LID", 1): "/MedlineCitation/Article/ELocationID",
        ("XMH", 1): "/MedlineCitation/MeshHeadingList/MeshHeading/DescriptorName/@UI",
        ("XAB", 2): "/MedlineCitation/Article/Abstract/AbstractText[2]/@NlmCategory",
        ("AB", 1): "/MedlineCitation/Article/Abstract",
        ("FAU", 1): "/MedlineCitation/Article/AuthorList/Author",
    }
    for (tag, occurrence), path in paths.items():
        where = record.where(tag, occurrence)
        assert where == f"//PubmedArticle[MedlineCitation/PMID=31000001]{path}"


@given(st.data())
def test_no_place_of_a_part_is_empty(data: st.DataObject) -> None:
    record = read(whole(TEXT.encode())).records[0]
    tag = data.draw(st.sampled_from(sorted(record.fields)))
    occurrence = data.draw(st.integers(1, len(record.values(tag))))
    length = len(record.values(tag)[occurrence - 1])
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start + 1, length))
    place = record.place(tag, occurrence, (start, end))
    assert (place.line, place.column) < (place.end_line, place.end_column)
    assert place.end_column <= len(LINES[place.end_line - 1]) + 1
