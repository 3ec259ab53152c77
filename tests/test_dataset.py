"""Duplicates in the data set: which record is reported, where exactly, whatever the order."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import record

from medlint import check_paths, check_text
from medlint.checks.base import Context
from medlint.dataset import Dataset
from medlint.findings import Finding
from medlint.interest import OfPmid
from medlint.records.batch import Chunk
from medlint.records.columns import Columns
from medlint.records.record import Record
from medlint.records.sources import Source
from medlint.records.tagged import read
from medlint.rulebook.load import load_rulebook
from medlint.run import Plan, Run, Scope

BOOK = load_rulebook()
RULES = [rule for rule in BOOK.rules if rule.code in ("ML901", "ML902")]
AS_OF = date(2026, 1, 1)


def article(pmid: int | str | None, doi: str = "", **more: str) -> str:
    """A short record of an article."""
    fields = {"PMID": pmid, "OWN": "NLM", "TI": "A title.", "PT": "Journal Article", **more}
    lines = [f"{tag:<4}- {value}" for tag, value in fields.items() if value is not None]
    if doi:
        lines += ["AID - S0001 [pii]", f"AID - {doi} [doi]"]
    return "\n".join([*lines, ""])


def join(*articles: str) -> str:
    return "\n".join(articles)


def duplicates(text: str | bytes) -> list[Finding]:
    return list(check_text(text, select=["ML901", "ML902"]))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def in_files(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.nbib").write_text(text)
    return [f"{name}.nbib" for name in texts]


def check(names: Sequence[str]) -> list[Finding]:
    return list(check_paths(names, select=["ML901", "ML902"]))


def at(finding: Finding) -> str:
    """Where a finding is, as code path:line:column-end_column tag[occurrence]."""
    place = finding.place
    where = f"{finding.path}:{place.line}:{place.column}-{place.end_column}"
    return f"{finding.code} {where} {finding.tag}[{finding.occurrence}]"


def test_of_two_records_with_one_pmid_the_second_is_reported_at_its_pmid() -> None:
    (finding,) = duplicates(join(article(31000001), article(31000002), article(31000001)))
    assert at(finding) == "ML901 <text>:11:7-15 PMID[1]"
    assert finding.message == "PMID 31000001 is already used by the record at <text>:1."
    assert (finding.pmid, finding.value) == ("31000001", "31000001")
    assert finding.excerpt is not None
    assert finding.excerpt.lines == ("PMID- 31000001",)


def test_of_three_copies_two_are_reported_beside_the_first() -> None:
    found = duplicates(join(*[article(31000001)] * 3))
    assert [at(f) for f in found] == ["ML901 <text>:6:7-15 PMID[1]", "ML901 <text>:11:7-15 PMID[1]"]
    assert {f.message.split(" at ")[1] for f in found} == {"<text>:1."}


def test_of_two_articles_with_one_doi_the_higher_pmid_is_reported_at_the_field() -> None:
    (finding,) = duplicates(join(article(9, "10.1000/Tea"), article(5, "10.1000/tEA")))
    assert at(finding) == "ML902 <text>:6:7-24 AID[2]"
    assert finding.pmid == "9"
    assert finding.value == "10.1000/Tea [doi]"
    assert finding.message == ("AID gives the DOI 10.1000/tea, which PMID 5 (<text>:8) has too.")


def test_copies_of_one_record_are_told_once() -> None:
    found = duplicates(join(*[article(31000001, "10.1000/tea")] * 2, article(7, "10.1000/tea")))
    assert [f.code for f in found] == ["ML902", "ML901"]
    assert [f.place.line for f in found] == [6, 8]


def test_records_without_pmid_come_after_those_with_one() -> None:
    with_pmid, without = article(7, "10.1000/tea"), article(None, "10.1000/tea")
    (finding,) = duplicates(join(without, with_pmid))
    assert at(finding) == "ML902 <text>:5:7-24 AID[2]"
    assert finding.pmid is None
    (finding,) = duplicates(join(without, without))
    assert at(finding) == "ML902 <text>:11:7-24 AID[2]"
    assert "which a record without PMID (<text>:1) has too" in finding.message


def test_records_without_pmid_share_no_pmid() -> None:
    assert duplicates(join(article(None), article(None))) == []


@pytest.mark.parametrize("pmid", ["0", "007", "9" * 17, "9" * 18, "9" * 30, "9" * 5000, "none"])
def test_a_pmid_of_any_length_is_held_against_its_like(pmid: str) -> None:
    other = pmid[:-1] + "8"
    (finding,) = duplicates(join(article(pmid), article(other), article(pmid)))
    assert at(finding) == f"ML901 <text>:11:7-{7 + len(pmid)} PMID[1]"
    assert finding.pmid == pmid


def test_what_may_share_a_doi_may() -> None:
    erratum = article(8, "10.1000/tea").replace("Journal Article", "Published Erratum")
    assert duplicates(join(article(7, "10.1000/tea"), erratum)) == []


def test_records_of_other_programs_are_left_out() -> None:
    assert duplicates(join(*[article(1, OWN="ERIC")] * 2)) == []
    assert duplicates(join(*["PMC - PMC7000001\n" + article(1)] * 2)) == []


@pytest.mark.parametrize(
    ("damage", "line", "column"),
    [
        (lambda text: text, 11, 7),
        (lambda text: text.replace("\n", "\r\n"), 11, 7),
        (lambda text: text.replace("\n", "\r"), 11, 7),
        (lambda text: "\n\n" + text, 13, 7),
        (lambda text: "\ufeff" + text, 11, 7),
        (lambda text: text.replace("PMID- ", "PMID-"), 11, 6),
        (lambda text: text.replace("TI  - ", "TI  -"), 11, 7),
        (lambda text: text.replace("\n\n", "\n"), 9, 7),
    ],
    ids=["plain", "CRLF", "CR", "blank", "BOM", "gap", "other-gap", "no-blank-line"],
)
def test_the_place_is_exact_in_damaged_text(damage, line: int, column: int) -> None:  # type: ignore[no-untyped-def]
    text = damage(join(article(31000001), article(31000002), article(31000001)))
    (finding,) = duplicates(text)
    assert (finding.place.line, finding.place.column) == (line, column)


def test_records_that_share_a_line_are_told_apart() -> None:
    pmids = [31000003, 31000001, 31000002]
    texts = [record(pmid).replace("xyz.31000002", "xyz.31000001") for pmid in pmids]
    line = " ".join(" ".join(line.strip() for line in text.splitlines()) for text in texts)
    (finding,) = duplicates(line + "\n")
    assert finding.pmid == "31000002"
    assert finding.place.column > line.index("PMID- 31000002")
    assert finding.value == "10.1000/xyz.31000001 [doi]"


def test_the_one_read_first_may_be_the_one_reported(folder: Path) -> None:
    names = in_files(
        folder, a=join(article(3), article(9, "10.1000/tea")), b=article(5, "10.1000/tea")
    )
    (finding,) = check(names)
    assert at(finding) == "ML902 a.nbib:11:7-24 AID[2]"
    assert finding.value == "10.1000/tea [doi]"
    assert finding.excerpt is not None
    assert finding.excerpt.lines == ("AID - 10.1000/tea [doi]",)
    assert "PMID 5 (b.nbib:1)" in finding.message


def test_the_order_of_the_files_changes_the_order_of_record_findings_alone(folder: Path) -> None:
    names = in_files(
        folder,
        a=join(article(3, "10.1000/x", LA="xx"), article(9, "10.1000/tea")),
        b=join(article(5, "10.1000/TEA", LA="yy"), article(3, "10.1000/x")),
        c=join(article(3, "10.1000/x", LA="zz"), article(4, "10.1000/tea")),
    )
    seen = []
    for order in permutations(names):
        found = list(check_paths(order, select=["ML301", "ML9"]))
        assert [f.path for f in found if f.code == "ML301"] == list(order)
        assert all(f.code == "ML301" for f in found[:3])
        seen.append(found[3:])
    assert all(found == seen[0] for found in seen)
    assert [at(f) for f in seen[0]] == [
        "ML901 b.nbib:9:7-8 PMID[1]",
        "ML901 c.nbib:1:7-8 PMID[1]",
        "ML902 b.nbib:7:7-24 AID[2]",
        "ML902 a.nbib:14:7-24 AID[2]",
    ]


def test_a_file_that_is_named_twice_is_read_once(folder: Path) -> None:
    in_files(folder, a=article(1))
    assert check(["a.nbib", "./a.nbib", "."]) == []


def test_a_file_that_is_gone_when_it_is_read_again_is_reported_at_the_record(
    folder: Path,
) -> None:
    (a,) = in_files(folder, a=join(article(9, "10.1000/tea", LA="xx"), article(5, "10.1000/tea")))
    findings = check_paths([a], select=["ML301", "ML902"])
    assert next(findings).code == "ML301"
    (folder / a).unlink()
    (finding,) = findings
    assert (finding.path, finding.place.line, finding.pmid) == ("a.nbib", 1, "9")
    assert "which PMID 5 (a.nbib:9) has too" in finding.message


def run(text: str, *interests: OfPmid, scope: Scope = "all") -> tuple[Run, list[Finding]]:
    rules = [rule for rule in BOOK.rules if rule.default]
    run = Run(Plan.uniform(BOOK, rules, AS_OF, scope, interests))
    return run, list(run.findings_in("x.nbib", text.encode()))


def test_standard_input_is_held_against_the_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (a,) = in_files(folder, a=join(article(3), article(9, "10.1000/tea"), article(4)))
    stdin = join(article(3), article(5, "10.1000/tea"), article(4), article(4))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
    sources = [Source(a, folder / a), Source("-", None)]
    found = list(Run(Plan.uniform(BOOK, RULES, AS_OF)).findings(sources))
    assert [(f.code, f.path, f.place.line, f.pmid) for f in found] == [
        ("ML901", "a.nbib", 1, "3"),
        ("ML901", "-", 18, "4"),
        ("ML901", "a.nbib", 13, "4"),
        ("ML902", "a.nbib", 11, "9"),
    ]
    assert {f.message.rpartition("-:")[2] for f in found if f.code == "ML901"} == {"1.", "13."}
    assert all(f.place.end_column > f.place.column for f in found)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("record", {"ML301"}), ("dataset", {"ML901"}), ("all", {"ML301", "ML901"})],
)
def test_scope_chooses_the_rules_on_records_or_on_the_data_set(
    scope: Scope, expected: set[str]
) -> None:
    text = join(article(1, LA="xx"), article(1, LA="xx"))
    found = check_text(text, select=["ML301", "ML901"], scope=scope)
    assert {finding.code for finding in found} == expected


def test_pmid_shows_the_findings_on_the_data_set_that_stand_at_it() -> None:
    text = join(article(1), article(2, "10.1/x"), article(1), article(3, "10.1/x"))
    for pmid, code in (("1", "ML901"), ("3", "ML902")):
        done, found = run(text, OfPmid(pmid), scope="dataset")
        assert [f.code for f in found] == [code]
        assert done.summary.records == text.count(f"PMID- {pmid}\n")
        assert done.summary.total == 1
    done, found = run(text, OfPmid("4"), scope="dataset")
    assert found == []
    assert done.summary.records == 0


PRINTED = {"DP": "2019", "VI": "12", "PG": "1-9", "FAU": "Example, Anna", "TA": "J Ex"}
LONG = "A long title of one article."


def test_one_copy_is_told_once_by_the_most_exact_rule() -> None:
    abstract = "Tea was given to shift workers. " * 8
    work = {"TI": LONG, "AB": abstract, **PRINTED}
    for doi, code in (("10.1000/tea", "ML902"), ("", "ML903")):
        text = join(article(1, doi, **work), article(2, doi, **work))
        assert [f.code for f in check_text(text, select=["ML9"])] == [code]


def test_a_rule_on_the_data_set_is_silent_after_one_on_the_record() -> None:
    journal = {"TA": "J Ex", "JID": "0255562", "SO": "J Ex. 2019;12:1-9.", "DP": "2019"}
    journal |= {"VI": "12", "PG": "1-9", "PST": "ppublish"}
    texts = [article(n, TI=f"Title {n}.", **journal) for n in (1, 2)]
    odd = article(3, TI="Title 3.", **{**journal, "TA": "J Sam"})
    both = list(check_text(join(*texts, odd), select=["source-agreement", "ML908"]))
    assert [f.name for f in both] == ["source-agreement"]
    (alone,) = check_text(join(*texts, odd), select=["ML908"])
    assert (alone.pmid, alone.tag, alone.value) == ("3", "TA", "J Sam")


def test_what_was_gathered_may_travel_between_processes() -> None:
    files = {f"{n}.nbib": article(n, "10.1000/tea", JID="0255562") for n in (1, 2)}
    rules = [rule for rule in BOOK.rules if rule.code.startswith("ML9")]
    here, there = (Dataset(rules, Context(AS_OF, BOOK.vocabularies)) for _ in range(2))
    for name, text in files.items():
        columns = Columns(read(Chunk(text.encode(), 1, True, True)).records)
        here.collect(name, columns)
        there.add(name, pickle.loads(pickle.dumps(there.gather(columns))))
    assert [f.code for f in here.findings(nowhere)] == ["ML902"]
    assert list(here.findings(nowhere)) == list(there.findings(nowhere))


def test_records_found_again_late_in_a_large_file_are_placed_exactly(folder: Path) -> None:
    filler = [article(n, AB="Long text. " * 400) for n in range(100, 700)]
    parts = [*filler[:300], article(1), *filler[300:], article(1)]
    (folder / "a.nbib").write_text(join(*parts))
    (finding,) = check(["a.nbib"])
    lines = (folder / "a.nbib").read_text().split("\n")
    assert lines[finding.place.line - 1] == "PMID- 1"
    assert finding.excerpt is not None
    assert finding.place.line == len(lines) - 4


def nowhere(_: set[tuple[str, int]]) -> Iterator[tuple[str, Record]]:
    return iter(())


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(["", "10.1/a", "10.1/B", "10.1/b"])),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_no_order_of_records_or_files_changes_what_is_found(
    articles: list[tuple[int, str]], random
) -> None:  # type: ignore[no-untyped-def]
    files = {f"{n}.nbib": article(*data) for n, data in enumerate(articles)}
    found = []
    for _ in range(2):
        dataset = Dataset(RULES, Context(AS_OF, BOOK.vocabularies))
        for name, text in files.items():
            dataset.collect(name, Columns(read(Chunk(text.encode(), 1, True, True)).records))
        found.append(list(dataset.findings(nowhere)))
        files = dict(random.sample(list(files.items()), len(files)))
    assert found[0] == found[1]
    copies = len(articles) - len({pmid for pmid, _ in articles})
    assert sum(f.code == "ML901" for f in found[0]) == copies
