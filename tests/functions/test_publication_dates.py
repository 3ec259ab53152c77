import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.dates import MONTHS
from medlint.functions.pubdates import publication_date


@given(st.dates())
def test_every_day_and_month_is_a_publication_date(day):
    month = f"{day.year:04} {MONTHS[day.month - 1]}"
    assert publication_date(month) is None
    assert publication_date(f"{month} {day.day}") is None


@pytest.mark.parametrize(
    "value",
    [
        "2022",
        "2022 Winter",
        "2022 Jul-Aug",
        "2018 Jul - Aug",
        "2020 Mar/Apr",
        "2022 Jul-Aug 01",
        "1998 Dec-1999 Jan",
        "2000 Jun 12-18",
        "1976 Jul 31-Aug 7",
        "1998 Dec 28-1999 Jan 3",
        "2004-2005",
        "1979-1980 Winter",
        "1979-1980 Fall-Winter",
        "2000 Spring-Summer",
        "1999 Winter-2000 Spring",
        "1985 1st Quart",
        "2021 3rd Quarter",
        "1984 3d Trimest",
    ],
)
def test_every_form_of_a_medline_date_is_right(value):
    assert publication_date(value) is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2022 July", "write the month as 'Jul', not 'July'"),
        ("2022 Sept 3", "write the month as 'Sep', not 'Sept'"),
        ("2022 JUL", "write the month as 'Jul', not 'JUL'"),
        ("2022 Jul-august", "write the month as 'Aug', not 'august'"),
        ("2022-07", "write the month as a name: '2022 Jul'"),
        ("2022/07/15", "write the month as a name: '2022 Jul 15'"),
        ("20220715", "write the month as a name: '2022 Jul 15'"),
        ("2020 Feb.", "no '.' is written after 'Feb'"),
        ("2022 Jul 1.", "no '.' is written after '1'"),
        ("2022 Jul 01", "write the day without a leading zero: '1'"),
        ("2022 Feb 30", "2022 has no February 30"),
        ("2022 Apr 28-31", "2022 has no April 31"),
        ("2022 Jan 31-Feb 29", "2022 has no February 29"),
        ("2020 Aug-Jul", "the range runs backwards"),
        ("2020 Jul 18-12", "the range runs backwards"),
        ("2020 Aug 7-Jul 31", "the range runs backwards"),
        ("2020 Jan-2019 Dec", "the range runs backwards"),
        ("2005-2004", "the range runs backwards"),
        ("2018 Jul-Ago", "'Ago' is not a month; perhaps 'Aug' is meant"),
        ("2018 Mrach", "'Mrach' is not a month; perhaps 'Mar' is meant"),
        ("2018 Sumer", "'Sumer' is not a season; perhaps 'Summer' is meant"),
        ("2018 Xyz", "'Xyz' is not a month or a season"),
        ("Jul 2018", "it must begin with a year of four digits"),
        ("18 Jul", "it must begin with a year of four digits"),
        ("", "it must begin with a year of four digits"),
        ("0000", "there is no year 0000"),
    ],
)
def test_reason_says_what_is_wrong(value, reason):
    assert publication_date(value) == reason


@pytest.mark.parametrize(
    "value", ["2022  Jul", "2022 Jul ", "2022 1 Jul", "2022 Jul Aug", "2012-13"]
)
def test_other_forms_are_shown_the_right_ones(value):
    assert (publication_date(value) or "").startswith("expected a date such as '2024'")


@given(st.sampled_from([month for month in MONTHS if month != "Jun"]), st.integers(0, 1))
def test_two_swapped_letters_lead_back_to_the_month(month, at):
    swapped = month[:at] + month[at + 1] + month[at] + month[at + 2 :]
    assert publication_date(f"2019 {swapped}") == (
        f"'{swapped}' is not a month; perhaps '{month}' is meant"
    )


@pytest.mark.parametrize("word", ["Abr", "Arb"])
def test_the_month_that_is_meant_begins_alike(word):
    assert publication_date(f"2019 {word}") == f"'{word}' is not a month; perhaps 'Apr' is meant"
