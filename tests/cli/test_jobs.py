"""`medlint check --jobs`: real processes, and what may become of them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import ROOT, Medlint, long_record, record

_FILES = ["json", "jsonl", "sarif", "csv", "junit", "gitlab", "markdown", "full"]
only_on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="the processes of a process are found in /proc"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with enough in it that processes are started."""
    folder = tmp_path_factory.mktemp("much")
    text = "\n".join(
        long_record(n % 1590 + 1, LA="xx" if n % 97 == 0 else "eng") for n in range(1600)
    )
    (folder / "a.nbib").write_text(text)
    (folder / "b.nbib").write_bytes(text[:30_000].replace("\n", "\r\n").encode())
    (folder / "c.xml").write_text("<PubmedArticleSet><PubmedArticle></PubmedArticleSet>")
    for number in range(200):
        (folder / f"small{number:03}.nbib").write_text(record(9_000_000 + number, LA="xx"))
    (folder / "medlint-ignores.yaml").write_text("- pmid: 98\n  rule: ML301\n  reason: Old.\n")
    assert (folder / "a.nbib").stat().st_size > 5 << 20
    return folder


def test_every_output_is_the_same_for_any_number(
    folder: Path, medlint: Medlint, tmp_path: Path
) -> None:
    found = []
    for jobs in ("1", "2", "3"):
        outputs = [f"--output={name}:{tmp_path / name}" for name in _FILES]
        done = medlint(
            "check", "--no-cache", "--jobs", jobs, "--as-of=2026-01-01", *outputs, folder
        )
        files = [(tmp_path / name).read_bytes() for name in _FILES]
        found.append((done.returncode, done.stdout, done.stderr, files))
    assert found[0][0] == 1
    assert "ML301" in found[0][1]
    assert found[0] == found[1] == found[2]


def test_standard_input_and_a_limit_are_the_same_for_any_number(
    folder: Path, medlint: Medlint
) -> None:
    text = (folder / "a.nbib").read_bytes()
    for options in (["--max-findings", "60"], ["--pmid", "1580"], ["--statistics"]):
        one, two = (
            medlint("check", "--no-cache", "-j", jobs, "--show=info", *options, "-", stdin=text)
            for jobs in ("1", "2")
        )
        assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)


@pytest.mark.parametrize("number", ["0", "-1", "x"])
def test_a_number_that_makes_no_sense_is_one_line(number: str, medlint: Medlint) -> None:
    done = medlint("check", "--jobs", number)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--jobs" in done.stderr


class Running:
    """A run with two processes that is under way."""

    def __init__(self, process: subprocess.Popen[str]):
        self.process = process

    @property
    def workers(self) -> list[int]:
        """The processes that it started, as soon as there are two."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for _ in range(3000):
            if len(found := children.read_text().split()) > 1:
                return [int(pid) for pid in found]
            time.sleep(0.01)
        raise AssertionError("no processes were started")


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "medlint",
            "check",
            "-j2",
            "--no-cache",
            "--quiet",
            *options,
            str(folder),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield Running(process)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@only_on_linux
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_who_interrupts_is_told_what_was_done_and_nothing_is_left(
    number: signal.Signals, code: int, folder: Path, tmp_path: Path
) -> None:
    with running(folder, "--output", f"json:{tmp_path / 'out.json'}") as run:
        workers = run.workers
        os.killpg(run.process.pid, number)
        _, error = run.process.communicate(timeout=30)
    assert run.process.returncode == code
    said = r"medlint: interrupted after [\d,]+ records in \d files?, with [\d,]+ findings?\n"
    assert re.fullmatch(said, error)
    assert not any(map(is_alive, workers))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@only_on_linux
def test_who_interrupts_thrice_is_told_once(jobs: str, folder: Path) -> None:
    with running(folder, jobs) as run:
        if jobs == "-j2":
            assert run.workers
        else:
            time.sleep(0.3)
        for _ in range(3):
            os.killpg(run.process.pid, signal.SIGINT)
            time.sleep(0.005)
        _, error = run.process.communicate(timeout=30)
    assert run.process.returncode == 130
    assert re.fullmatch(r"medlint: interrupted.*\n", error)


@only_on_linux
def test_processes_do_not_outlive_the_one_that_started_them(folder: Path) -> None:
    with running(folder) as run:
        workers = run.workers
        run.process.kill()
        run.process.wait()
        for _ in range(500):
            if not any(map(is_alive, workers)):
                return
            time.sleep(0.01)
    raise AssertionError("they did")


@only_on_linux
def test_a_process_that_is_killed_changes_nothing_in_the_output(
    folder: Path, medlint: Medlint
) -> None:
    with running(folder, "--output-format=json") as run:
        os.kill(run.workers[0], signal.SIGKILL)
        output, error = run.process.communicate(timeout=60)
    expected = medlint("check", "-j1", "--quiet", "--output-format=json", folder)
    assert (run.process.returncode, error, output) == (1, "", expected.stdout)
