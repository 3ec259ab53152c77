"""Rules run on PubMed XML as on text, but for those that need what XML has not."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import pytest
from support import record as text_record

from medlint.api import check_paths, check_text
from medlint.records import chunking
from medlint.rulebook.load import load_rulebook

DAY = date(2026, 1, 1)
ARTICLE = """\
<PubmedArticle><MedlineCitation Status="PubMed-not-MEDLINE" Owner="NLM"><PMID>{pmid}</PMID>
<DateRevised><Year>2020</Year><Month>01</Month><Day>10</Day></DateRevised>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1533-4406</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>3</Issue>
<PubDate><Year>2019</Year><Month>Mar</Month><Day>05</Day></PubDate></JournalIssue>
<Title>Journal of examples</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<Pagination><MedlinePgn>11-19</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/{pmid}</ELocationID>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Example</LastName>
<ForeName>Anna B</ForeName><Initials>AB</Initials></Author></AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
</PublicationTypeList><ArticleDate DateType="Electronic"><Year>2019</Year><Month>03</Month>
<Day>01</Day></ArticleDate></Article><MedlineJournalInfo><Country>United States</Country>
<MedlineTA>J Ex</MedlineTA><NlmUniqueID>0255562</NlmUniqueID><ISSNLinking>0028-4793</ISSNLinking>
</MedlineJournalInfo></MedlineCitation><PubmedData><History>
<PubMedPubDate PubStatus="entrez"><Year>2019</Year><Month>3</Month><Day>6</Day><Hour>6</Hour>
<Minute>0</Minute></PubMedPubDate><PubMedPubDate PubStatus="pubmed"><Year>2019</Year>
<Month>3</Month><Day>6</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate>
<PubMedPubDate PubStatus="medline"><Year>2019</Year><Month>3</Month><Day>6</Day><Hour>6</Hour>
<Minute>1</Minute></PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
<ArticleId IdType="doi">10.1000/{pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
"""


def article(pmid: int = 31000001, title: str = "A work that never was, told at length.") -> str:
    return ARTICLE.format(pmid=pmid, title=title)


def document(*articles: str) -> str:
    return f'<?xml version="1.0"?>\n<PubmedArticleSet>\n{"".join(articles)}</PubmedArticleSet>\n'


def codes(text: str, **options: list[str]) -> list[str]:
    return [finding.name for finding in check_text(text, as_of=DAY, **options)]  # type: ignore[arg-type]


def test_a_clean_record_has_no_finding() -> None:
    assert codes(document(article())) == []


def test_a_rule_for_text_alone_does_not_run_on_xml() -> None:
    assert codes(document(article()), select=["source-present"]) == []
    without = text_record(SO=None)
    assert codes(without, select=["source-present"]) == ["source-present"]


def test_every_rule_that_requires_so_is_for_text_alone() -> None:
    for rule in load_rulebook().rules:
        wanted = rule.check.get("any_of") or [rule.check.get("tag")]
        if rule.check_type == "required" and wanted == ["SO"]:
            assert rule.forms == {"text"}


@pytest.mark.parametrize(
    ("old", "new", "name", "shown"),
    [
        ("1533-4406", "1533-4407", "issn-check-digit", "1533-4407"),
        ("<Language>eng", "<Language>en", "language-code-known", "en"),
        ("<Initials>AB", "<Initials>XX", "author-short-name", "Example</LastName>"),
        ("11-19", "19-11", "pagination-form", "19-11"),
        ("<Title>Journal of examples</Title>", "", "journal-title-present", "<PubmedArticle>"),
        ('EIdType="doi"', 'EIdType="dio"', "location-type-known", 'dio" ValidYN'),
        (
            "3</Month><Day>6</Day><Hour>6</Hour>\n<Minute>1",
            "102</Month><Day>6</Day><Hour>6</Hour>\n<Minute>1",
            "entry-date-form",
            "2019</Year>",
        ),
        (
            "12</Volume>",
            "12</Volume><Volume>13</Volume>",
            "single-fields-once",
            "13</Volume>",
        ),
    ],
)
def test_a_defect_is_one_finding_at_its_place(old: str, new: str, name: str, shown: str) -> None:
    text = document(article(31000000), article().replace(old, new))
    findings = list(check_text(text, as_of=DAY, ignore=["ML9"]))
    assert [finding.name for finding in findings] == [name]
    finding = findings[0]
    line = text.split("\n")[finding.place.line - 1]
    assert line[finding.place.column - 1 :].startswith(shown)
    assert finding.pmid == "31000001"
    assert finding.where is not None
    assert finding.where.startswith("//PubmedArticle[MedlineCitation/PMID=31000001]")


def test_findings_on_the_data_set_find_their_record_again(tmp_path: Path) -> None:
    file = tmp_path / "set.xml"
    file.write_text(document(article(), article(31000002), article()))
    findings = list(check_paths([file], select=["pmid-unique"], as_of=DAY))
    assert [(finding.name, finding.place.line) for finding in findings] == [("pmid-unique", 47)]
    assert (
        findings[0].where == "//PubmedArticle[MedlineCitation/PMID=31000001]/MedlineCitation/PMID"
    )


def test_findings_on_the_data_set_find_records_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = document(*map(article, range(31000001, 31000005))).replace("\n", "")
    file = tmp_path / "line.xml"
    file.write_text(text)
    monkeypatch.setattr(chunking.chunks, "__defaults__", (1000, 1 << 20))
    findings = list(check_paths([file], select=["work-once"], as_of=DAY))
    assert [finding.pmid for finding in findings] == ["31000002", "31000003", "31000004"]
    for finding in findings:
        assert text.rfind(f"<PMID>{finding.pmid}", 0, finding.place.column) > 0
        assert text[finding.place.column - 1 :].startswith("A work that never was")


def test_a_folder_gives_the_xml_that_is_of_pubmed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(document(article(title="TEA &amp; <i>SLEEP</i>")))
    (tmp_path / "b.xml").write_text("<catalogue><book/></catalogue>")
    (tmp_path / "c.xml").write_text(document(article()), encoding="utf-16")
    names = {finding.path for finding in check_paths([tmp_path], select=["ML6"], as_of=DAY)}
    assert names == {str(tmp_path / "a.xml")}
    named = list(check_paths([tmp_path / "b.xml"], as_of=DAY))
    assert [finding.name for finding in named] == ["medline-text"]


def test_records_with_findings_leave_nothing_in_memory() -> None:
    # No collector runs during a check, so what stays in cycles would stay to the end.
    def left_of(count: int) -> int:
        text = document(*(article(31000000 + i).replace("0028", "0029") for i in range(count)))
        gc.collect()
        gc.disable()
        try:
            findings = list(check_text(text, as_of=DAY, scope="record"))
            assert len(findings) >= count
            assert all(finding.path for finding in findings)
            return gc.collect()
        finally:
            gc.enable()

    left_of(1)
    assert left_of(50) == left_of(5)


def test_the_one_affiliation_of_an_old_record_is_in_its_place() -> None:
    old = article().replace(
        "<AuthorList", "<Affiliation>Tea House, London.</Affiliation><AuthorList"
    )
    found = list(check_text(document(old), as_of=DAY, select=["affiliation-in-place"]))
    assert found == []
