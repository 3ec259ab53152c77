"""Signals that end the program, in programs of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from support import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")


def run(program: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", program]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(words, capture_output=True, text=True, timeout=30, env=environment)


HEEDING = """
import os, signal, time
from medlint import signals
signals.heed_signals()
def end(name):
    os.kill(os.getpid(), getattr(signal, name))
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_those_after_the_first_do_not_disturb_who_tidies_up(name: str) -> None:
    done = run(
        f"""{HEEDING}
try:
    end("{name}")
except signals.Ended as ended:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        end(name)
    print(ended.number)
"""
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) == getattr(signal, name)


def test_one_that_comes_later_ends_the_program_at_once() -> None:
    done = run(
        f"""{HEEDING}
try:
    end("SIGINT")
except signals.Ended:
    signals._received_at -= 2
    end("SIGTERM")
print("not reached")
"""
    )
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "")


def test_what_nohup_ignores_is_ignored() -> None:
    done = run(
        """
import os, signal
signal.signal(signal.SIGHUP, signal.SIG_IGN)
from medlint import signals
signals.heed_signals()
os.kill(os.getpid(), signal.SIGHUP)
print("still here")
"""
    )
    assert (done.returncode, done.stdout) == (0, "still here\n")


def test_processes_that_are_being_started_can_be_stopped() -> None:
    done = run(
        f"""{HEEDING}
import multiprocessing
from medlint.processes import Processes
forks = []
os.register_at_fork(after_in_parent=lambda: (forks.append(1), end("SIGTERM")))
try:
    Processes(8, None, "fork")
except signals.Ended:
    print(len(forks), multiprocessing.active_children())
"""
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 []\n", "")
