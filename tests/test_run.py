"""A run: files are read in chunks, findings come in order, what cannot be read is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support import record

from medlint.findings import Finding
from medlint.interest import OfPmid
from medlint.records.sources import Source
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.rule import Rule
from medlint.run import Plan, Run

AS_OF = date(2026, 1, 1)
BOOK = load_rulebook()
RULES = [rule for rule in BOOK.rules if rule.default]
ERIC = "PMID- 31000009\nOWN - ERIC\nTI  - A title.\n"
PMC = "PMC - PMC7000001\nPMID- 31000008\nTI  - A title.\n"
OTHER = "TI  - A title.\nJO  - J Ex\n"


def rules(*codes: str) -> list[Rule]:
    return [rule for rule in BOOK.rules if rule.code in codes]


def put(folder: Path, name: str, text: str) -> Source:
    path = folder / name
    path.write_bytes(text.encode())
    return Source(name, path)


def run_over(sources: list[Source], chosen: list[Rule] | None = None) -> tuple[Run, list[Finding]]:
    run = Run(Plan.uniform(BOOK, RULES if chosen is None else chosen, AS_OF))
    return run, list(run.findings(sources))


def test_counts_of_files_records_and_findings(tmp_path: Path) -> None:
    bad = put(tmp_path, "bad.nbib", record(1, LA="xx") + "\n" + record(2, LA="yy", PT=None))
    run, found = run_over([bad, put(tmp_path, "clean.nbib", record(3))])
    assert (run.summary.files, run.summary.records) == (2, 3)
    assert run.summary.total == len(found) == 3
    assert run.summary.rules["ML301"].instances == 2
    assert run.summary.rules["ML301"].records == 2
    assert run.summary.unusable == []
    assert run.summary.notices == []


def test_findings_come_file_by_file_and_line_by_line(tmp_path: Path) -> None:
    sources = [
        put(tmp_path, name, "\n".join(record(n, LA="xx", IS="1533-4407") for n in pmids))
        for name, pmids in (("b.nbib", (1, 2)), ("a.nbib", (3, 4)))
    ]
    _, found = run_over(sources)
    assert list(dict.fromkeys(f.path for f in found)) == ["b.nbib", "a.nbib"]
    for name in ("a.nbib", "b.nbib"):
        places = [f.place[:2] for f in found if f.path == name]
        assert places == sorted(places)
        assert len(places) >= 4


@pytest.mark.parametrize(
    "make_unreadable",
    [lambda path: None, lambda path: path.mkdir()],
    ids=["gone", "folder"],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(
    tmp_path: Path, make_unreadable
) -> None:  # type: ignore[no-untyped-def]
    make_unreadable(tmp_path / "odd.nbib")
    sources = [
        put(tmp_path, "a.nbib", record(1, LA="xx")),
        Source("odd.nbib", tmp_path / "odd.nbib"),
        put(tmp_path, "z.nbib", record(2, LA="yy")),
    ]
    run, found = run_over(sources)
    assert [f.path for f in found] == ["a.nbib", "z.nbib"]
    (told,) = run.summary.unusable
    assert told.startswith("odd.nbib: cannot be read: ")
    assert (run.summary.files, run.summary.records) == (2, 2)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc, as on Linux")
def test_a_file_that_fails_while_it_is_read_is_told(tmp_path: Path) -> None:
    broken = Source("broken.nbib", Path("/proc/self/mem"))
    run, found = run_over([broken, put(tmp_path, "a.nbib", record(1, LA="xx"))])
    assert [f.path for f in found] == ["a.nbib"]
    assert run.summary.unusable == ["broken.nbib: cannot be read: input/output error"]
    assert run.summary.files == 1


def test_records_of_other_programs_are_noticed(tmp_path: Path) -> None:
    sources = [
        put(tmp_path, "eric.nbib", ERIC + "\n" + ERIC.replace("09", "10")),
        put(tmp_path, "pmc.nbib", PMC),
        put(tmp_path, "other.nbib", OTHER),
        put(tmp_path, "clean.nbib", record(1)),
    ]
    run, _ = run_over(sources)
    eric, other, pmc = run.summary.notices
    for dialect, notice, expected in (
        ("eric", eric, "2 records were written by ERIC, not by PubMed; "),
        ("other", other, "1 record was written by another program, not by PubMed; "),
        ("pmc", pmc, "1 record was written by PMC, not by PubMed; "),
    ):
        count = sum(dialect not in rule.dialects for rule in RULES)
        assert notice == f"{expected}{count} rules did not run there."
    assert run.summary.records == 5


def test_one_rule_that_did_not_run_is_one_rule(tmp_path: Path) -> None:
    run, _ = run_over([put(tmp_path, "eric.nbib", ERIC)], rules("ML301"))
    (notice,) = run.summary.notices
    assert notice.endswith("; 1 rule did not run there.")


def test_where_every_rule_ran_there_is_nothing_to_notice(tmp_path: Path) -> None:
    everywhere = [rule for rule in BOOK.rules if "eric" in rule.dialects]
    assert everywhere
    run, _ = run_over([put(tmp_path, "eric.nbib", ERIC)], everywhere)
    assert run.summary.notices == []


def test_books_are_pubmeds(tmp_path: Path) -> None:
    book = record(1, TI=None).replace("OWN - NLM\n", "OWN - NLM\nBTI - A book.\n")
    run, _ = run_over([put(tmp_path, "book.nbib", book)])
    assert run.summary.notices == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """A file of more than two chunks in which every 97th record has a wrong language, and the
    first and the last one the same PMID."""
    texts = [record(n, LA="eng" if n % 97 else f"x{n // 97}") for n in range(1, 2500)]
    texts.append(record(1))
    source = put(tmp_path_factory.mktemp("large"), "large.nbib", "\n".join(texts))
    assert source.path is not None
    assert source.path.stat().st_size > 2 << 20
    return source


def test_findings_are_in_order_and_in_place_across_chunks(large: Source) -> None:
    assert large.path is not None
    run, found = run_over([large], rules("ML301", "ML901"))
    languages = [f for f in found if f.code == "ML301"]
    assert [f.value for f in languages] == [f"x{n}" for n in range(1, 2499 // 97 + 1)]
    assert found[:-1] == languages
    lines = large.path.read_text().split("\n")
    for finding in found:
        line = lines[finding.place.line - 1]
        assert line[finding.place.column - 1 : finding.place.end_column - 1] == finding.value
        assert finding.excerpt is not None
        assert finding.excerpt.lines == (line,)
    assert run.summary.records == 2500
    assert run.summary.files == 1


def test_copies_in_two_chunks_are_found_and_placed(large: Source) -> None:
    _, (finding,) = run_over([large], rules("ML901"))
    assert finding.value == "1"
    assert finding.message == "PMID 1 is already used by the record at large.nbib:1."
    assert finding.place.line == 1 + 2499 * (record().count("\n") + 1)


def test_one_chunk_or_many_give_the_same(large: Source) -> None:
    assert large.path is not None
    chosen = rules("ML301", "ML203", "ML401", "ML901")
    _, in_chunks = run_over([large], chosen)
    whole = Run(Plan.uniform(BOOK, chosen, AS_OF)).findings_in(
        "large.nbib", large.path.read_bytes()
    )
    assert in_chunks == list(whole)


def test_progress_comes_to_the_size_of_the_file(large: Source) -> None:
    assert large.path is not None
    sizes: list[int] = []
    list(
        Run(Plan.uniform(BOOK, rules("ML301"), AS_OF), lambda size, _: sizes.append(size)).findings(
            [large]
        )
    )
    assert len(sizes) > 2
    assert sum(sizes) == large.path.stat().st_size


def test_findings_are_given_before_the_file_is_read_to_its_end(large: Source) -> None:
    sizes: list[int] = []
    run = Run(Plan.uniform(BOOK, rules("ML301"), AS_OF), lambda size, _: sizes.append(size))
    assert next(run.findings([large])).value == "x1"
    assert sizes == []
    assert run.summary.total == 1


@pytest.mark.parametrize(("pmid", "is_met"), [("194", True), ("19", True), ("9999", False)])
def test_pmid_looks_at_one_record_alone(large: Source, pmid: str, is_met: bool) -> None:
    run = Run(Plan.uniform(BOOK, RULES, AS_OF, interests=[OfPmid(pmid)]))
    assert [f.pmid for f in run.findings([large])] == (["194"] if pmid == "194" else [])
    assert (run.summary.records > 0) is is_met


def test_text_in_memory_is_linted_as_a_file_would_be(tmp_path: Path) -> None:
    text = record(1, LA="xx") + "\n" + record(1)
    source = put(tmp_path, "a.nbib", text)
    run = Run(Plan.uniform(BOOK, RULES, AS_OF))
    assert list(run.findings_in("a.nbib", text.encode())) == run_over([source])[1]
    assert (run.summary.files, run.summary.records, run.summary.total) == (1, 2, 2)


def test_a_large_file_that_is_no_medline_is_one_finding(tmp_path: Path) -> None:
    source = put(tmp_path, "a.nbib", "@article{a, title={Tea}}\n" * 120_000)
    run = Run(Plan.uniform(BOOK, RULES, AS_OF))
    assert [finding.name for finding in run.findings([source])] == ["medline-text"]
