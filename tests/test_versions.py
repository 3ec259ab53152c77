"""The data set holds the last version of a record of NLM's; what NLM took back is not in it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from support import record

from medlint.checks.memory import Register
from medlint.findings import Finding
from medlint.records.sources import Source
from medlint.rulebook.load import load_rulebook
from medlint.run import Plan, Run

BOOK = load_rulebook()
PLAN = Plan.uniform(BOOK, [r for r in BOOK.rules if r.default], date(2026, 1, 1), "dataset")


def article(pmid: int, doi: str, version: int = 1) -> str:
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="{version}">{pmid}</PMID>'
        "<Article><ArticleTitle>A title.</ArticleTitle></Article>"
        "<CommentsCorrectionsList><CommentsCorrections RefType='Cites'>"
        '<PMID Version="1">31999999</PMID></CommentsCorrections></CommentsCorrectionsList>'
        "</MedlineCitation><PubmedData><ArticleIdList>"
        f'<ArticleId IdType="doi">{doi}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>\n'
    )


def document(*articles: str, deleted: tuple[int, ...] = ()) -> str:
    pmids = "".join(f'<PMID Version="1">{pmid}</PMID>\n' for pmid in deleted)
    taken_back = f"<DeleteCitation>\n{pmids}</DeleteCitation>\n" if deleted else ""
    return f"<PubmedArticleSet>\n{''.join(articles)}{taken_back}</PubmedArticleSet>\n"


def lint(files: Mapping[str, str], folder: Path) -> tuple[Run, list[Finding]]:
    """Lint *files* in the order in which they are given."""
    run, sources = Run(PLAN), []
    for name, text in files.items():
        path = folder / name
        data = text.encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        sources.append(Source(name, path))
    return run, list(run.findings(sources))


BASE, UPDATE = "pubmed26n0001.xml.gz", "pubmed26n1300.xml.gz"
OLD, NEW = article(1, "10.1000/old"), article(1, "10.1000/new")
OTHER = article(2, "10.1000/old")


@pytest.mark.parametrize("order", [(BASE, UPDATE), (UPDATE, BASE)])
def test_a_later_file_brings_a_later_version_whatever_the_order(
    order: tuple[str, str], tmp_path: Path
) -> None:
    texts = {BASE: document(OLD), UPDATE: document(NEW, OTHER)}
    run, findings = lint({name: texts[name] for name in order}, tmp_path)
    assert findings == []
    assert any("1 record was replaced by a later version" in n for n in run.summary.notices)


def test_the_last_version_is_compared_with_the_others(tmp_path: Path) -> None:
    later = document(article(1, "10.1000/old"), OTHER)
    _, findings = lint({BASE: document(article(1, "10.1000/first")), UPDATE: later}, tmp_path)
    assert [(f.name, f.path, f.pmid) for f in findings] == [("doi-unique", UPDATE, "2")]
    assert [other.path for other in findings[0].related] == [UPDATE]


def test_a_pmid_twice_in_one_file_is_a_duplicate(tmp_path: Path) -> None:
    run, findings = lint({BASE: document(OLD, NEW)}, tmp_path)
    assert [finding.name for finding in findings] == ["pmid-unique"]
    assert run.summary.notices == []


def test_a_copy_of_a_file_holds_duplicates(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    _, findings = lint({BASE: document(OLD), f"copy/{BASE}": document(OLD)}, tmp_path)
    assert [finding.name for finding in findings] == ["pmid-unique"]


def test_files_of_other_names_hold_duplicates(tmp_path: Path) -> None:
    _, findings = lint({"a.xml": document(OLD), "b.xml": document(NEW)}, tmp_path)
    assert [finding.name for finding in findings] == ["pmid-unique"]


def test_a_record_of_ones_own_with_the_pmid_of_a_file_of_nlm_is_a_duplicate(tmp_path: Path) -> None:
    own = record(1)
    files = {BASE: document(OLD), "own.nbib": own, UPDATE: document(NEW)}
    _, findings = lint(files, tmp_path)
    assert [(f.name, f.path) for f in findings] == [("pmid-unique", UPDATE)]


def test_a_version_that_is_higher_is_later_in_any_file(tmp_path: Path) -> None:
    both = document(article(1, "10.1000/2", version=2), OLD, OTHER)
    assert lint({"export.xml": both}, tmp_path)[1] == []
    _, findings = lint({"export.xml": both, "again.xml": both}, tmp_path)
    assert sorted(f.name for f in findings) == ["pmid-unique", "pmid-unique"]


def test_what_was_taken_back_is_compared_with_nothing(tmp_path: Path) -> None:
    files = {BASE: document(OLD, OTHER), UPDATE: document(deleted=(1, 77))}
    run, findings = lint(files, tmp_path)
    assert findings == []
    assert any("1 record was replaced" in notice for notice in run.summary.notices)


def test_what_a_later_file_brings_again_is_there(tmp_path: Path) -> None:
    taken_back = "pubmed26n1299.xml.gz"
    files = {taken_back: document(deleted=(1,)), UPDATE: document(OLD, OTHER)}
    _, findings = lint(files, tmp_path)
    assert [finding.name for finding in findings] == ["doi-unique"]


def test_what_a_comment_says_is_not_taken_back(tmp_path: Path) -> None:
    hidden = f"<!-- {document(deleted=(1,))} -->"
    _, findings = lint(
        {BASE: document(OLD, OTHER).replace("</PubmedArticleSet>", hidden) + "</PubmedArticleSet>"},
        tmp_path,
    )
    assert [finding.name for finding in findings] == ["doi-unique"]


def test_a_record_that_was_not_read_moves_no_version_to_another(tmp_path: Path) -> None:
    damaged = OLD.replace("<Article>", "<Article><Broken>")
    last = article(3, "10.1000/3", version=2)
    text = document(damaged, last, article(3, "10.1000/3"), article(4, "10.1000/3"))
    _, findings = lint({"export.xml": text}, tmp_path)
    assert [(f.name, f.pmid) for f in findings] == [("doi-unique", "4")]


def test_pmids_are_found_again_however_many_records_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("medlint.checks.memory._SORTED_AT_A_TIME", 3)
    register = Register()
    register.add("a", [5, 1, 9, 2**63, 7, 5, 2**63, 8, 1], range(9))
    assert list(register.repeated()) == [[1, 8], [0, 5]]
    assert register.numbers(5) == [0, 5]
