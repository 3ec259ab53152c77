"""vocabulary: whether a value, or a part of it, is in a list."""

from __future__ import annotations

from typing import Any

import pytest
from checking import CONTEXT, build, faults
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.base import ValueCheck
from medlint.checks.vocabulary import Vocabulary

WORDS = ["Green", "Black", "Oolong [x]"]
SETTINGS: list[dict[str, Any]] = [
    {"tag": "SB", "values": WORDS},
    {"tag": "SB", "values": WORDS, "case": "ignore"},
    {"tag": "SB", "values": WORDS, "case": "only"},
    {"tag": "SB", "values": WORDS, "where": {"in_brackets": True}},
    {"tag": "SB", "values": WORDS, "where": {"ending": " tea"}},
    {"tag": "SB", "values": WORDS, "where": {"pattern": "(?P<part>[^/]+)/.*"}},
    {"tag": "SB", "values": WORDS, "where": {"before": "/"}},
    {"tag": "SB", "values": WORDS, "each": {"pattern": r"(?:^|/)([^/\n]+)"}},
]
VALUES = st.one_of(
    st.sampled_from(
        [*WORDS, "green", "GREEN", "Gren", "[Green]", "a [Gren]", "Gren tea", "Gren/a"]
    ),
    st.text(st.characters(categories=["L", "P"]), min_size=1, max_size=8),
)


@given(st.lists(VALUES, max_size=8), st.sampled_from(SETTINGS))
def test_the_sieve_and_the_judgement_agree(values: list[str], settings: dict[str, Any]) -> None:
    check = build("vocabulary", **settings)
    assert isinstance(check, ValueCheck)
    failing = check.failing(values)
    assert failing == [value for value in values if list(check.value_faults(value))]


@pytest.mark.parametrize(
    ("case", "value", "is_fault"),
    [
        ("exact", "Green", False),
        ("exact", "GREEN", True),
        ("exact", "Red", True),
        ("ignore", "GREEN", False),
        ("ignore", "Red", True),
        ("only", "Green", False),
        ("only", "GREEN", True),
        ("only", "Red", False),
    ],
)
def test_case(case: str, value: str, is_fault: bool) -> None:
    check = build("vocabulary", tag="SB", list="teas", case=case)
    assert bool(faults(check, f"PMID- 1\nSB  - {value}\n")) == is_fault


def test_the_right_spelling_is_expected() -> None:
    check = build("vocabulary", tag="SB", list="teas", case="only")
    (fault,) = faults(check, "PMID- 1\nSB  - gREEN\n")
    assert fault.params["expected"] == "Green"


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("Grean", "; perhaps 'Green' is meant"),
        ("verde", "; use 'Green'"),
        ("VERDE", "; use 'Green'"),
        ("qqqq", ""),
    ],
)
def test_suggestion(value: str, suggestion: str) -> None:
    check = build("vocabulary", tag="SB", list="teas", instead={"verde": "Green"})
    (fault,) = faults(check, f"PMID- 1\nSB  - {value}\n")
    assert fault.params["suggestion"] == suggestion


def test_only_the_part_is_judged_and_shown() -> None:
    check = build("vocabulary", tag="SB", list="teas", where={"in_brackets": True})
    (fault,) = faults(check, "PMID- 1\nSB  - my cup [Grean]\nSB  - my cup\nSB  - a [b] [Green]\n")
    assert (fault.occurrence, fault.span, fault.params["part"]) == (1, (8, 13), "Grean")


def test_an_unknown_list_is_an_error_of_the_rule() -> None:
    with pytest.raises(ValueError, match="there is no vocabulary 'tea'; did you mean 'teas'"):
        Vocabulary.build({"tag": "SB", "list": "tea"}, CONTEXT)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("Cup/Green/*Black", []),
        ("Cup/Grean/*Black", ["Grean"]),
        ("Cup/Grean/*Blakc/Green", ["Grean", "Blakc"]),
        ("Cup", []),
    ],
)
def test_each_part_that_a_pattern_finds_is_judged(value: str, parts: list[str]) -> None:
    check = build("vocabulary", tag="SB", list="teas", each={"pattern": r"/\*?([^/*\n]+)"})
    found = faults(check, f"PMID- 1\nSB  - {value}\n")
    assert [fault.params["part"] for fault in found] == parts
    assert [value[slice(*fault.span)] for fault in found if fault.span] == parts
    assert isinstance(check, ValueCheck)
    assert check.failing([value, "Cup/Green"]) == ([value] if parts else [])
