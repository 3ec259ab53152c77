"""A cluster of dask: the same output as one process, and one line where there is none."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import ROOT, Medlint, long_record, record

pytest.importorskip("distributed", reason="the extra 'dask' is not installed")

_OPTIONS = ["--no-cache", "--output-format=json", "--as-of=2026-01-01", "--quiet"]
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the processes of a cluster, and ends them."""
    processes: list[subprocess.Popen[bytes]] = []

    def run(*words: str, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )
        processes.append(process)
        return process

    yield run
    for process in reversed(processes):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def scheduler(start: Start, tmp_path: Path) -> str:
    """The address of a scheduler that has no workers yet."""
    file = tmp_path / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    start("distributed.cli.dask_scheduler", *words)
    for _ in range(3000):
        if file.exists() and (text := file.read_text()).rstrip().endswith("}"):
            address: str = json.loads(text)["address"]
            return address
        time.sleep(0.01)
    raise AssertionError("there is no scheduler")


def worker(start: Start, scheduler: str, **environment: str) -> subprocess.Popen[bytes]:
    words = [scheduler, "--nthreads", "2", "--no-dashboard", "--host", "127.0.0.1"]
    return start("distributed.cli.dask_worker", *words, **environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three thousand records."""
    folder = tmp_path / "records"
    folder.mkdir()
    text = "\n".join(
        long_record(n % 2990 + 1, LA="xx" if n % 7 == 0 else "eng") for n in range(3000)
    )
    (folder / "a.nbib").write_text(text)
    (folder / "b.nbib").write_text(record(9_000_001, LA="xx"))
    return folder


def test_a_cluster_gives_the_same_though_a_worker_is_killed(
    start: Start, scheduler: str, folder: Path, medlint: Medlint, tmp_path: Path
) -> None:
    workers = [worker(start, scheduler), worker(start, scheduler)]
    with (tmp_path / "out.json").open("wb") as output, (tmp_path / "err").open("wb") as error:
        process = subprocess.Popen(
            [sys.executable, "-m", "medlint", "check", *_OPTIONS, "--scheduler", scheduler, folder],
            stdout=output,
            stderr=error,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        while process.poll() is None and not (tmp_path / "out.json").stat().st_size:
            time.sleep(0.01)
        os.killpg(workers[0].pid, signal.SIGKILL)
        assert process.poll() is None
        code = process.wait(timeout=120)
    expected = medlint("check", "-j1", *_OPTIONS, folder)
    assert (tmp_path / "err").read_bytes() == b""
    assert (tmp_path / "out.json").read_text() == expected.stdout
    assert code == expected.returncode == 1


def test_a_worker_with_another_version_is_one_line(
    start: Start, scheduler: str, folder: Path, medlint: Medlint, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "medlint"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("")
    (other / "version.py").write_text("__version__ = '0.0.1'\n")
    worker(start, scheduler, PYTHONPATH=str(other.parent))
    done = medlint("check", "--scheduler", scheduler, folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "every worker must have medlint" in done.stderr
    assert "has 0.0.1" in done.stderr


def test_a_cluster_on_this_machine_gives_the_same(folder: Path, medlint: Medlint) -> None:
    done, expected = (
        medlint("check", *_OPTIONS, *words, folder)
        for words in (["--scheduler", "local", "-j2"], ["-j1"])
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, expected.stdout, "")


def test_ctrl_c_ends_a_cluster_on_this_machine(folder: Path) -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "medlint",
            "check",
            "--no-cache",
            "--scheduler=local",
            "-j2",
            folder,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    process.stdout.read(1)
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert re.fullmatch(rb"medlint: interrupted after [^\n]*\n", error)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", "there is no scheduler"),
        ("127.0.0.1:8786", "expected 'local' or an address such as tcp://host:8786"),
        ("", "expected 'local' or an address such as tcp://host:8786"),
        ("tls://127.0.0.1:8786", "dask has no certificates to use"),
    ],
)
def test_no_scheduler_is_one_line(address: str, said: str, folder: Path, medlint: Medlint) -> None:
    done = medlint("check", "--scheduler", address, folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


@pytest.mark.parametrize("words", [["-j2"], ["--pmid", "1"], ["--since", "main"]])
def test_what_a_cluster_cannot_do_is_refused(words: list[str], medlint: Medlint) -> None:
    done = medlint("check", "--scheduler", "tcp://127.0.0.1:1", *words)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert words[0][:6].replace("-j2", "--jobs") in done.stderr


def test_without_dask_one_line_says_what_to_install(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "dask.py").write_text("raise ImportError\n")
    (tmp_path / "a.nbib").write_text(record())
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = medlint("check", "--scheduler", "local", "a.nbib", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("medlint: --scheduler needs dask: pip install")
