"""The progress bar, on a real terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, record

pty = pytest.importorskip("pty", reason="there are no terminals of that kind here")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_is_shown_how_far_it_is(jobs: str, tmp_path: Path) -> None:
    text = "\n".join(record(n) for n in range(1, 40_001))
    (tmp_path / "a.nbib").write_text(text)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "medlint", "check", "--no-cache", "-j", jobs, "a.nbib"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
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
    lines = shown.decode().split("\r")
    bar = r"checking \[#*-*\] +\d+ %  [\d,]+ records  [\d,]+/s  \d+:\d\d left"
    assert re.search(bar, shown.decode())
    assert max(map(len, lines)) < 80 + len("\x1b[K")
    assert shown.endswith(b"\r\x1b[K")
