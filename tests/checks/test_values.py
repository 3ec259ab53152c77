"""Values of one tag, and one pattern in the place of several."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.values import Values, all_of, lines_with

PATTERNS = (
    "[a-c]+",
    "a|ab",
    "(?:a|b)*c?",
    "(?P<x>[ab])(?P=x).*",
    "(?P<x>a)?(?(x)b|c).*",
    "(?!ab).*",
    ".*(?<!c)",
    "b$|.*a",
    "(?i:A).*",
    "(?s:.*)",
)
VALUES = st.text("abcA\n", min_size=1, max_size=5)


@given(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=4), VALUES)
def test_one_pattern_matches_just_what_all_of_them_match(patterns: list[str], value: str) -> None:
    one = all_of(patterns)
    assert one is not None
    each = [re.fullmatch(pattern, value) for pattern in patterns]
    assert bool(re.fullmatch(one, value)) == all(each)


@pytest.mark.parametrize("pattern", ["(?i)a", "(a)\\1", "(a)?(?(1)b|c)"])
def test_what_holds_for_a_whole_pattern_cannot_be_joined(pattern: str) -> None:
    assert all_of([pattern]) == pattern
    assert all_of([pattern, pattern]) == pattern
    assert all_of([pattern, "a"]) is None


def test_no_pattern_is_none() -> None:
    assert all_of([]) is None


def test_what_is_computed_of_values_is_computed_once() -> None:
    values = Values(["a", "\u00e9", "b"])
    calls: list[int] = []
    for _ in range(2):
        assert values.once("key", lambda: calls.append(1) or "answer") == "answer"
    assert calls == [1]
    assert values.text == "a\n\u00e9\nb"
    assert values.beyond_ascii == "\u00e9"
    assert Values.of(values) is values


@given(st.lists(VALUES.filter(lambda value: "\n" not in value)), st.sampled_from(["a", "bc"]))
def test_lines_with_a_hint_are_those_that_hold_it(values: list[str], hint: str) -> None:
    assert list(lines_with("\n".join(values), hint)) == [v for v in values if hint in v]
