"""format, not_after: what one value must be like."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from checking import build, faults
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.base import Context, ValueCheck
from medlint.checks.format import Format
from medlint.checks.not_after import NotAfter
from medlint.functions import FUNCTIONS

AS_OF = date(2026, 3, 14)
HISTORY: dict[str, Any] = {
    "tag": "PHST",
    "pattern": r"[0-9/: ]+ \[[a-z]+\]",
    "expected": "a date and a label",
    "where": {"pattern": r"(?P<part>[^\[]*) \[.*"},
    "using": "calendar_date",
}


def value_check(check_type: str, **settings: Any) -> ValueCheck:
    check = build(check_type, **settings)
    assert isinstance(check, ValueCheck)
    return check


def not_after(**settings: Any) -> NotAfter:
    return NotAfter.build({"tag": "EDAT", **settings}, Context(AS_OF, {}))


CHECKS = [
    value_check("format", tag="IS", pattern=r"[0-9]{4}-[0-9]{4}"),
    value_check("format", tag="DP", using="publication_date"),
    value_check("format", tag="LR", pattern="[0-9]{8}", using="calendar_date"),
    value_check("format", tag="AID", where={"ending": " [doi]"}, using="doi_form"),
    value_check("format", **HISTORY),
    not_after(),
    not_after(days=10),
    not_after(where={"ending": " [received]"}),
    not_after(where={"pattern": r"(?P<part>[^\[]*) \[(?:received|revised)\]"}),
    not_after(where={"pattern": r"[a-z]+ (?P<part>.*)"}),
]
DATES = st.one_of(
    st.dates(date(2025, 11, 1), date(2027, 1, 31)).map("{:%Y%m%d}".format),
    st.dates(date(2026, 2, 1), date(2026, 4, 30)).map("{:%Y/%m/%d 06:00}".format),
    st.sampled_from(["2026 Mar", "2026 Mar-Apr", "2026", "2027 Jan 5", "2026/04", "1999/13/01"]),
)
VALUES = st.one_of(
    DATES,
    st.builds("{} [{}]".format, DATES, st.sampled_from(["received", "revised", "doi", ""])),
    st.builds("due {}".format, DATES),
    st.builds("10.1000/{} [doi]".format, st.text(min_size=1)),
    st.sampled_from(
        ["0028-4793", "p &lt; 1", "p & q", "AmanhÃ", "Ã©", "patientâ€™s", "10.1/x [doi]"]
    ),
    st.text(),
).filter(lambda value: value != "" and "\n" not in value)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: type(check).__name__)
@given(values=st.lists(VALUES, min_size=1, max_size=8))
def test_the_sieve_keeps_just_the_values_with_a_fault(check: ValueCheck, values: list[str]) -> None:
    assert set(check.failing(values)) == {v for v in values if list(check.value_faults(v))}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: type(check).__name__)
@given(value=VALUES)
def test_what_a_check_calls_clean_has_no_fault(check: ValueCheck, value: str) -> None:
    if check.clean is not None and re.fullmatch(check.clean, value):
        assert list(check.value_faults(value)) == []


def test_format_says_what_it_expected() -> None:
    check = value_check("format", tag="PMC", pattern="PMC[0-9]+", expected="PMC and a number")
    (fault,) = faults(check, "PMID- 1\nPMC - 7654321\n")
    assert (fault.tag, fault.occurrence) == ("PMC", 1)
    assert fault.params["reason"] == "expected PMC and a number"


def test_format_points_at_the_part_that_the_function_refuses() -> None:
    (fault,) = faults(value_check("format", **HISTORY), "PHST- 2019/02/30 00:00 [received]\n")
    assert fault.span == (0, len("2019/02/30 00:00"))
    assert fault.params == {"reason": "2019 has no February 30", "part": "2019/02/30 00:00"}


def test_format_names_the_pattern_first() -> None:
    (fault,) = faults(value_check("format", **HISTORY), "PHST- 2019/02/30 00:00\n")
    assert fault.params["reason"] == "expected a date and a label"


def test_format_does_not_judge_a_value_without_the_part() -> None:
    check = value_check("format", tag="AID", where={"ending": " [doi]"}, using="doi_form")
    assert faults(check, "PMID- 1\nAID - e12 [pii]\nAID - 10.1000/1 [doi]\n") == []


def test_format_refuses_an_unknown_function() -> None:
    with pytest.raises(ValueError, match=r"'issn_sum' is not a named function; there are .*issn"):
        Format.build({"tag": "IS", "using": "issn_sum"}, Context(AS_OF, {}))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_format_can_use_every_function(name: str) -> None:
    assert list(value_check("format", tag="IS", using=name).failing(["\u2028"])) in ([], ["\u2028"])


@pytest.mark.parametrize(
    ("value", "days", "is_right"),
    [
        ("2026/03/14 23:59", 0, True),
        ("2026/03/15 00:00", 0, False),
        ("20260315", 1, True),
        ("20270101", 0, False),
        ("2026 Mar", 0, True),
        ("2026 Apr", 0, False),
        ("no date", 0, True),
    ],
)
def test_today_is_not_the_future(value: str, days: int, is_right: bool) -> None:
    assert (list(not_after(days=days).value_faults(value)) == []) is is_right


def test_not_after_names_the_last_day_allowed() -> None:
    ((_, params),) = not_after(days=3).value_faults("2030/01/01")
    assert params == {"part": "2030/01/01", "limit": "2026-03-17"}
