"""``medlint format``, as a user meets it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import Medlint

RAGGED = "PMID- 1\nTI - Tea\n    and sleep.\nOWN - NLM\n"
LAID_OUT = "PMID- 1\nOWN - NLM\nTI  - Tea and sleep.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.nbib"
    path.write_bytes(RAGGED.encode())
    return path


def test_a_file_is_laid_out(medlint: Medlint, file: Path) -> None:
    done = medlint("format", "a.nbib")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Laid out 1 of 1 file (1 record read).\n"
    assert file.read_text() == LAID_OUT


def test_what_is_laid_out_already_is_not_touched(medlint: Medlint, file: Path) -> None:
    file.write_text(LAID_OUT)
    os.utime(file, (1, 1))
    assert medlint("format").stderr == "Laid out 0 of 1 file (1 record read).\n"
    assert file.stat().st_mtime == 1


def test_check_writes_nothing_and_ends_with_1(medlint: Medlint, file: Path) -> None:
    done = medlint("format", "--check", "a.nbib")
    assert done.returncode == 1
    assert "Would lay out a.nbib\n" in done.stderr
    assert file.read_text() == RAGGED
    file.write_text(LAID_OUT)
    assert medlint("format", "--check", "a.nbib").returncode == 0


def test_a_diff_is_printed(medlint: Medlint, file: Path) -> None:
    done = medlint("format", "--diff", "a.nbib")
    assert done.returncode == 1
    assert done.stdout.startswith("--- a.nbib\n+++ a.nbib\n")
    assert "+TI  - Tea and sleep.\n" in done.stdout
    assert file.read_text() == RAGGED


@pytest.mark.parametrize(("line_ends", "end"), [("lf", b"\n"), ("crlf", b"\r\n")])
def test_lines_end_as_asked(medlint: Medlint, file: Path, line_ends: str, end: bytes) -> None:
    medlint("format", "--line-ends", line_ends, "a.nbib")
    assert file.read_bytes() == LAID_OUT.encode().replace(b"\n", end)


def test_standard_input_goes_to_standard_output(medlint: Medlint) -> None:
    done = medlint("format", "-", stdin=RAGGED)
    assert (done.returncode, done.stdout) == (0, LAID_OUT)


def test_what_is_left_as_it_is_is_told(medlint: Medlint, file: Path) -> None:
    file.write_text("PMID- 1\nTI  - Tea\nand sleep.\n")
    done = medlint("format", "a.nbib")
    assert done.returncode == 0
    assert "a.nbib:1: left as it is: it has text with neither a tag nor an indent" in done.stderr


def test_a_path_that_is_not_there_ends_with_2_after_the_others(
    medlint: Medlint, file: Path
) -> None:
    done = medlint("format", "b.nbib", "a.nbib")
    assert done.returncode == 2
    assert "b.nbib: no such file or folder" in done.stderr
    assert file.read_text() == LAID_OUT


def test_quiet_says_nothing(medlint: Medlint, file: Path) -> None:
    assert medlint("format", "--quiet", "a.nbib").stderr == ""
