"""Drawers: what is put in comes out, from memory or from a file that leaves no trace."""

from __future__ import annotations

import gc
import os
import tempfile
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.spill.drawers import Spill, SpillError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@given(st.lists(st.tuples(st.integers(0, 2), st.binary(max_size=20))), st.integers(0, 50))
def test_each_drawer_gives_what_was_put_in_in_its_order(
    puts: list[tuple[int, bytes]], room: int
) -> None:
    spill = Spill(room)
    drawers = [spill.drawer() for _ in range(3)]
    for number, piece in puts:
        drawers[number].put(piece)
    for wanted, drawer in enumerate(drawers):
        expected = [piece for number, piece in puts if number == wanted]
        assert list(drawer) == expected
        assert list(drawer) == expected


def test_a_drawer_may_be_read_while_another_is_filled() -> None:
    spill = Spill(room=10)
    one, other = spill.drawer(), spill.drawer()
    one.put(b"first")
    one.put(b"next")
    pieces = iter(one)
    assert next(pieces) == b"first"
    other.put(b"enough for the file")
    assert list(pieces) == [b"next"]
    assert list(one) == [b"first", b"next"]
    assert list(other) == [b"enough for the file"]


def test_no_file_is_made_while_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    drawer = Spill(room=10).drawer()
    drawer.put(b"0123456789")
    assert list(drawer) == [b"0123456789"]


@pytest.mark.skipif(os.name == "nt", reason="a file in use has a name on Windows")
def test_the_file_has_no_name_so_that_nothing_is_left_behind(folder: Path) -> None:
    drawer = Spill(room=0).drawer()
    drawer.put(b"much")
    assert list(folder.iterdir()) == []
    assert list(drawer) == [b"much"]


def test_the_file_is_closed_when_nobody_needs_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    make = tempfile.TemporaryFile
    monkeypatch.setattr(
        tempfile, "TemporaryFile", lambda **how: made.append(make(**how)) or made[0]
    )
    Spill(room=0).drawer().put(b"much")
    gc.collect()
    assert made[0].closed
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_one_line_that_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: FileIO("/dev/full", "r+b"))
    with pytest.raises(SpillError) as caught:
        Spill(room=0).drawer().put(b"much")
    assert str(caught.value) == (
        f"what the rules on the data set remember cannot be kept in a temporary file in {folder} "
        "(0 bytes so far): no space left on device; name a folder with more room in TMPDIR, or "
        "leave these rules out with --scope record"
    )


def test_no_folder_for_temporary_files_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: Any) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(SpillError, match="no usable temporary directory found"):
        Spill(room=0).drawer().put(b"much")


def test_a_file_that_was_cut_short_is_told(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    made: list[Any] = []
    make = tempfile.TemporaryFile
    monkeypatch.setattr(
        tempfile, "TemporaryFile", lambda **how: made.append(make(**how)) or made[0]
    )
    drawer = Spill(room=0).drawer()
    drawer.put(b"much")
    made[0].truncate(2)
    with pytest.raises(SpillError, match=r"cannot be read from a temporary file .* cut short"):
        list(drawer)
