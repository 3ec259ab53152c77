"""A diff says what changes, so that people read it and programs apply it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.fixes.diff import Diff


def diff(*pieces: tuple[bytes, bytes]) -> bytes:
    made = Diff("a.nbib")
    return b"".join(line for old, new in pieces for line in made.lines(old, new))


def test_a_diff_is_a_unified_one() -> None:
    assert diff((b"1\n2\n3\n4\n5\n6\n", b"1\n2\n3\n4\nx\n6\n")) == (
        b"--- a.nbib\n+++ a.nbib\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+x\n 6\n"
    )


def test_lines_count_on_from_one_piece_to_the_next() -> None:
    text = diff((b"1\n2\n", b"1\n2\n2b\n"), (b"3\n", b"4\n"))
    assert b"@@ -1,2 +1,3 @@" in text
    assert b"@@ -3 +4 @@" in text
    assert text.count(b"--- a.nbib") == 1


def test_where_nothing_differs_nothing_is_said() -> None:
    assert diff((b"1\n", b"1\n")) == b""


def test_a_missing_line_end_is_told() -> None:
    assert diff((b"1", b"1\n")).endswith(b"-1\n\\ No newline at end of file\n+1\n")


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"1\n2\n3\n", b"1\nx\n3\n"),
        (b"1\r\n2\r\n", b"1\r\n2\r\n3\r\n"),
        (b"1\n2", b"1\n2\n"),
        (b"\xff\n2\n", b"\xff\n3\n"),
        (b"a\n" * 20 + b"b\n" * 20, b"a\n" * 19 + b"c\n" + b"b\n" * 21),
    ],
)
def test_patch_takes_it(tmp_path: Path, old: bytes, new: bytes) -> None:
    (tmp_path / "a.nbib").write_bytes(old)
    subprocess.run(
        ["patch", "--binary", "-p0"], input=diff((old, new)), cwd=tmp_path, check=True, timeout=60
    )
    assert (tmp_path / "a.nbib").read_bytes() == new


_TEXT = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n"]), max_size=30).map(b"".join)


@given(_TEXT, _TEXT)
def test_what_is_taken_away_and_put_in_makes_the_new_text(old: bytes, new: bytes) -> None:
    rows = diff((old, new)).split(b"\n")[2:-1] if old != new else []
    kept = sum(row[:1] == b" " for row in rows)
    assert len(old.split(b"\n")) - 1 >= kept
    taken = sum(row[:1] == b"-" for row in rows)
    put = sum(row[:1] == b"+" for row in rows)
    assert len(old) // 2 - taken + put == len(new) // 2
