"""Did you mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.documents.near import near_miss

KEYS = ["severity", "summary", "status", "since", "silent_after", "pattern", "part"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("severty", "severity"),
        ("SEVERITY", "severity"),
        ("silent-after", "silent_after"),
        ("sev", "severity"),
        ("patern", "pattern"),
        ("statsu", "status"),
        ("banana", None),
        ("", None),
        ("severity", None),
        ("x" * 500, None),
    ],
)
def test_a_slip_finds_the_word_that_was_meant(word: str, meant: str | None) -> None:
    assert near_miss(word, KEYS) == meant


def test_swapped_letters_of_a_short_word_are_found() -> None:
    assert near_miss("PMDI", ["PMC", "PMID"]) == "PMID"
    assert near_miss("SI", ["IS", "TI"]) == "IS"


def test_short_words_are_not_guessed_from_one_letter() -> None:
    assert near_miss("AU", ["AB", "AD", "LA"]) is None


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=6))
def test_the_answer_is_always_another_known_word(word: str, known: list[str]) -> None:
    meant = near_miss(word, known)
    assert meant is None or (meant in known and meant != word)
