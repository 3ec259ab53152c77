"""What was linted before is not linted again, and nobody can tell from the findings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, Medlint, record

from medlint.findings import Finding
from medlint.part import ChunkLinter, Part, Task
from medlint.records.reader import whole
from medlint.records.sources import Source
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.rule import Rule
from medlint.run import Plan, Profile, Run
from medlint.store import Store
from medlint.written_parts import read, written

AS_OF = date(2026, 1, 1)
BOOK = load_rulebook()
RULES = [rule for rule in BOOK.rules if rule.default]
FAULTY = record(1, LA="xx", IS="1533-4407") + "\n" + record(2, PT=None) + "\n" + record(1)
#: Enough that the command line keeps what becomes of it.
MORE = "".join("\n" + record(n) for n in range(1000, 1200))
XML = """\
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">31000001</PMID><Article PubModel="Print"><Journal>
<ISSN IssnType="Electronic">1533-4407</ISSN></Journal></Article></MedlineCitation></PubmedArticle>
<DeleteCitation><PMID>31000007</PMID></DeleteCitation></PubmedArticleSet>
"""


def put(folder: Path, name: str, text: str) -> Source:
    (folder / name).write_text(text, encoding="utf-8")
    return Source(name, folder / name)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kept", 1 << 24)


def lint(
    store: Store | None, *sources: Source, chosen: Sequence[Rule] = RULES, as_of: date = AS_OF
) -> list[Finding]:
    run = Run(Plan.uniform(BOOK, chosen, as_of), store=store)
    found = list(run.findings(sources))
    assert not run.summary.unusable
    return found


@pytest.fixture
def linted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first lines of the chunks that were really linted."""
    lines: list[int] = []
    made = ChunkLinter._made

    def spy(self: ChunkLinter, tasks: Sequence[Task]) -> list[Part]:
        lines.extend(task.chunk.first_line for task in tasks)
        return made(self, tasks)

    monkeypatch.setattr(ChunkLinter, "_made", spy)
    return lines


@pytest.mark.parametrize("text", [FAULTY, XML, "", "no record\n", "PMC - PMC1\nPMID- 1\n"])
def test_the_second_time_nothing_is_linted_and_the_findings_are_the_same(
    text: str, tmp_path: Path, store: Store, linted: list[int]
) -> None:
    source = put(tmp_path, "a.nbib", text)
    plain = lint(None, source)
    assert lint(store, source) == plain
    linted.clear()
    assert lint(store, source) == plain
    assert linted == []


def test_a_file_that_has_changed_is_linted_and_the_others_are_not(
    tmp_path: Path, store: Store, linted: list[int]
) -> None:
    names = ["a.nbib", "b.nbib", "c.nbib"]
    sources = [put(tmp_path, name, record(n)) for n, name in enumerate(names, start=1)]
    assert lint(store, *sources) == []
    linted.clear()
    put(tmp_path, "b.nbib", record(2, LA="xx"))
    assert [(f.path, f.code) for f in lint(store, *sources)] == [("b.nbib", "ML301")]
    assert len(linted) == 1


def test_the_same_text_in_another_file_is_a_duplicate_all_the_same(
    tmp_path: Path, store: Store
) -> None:
    sources = [put(tmp_path, name, record(1)) for name in ("a.nbib", "b.nbib")]
    assert lint(store, *sources) == lint(store, *sources) == lint(None, *sources) != []


def test_other_rules_severities_days_and_dialects_are_not_mistaken(
    tmp_path: Path, store: Store
) -> None:
    source = put(tmp_path, "a.nbib", record(1, LA="xx", DEP="20260301", IS="1533-4407"))
    some = [rule for rule in RULES if rule.code != "ML301"]
    milder = [rule._replace(severity=BOOK.rules[0].severity.INFO) for rule in RULES]
    for chosen in (RULES, some, milder):
        for as_of in (AS_OF, AS_OF + timedelta(days=365)):
            for _ in range(2):
                kept = lint(store, source, chosen=chosen, as_of=as_of)
                assert kept == lint(None, source, chosen=chosen, as_of=as_of)
    for dialect in (None, "pmc", "eric"):
        plan = Plan.uniform(BOOK, RULES, AS_OF)
        profile = Profile(BOOK, RULES, dialect)
        plan = plan._replace(profile=lambda name, profile=profile: profile)
        found = [list(Run(plan, store=s).findings([source])) for s in (store, None)]
        assert found[0] == found[1]


