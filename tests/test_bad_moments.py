"""Files that change, grow or go while a run is under way, and disks that fill."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from support import ROOT, Medlint, record

from medlint.findings import Finding
from medlint.records.find import find
from medlint.rulebook.load import load_rulebook
from medlint.run import Plan, Run

BOOK = load_rulebook()
RULES = [rule for rule in BOOK.rules if rule.code in ("ML203", "ML901", "ML131")]
BAD = record(IS="1533-4407 (Electronic)")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and limits are POSIX")


def numbered(first: int, count: int) -> str:
    return "\n".join(BAD.replace("31000001", str(first + n)) for n in range(count))


#: More than one chunk.
LARGE = numbered(31000001, 2500)


class Disturbed:
    """A run over a folder in which something happens after the first finding."""

    def __init__(self, folder: Path, happen: Callable[[], object]):
        self.run = Run(Plan.uniform(BOOK, RULES, date(2026, 1, 1)))
        self.findings: list[Finding] = []
        for finding in self.run.findings(find([str(folder)]).sources):
            if not self.findings:
                happen()
            self.findings.append(finding)

    def met(self) -> Iterator[str]:
        """The files with findings, in order."""
        return iter(dict.fromkeys(Path(f.path).name for f in self.findings))

    def told(self) -> list[str]:
        """What could not be read, without the folder."""
        return [line.rpartition(os.sep)[2] for line in self.run.summary.unusable]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.nbib").write_text(LARGE)
    (tmp_path / "in" / "b.nbib").write_text(numbered(32000001, 1))
    (tmp_path / "in" / "c.nbib").write_text(numbered(33000001, 1))
    return tmp_path / "in"


def test_a_file_that_has_gone_is_told_and_the_others_are_linted(folder: Path) -> None:
    done = Disturbed(folder, (folder / "b.nbib").unlink)
    assert list(done.met()) == ["a.nbib", "c.nbib"]
    assert done.told() == ["b.nbib: cannot be read: no such file or directory"]


def test_a_folder_that_has_gone_takes_only_what_was_not_read(folder: Path) -> None:
    done = Disturbed(folder, lambda: shutil.rmtree(folder))
    assert list(done.met()) == ["a.nbib"]
    assert len(done.findings) == 2500
    assert done.told() == [
        "b.nbib: cannot be read: no such file or directory",
        "c.nbib: cannot be read: no such file or directory",
    ]


def test_a_file_that_became_a_folder_is_told(folder: Path) -> None:
    def replace() -> None:
        (folder / "b.nbib").unlink()
        (folder / "b.nbib").mkdir()

    done = Disturbed(folder, replace)
    assert list(done.met()) == ["a.nbib", "c.nbib"]
    assert len(done.told()) == 1


def test_what_a_file_has_grown_by_is_read_too(folder: Path) -> None:
    def grow() -> None:
        with (folder / "a.nbib").open("a") as file:
            file.write("\n" + numbered(34000001, 3))

    done = Disturbed(folder, grow)
    assert sum(f.path.endswith("a.nbib") for f in done.findings) == 2503
    assert done.told() == []


def test_a_file_that_was_cut_short_is_read_as_far_as_it_goes(folder: Path) -> None:
    done = Disturbed(folder, lambda: os.truncate(folder / "a.nbib", 100))
    assert list(done.met()) == ["a.nbib", "b.nbib", "c.nbib"]
    assert 0 < sum(f.path.endswith("a.nbib") for f in done.findings) < 2500
    assert done.told() == []


def test_a_file_that_is_replaced_gives_what_it_was(folder: Path) -> None:
    (folder / "a.nbib").write_text(f"{LARGE}\n{BAD}")

    def replace() -> None:
        (folder / "new").write_text(numbered(39000001, 3000))
        os.replace(folder / "new", folder / "a.nbib")

    done = Disturbed(folder, replace)
    of_a = [f for f in done.findings if f.path.endswith("a.nbib")]
    assert {f.pmid for f in of_a} <= {str(31000001 + n) for n in range(2500)}
    assert sum(f.code == "ML203" for f in of_a) == 2501
    assert done.told() == []


@needs_posix
def test_a_named_pipe_is_read_as_it_is_filled(medlint: Medlint, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "z.nbib").write_text(BAD)
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_text(LARGE))
    writer.start()
    done = medlint(
        "check", "--select=ML203", "--max-per-rule=0", "--output-format=concise", "pipe", "z.nbib"
    )
    writer.join()
    assert done.stdout.count("pipe:") == 2500
    assert done.stdout.count("z.nbib:") == 1
    assert done.stderr == ""


def test_a_record_that_is_too_long_is_told_and_those_around_it_are_linted(
    medlint: Medlint, tmp_path: Path
) -> None:
    field = "AB  - " + "a line of an abstract that has no end and goes on and on\n      " * 150_000
    huge = record(PMID="31000002").replace("FAU", f"{field}and on.\nFAU", 1)
    last = BAD.replace("31000001", "31000003")
    (tmp_path / "a.nbib").write_text(f"{BAD}\n{huge}\n{last}")
    (tmp_path / "b.nbib").write_text(BAD)
    done = medlint("check", "--select=ML203", "--output-format=concise", "a.nbib", "b.nbib")
    assert done.returncode == 2
    assert [line.split("]")[0].split()[-1] for line in done.stdout.splitlines()[:3]] == [
        "31000001",
        "31000003",
        "31000001",
    ]
    line = 2 + BAD.count("\n") - 1
    assert done.stderr == (
        f"medlint: a.nbib: a record is longer than 8 MiB, as none can be (from line {line}); "
        "it was read in parts, and what is said of it from there on may be wrong\n"
    )
    before = (tmp_path / "a.nbib").stat()
    done = medlint("format", "a.nbib")
    assert done.returncode == 2
    assert "medlint: a.nbib: not changed: a record is longer than 8 MiB" in done.stderr
    assert (tmp_path / "a.nbib").stat().st_mtime_ns == before.st_mtime_ns


def test_each_finding_of_a_record_with_very_many_stands_at_its_line(
    medlint: Medlint, tmp_path: Path
) -> None:
    text = record().replace(
        "PG  - ", "IS  - 1533-4407 (Electronic)\nTT  - x\n" * 5000 + "PG  - ", 1
    )
    (tmp_path / "a.nbib").write_text(text)
    done = medlint(
        "check", "--select=ML203", "--max-per-rule=0", "--output-format=concise", "a.nbib"
    )
    lines = [int(line.split(":")[1]) for line in done.stdout.splitlines()[:-1]]
    first = text[: text.index("1533-4407")].count("\n") + 1
    assert lines == list(range(first, first + 10_000, 2))


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.argv = ["medlint", *sys.argv[1:]]
from medlint.cli.main import main
main()
"""


@needs_posix
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "-q", "--output", "json:out.json", "a.nbib"], "out.json: File too large"),
        (["check", "-q", "--output", "sqlite:out.db", "a.nbib"], "out.db: "),
        (["check", "-q", "--fix", "a.nbib"], "a.nbib: not changed: "),
        (["baseline", "create", "a.nbib"], "medlint-baseline.jsonl: "),
    ],
)
def test_a_disk_that_fills_leaves_nothing_half_written(
    tmp_path: Path, words: list[str], said: str
) -> None:
    (tmp_path / "a.nbib").write_text(numbered(31000001, 300).replace("LA  - eng", "LA  - ENG"))
    before = (tmp_path / "a.nbib").read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path.parent / "c")},
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") <= 2
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.nbib"]
    assert (tmp_path / "a.nbib").read_bytes() == before
