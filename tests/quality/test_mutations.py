"""What the report on mutations counts is what it says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from medlint.rulebook.load import load_rulebook
from quality.mutations import report
from quality.mutations.__main__ import main
from quality.mutations.catalogue import FAMILIES, KINDS, NOT_MADE, Excerpt, Kind
from quality.mutations.entry import Entry
from quality.mutations.run import Setting, Tally, run

_RECORD = """\
PMID- {pmid}
OWN - NLM
STAT- MEDLINE
DCOM- 20190520
LR  - 20190601
IS  - 0028-4793 (Print)
IS  - 1533-4406 (Linking)
VI  - {volume}
IP  - 3
DP  - 2019 Mar
TI  - The effect of {drink} on the sleep of adults (a randomised trial) in seven
      cities of the north.
PG  - 211-9
LID - 10.1000/{drink}.{volume} [doi]
AB  - {drink} is drunk by many people. We asked adults of seven cities to drink it in the
      evening for a year, and counted their hours of sleep. The others drank water.
FAU - Miller, Anna B
AU  - Miller AB
AUID- ORCID: 0000-0002-1825-0097
AD  - University of {drink}, Hobart.
FAU - Garcia, Luis
AU  - Garcia L
LA  - eng
PT  - Journal Article
PL  - England
TA  - J {drink}
JT  - The journal of {drink} research
JID - {jid}
SB  - IM
MH  - Adult
MH  - Humans
MH  - *Sleep/drug effects
OTO - NOTNLM
OT  - {drink}
OT  - sleep
EDAT- 2019/03/01 06:00
MHDA- 2019/05/21 06:00
CRDT- 2019/03/01 06:00
PHST- 2018/09/01 00:00 [received]
PHST- 2019/01/15 00:00 [accepted]
PHST- 2019/03/01 06:00 [entrez]
PHST- 2019/03/01 06:00 [pubmed]
PHST- 2019/05/21 06:00 [medline]
AID - 10.1000/{drink}.{volume} [doi]
PST - ppublish
SO  - J {drink}. 2019 Mar;{volume}(3):211-9. doi: 10.1000/{drink}.{volume}.
"""
_RECORDS = [
    _RECORD.format(pmid=30800001 + i, volume=12 + i, drink=drink, jid=f"10100000{i}")
    for i, drink in enumerate(("Tea", "Coffee", "Cocoa", "Milk"))
]
_EXCERPT = Excerpt(*_RECORDS[:3])
_SETTING = Setting(Path("nowhere"), records=4, seed=1, as_of=date(2026, 11, 22))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus" / "someone+something"
    folder.mkdir(parents=True)
    (folder / "export.nbib").write_text("\n".join(_RECORDS), encoding="utf-8")
    return folder.parent


def _kind(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.title == name)


def test_every_rule_that_a_kind_names_exists() -> None:
    known = {rule.name for rule in load_rulebook().rules}
    assert {name for kind in KINDS for name in kind.rules} - known == set()


def test_kinds_are_many_and_no_two_have_one_name() -> None:
    names = [kind.title for kind in KINDS]
    assert len(names) == len(set(names))
    assert len(names) >= 90
    assert {kind.family for kind in KINDS} == FAMILIES.keys()


def test_every_kind_says_which_rules_are_meant_for_it() -> None:
    assert [kind.title for kind in KINDS if not kind.rules] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.title)
def test_a_kind_spoils_the_record_or_does_not_apply(kind: Kind) -> None:
    mutant = kind.make(_EXCERPT, Random(1))
    if mutant is not None:
        assert mutant.original == _EXCERPT.text.encode()
        assert mutant.data != mutant.original
        assert mutant.lines or kind.tags
        assert all(1 <= line <= mutant.data.count(b"\n") + 2 for line in mutant.lines)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.title)
def test_one_seed_makes_one_defect(kind: Kind) -> None:
    assert kind.make(_EXCERPT, Random(7)) == kind.make(_EXCERPT, Random(7))


def test_the_spoilt_lines_are_those_that_differ() -> None:
    mutant = _kind("a digit of an ISSN").make(_EXCERPT, Random(1))
    assert mutant is not None
    before, after = mutant.original.split(b"\n"), mutant.data.split(b"\n")
    differing = {i for i, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b}
    assert differing == mutant.lines
    assert after[mutant.record_line - 1] == b"PMID- 30800002"


def test_an_entry_keeps_each_line_that_nobody_touches() -> None:
    assert "\n".join(Entry(_RECORDS[0]).lines) + "\n" == _RECORDS[0]


def test_a_changed_value_is_wrapped_again_and_reads_back() -> None:
    entry = Entry(_RECORDS[0])
    title = entry.one("TI")
    title.value += " And " * 30 + "end."
    assert len(title.lines) > 2
    assert Entry("\n".join(entry.lines)).value("TI") == title.value


def _tallies(corpus: Path, *names: str) -> Iterator[Tally]:
    kinds = [kind for kind in KINDS if kind.title in names]
    return run(_SETTING._replace(corpus=corpus), kinds, jobs=1)


def test_a_defect_that_a_rule_is_meant_for_is_found(corpus: Path) -> None:
    (tally,) = _tallies(corpus, "a digit of an ISSN")
    assert (tally.applied, tally.found, tally.not_applicable) == (4, 4, 0)
    assert tally.counts == (1, 1, 1, 1)
    assert report.complaints([tally]) == []


def test_a_kind_that_no_record_can_have_is_counted_so(corpus: Path) -> None:
    (tally,) = _tallies(corpus, "its prefix is missing (PMC)")
    assert (tally.applied, tally.not_applicable) == (0, 4)
    assert report.complaints([tally]) == ["never applied: its prefix is missing (PMC)"]


def test_the_same_seed_counts_the_same(corpus: Path) -> None:
    names = ("a wrapped line lost its indent", "two FAU exchanged")
    assert list(_tallies(corpus, *names)) == list(_tallies(corpus, *names))


def _of(
    found: int, counts: tuple[int, ...], elsewhere: int = 0, where: str = "", why_not: str = ""
) -> Tally:
    others = (("other-rule", 2),)
    return Tally(
        "a kind", where, "dates", why_not, len(counts), found, elsewhere, 0, counts, others
    )


def test_what_is_not_found_and_what_is_told_twice_is_complained_of() -> None:
    assert report.complaints([_of(1, (1, 1), elsewhere=1)]) == [
        "found 1 of 2: a kind (1 elsewhere); others: `other-rule` 2"
    ]
    assert report.complaints([_of(2, (2, 2))]) == [
        "findings per defect 2, at most 2: a kind; others: `other-rule` 2"
    ]
    assert report.complaints([_of(3, (1, 1, 4))]) == [
        "findings per defect 1, at most 4: a kind; others: `other-rule` 2"
    ]


def _page(*tallies: Tally) -> str:
    return report.page(tallies, _SETTING, corpus=4, files=1)


def test_the_report_rounds_no_share_up() -> None:
    assert "| 199 | 99.5% |" in _page(_of(199, (1,) * 200))
    assert "| 1999 | 99.9% |" in _page(_of(1999, (1,) * 2000))


def test_a_row_sums_up_the_variants_of_a_kind() -> None:
    text = _page(_of(2, (1, 1), where="LID"), _of(1, (1, 3), where="AID"))
    assert "| a kind (LID, AID) | 4 | 3 | 75% | 0 | 1 | 3 | `other-rule` 4 |" in text
    assert "1 kind of defects, 2 with their variants; of 1 (50%) at least 99 in 100" in text


def test_what_is_missed_stands_with_its_reason() -> None:
    text = _page(_of(1, (1, 1), where="LID", why_not="PubMed | does so."))
    assert "| a kind (LID) | 2 | 1 | 50% | PubMed \\| does so. |" in text
    assert "a kind" not in _page(_of(2, (1, 1))).partition("## Dates")[0]


def test_what_causes_several_findings_is_told() -> None:
    text = _page(_of(3, (1, 2, 2)))
    assert "| a kind | 2 | 2 | `other-rule` 2 |" in text


def test_the_report_says_what_is_not_made() -> None:
    text = _page(_of(2, (1, 1)))
    assert all(defect in text for defect in NOT_MADE)


def test_rules_that_are_off_are_not_expected() -> None:
    off = {rule.name for rule in load_rulebook().rules if not rule.default}
    assert {kind.title: kind.rules & off for kind in KINDS if kind.rules & off} == {}


def test_a_kind_of_a_journal_stands_among_its_records(corpus: Path) -> None:
    _one_journal(corpus)
    tallies = list(_tallies(corpus, "another PL", "the ISSN of another journal (Linking)"))
    assert [(tally.applied, tally.found) for tally in tallies] == [(4, 4), (4, 4)]


def _one_journal(corpus: Path) -> None:
    records = [
        _RECORD.format(pmid=30800001 + i, volume=12 + i, drink="Tea", jid="101000000")
        .replace(f"10.1000/Tea.{12 + i}", f"10.1000/{drink}.{12 + i}")
        .replace("effect of Tea", f"effect of {drink}")
        .replace("AB  - Tea is", f"AB  - {drink} is")
        for i, drink in enumerate(("Tea", "Coffee", "Cocoa", "Milk", "Water", "Juice"))
    ]
    (corpus / "someone+something" / "export.nbib").write_text("\n".join(records), encoding="utf-8")


def test_a_reader_that_goes_away_ends_the_command_without_a_word(corpus: Path) -> None:
    command = [sys.executable, "-m", "quality.mutations", "--corpus", str(corpus), "--show", "all"]
    command += ["--kind", "tags"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 141)


def test_without_a_corpus_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["mutations", "--corpus", str(tmp_path / "none")])
    assert main() == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "no exports there" in said.err


def test_a_crash_of_medlint_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from quality.mutations.run import Bench, tally

    bench = Bench(_SETTING._replace(corpus=corpus))
    broken: Callable[..., object] = lambda self, data: 1 / 0  # noqa: E731
    monkeypatch.setattr("quality.linter.Linter.findings", broken)
    counted = tally(bench, _kind("a digit of an ISSN"))
    assert counted.crashes == ("ZeroDivisionError: division by zero",)
    assert report.complaints([counted])[0] == (
        "medlint ends with an error: a digit of an ISSN: ZeroDivisionError: division by zero"
    )