def test_a_rule_of_ones_own_that_has_changed_is_another_rule(
    medlint: Medlint, tmp_path: Path
) -> None:
    put(tmp_path, "a.nbib", record(1) + MORE)
    assert medlint("rules", "new", "title-has-a-capital").returncode == 0
    own = tmp_path / "title-has-a-capital.yaml"
    command = ["check", "a.nbib", "--rules", own.name]
    told = [medlint(*command) for _ in range(2)]
    assert "warning MY001" in told[0].stdout
    assert told[1].stdout == told[0].stdout
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("severity: warning", "severity: error"), encoding="utf-8")
    assert "error MY001" in medlint(*command).stdout


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def _places_in(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in some JSON."""
    yield above
    steps = value if isinstance(value, dict) else range(len(value)) if type(value) is list else ()
    for step in steps:
        yield from _places_in(value[step], (*above, step))


@given(data=st.data())
def test_what_was_forged_is_no_part_or_one_of_the_right_kinds(data: st.DataObject) -> None:
    forged = json.loads(written(part_of(FAULTY.encode())))
    way = data.draw(st.sampled_from(list(_places_in(forged))))
    holder, value = forged, data.draw(JSON)
    for step in way[:-1]:
        holder = holder[step]
    if way:
        holder[way[-1]] = value
    else:
        forged = value
    try:
        part = read(json.dumps(forged).encode())
    except ValueError:
        return
    assert read(written(part)) == part


def part_of(text: bytes) -> Part:
    run = Run(Plan.uniform(BOOK, RULES, AS_OF))
    assert list(run.findings_in("a", b""))
    return run._linter.part(Task(0, whole(text)))


@given(text=st.binary(max_size=400))
def test_a_part_is_what_it_was_once_it_was_written(text: bytes) -> None:
    part = part_of(b"PMID- 31000001\nTI  - " + text + b"\nLA  - xx\n")
    assert read(written(part)) == part


def test_special_files_in_the_folder_are_no_entries(tmp_path: Path, store: Store) -> None:
    source = put(tmp_path, "a.nbib", FAULTY)
    plain = lint(store, source)
    [entry] = (tmp_path / "kept").glob("*.kept")
    entry.unlink()
    os.mkfifo(entry)
    assert lint(store, source) == plain
    entry.unlink()
    entry.symlink_to("/dev/zero")
    assert lint(store, source) == plain


def test_the_tally_is_no_link_to_another_file(tmp_path: Path, store: Store) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious\n", encoding="utf-8")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "blocks").symlink_to(precious)
    lint(store, put(tmp_path, "a.nbib", FAULTY))
    assert precious.read_text(encoding="utf-8") == "precious\n"


def test_outputs_are_the_same_with_and_without(medlint: Medlint, tmp_path: Path) -> None:
    put(tmp_path, "a.nbib", FAULTY + MORE)
    put(tmp_path, "b.xml", XML)
    for form in ("full", "sarif", "csv"):
        command = ["check", "a.nbib", "b.xml", "--output-format", form, "--show", "info"]
        told = [
            medlint(*command, *more, XDG_CACHE_HOME=str(tmp_path / "cache"))
            for more in ([], [], ["--no-cache"])
        ]
        assert told[0].stdout == told[1].stdout == told[2].stdout
        assert told[0].returncode == told[1].returncode == told[2].returncode == 1
    of_rules_and_two_files = 3
    assert len(list((tmp_path / "cache").rglob("*.kept"))) >= of_rules_and_two_files


def test_ignores_and_baselines_hold_for_what_was_kept(medlint: Medlint, tmp_path: Path) -> None:
    put(tmp_path, "a.nbib", FAULTY + MORE)
    before = medlint("check", "a.nbib").stdout
    assert "ML301" in before
    assert medlint("ignore", "1", "ML301", "--reason", "A test.").returncode == 0
    after = [medlint("check", "a.nbib", *more) for more in ([], [], ["--no-cache"])]
    assert "ML301" not in after[0].stdout
    assert after[0].stdout == after[1].stdout == after[2].stdout
    medlint("baseline", "create", "a.nbib")
    assert medlint("check", "a.nbib").returncode == medlint("check", "a.nbib").returncode == 0


def test_a_part_of_the_records_is_looked_at_without_the_store(
    medlint: Medlint, tmp_path: Path
) -> None:
    put(tmp_path, "a.nbib", FAULTY + MORE)
    medlint("check", "a.nbib")
    told = medlint("check", "a.nbib", "--pmid", "2")
    assert "PMID 2]" in told.stdout
    assert "PMID 1]" not in told.stdout


def test_no_cache_keeps_nothing(medlint: Medlint, tmp_path: Path) -> None:
    put(tmp_path, "a.nbib", FAULTY + MORE)
    medlint("check", "--no-cache", "a.nbib", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


def test_runs_at_the_same_time_share_what_is_kept(tmp_path: Path) -> None:
    for number in range(30):
        put(tmp_path, f"{number}.nbib", record(number + 1, LA="xx") + (number == 0) * MORE)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "medlint", "check", "--output-format", "concise", "."]
    runs = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    told = [run.communicate(timeout=60)[0] for run in runs]
    assert told[0].count(b"ML301") == 30
    assert set(told) == {told[0]}
