"""Many processes: the same findings and the same words, whoever did the work and whatever broke."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SHARED, record

import medlint.records.pieces
import medlint.workers
from medlint.active_rule import RuleCrashError
from medlint.findings import Finding
from medlint.interest import OfPmid
from medlint.part import ChunkLinter, Outcome, Task
from medlint.processes import Processes
from medlint.records.chunking import chunks
from medlint.records.find import find
from medlint.records.sources import Source
from medlint.rulebook.load import load_rulebook
from medlint.run import Plan, Run
from medlint.suppress.held_back import Suppression
from medlint.workers import Crew, NoProcessesError, Workers

AS_OF = date(2026, 1, 1)
BOOK = load_rulebook()
RULES = [rule for rule in BOOK.rules if rule.default]
PLAN = Plan.uniform(BOOK, RULES, AS_OF)
XML = (
    '<?xml version="1.0"?>\n<PubmedArticleSet>\n%s</PubmedArticleSet>\n',
    "<PubmedArticle><MedlineCitation><PMID Version='1'>%d</PMID><Article><ISSN>1234-5678</ISSN>"
    "<Language>xx</Language></Article></MedlineCitation></PubmedArticle>\n",
)


class Faraway:
    """A crew that is sent everything as bytes, as another process is, and may lose tasks.

    *is_lost* is asked about the tasks of each call.
    """

    size = 1

    def __init__(
        self,
        linter: ChunkLinter,
        is_lost: Callable[[Sequence[Task]], bool] = lambda tasks: False,
    ):
        self._linter = pickle.loads(pickle.dumps(linter))
        self._is_lost = is_lost
        self.stopped = self.closed = False

    def submit(self, tasks: Sequence[Task]) -> Future[list[Outcome]]:
        future: Future[list[Outcome]] = Future()
        if self._is_lost(tasks):
            future.set_exception(BrokenProcessPool("killed"))
        else:
            outcomes = self._linter.outcomes(pickle.loads(pickle.dumps(tasks)))
            future.set_result(pickle.loads(pickle.dumps(outcomes)))
        return future

    def renew(self) -> None:
        pass

    def stop(self) -> None:
        self.stopped = True

    def close(self) -> None:
        self.closed = True


@pytest.fixture(scope="module", autouse=True)
def _small_chunks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(medlint.records.pieces, "chunks", partial(chunks, block=3000))
        patch.setattr(medlint.workers, "_GROUP", 7000)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


def told(
    sources: Sequence[Source],
    call: Callable[[ChunkLinter], Crew | None] | None,
    plan: Plan = PLAN,
    suppression: Suppression | None = None,
) -> tuple[list[Finding], list[Any]]:
    """All that a run tells: the findings, and what its summary holds."""
    if call is None:
        run = Run(plan, suppression=suppression)
        found = list(run.findings(sources))
    else:
        with Workers(call, patience=1) as workers:
            run = Run(plan, suppression=suppression, workers=workers)
            found = list(run.findings(sources))
    summary = run.summary
    counts = [(r.code, r.instances, r.records) for r in summary.rules.values()]
    held_back = [suppression.ignored, suppression.baselined] if suppression else []
    numbers = [summary.files, summary.records, summary.records_read, *held_back]
    return found, [*numbers, counts, summary.notices, summary.unusable]


def put(folder: Path, files: dict[str, bytes]) -> list[Source]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [Source(name, folder / name) for name in files]


_ids = st.integers(1, 40)
_values = st.sampled_from([None, "xx", "eng", "Ｅng"])
_records = st.builds(lambda n, la, own: record(n, LA=la, OWN=own), _ids, _values, st.just("NLM"))
_odd = st.sampled_from(
    [
        "PMID- 7\nOWN - ERIC\nTI  - A title.\n",
        "TI  - A title.\nJO  - J Ex\n",
        "@article{a, title={Tea}}\n" * 50,
        "PMID- 9\nTI  - Broken\nof line\n",
        "",
    ]
)
_text = st.lists(st.one_of(_records, _records, _records, _odd), max_size=25).map("\n".join)
_xml = st.lists(_ids, max_size=12).map(lambda ids: XML[0] % "".join(XML[1] % n for n in ids))


@settings(max_examples=15)
@given(texts=st.lists(st.one_of(_text, _xml), min_size=1, max_size=6))
def test_the_output_is_the_same_whoever_did_the_work(texts: list[str], folder: Path) -> None:
    files = {f"{number}.nbib": text.encode() for number, text in enumerate(texts)}
    sources = put(folder, files)
    with zipfile.ZipFile(folder / "x.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    (folder / "cut.zip").write_bytes((folder / "x.zip").read_bytes()[:-30])
    sources += [Source(name, folder / name) for name in ("x.zip", "cut.zip", "gone.nbib")]
    assert told(sources, Faraway) == told(sources, None)


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.parametrize("jobs", [2, 3])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_processes_give_what_one_gives(method: str, jobs: int, tmp_path: Path) -> None:
    text = "\n".join(record(n % 90 + 1, LA="xx" if n % 7 == 0 else "eng") for n in range(100))
    sources = put(tmp_path, {"a.nbib": text.encode(), "b.nbib": text[:50_000].encode()})
    assert told(sources, lambda linter: Processes(jobs, linter, method)) == told(sources, None)


def test_ignores_and_baselines_hold_back_the_same(tmp_path: Path) -> None:
    (tmp_path / "medlint-ignores.yaml").write_text(
        "- pmid: 3\n  rule: ML301\n  reason: Old.\n"
        "- pmid: 5\n  rule: ML203\n  reason: Of no use.\n"
        "- value: A title.\n  rule: ML101\n  reason: Of no use.\n"
    )
    text = "\n".join(record(n, LA="xx") for n in range(1, 30)) + "\nTI  - A title.\nJO  - J Ex\n"
    path = tmp_path / "a.nbib"
    path.write_text(text)

    def outcome(call: Callable[[ChunkLinter], Crew] | None) -> tuple[list[Finding], list[Any]]:
        suppression = Suppression([str(path)], BOOK.rules, lambda name: RULES, AS_OF)
        return told([Source(str(path), path)], call, suppression=suppression)

    found, (_, _, _, ignored, _, counts, _, _) = outcome(Faraway)
    assert (found, ignored) == (outcome(None)[0], 1)
    assert outcome(Faraway) == outcome(None)
    assert any(code == "ML092" for code, *_ in counts)


def test_one_record_that_is_asked_for_is_found(tmp_path: Path) -> None:
    text = "\n".join(record(n, LA="xx") for n in range(1, 60))
    sources = put(tmp_path, {"a.nbib": text.encode()})

    def plan() -> Plan:
        return PLAN._replace(interests=[OfPmid("50")])

    found, _ = told(sources, Faraway, plan())
    assert {finding.pmid for finding in found} == {"50"}
    assert told(sources, Faraway, plan()) == told(sources, None, plan())


def test_who_stops_early_has_counted_nothing_ahead(tmp_path: Path) -> None:
    text = "\n".join(record(n, LA="xx") for n in range(1, 200))
    sources = put(tmp_path, {"a.nbib": text.encode()})
    sources.append(Source("gone.nbib", tmp_path / "gone.nbib"))
    counts = []
    crews: list[Faraway] = []

    def call(linter: ChunkLinter) -> Crew:
        crews.append(Faraway(linter))
        return crews[0]

    for workers in (None, Workers(call, patience=1)):
        run = Run(PLAN, workers=workers)
        findings = run.findings(sources)
        assert [next(findings) for _ in range(20)]
        counts.append((run.summary.records, run.summary.total, run.summary.unusable))
        if workers is not None:
            workers.__exit__(None, None, None)
    assert counts[0] == counts[1]
    assert counts[0][2] == []
    assert crews[0].stopped or crews[0].closed


def test_a_crash_of_a_rule_costs_the_stretch_that_it_was_met_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(record(n, LA="xx") for n in range(1, 60))
    sources = put(tmp_path, {"a.nbib": text.encode()})
    real = medlint.part.read

    def broken(chunk: Any) -> Any:
        if b"PMID- 40\n" in chunk.data:
            raise RuleCrashError("rule ML000 crashed")
        return real(chunk)

    monkeypatch.setattr("medlint.part.read", broken)
    found: list[list[Finding]] = []
    for workers in (None, Workers(Faraway, patience=1)):
        run = Run(PLAN, workers=workers)
        found.append(list(run.findings(sources)))
        (line,) = run.summary.unusable
        assert line.endswith("was not linted: rule ML000 crashed")
    assert found[0] == found[1]
    assert found[0]


def test_what_was_lost_once_is_done_again(tmp_path: Path) -> None:
    text = "\n".join(record(n, LA="xx") for n in range(1, 60))
    sources = put(tmp_path, {"a.nbib": text.encode(), "b.nbib": text.encode()})
    number = count()
    call = partial(Faraway, is_lost=lambda tasks: next(number) == 1)
    assert told(sources, call) == told(sources, None)


def test_what_is_lost_twice_is_told_and_all_else_is_linted(tmp_path: Path) -> None:
    good = "\n".join(record(n, LA="xx") for n in range(1, 60))
    bad = record(77, LA="xx")
    sources = put(tmp_path, {"a.nbib": good.encode(), "b.nbib": bad.encode(), "c.nbib": b"x"})

    def is_lost(tasks: Sequence[Task]) -> bool:
        return any(b"PMID- 77\n" in task.chunk.data for task in tasks)

    found, (*_, unusable) = told(sources, partial(Faraway, is_lost=is_lost))
    expected, _ = told([sources[0], sources[2]], None)
    assert found == expected
    (line,) = unusable
    assert line.startswith("b.nbib: the text from line 1 on")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals are POSIX")
def test_a_process_that_is_killed_changes_nothing(tmp_path: Path) -> None:
    text = "\n".join(record(n, LA="xx") for n in range(1, 300))
    sources = put(tmp_path, {"a.nbib": text.encode()})
    crews: list[Processes] = []

    def call(linter: ChunkLinter) -> Crew:
        crews.append(Processes(2, linter))
        return crews[0]

    with Workers(call, patience=1) as workers:
        run = Run(PLAN, workers=workers)
        findings = run.findings(sources)
        found = [next(findings) for _ in range(40)]
        os.kill(crews[0].pids[0], signal.SIGKILL)
        found += findings
    assert (found, run.summary.unusable) == (told(sources, None)[0], [])


def test_without_processes_one_does_it_all_and_says_so(tmp_path: Path) -> None:
    sources = put(tmp_path, {"a.nbib": "\n".join(record(n) for n in range(1, 60)).encode()})

    def call(linter: ChunkLinter) -> Crew:
        raise NoProcessesError("other processes cannot be started (no memory)")

    found, (*_, notices, _) = told(sources, call)
    assert found == told(sources, None)[0]
    assert notices == ["other processes cannot be started (no memory); one did all the work"]


def test_little_work_calls_nobody(tmp_path: Path) -> None:
    sources = put(tmp_path, {"a.nbib": record().encode()})

    def call(linter: ChunkLinter) -> Crew:
        raise AssertionError("nobody is needed")

    with Workers(call) as workers:
        assert list(Run(PLAN, workers=workers).findings(sources)) == told(sources, None)[0]


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="there is no corpus here")
def test_a_corpus_gives_the_same_from_three_processes() -> None:
    paths = [SHARED / "corpus" / "text", SHARED / "corpus" / "xml"]
    sources = find([str(path) for path in paths if path.is_dir()]).sources[::10]
    here = told(sources, None)
    assert here[0]
    assert told(sources, lambda linter: Processes(3, linter)) == here
