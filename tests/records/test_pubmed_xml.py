"""PubMed XML is read whatever its shape, its encoding and its damage."""

from __future__ import annotations

import io
import socket
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.records.batch import Batch
from medlint.records.chunking import chunks
from medlint.records.pubmed_xml import read_some_xml
from medlint.records.reader import read, whole


def article(pmid: int = 31000001, title: str = "Tea.", rest: str = "") -> str:
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}'
        f"</PMID><Article><ArticleTitle>{title}</ArticleTitle></Article>{rest}</MedlineCitation>"
        "</PubmedArticle>\n"
    )


#: Titles that break records, or seem to.
ODD_TITLES = [
    "Tea.",
    "CO<sub>2</sub>",
    "</ArticleTitle>",
    "a & b",
    "<![CDATA[</PubmedArticle><PubmedArticle>]]>",
    "<!-- <PubmedArticle> -->",
    "<!--",
    "\udce9",
    "</PubmedArticle>\n<PubmedArticle><MedlineCitation><PMID>9</PMID></MedlineCitation>",
]


def document(*records: str, head: str = '<?xml version="1.0"?>\n') -> str:
    return f"{head}<PubmedArticleSet>\n{''.join(records)}</PubmedArticleSet>\n"


def read_text(text: str | bytes) -> Batch:
    return read(whole(text if isinstance(text, bytes) else text.encode()))


def pmids(batch: Batch) -> list[str | None]:
    return [record.pmid for record in batch.records]


def kinds(batch: Batch) -> list[str]:
    return [fault.kind for fault in batch.faults]


def streamed(data: bytes, block: int, bound: int = 1 << 20) -> Batch:
    batches = [read(chunk) for chunk in chunks(io.BytesIO(data), block, bound)]
    return Batch(
        [record for batch in batches for record in batch.records],
        [fault for batch in batches for fault in batch.faults],
    )


TWO = [article(31000001), article(31000002)]

SHAPES = {
    "a set": document(*TWO),
    "no declaration": document(*TWO, head=""),
    "a document type": document(*TWO, head='<!DOCTYPE PubmedArticleSet SYSTEM "pubmed.dtd">\n'),
    "records by themselves": "".join(TWO),
    "two documents in one file": document(TWO[0]) + document(TWO[1]),
    "another root": document(*TWO).replace("PubmedArticleSet", "records"),
    "comments": document(
        f"<!-- {article(9)} -->", TWO[0], "<!-- <x> --><?pi x?>", TWO[1], f"<!--{article(8)}-->"
    ),
    "a list of deleted records": document(
        *TWO, "<DeleteCitation>\n<PMID Version='1'>7</PMID>\n</DeleteCitation>\n"
    ),
    "citations alone": document(
        *[text.replace("<PubmedArticle>", "").replace("</PubmedArticle>", "") for text in TWO]
    ).replace("PubmedArticleSet", "MedlineCitationSet"),
    "CRLF": document(*TWO).replace("\n", "\r\n"),
    "one line": document(*TWO).replace("\n", ""),
    "tags in CDATA": document(
        article(31000001, "<![CDATA[</PubmedArticle><PubmedArticle>]]>"), TWO[1]
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_shape_is_read(shape: str) -> None:
    batch = read_text(shape)
    assert pmids(batch) == ["31000001", "31000002"]
    assert kinds(batch) == []


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("block", [150, 300, 1000])
def test_it_does_not_matter_where_the_stream_is_cut(shape: str, block: int) -> None:
    at_once, cut = read_text(shape), streamed(shape.encode(), block)
    assert [r.sequence for r in cut.records] == [r.sequence for r in at_once.records]
    assert [r.place("TI") for r in cut.records] == [r.place("TI") for r in at_once.records]
    assert kinds(cut) == kinds(at_once)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_is_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    head = f'<?xml version="1.0" encoding="{declared}"?>\n'
    batch = read_text(document(article(title="Café."), head=head).encode(encoding))
    assert batch.records[0].values("TI") == ["Café."]
    assert kinds(batch) == []


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("UTF-8", "utf-16"), ("UTF-16", "utf-8"), ("ISO-8859-1", "utf-8"), ("no-such", "utf-8")],
)
def test_a_wrong_declaration_is_one_fault_and_the_text_is_read(
    declared: str, encoding: str
) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n'
    batch = read_text(document(article(title="Café."), head=head).encode(encoding))
    assert batch.records[0].values("TI") == ["Café."]
    assert kinds(batch) == ["xml-encoding-declared"]
    assert batch.faults[0].params["declared"] == declared


