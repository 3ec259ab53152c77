"""The progress bar, on a real terminal."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, record

from medlint.cli.progress import progress_line

pty = pytest.importorskip("pty", reason="there are no terminals of that kind here")
fcntl = pytest.importorskip("fcntl", reason="there are no terminals of that kind here")
termios = pytest.importorskip("termios", reason="there are no terminals of that kind here")


#: However fast the machine is, this check takes its time.
IMPATIENT = """
from medlint.cli import main, progress
progress._PATIENCE = 0.01
main.main()
"""
TEXT = "\n".join(record(n) for n in range(1, 8_001))
BAR = r"checking \[#*-*\] +\d+ %  [\d,]+ records  [\d,]+/s  \d+:\d\d left"


def seen(folder: Path, *options: str, columns: int = 80, **environment: str) -> str:
    """What a terminal is shown of a check."""
    (folder / "a.nbib").write_text(TEXT)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 25, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, "check", "--no-cache", *options, "a.nbib"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            some = os.read(ours, 4096)
        except OSError:
            break
        if not some:
            break
        shown += some
    os.close(ours)
    output, _ = process.communicate()
    assert process.returncode == 0, output
    return shown.decode()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_is_shown_how_far_it_is(jobs: str, tmp_path: Path) -> None:
    shown = seen(tmp_path, "-j", jobs)
    assert re.search(BAR, shown)
    assert max(map(len, shown.split("\r"))) < 80 + len("\x1b[K")
    assert shown.endswith("\r\x1b[K")


def test_a_narrow_terminal_is_shown_speed_and_time(tmp_path: Path) -> None:
    shown = seen(tmp_path, "-j1", columns=40)
    assert re.search(r"checking .*\d+ %  [\d,]+/s  \d+:\d\d left\x1b", shown)
    assert max(map(len, shown.split("\r"))) < 40 + len("\x1b[K")


def test_a_terminal_that_cannot_draw_is_shown_nothing(tmp_path: Path) -> None:
    assert seen(tmp_path, "-j1", TERM="dumb") == ""


def test_the_line_fits_and_tells_what_is_left() -> None:
    lines = {room: progress_line(250, 1000, 12_345, 60, room) for room in range(35, 200)}
    assert all(len(line) <= room for room, line in lines.items())
    assert all(line.endswith("25 %  206/s  3:00 left") for line in list(lines.values())[:20])
    assert all("  12,345 records  206/s" in line for room, line in lines.items() if room >= 60)
    assert lines[60] == "checking [##-------]  25 %  12,345 records  206/s  3:00 left"
    assert lines[199] == lines[79]
