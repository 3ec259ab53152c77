"""Small files are linted together, and nobody can tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import record

from medlint import in_place
from medlint.active_rule import ActiveRule, RuleCrashError
from medlint.checks.base import Fault
from medlint.findings import Finding
from medlint.records.find import find
from medlint.records.record import Record
from medlint.rulebook.load import load_rulebook
from medlint.run import Plan, Run

BOOK = load_rulebook()
TEXTS = [
    "",
    record(),
    record(IS="1533-4407 (Electronic)"),
    f"{record(IS='1533-4407 (Electronic)')}\n{record(LA='xyz')}",
    record(OWN="ERIC", STAT="x"),
    "Not MEDLINE at all.\n",
    "PMID- 31000002\nTI - no hyphen in place\nlost indent\n",
    record()[:200],
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>31000003</PMID></MedlineCitation>"
    "</PubmedArticle></PubmedArticleSet>",
    record().replace("\n", "\r\n"),
]


def lint(folder: Path) -> tuple[list[Finding], Run]:
    run = Run(Plan.uniform(BOOK, BOOK.rules, date(2026, 1, 1)))
    return list(run.findings(find([str(folder)]).sources)), run


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=8), st.integers(1, 4))
def test_files_together_give_what_each_gives_alone(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], together: int
) -> None:
    folder = tmp_path_factory.mktemp("small")
    for number, text in enumerate(texts):
        (folder / f"{number}.nbib").write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_place, "_MOST", 1)
        alone, run_alone = lint(folder)
        patch.setattr(in_place, "_MOST", together)
        patch.setattr(in_place, "_TOGETHER", 3000)
        assert lint(folder)[0] == alone
        patch.undo()
        found, run = lint(folder)
    assert found == alone
    for name in ("files", "records", "records_read", "notices", "unusable"):
        assert getattr(run.summary, name) == getattr(run_alone.summary, name)


def test_where_a_rule_crashes_all_else_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        text = record(PMID=str(31000001 + number), IS="1533-4407 (Electronic)")
        (tmp_path / f"{number}.nbib").write_text(text)

    faults = ActiveRule.faults

    def fail_on_the_last(self: ActiveRule, record: Record) -> list[Fault]:
        if record.pmid == "31000002":
            raise RuleCrashError.of(self.rule, record, ZeroDivisionError())
        return faults(self, record)

    monkeypatch.setattr(ActiveRule, "faults", fail_on_the_last)
    run = Run(Plan.uniform(BOOK, [r for r in BOOK.rules if r.code == "ML203"], date(2026, 1, 1)))
    met: list[str] = []
    met.extend(f.path for f in run.findings(find([str(tmp_path)]).sources))
    assert [Path(path).name for path in met] == ["0.nbib", "2.nbib"]
    (line,) = run.summary.unusable
    assert "1.nbib: the text from line 1 on" in line
    assert "rule ML203 issn-check-digit crashed on the record with PMID 31000002" in line
