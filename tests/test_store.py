"""A store keeps what it has room for, hands out nothing that is damaged, and never fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.store import Store, key_of

ROOT = Path(__file__).parents[1]
MOST = 1 << 20


def size_of(folder: Path) -> int:
    """What the entries take of the disk."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.glob("*.kept"))


def age(folder: Path, key: str, hours: float) -> None:
    then = time.time() - 3600 * hours
    os.utime(folder / f"{key}.kept", (then, then))


@given(st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=9000)))
def test_what_was_put_is_there_again_in_another_process_too(entries: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), MOST)
        for key, data in entries.items():
            store.put(key, b"before")
            store.put(key, data)
        assert {key: Store(Path(folder), MOST).get(key) for key in entries} == entries
        assert store.get("other") is None


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_damaged_entry_is_none(data: bytes, draw: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), MOST)
        store.put("key", data)
        file = Path(folder, "key.kept")
        entry = file.read_bytes()
        at = draw.draw(st.integers(0, len(entry) - 1))
        flipped = entry[:at] + bytes([entry[at] ^ (1 << draw.draw(st.integers(0, 7)))])
        for damaged in (entry[:at], flipped + entry[at + 1 :], entry + b"x", bytes(len(entry))):
            file.write_bytes(damaged)
            assert store.get("key") is None
        store.put("key", data)
        assert store.get("key") == data


@pytest.mark.parametrize("size", [1, 5000, 100_000])
def test_the_store_stays_within_its_size_and_keeps_the_newest(tmp_path: Path, size: int) -> None:
    store = Store(tmp_path, MOST)
    count = 3 * MOST // max(size, 4096)
    for number in range(count):
        store.put(str(number), bytes(size))
    assert MOST // 2 < size_of(tmp_path) <= MOST
    assert store.get(str(count - 1)) is not None
    assert store.get("0") is None


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, MOST)
    keys = [str(number) for number in range(9)]
    for number, key in enumerate(keys):
        store.put(key, bytes(100_000))
        age(tmp_path, key, 100 - number)
    store.get("0")
    for number in range(3):
        store.put(f"new {number}", bytes(100_000))
    assert store.get("0") is not None
    assert store.get("1") is None
    assert all(store.get(f"new {number}") for number in range(3))


def test_what_is_too_large_is_not_kept_and_drives_nothing_out(tmp_path: Path) -> None:
    store = Store(tmp_path, MOST)
    store.put("small", b"x")
    store.put("large", bytes(MOST // 2))
    assert store.get("large") is None
    assert store.get("small") == b"x"


def test_what_a_process_left_that_was_ended_is_removed_like_any_other(tmp_path: Path) -> None:
    left = tmp_path / "0123456789abcdef.new"
    left.write_bytes(bytes(MOST))
    os.utime(left, (1, 1))
    Store(tmp_path, MOST).put("key", b"x")
    assert not left.exists()
    assert Store(tmp_path, MOST).get("key") == b"x"


@pytest.mark.parametrize("tally", [None, b"", b"1" * 100_000])
def test_a_tally_that_is_lost_or_wrong_is_made_anew(tmp_path: Path, tally: bytes | None) -> None:
    store = Store(tmp_path, MOST)
    for number in range(5):
        store.put(str(number), bytes(100_000))
    (tmp_path / "blocks").unlink()
    if tally is not None:
        (tmp_path / "blocks").write_bytes(tally)
    store.put("last", b"x")
    assert size_of(tmp_path) > 500_000
    assert (tmp_path / "blocks").stat().st_size == 5 * 25 + 1


def test_a_folder_that_cannot_be_used_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/dev/null/x")):
        store = Store(folder, MOST)
        store.put("key", b"x")
        assert store.get("key") is None


def test_a_folder_that_is_removed_meanwhile_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept", MOST)
    store.put("key", b"x")
    shutil.rmtree(tmp_path / "kept")
    assert store.get("key") is None
    store.put("key", b"x")
    assert store.get("key") == b"x"


def test_a_hit_looks_at_no_other_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, MOST)
    store.put("key", b"x")
    monkeypatch.delattr(os, "scandir")
    monkeypatch.delattr(os, "listdir")
    assert store.get("key") == b"x"


WORK = """
import random, sys
from pathlib import Path
from medlint.store import Store

store, chance = Store(Path(sys.argv[1]), 1 << 20), random.Random(sys.argv[2])
for _ in range(300):
    key = f"{chance.randrange(60):04}"
    found, whole = store.get(key), key.encode() * 12_500
    assert found in (None, whole), "an entry was half-written"
    if found is None:
        store.put(key, whole)
"""


def test_processes_that_share_a_store_never_meet_half_an_entry(tmp_path: Path) -> None:
    words = [sys.executable, "-c", WORK, str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    processes = [subprocess.Popen([*words, str(seed)], env=env) for seed in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert 0 < size_of(tmp_path) <= MOST + 3 * 50_000
    assert not list(tmp_path.glob("*.new"))


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_keys_differ_where_the_parts_do(one: list[bytes], other: list[bytes]) -> None:
    assert (key_of(one) == key_of(other)) == (one == other)
