"""A memory in parts says of every key what one in one piece says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.memory import NO_PMID, Entry, Key, Memory, Register, Shared
from medlint.spill.drawers import Spill
from medlint.spill.parts import Parts

KEYS: st.SearchStrategy[Key] = st.one_of(
    st.integers(0, 2),
    st.sampled_from([2**100, -1]),
    st.sampled_from(["", "a", "10.1/\ud800", "ä"]),
    st.tuples(st.integers(0, 1), st.sampled_from(["x", "y"])),
)
BATCHES = st.lists(st.lists(st.tuples(KEYS, st.sampled_from(["", "", "Note", "\udcff"]))))


def memories(
    batches: list[list[tuple[Key, str]]], most: int | None, room: int
) -> tuple[Memory, Parts]:
    """One memory in one piece, and one in parts, of a record for each entry."""
    register = Register()
    whole = Memory(register, most)
    parts = Parts(lambda: Memory(register, most), lambda key: key, Spill(30), room)
    for number, batch in enumerate(batches):
        pmids = [(number + at) % 7 or NO_PMID for at in range(len(batch))]
        numbers = register.add(f"{number % 2}.nbib", pmids, range(1, len(batch) + 1))
        entries: list[Entry] = [(at, key, note) for at, (key, note) in enumerate(batch)]
        whole.add(list(numbers), entries)
        parts.add(list(numbers), entries)
    return whole, parts


def in_order(some: list[Shared]) -> list[Shared]:
    return sorted(some, key=lambda shared: repr(shared.key))


@given(BATCHES, st.sampled_from([None, 2, 3]), st.integers(0, 5))
def test_parts_together_say_what_the_whole_says(
    batches: list[list[tuple[Key, str]]], most: int | None, room: int
) -> None:
    whole, parts = memories(batches, most, room)
    found = [memory.of(key) for memory in parts for key in memory.keys]
    assert in_order(found) == in_order([whole.of(key) for key in whole.keys])
    shared = [some for memory in parts for some in memory.shared()]
    assert in_order(shared) == in_order(list(whole.shared()))


@given(BATCHES, st.randoms(use_true_random=False))
def test_of_many_holders_the_first_are_remembered_whatever_order_they_came_in(
    batches: list[list[tuple[Key, str]]], random: Any
) -> None:
    entries = [entry for batch in batches for entry in batch]
    found = []
    for _ in range(2):
        register = Register()
        memory = Memory(register, 2)
        for at, (key, note) in random.sample(list(enumerate(entries)), len(entries)):
            memory.add(list(register.add("a.nbib", [at % 3 or NO_PMID], [at])), [(0, key, note)])
        found.append(in_order([memory.of(key) for key in memory.keys]))
    assert found[0] == found[1]
    assert all(len(shared.holders) == min(shared.total, 2) for shared in found[0])


def test_keys_of_one_group_come_in_one_part() -> None:
    register = Register()
    parts = Parts(lambda: Memory(register), lambda key: str(key)[0], Spill(0), room=0)
    for number in range(1000):
        parts.add(list(register.add("a.nbib", [number], [1])), [(0, str(number), "")])
    groups = [{str(key)[0] for key in memory.keys} for memory in parts]
    assert sum(map(len, groups)) == 10
    assert set().union(*groups) == set("0123456789")


def test_without_groups_all_keys_are_seen_at_once() -> None:
    register = Register()
    parts = Parts(lambda: Memory(register), None, Spill(0), room=0)
    for number in range(10):
        parts.add(list(register.add("a.nbib", [number], [1])), [(0, number, "")])
    (memory,) = parts
    assert set(memory.keys) == set(range(10))


@pytest.mark.parametrize("pmids", [[3, 1, 2, 1], [1, 2, 3], [], [NO_PMID, 1], [2**40, 5]])
def test_a_register_finds_the_first_record_with_a_pmid(pmids: list[int]) -> None:
    register = Register()
    register.add("b.nbib", pmids, range(1, len(pmids) + 1))
    register.add("a.nbib", pmids, range(11, len(pmids) + 11))
    found = register.find([0, 1, 5, 2**31])
    assert set(found) == {0, 1, 5, 2**31} & set(pmids)
    for pmid, holder in found.items():
        assert (holder.pmid, holder.path, holder.line) == (pmid, "a.nbib", pmids.index(pmid) + 11)
