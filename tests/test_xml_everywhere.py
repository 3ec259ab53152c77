"""PubMed XML where text is taken: packed, in folders and archives, compared with a revision. It is
read and never written."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest
from packing import COMPRESSED, PACKED, zipped
from support import Medlint

from medlint.api import check_text
from medlint.changes import Changes
from medlint.findings import Finding
from medlint.records.chunking import chunks
from medlint.records.find import find
from medlint.records.reader import read
from medlint.records.sources import Source
from medlint.rulebook.load import load_rulebook
from medlint.run import Plan, Run

BOOK = load_rulebook()
PLAN = Plan.uniform(BOOK, BOOK.rules, date(2026, 1, 1), "record")


def article(pmid: int, title: str = "a title that has no end", language: str = "xx") -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article>"
        f"<ArticleTitle>{title}</ArticleTitle><Language>{language}</Language></Article>"
        "</MedlineCitation></PubmedArticle>\n"
    )


def document(*articles: str) -> bytes:
    text = f"<PubmedArticleSet>\n{''.join(articles)}</PubmedArticleSet>"
    return f'<?xml version="1.0"?>\n{text}'.encode()


SOME = document(article(1), article(2), article(3))


def lint(path: Path) -> tuple[Run, list[Finding]]:
    run = Run(PLAN)
    return run, list(run.findings([Source(path.name, path)]))


@pytest.mark.parametrize("form", PACKED)
def test_packed_xml_gives_the_findings_of_plain_xml(form: str, tmp_path: Path) -> None:
    plain, packed = tmp_path / "some.xml", tmp_path / "packed"
    plain.write_bytes(SOME)
    packed.write_bytes(PACKED[form](SOME))
    _, expected = lint(plain)
    run, findings = lint(packed)
    assert expected
    assert run.summary.records == 3
    assert [f._replace(path="") for f in findings] == [f._replace(path="") for f in expected]


@pytest.mark.parametrize("form", COMPRESSED)
def test_a_folder_gives_compressed_xml_that_is_of_pubmed(form: str, tmp_path: Path) -> None:
    suffix = {"gzip": "gz", "bzip2": "bz2", "xz": "xz", "zstd": "zst"}.get(form, "gz")
    (tmp_path / f"records.xml.{suffix}").write_bytes(COMPRESSED[form](SOME))
    other = b"<?xml version='1.0'?><project>\nPMID- 1\nOWN - NLM\n</project>"
    (tmp_path / f"other.xml.{suffix}").write_bytes(COMPRESSED[form](other))
    (tmp_path / "pom.xml").write_bytes(other)
    found = find([str(tmp_path)])
    assert [Path(source.name).name for source in found.sources] == [f"records.xml.{suffix}"]
    assert found.problems == []


def test_an_archive_gives_the_xml_that_is_of_pubmed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"in/some.xml": SOME, "pom.xml": b"<project/>", "a.xml": b"PMID- 1"}))
    run, findings = lint(path)
    assert {finding.path for finding in findings} == {"a.zip!in/some.xml"}
    assert (run.summary.files, run.summary.unusable) == (1, [])


def test_whole_records_before_a_cut_are_linted(tmp_path: Path) -> None:
    articles = [article(pmid, f"{pmid * 7919} titles") for pmid in range(1, 2001)]
    path = tmp_path / "cut.xml.gz"
    path.write_bytes(gzip.compress(document(*articles))[:-2000])
    run, findings = lint(path)
    assert 0 < run.summary.records < 2000
    assert {finding.name for finding in findings}.isdisjoint({"xml-well-formed", "medline-text"})
    [problem] = run.summary.unusable
    assert "is cut off" in problem


def test_no_finding_on_xml_offers_a_fix() -> None:
    wrong = [
        SOME,
        "\ufeff".encode() + SOME.replace(b"\n", b"\r\n").replace(b"title", b"ti\x9ftle\t "),
        SOME.decode().replace("?>", ' encoding="UTF-16"?>').encode("utf-16"),
        b"\n\n stray \r" + SOME.replace(b"</PubmedArticle>", b"</PubmedArticle>\rstray\n", 1),
    ]
    for text in wrong:
        findings = list(check_text(text, select=["ML"]))
        assert findings
        assert [finding.name for finding in findings if finding.fix] == []


def test_records_are_compared_with_those_of_older_xml(tmp_path: Path) -> None:
    path = tmp_path / "new.xml"
    path.write_bytes(document(article(3), article(1, "Another title"), article(2)))
    changes = Changes({"new.xml": Source("new.xml", path)}, [io.BytesIO(SOME)])
    with path.open("rb") as stream:
        records = [record for chunk in chunks(stream) for record in read(chunk).records]
    changed = [record.pmid for record in records if changes.is_changed("new.xml", record)]
    assert changed == ["1"]


def test_outputs_name_the_element(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(SOME)
    where = "//PubmedArticle[MedlineCitation/PMID=2]/MedlineCitation/Article/Language"

    def printed(form: str) -> str:
        return medlint(
            "check", "--select", "language-code-known", "--output-format", form, "a.xml"
        ).stdout

    results = json.loads(printed("sarif"))["runs"][0]["results"]
    [element] = results[1]["locations"][0]["logicalLocations"]
    assert element["fullyQualifiedName"] == where
    assert json.loads(printed("jsonl").splitlines()[1])["where"] == where
    assert where in printed("csv")
