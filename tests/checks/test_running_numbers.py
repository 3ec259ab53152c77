"""at_most: a running number against the day of the run."""

from __future__ import annotations

import re
from datetime import date

import pytest
from checking import read
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.at_most import AtMost
from medlint.checks.base import Context

SETTINGS = {"tag": "PMID", "max": 4200, "on": "2026-01-01", "yearly": 100}


def check(day: date, **settings: object) -> AtMost:
    return AtMost.build({**SETTINGS, **settings}, Context(day, {}))


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        (date(2026, 1, 1), 4200),
        (date(2027, 1, 1), 4300),
        (date(2026, 7, 3), 4250),
        (date(2020, 1, 1), 4200),
    ],
)
def test_the_limit_rises_with_the_years_and_never_falls(day: date, limit: int) -> None:
    assert not list(check(day).value_faults(str(limit)))
    (fault,) = check(day).value_faults(str(limit + 1))
    assert fault.params == {"part": str(limit + 1), "limit": f"{limit:,}"}


@given(st.lists(st.from_regex("(?:PMC)?[0-9]{1,9}(?:[.][0-9])?|x", fullmatch=True)))
def test_the_sieve_finds_what_the_judgement_finds(values: list[str]) -> None:
    for where in ({}, {"pattern": r"PMC(?P<part>[0-9]+)(?:\.[0-9]+)?"}):
        at_most = check(date(2026, 6, 1), where=where)
        faulty = [value for value in values if list(at_most.value_faults(value))]
        assert at_most.failing(values) == faulty
        assert not [v for v in faulty if at_most.clean and re.fullmatch(at_most.clean, v)]


def test_the_number_is_underlined() -> None:
    at_most = check(date(2026, 1, 1), where={"pattern": "PMC(?P<part>[0-9]+)"})
    (fault,) = at_most.faults(read("PMID- PMC99999\n"))
    assert (fault.tag, fault.span) == ("PMID", (3, 8))
