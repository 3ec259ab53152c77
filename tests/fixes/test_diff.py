"""A diff says what changes, so that people read it and programs apply it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.fixes.diff import Diff


def diff(*pieces: tuple[bytes, bytes]) -> bytes:
    made = Diff("a.nbib")
    return b"".join([*(line for piece in pieces for line in made.lines(*piece)), *made.rest()])


def test_a_diff_is_a_unified_one() -> None:
    assert diff((b"1\n2\n3\n4\n5\n6\n", b"1\n2\n3\n4\nx\n6\n")) == (
        b"--- a.nbib\n+++ a.nbib\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+x\n 6\n"
    )


def test_lines_count_on_from_one_piece_to_the_next() -> None:
    many = b"".join(b"%d\n" % number for number in range(10))
    text = diff((many + b"a\n", many + b"b\nc\n"), (many, many), (b"d\n", b""))
    assert text == diff((many + b"a\n" + many + b"d\n", many + b"b\nc\n" + many))
    assert text.count(b"--- a.nbib") == 1
    assert b"@@ -8,7 +8,8 @@" in text


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


_TEXT = st.lists(st.sampled_from([b"a\n", b"b\n", b"\n"]), max_size=30).map(b"".join)


@given(_TEXT, _TEXT)
def test_what_is_taken_away_and_put_in_makes_the_new_text(old: bytes, new: bytes) -> None:
    rows = diff((old, new)).split(b"\n")[2:-1] if old != new else []
    kept = sum(row[:1] == b" " for row in rows)
    assert len(old.split(b"\n")) - 1 >= kept
    taken = sum(row[:1] == b"-" for row in rows)
    put = sum(row[:1] == b"+" for row in rows)
    assert old.count(b"\n") - taken + put == new.count(b"\n")


@given(st.lists(st.tuples(_TEXT, _TEXT), max_size=5))
def test_in_how_many_pieces_a_file_comes_does_not_matter(pieces: list[tuple[bytes, bytes]]) -> None:
    text = diff(*pieces)
    old, new = (b"".join(piece[side] for piece in pieces) for side in (0, 1))
    assert _patched(old, text) == new


def _patched(old: bytes, diff: bytes) -> bytes:
    """*old* as a program that reads diffs makes it, without looking for lines elsewhere."""
    lines, made, at = old.split(b"\n")[:-1], [], 0
    for line in diff.split(b"\n")[2:-1]:
        if match := re.match(rb"@@ -(\d+)(?:,(\d+))? ", line):
            start = int(match[1]) - (match[2] != b"0")
            assert start >= at
            made += lines[at:start]
            at = start
        elif line[:1] == b"+":
            made.append(line[1:])
        else:
            assert lines[at] == line[1:]
            made += [] if line[:1] == b"-" else [lines[at]]
            at += 1
    return b"".join(line + b"\n" for line in made + lines[at:])
