from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.dates import calendar_date, date_key, impossible_day


@given(st.dates(), st.times())
def test_every_day_is_a_date_in_every_form(day, time):
    written = f"{day.year:04}/{day.month:02}/{day.day:02}"
    assert calendar_date(written.replace("/", "")) is None
    assert calendar_date(written) is None
    assert calendar_date(f"{written} {time.hour:02}:{time.minute:02}") is None


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(0, 99))
def test_days_are_those_of_the_gregorian_calendar(year, month, day):
    try:
        date(year, month, day)
    except ValueError:
        assert impossible_day(year, month, day)
    else:
        assert impossible_day(year, month, day) is None


@given(st.dates(max_value=date(9999, 12, 30)))
def test_keys_sort_as_days_do(day):
    today, tomorrow = (
        date_key(f"{d.year:04}/{d.month:02}/{d.day:02} 06:00") for d in (day, day + timedelta(1))
    )
    assert today is not None
    assert tomorrow is not None
    assert today < tomorrow


@pytest.mark.parametrize("value", ["2015", "201503", "2015/03"])
def test_first_parts_of_a_date_are_enough(value):
    assert calendar_date(value) is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("20230230", "2023 has no February 30"),
        ("2023/02/29", "2023 has no February 29"),
        ("2023/04/31 06:00", "2023 has no April 31"),
        ("20230100", "2023 has no January 0"),
        ("20231301", "there is no month 13"),
        ("2023/00/01", "there is no month 00"),
        ("2023/01/01 24:00", "there is no hour 24"),
        ("2023/01/01 23:60", "there is no minute 60"),
        ("-0001/11/30", "there is no year -0001"),
        ("0000/00/00", "there is no year 0000"),
    ],
)
def test_reason_says_what_does_not_exist(value, reason):
    assert calendar_date(value) == reason
    assert date_key(value) is None or "hour" in reason or "minute" in reason


@pytest.mark.parametrize(
    "value", ["", "2023-01-01", "2023/1/1", "20230101 06:00", "1 May 2023", "٢٠٢٣"]
)
def test_other_forms_are_told_what_is_expected(value):
    assert calendar_date(value) == "expected YYYYMMDD, or YYYY/MM/DD with or without HH:MM"


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("20220802", "20220802"),
        ("2022/08/02 06:00", "20220802"),
        ("2022", "20220000"),
        ("201503", "20150300"),
        ("2022 Aug 2", "20220802"),
        ("2022 Aug 12-18", "20220812"),
        ("2022 Aug", "20220800"),
        ("2022 Jul-Aug 01", "20220700"),
        ("1998 Dec-1999 Jan", "19981200"),
        ("2000 Spring", "20000000"),
        ("2004-2005", "20040000"),
        ("2022 Feb 30", None),
        ("Feb 2022", None),
        ("", None),
    ],
)
def test_key_is_the_first_day_with_zeros_for_what_is_not_given(value, key):
    assert date_key(value) == key