def test_bytes_that_are_not_the_utf_8_that_is_declared() -> None:
    batch = read_text(document(article(1), article(2, "Café."), article(3)).encode("latin-1"))
    assert pmids(batch) == ["1", "2", "3"]
    assert batch.records[1].values("TI") == ["Café."]
    assert kinds(batch) == ["valid-utf-8"]
    assert batch.faults[0].place.line == 4


DAMAGES = {
    "an ampersand": (article(2, "Tea & sleep"), "a '&' that begins no entity; write '&amp;'"),
    "a less-than sign": (article(2, "p < 5"), "a '<' that begins no tag; write '&lt;'"),
    "a wrong end": (
        article(2).replace("</Article>", "</Artikel>"),
        "<Article> is closed by </Artikel>",
    ),
    "an unknown entity": (article(2, "a&nbsp;b"), "the entity '&nbsp;' is not declared"),
    "a control character": (article(2, "a\x08b"), "character number 8, which XML does not allow"),
    "a reference to no character": (
        article(2, "a&#1;b"),
        "a reference to character number 1, which XML does not allow",
    ),
    "an attribute twice": (
        article(2).replace("Version=", 'Version="1" Version='),
        "the attribute Version stands twice in one tag",
    ),
    "an attribute without quotes": (
        article(2).replace('"1"', "1"),
        "the value of an attribute stands in no quotes",
    ),
    "CDATA without end": (article(2, "<![CDATA[ Tea"), "<![CDATA[ is not closed by ]]>"),
    "no end": (article(2).replace("</PubmedArticle>", ""), "<PubmedArticle> is not closed"),
}  # fmt: skip


