"""dates_near, pmid_date, not_older, and the year that date_order proposes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from checking import build, faults, is_suspect, read, records
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.columns import Columns

RECEIVED = {"tag": "PHST", "ending": " [received]", "name": "received"}
ACCEPTED = {"tag": "PHST", "ending": " [accepted]", "name": "accepted"}
NEAR = build("dates_near", dates=[RECEIVED, ACCEPTED, {"tag": "DEP"}], to={"tag": "DP"}, days=731)
SAME_MINUTE = build("dates_near", dates=[{"tag": "MHDA"}], to={"tag": "EDAT"}, minutes=0)
NEXT_MINUTE = build("dates_near", dates=[{"tag": "MHDA"}], to={"tag": "EDAT"}, minutes=1)
WITHIN_DAYS = build("dates_near", dates=[{"tag": "DEP"}], to={"tag": "EDAT"}, days=365)
MADE = build("pmid_date", tag="CRDT", days=183)
NOT_OLD = build("not_older", tag="EDAT", days=1096)
IN_ORDER = build("date_order", steps=[RECEIVED, ACCEPTED, {"tag": "DEP"}])
CHECKS = [NEAR, SAME_MINUTE, NEXT_MINUTE, WITHIN_DAYS, MADE, NOT_OLD]

DAYS = st.dates(date(1998, 1, 1), date(2026, 12, 31))
LINES = st.one_of(
    st.builds("DEP - {0:%Y%m%d}".format, DAYS),
    st.builds("PHST- {0:%Y/%m/%d} 00:00 [received]".format, DAYS),
    st.builds("PHST- {0:%Y/%m/%d} 00:00 [accepted]".format, DAYS),
    st.builds("DP  - {0:%Y %b}".format, DAYS),
    st.builds("DP  - {0:%Y}".format, DAYS),
    st.builds("EDAT- {0:%Y/%m/%d} 06:00".format, DAYS),
    st.builds("MHDA- {0:%Y/%m/%d} 06:01".format, DAYS),
    st.builds("CRDT- {0:%Y/%m/%d} 06:00".format, DAYS),
    st.sampled_from(
        [
            *(
                "DEP - 2019",
                "DEP - soon",
                "DP  - 2019 Spring",
                "DP  - 1998 Dec-1999 Jan",
                "DP  - x",
            ),
            *("EDAT- 2019/03/06", "MHDA- 2019/03/06 06:00", "EDAT- 2019/03/06 06:00"),
            *("CRDT- 2019", "CRDT- 2019/02/31", "PHST- -0001/11/30 00:00 [received]"),
        ]
    ),
)
PMIDS = st.sampled_from(["1", "x", "123456", "19000001", "31000001", "41000001", "310000011"])


@given(st.lists(st.tuples(PMIDS, st.lists(LINES, max_size=6)), min_size=1, max_size=4))
def test_the_sieve_misses_no_record(batch: list[tuple[str, list[str]]]) -> None:
    text = "\n".join("\n".join([f"PMID- {pmid}", *lines]) + "\n" for pmid, lines in batch)
    read_together = records(text)
    columns = Columns(read_together)
    for check in CHECKS:
        faulty = {i for i, record in enumerate(read_together) if list(check.faults(record))}
        assert faulty <= set(check.suspects(columns))


@given(DAYS, st.integers(min_value=365, max_value=3000), st.integers(-1, 1))
def test_the_sieve_by_years_misses_no_distance(day: date, limit: int, more: int) -> None:
    check = build("dates_near", dates=[{"tag": "DEP"}], to={"tag": "EDAT"}, days=limit)
    other = day + timedelta(days=limit + 1 + more)
    record = read(f"PMID- 1\nDEP - {day:%Y%m%d}\nEDAT- {other:%Y/%m/%d}\n")
    if list(check.faults(record)):
        assert is_suspect(check, record)


def test_the_far_date_is_the_fault() -> None:
    text = "PMID- 1\nDP  - 2019 Mar\nDEP - 20190301\nPHST- 1900/01/01 00:00 [received]\n"
    (fault,) = faults(NEAR, text)
    assert (fault.tag, fault.params["name"], fault.params["distance"]) == (
        "PHST",
        "received",
        "119 years",
    )


def test_where_all_are_far_the_one_they_must_be_near_is_the_fault() -> None:
    text = "PMID- 1\nDP  - 2029 Mar\nDEP - 20190301\nPHST- 2018/01/01 00:00 [received]\n"
    (fault,) = faults(NEAR, text)
    assert (fault.tag, fault.params["other.name"]) == ("DP", "received")


@pytest.mark.parametrize("dp", ["2021", "2021 Mar", "2017 Spring", "2018 Mar", "soon"])
def test_a_date_in_part_may_be_any_of_its_days(dp: str) -> None:
    assert faults(NEAR, f"PMID- 1\nDP  - {dp}\nDEP - 20190301\n") == []


def test_minutes_are_counted() -> None:
    text = "PMID- 1\nEDAT- 2019/03/06 23:59\nMHDA- 2019/03/07 00:00\n"
    assert faults(NEXT_MINUTE, text) == []
    (fault,) = faults(SAME_MINUTE, text)
    assert (fault.tag, fault.params["distance"]) == ("MHDA", "1 minute")
    assert faults(SAME_MINUTE, "PMID- 1\nEDAT- 2019/03/06\nMHDA- 2019/03/06 06:00\n") == []


@pytest.mark.parametrize(
    ("pmid", "created", "made"),
    [
        ("31000001", "2019/04/20 06:00", None),
        ("31000001", "2018/11/30 06:00", None),
        ("31000001", "2018/04/20 06:00", "about April 2019"),
        ("31000001", "2020/04/20", "about April 2019"),
        ("900001", "1975/03/01 00:00", None),
        ("900001", "2019/03/01 00:00", "before 2009"),
        ("41000001", "2026/03/01 00:00", None),
        ("41000001", "2019/03/01 00:00", "in 2025 or later"),
        ("3100000x", "2010/03/01 00:00", None),
        ("31000001", "2010/02/31", None),
    ],
)
def test_the_day_that_a_pmid_tells(pmid: str, created: str, made: str | None) -> None:
    found = faults(MADE, f"PMID- {pmid}\nCRDT- {created}\n")
    assert [fault.params["made"] for fault in found] == ([made] if made else [])


def test_a_year_that_fits_all_dates_is_proposed() -> None:
    text = "PMID- 1\nPHST- 2019/10/01 [received]\nPHST- 2019/02/01 [accepted]\nDEP - 20190301\n"
    (fault,) = faults(IN_ORDER, text)
    assert fault.params["correction"] == "; perhaps 2018 is meant"


def test_no_year_is_proposed_for_some_days() -> None:
    (fault,) = faults(IN_ORDER, "PMID- 1\nPHST- 2019/03/20 [accepted]\nDEP - 20190301\n")
    assert fault.params["correction"] == ""


def test_old_and_new() -> None:
    assert faults(NOT_OLD, "PMID- 1\nEDAT- 2023/01/01 06:00\n") == []
    (fault,) = faults(NOT_OLD, "PMID- 1\nEDAT- 2022/12/31 06:00\n")
    assert fault.params["limit"] == "2023-01-01"
