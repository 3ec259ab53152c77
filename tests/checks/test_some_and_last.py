"""some and last: what holds of all values of a tag together."""

from __future__ import annotations

import pytest
from checking import build, faults, is_suspect, read
from hypothesis import given
from hypothesis import strategies as st

LAST = build("last", tag="IS", pattern=r".*\(Linking\)")
SOME = build("some", tag="MH", text="*")


def lines(tag: str, values: list[str]) -> str:
    return "".join(["PMID- 1\n", *(f"{tag:<4}- {value}\n" for value in values)])


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        (["1 (Print)", "2 (Electronic)", "3 (Linking)"], None),
        (["3 (Linking)"], None),
        (["1 (Print)"], None),
        (["3 (Linking)", "1 (Print)"], (1, "1 (Print)")),
        (["1 (Print)", "3 (Linking)", "2 (Electronic)"], (2, "2 (Electronic)")),
        (["3 (Linking)", "4 (Linking)", "1 (Print)"], (1, "1 (Print)")),
        (["3 (Linking)", "4 (Linking)"], None),
    ],
)
def test_certain_values_stand_last(values: list[str], fault: tuple[int, str] | None) -> None:
    found = [(f.occurrence, f.params["next"]) for f in faults(LAST, lines("IS", values))]
    assert found == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("values", "is_fault"),
    [
        (["Tea", "Humans/*psychology"], False),
        (["*Tea", "Humans"], False),
        (["Tea", "Humans"], True),
        ([], False),
    ],
)
def test_some_value_holds_the_text(values: list[str], is_fault: bool) -> None:
    found = faults(SOME, lines("MH", values))
    assert [(f.tag, f.occurrence) for f in found] == ([("MH", 1)] if is_fault else [])


@given(st.lists(st.sampled_from(["a (Print)", "b (Linking)", "c (Linking)", "*d"]), max_size=4))
def test_no_sieve_misses_a_record(values: list[str]) -> None:
    for check, tag in ((LAST, "IS"), (SOME, "MH")):
        record = read(lines(tag, values))
        if list(check.faults(record)):
            assert is_suspect(check, record)