@pytest.mark.parametrize(("damaged", "reason"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_record_is_one_fault_and_costs_no_other(damaged: str, reason: str) -> None:
    batch = read_text(document(article(1), damaged, article(3), article(4)))
    assert pmids(batch) == ["1", "3", "4"]
    assert kinds(batch) == ["xml-well-formed"]
    fault = batch.faults[0]
    assert fault.params["reason"] == reason
    assert fault.place.line == 4
    assert fault.excerpt.lines[0] in damaged


def test_a_file_that_ends_in_a_record() -> None:
    batch = read_text(document(*TWO)[:-80])
    assert pmids(batch) == ["31000001"]
    assert [fault.params["reason"] for fault in batch.faults] == ["the file ends inside a record"]


def test_a_file_that_ends_between_records() -> None:
    batch = read_text(document(*TWO).removesuffix("</PubmedArticleSet>\n"))
    assert pmids(batch) == ["31000001", "31000002"]
    assert batch.faults[0].params["reason"] == "the file ends without </PubmedArticleSet>"


def test_text_between_records_is_a_fault() -> None:
    batch = read_text(document(TWO[0], "notes\n", TWO[1]))
    assert pmids(batch) == ["31000001", "31000002"]
    assert kinds(batch) == ["no-text-outside-records"]
    assert batch.faults[0].place.line == 4


@pytest.mark.parametrize("before", ["\n", " ", "<!-- from efetch -->\n"])
def test_what_stands_before_the_declaration_is_a_fault(before: str) -> None:
    batch = read_text(before + document(*TWO))
    assert pmids(batch) == ["31000001", "31000002"]
    assert kinds(batch) == ["xml-well-formed"]
    assert batch.faults[0].params["reason"].endswith("does not stand at the very beginning")


@pytest.mark.parametrize(("title", "faults"), [("Tea.", []), ("Thé.", ["xml-encoding-declared"])])
def test_ascii_that_is_declared_is_ascii(title: str, faults: list[str]) -> None:
    head = '<?xml version="1.0" encoding="US-ASCII"?>\n'
    batch = read_text(document(article(1, title), head=head))
    assert batch.records[0].first("TI") == title
    assert kinds(batch) == faults


def test_a_set_without_records() -> None:
    assert kinds(read_text(document())) == ["file-has-records"]


def test_an_entity_bomb_is_refused() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    head = f'<!DOCTYPE PubmedArticleSet [<!ENTITY a0 "ha">{bomb}]>\n'
    batch = read_text(document(article(1, "&a29;"), article(2), head=head))
    assert pmids(batch) == ["2"]
    assert kinds(batch) == ["xml-without-entities", "xml-well-formed"]


def test_nothing_is_fetched(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        met: list[bool] = []

        def listen() -> None:
            try:
                server.accept()
                met.append(True)
            except TimeoutError:
                pass

        listener = threading.Thread(target=listen)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        secret = tmp_path / "secret.txt"
        secret.write_text("secret")
        head = (
            f'<!DOCTYPE PubmedArticleSet SYSTEM "{address}" [<!ENTITY % p SYSTEM "{address}"> %p;'
            f'<!ENTITY f SYSTEM "{secret.as_uri()}">]>\n'
        )
        include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}"/>'
        texts = [
            document(article(1, "&f;"), article(2), head=head),
            document(article(2, include), head=head),
            document(article(3).replace("<PubmedArticle>", f'<!DOCTYPE x SYSTEM "{address}">')),
        ]
        batches = [read_text(text) for text in texts]
        listener.join()
    assert met == []
    assert "secret" not in str([record.fields for batch in batches for record in batch.records])


def test_a_record_with_100_000_authors_is_read() -> None:
    authors = "<Author><LastName>Li</LastName><Initials>L</Initials></Author>" * 100_000
    text = document(
        article(1).replace("</Article>", f"<AuthorList>{authors}</AuthorList></Article>")
    )
    batch = streamed(text.encode(), 1 << 20, 32 << 20)
    assert len(batch.records[0].values("AU")) == 100_000
    assert kinds(batch) == []


def test_a_record_beyond_the_bound_is_one_fault_and_reading_goes_on() -> None:
    text = document(article(1), article(2, "x" * 50_000), article(3)).encode()
    batch = streamed(text, 1000, 10_000)
    assert pmids(batch) == ["1", "3"]
    assert kinds(batch) == ["xml-well-formed"]
    assert "has not ended" in batch.faults[0].params["reason"]


def test_a_value_is_placed_where_its_text_stands() -> None:
    text = document(
        article(1, 'Of <i>é</i> &amp;\n  "tea".', '<MeshHeadingList>\n<MeshHeading><DescriptorName '
        'MajorTopicYN="Y">Tea</DescriptorName><QualifierName>growth</QualifierName></MeshHeading>'
        "</MeshHeadingList>")
    )  # fmt: skip
    record = read_text(text).records[0]
    lines = text.split("\n")
    value = record.first("TI")
    assert value == 'Of é & "tea".'
    for word in ("Of", "é", '"tea".'):
        start = value.index(word)
        place = record.place("TI", 1, (start, start + len(word)))
        assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == word
    place = record.place("MH", 1, (5, 11))
    assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == "growth"
    place = record.place("STAT")
    assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == "MEDLINE"
    assert record.excerpt(place).lines == (lines[2],)


def test_what_is_not_in_the_source_does_no_harm_to_the_place_of_the_rest() -> None:
    grants = "<GrantList><Grant><GrantID>7/8</GrantID><Agency>Tea</Agency><Country/></Grant>"
    people = "<AuthorList><Author><LastName>Leaf</LastName><Identifier>0000-0002-1825-0097"
    text = document(
        article(1, rest=f"<Article>{people}</Identifier></Author></AuthorList>{grants}</GrantList>"
                "</Article>")
    )  # fmt: skip
    record = read_text(text).records[0]
    assert record.values("GR") == ["7/8/Tea/"]
    assert record.values("AUID") == ["0000-0002-1825-0097"]
    line = text.split("\n")[2]
    for tag, word in (("GR", "7/8"), ("AUID", "0000-0002-1825-0097")):
        place = record.place(tag, 1)
        assert line[place.column - 1 :].startswith(word)


def test_the_path_of_a_value_finds_its_element() -> None:
    from lxml import etree

    people = "".join(f"<Author><LastName>A{n}</LastName></Author>" for n in range(3))
    text = document(
        article(1), article(2, rest=f"<X/><Article><AuthorList>{people}</AuthorList></Article>")
    )
    record = read_text(text).records[1]
    tree = etree.fromstring(text.encode())
    assert [e.text for e in tree.xpath(record.where("AU", 2))] == ["A1"]
    assert [e.text for e in tree.xpath(record.where("TI", 1))] == ["Tea."]
    assert tree.xpath(record.where("STAT")) == ["MEDLINE"]
    assert [e.tag for e in tree.xpath(record.where())] == ["PubmedArticle"]


def test_records_on_one_line_are_told_apart() -> None:
    text = document(*TWO).replace("\n", "")
    first, second = read_text(text).records
    assert first.first_line == second.first_line == 1
    place = second.place("PMID")
    assert text[place.column - 1 : place.end_column - 1] == "31000002"
    excerpt = second.excerpt(place)
    assert excerpt.lines[0].startswith("<PubmedArticle>")
    assert text[excerpt.first_column - 1 :].startswith(excerpt.lines[0])


def test_what_is_no_page_has_no_place_among_the_pages() -> None:
    text = document(article(rest="<Article><Pagination><MedlinePgn>1-9</MedlinePgn><X>x</X>"
                            "</Pagination></Article>"))  # fmt: skip
    record = read_text(text).records[0]
    assert record.values("PG") == ["1-9"]
    assert "XPG" not in record.fields
    assert record.place("PG").column < record.place("PG").end_column


def test_a_heading_is_its_descriptor_and_its_qualifiers() -> None:
    heading = (
        '<MeshHeading><DescriptorName UI="D013662">Tea</DescriptorName><X>x</X>'
        '<QualifierName MajorTopicYN="Y">economics</QualifierName></MeshHeading>'
    )
    empty = "<MeshHeading/><MeshHeading><DescriptorName/></MeshHeading>"
    text = document(article(rest=f"<MeshHeadingList>{heading}{empty}{heading}</MeshHeadingList>"))
    record = read_text(text).records[0]
    assert record.values("MH") == ["Tea/*economics"] * 2
    assert record.values("XMH") == ["D013662 Tea"] * 2
    assert len({record.where("MH", n) for n in (1, 2)}) == 2


def test_the_first_pmid_says_which_version_a_record_is() -> None:
    later = article(2).replace('Version="1"', 'Version="3"')
    twice = article(4).replace("<PMID", '<PMID Version="1">3</PMID><PMID').replace(
        'Version="1">4', 'Version="2">4'
    )  # fmt: skip
    odd = article(5).replace('Version="1"', 'Version="x"')
    batch = read_text(document(article(1), later, twice, odd))
    assert batch.edition.versions == [(1, 3)]


def test_other_xml_is_no_pubmed() -> None:
    for text in ("<html><body/></html>", "<article/>", "<?xml version='1.0'?><ERROR>x</ERROR>"):
        batch = read_text(text)
        assert kinds(batch) == ["medline-text"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_makes_the_reader_raise(data: st.DataObject) -> None:
    text = bytearray(document(article(1), article(2, "Café <i>x</i> &amp;"), article(3)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(at, min(at + 40, len(text))))
        text[at:end] = data.draw(st.binary(max_size=8) | st.sampled_from([b"<", b"]]>", b"<!--"]))
    batch = streamed(bytes(text), data.draw(st.sampled_from([50, 400, 5000])))
    for record in batch.records:
        assert record.sequence == tuple(record.sequence)
        for tag, values in record.fields.items():
            for occurrence, value in enumerate(values, 1):
                assert record.field(tag, occurrence).value == value
                record.excerpt(record.place(tag, occurrence))
                assert record.where(tag, occurrence)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_records_read_by_themselves_are_those_read_with_the_others(data: st.DataObject) -> None:
    articles = [article(n, data.draw(st.sampled_from(ODD_TITLES))) for n in range(1, 8)]
    text = document(*articles, head=data.draw(st.sampled_from(["", '<?xml version="1.0"?>\n'])))
    chunk = whole(text.encode("utf-8", "surrogateescape"))
    records = read(chunk).records
    lines = data.draw(st.sets(st.sampled_from([record.first_line for record in records] or [1])))
    wanted = [record for record in records if record.first_line in lines]
    some = read_some_xml(chunk, lines)
    assert [record.fields for record in some] == [record.fields for record in wanted]
    assert [record.place("PMID") for record in some] == [r.place("PMID") for r in wanted]


def test_names_that_only_a_later_edition_of_xml_allows_do_no_harm() -> None:
    odd = article(2, "Café &amp; Söhne").replace(
        "<MedlineCitation ", '<MedlineCitation ˜a = "1" ˝a=\'é>"\' '
    )
    odd = odd.replace("</MedlineCitation>", "<!-- don't é --><ábc ü='1'/></MedlineCitation>")
    [record] = streamed(document(odd).encode(), 5000).records
    assert record.values("TI") == ["Café & Söhne"]
    assert record.field("TI").value == "Café & Söhne"
    assert record.sequence


def test_a_book_is_a_book_by_its_element() -> None:
    text = "<PubmedBookArticle><BookDocument><PMID>1</PMID></BookDocument></PubmedBookArticle>"
    assert read_text(document(text)).records[0].dialect == "book"


def test_comments_without_end_take_no_time() -> None:
    batch = read_text(document("<!--" * 100_000, article(1)))
    assert batch.faults


def test_a_chunk_of_one_line_knows_its_columns() -> None:
    text = document(article(1, "É."), article(2, "ß."), article(3)).replace("\n", "")
    records = streamed(text.encode(), 250).records
    for record in [*records, *reversed(records)]:
        place = record.place("PMID")
        assert text[place.column - 1 : place.end_column - 1] == record.pmid


def test_lists_of_references_may_lie_deep() -> None:
    deep = 1900
    inner = '<Reference><ArticleIdList><ArticleId IdType="pubmed">7</ArticleId></ArticleIdList>'
    lists = f"{'<ReferenceList>' * deep}{inner}</Reference>{'</ReferenceList>' * deep}"
    deepest = article().replace("</PubmedArticle>", f"<PubmedData>{lists}</PubmedData>")
    (found,) = read_text(document(deepest.rstrip() + "</PubmedArticle>")).records
    assert found.values("XREF") == ["7"]
    assert found.place("XREF", 1).line == 3


MATH = "<mml:math><mml:mi>x</mml:mi></mml:math>"
NAMESPACE = ' xmlns:mml="http://www.w3.org/1998/Math/MathML"'


@pytest.mark.parametrize("block", [300, 1 << 20])
def test_namespaces_are_declared_on_the_root_too(block: int) -> None:
    text = document(article(1, MATH), article(2, MATH)) + document(*TWO)
    text = text.replace("<PubmedArticleSet", f"<PubmedArticleSet{NAMESPACE}", 1)
    batch = streamed(text.encode(), block)
    assert pmids(batch) == ["1", "2", "31000001", "31000002"]
    assert (batch.records[1].values("TI"), batch.faults) == (["x"], [])


def test_a_prefix_that_is_not_declared_is_told_in_plain_words() -> None:
    (fault,) = read_text(document(article(1, MATH), TWO[0])).faults
    assert fault.params["reason"] == "the prefix mml of a name is not declared"


BARE = (
    "<MedlineCitationSet>\n<MedlineCitation><PMID>3</PMID></MedlineCitation>\n</MedlineCitationSet>"
)
BOOK_SET = (
    "<PubmedBookArticleSet><PubmedBookArticle><BookDocument><PMID>4</PMID></BookDocument>"
    "</PubmedBookArticle></PubmedBookArticleSet>\n"
)


@pytest.mark.parametrize("block", [100, 1 << 20])
@pytest.mark.parametrize(
    "parts",
    [
        [document(*TWO), BOOK_SET],
        [BOOK_SET, document(*TWO)],
        [document(*TWO), article(5)],
        [document(*TWO), BARE],
        [BARE, document(*TWO)],
        [TWO[0], "<MedlineCitation><PMID>3</PMID></MedlineCitation>\n", TWO[1]],
    ],
)
def test_documents_of_any_kind_may_follow_one_another(parts: list[str], block: int) -> None:
    batch = streamed("".join(parts).encode(), block)
    expected = [pmid for part in parts for pmid in pmids(read_text(part))]
    assert pmids(batch) == expected
    assert batch.faults == []


@pytest.mark.parametrize("block", [100, 1 << 20])
def test_the_end_of_the_first_document_may_be_missing(block: int) -> None:
    cut = document(*TWO).removesuffix("</PubmedArticleSet>\n")
    batch = streamed((cut + document(article(5))).encode(), block)
    assert pmids(batch) == ["31000001", "31000002", "5"]
    reasons = [fault.params["reason"] for fault in batch.faults]
    assert reasons == ["another document begins without </PubmedArticleSet>"]


def test_tags_in_cdata_alone_are_no_records() -> None:
    batch = read_text("<PubmedArticleSet><![CDATA[<PubmedArticle>]]></PubmedArticleSet>")
    assert batch.records == []
    assert "file-has-records" in kinds(batch)


def test_an_empty_record_is_well_formed() -> None:
    batch = read_text(document("<PubmedArticle/>", TWO[0], '<PubmedArticle a="b"/>'))
    assert pmids(batch) == [None, "31000001", None]
    assert batch.faults == []


@pytest.mark.parametrize(
    "text",
    [
        "<doc><![CDATA[<PubmedArticle>]]></doc>",
        "<TEI><!-- <PubmedArticle> --></TEI>",
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><PubmedArticle/>'
        "</xsl:stylesheet>",
        '<root xmlns="urn:foo"><PubmedArticle/></root>',
        '<PubmedArticle xmlns="urn:foo"/>',
    ],
)
def test_xml_that_only_names_pubmeds_elements_is_other_xml(text: str) -> None:
    (fault,) = read_text(text).faults
    assert fault.kind == "medline-text"
    assert ("urn:foo" in fault.params["what"]) is ("urn:foo" in text)


@pytest.mark.parametrize(
    "part",
    [
        "<DeleteCitation>",
        "<!--",
        "<?x ",
        "<!DOCTYPE x [",
        "<PubmedArticle>",
        "<PubmedArticle>&a;</PubmedArticle>",
        "<PubmedArticleSet>",
        f"{article().strip()}x",
    ],
)
def test_time_grows_with_the_text_and_no_faster(part: str) -> None:
    def seconds(count: int) -> float:
        chunk = whole(f"<PubmedArticleSet>{part * count}".encode())
        start = time.process_time()
        read(chunk)
        return time.process_time() - start

    seconds(10)
    small, large = (min(seconds(count) for _ in range(3)) for count in (1000, 8000))
    assert large < 32 * max(small, 0.005)
