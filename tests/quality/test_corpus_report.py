"""The report on real exports counts what stands in them, and shows no more than it may."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from medlint.rulebook.load import load_rulebook
from quality.corpus import CorpusAbsent, distinct_records, files
from quality.corpus_report import main, page, read_corpus, samples

_AS_OF = date(2026, 11, 22)
_FIRST = "PMID- 31000001\nTI  - A secret title \x1b[31m.\nIS  - 0028-4794 (Print)\n"
_SECOND = "PMID- 31000002\nIS  - 0028-4793 (Print)\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name, text in {
        "anna+tea/one.nbib": _FIRST + "\n" + _SECOND,
        "anna+tea/two.txt": _FIRST.replace("\n", "\r\n"),
        "JabRef+jabref/test.nbib": "PMID- 31000003\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def test_each_record_is_read_once_and_test_files_are_left_out(corpus: Path) -> None:
    assert [file.name for file in files(corpus)] == ["one.nbib", "two.txt"]
    assert distinct_records(corpus) == [_FIRST, _SECOND]


def test_a_folder_without_exports_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusAbsent, match="put MEDLINE files of your own"):
        distinct_records(tmp_path)


def test_rules_files_and_records_are_counted(corpus: Path) -> None:
    text = page(read_corpus(corpus), load_rulebook().rules, _AS_OF)
    assert "2 different PubMed records out of 2 public exports" in text
    row = "| ML203 | [issn-check-digit](rules/issn-check-digit.md) | error | 1 | 1 | 50.00% |"
    assert row in text
    assert "| anna/tea | 1 | 2 |" in text
    assert "| anna/tea | 2 | 1 |" in text


def test_rules_that_are_off_stand_apart(corpus: Path) -> None:
    rules = load_rulebook().rules
    on, off = page(read_corpus(corpus), rules, _AS_OF).split("## Rules that are off by default")
    assert "ML203" in on
    assert "ML203" not in off
    assert all(rule.code not in on for rule in rules if not rule.default)


def test_the_report_holds_no_text_of_records_and_no_path(corpus: Path) -> None:
    text = page(read_corpus(corpus), load_rulebook().rules, _AS_OF)
    assert "secret" not in text
    assert "31000001" not in text
    assert str(corpus) not in text


def test_the_report_is_the_same_each_time(corpus: Path) -> None:
    rules = load_rulebook().rules
    assert page(read_corpus(corpus), rules, _AS_OF) == page(read_corpus(corpus), rules, _AS_OF)


def test_a_sample_shows_the_finding_among_its_lines(corpus: Path) -> None:
    text = "".join(samples(read_corpus(corpus), _AS_OF, 5, "issn-check-digit", is_whole=False))
    assert "=== ML203 issn-check-digit: 1 of 1" in text
    assert "PMID 31000001 of anna/tea" in text
    assert " > IS  - 0028-4794 (Print)" in text


def test_a_sample_obeys_nothing_that_stands_in_a_record(corpus: Path) -> None:
    text = "".join(samples(read_corpus(corpus), _AS_OF, 5, "issn-check-digit", is_whole=True))
    assert "\x1b" not in text
    assert r"secret title \x1b[31m" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--corpus", "none"], "no exports there"),
        (["--rule", "no-such-rule"], "there is no rule 'no-such-rule'"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    corpus: Path,
    options: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(corpus.parent)
    monkeypatch.setattr("sys.argv", ["corpus-report", "--corpus", str(corpus), *options])
    assert main() == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
