import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.source import misformed, parse_source, written_date


@pytest.mark.parametrize(
    "source",
    [
        "J Ex (Basel). 2018 Dec 31;12(Suppl 1):1.e1-1.e5. doi: 10.1/x. Epub 2018 Dec 1.",
        "medRxiv [Preprint]. 2019 Mar 5:2019.03.05.1234.",
        "J Ex. 1998 Dec-1999 Jan;74 Suppl:S28-36; discussion S36.",
        "J Ex. 2021 3rd Quarter;(3):62 p..",
        "J Ex. 1979-1980 Fall-Winter.",
        "J Ex. 2019 Mar;42(Sp. 1):116-29. doi: 10.1/x.",
        "J Ex. 2019 Mar 5. pii: S0140-6736(19)30000-1. doi: 10.1/x.",
        "J Ex. 2018 Jul - Aug;12:7. doi: 10.1002/1521-3765(2001)7:6<1295::AID-X>3.0.CO;2-S.",
    ],
)
def test_sources_of_all_times_are_well_formed(source):
    assert misformed(source) is None


@pytest.mark.parametrize(
    ("source", "glued"),
    [
        ("J Ex. 2019Mar;12:7.", "2019Mar"),
        ("J Ex. 2019 Mar5;12:7.", "Mar5"),
        ("J Ex.2019 Mar;12:7.", "Ex.2019"),
        ("J Ex. 2019 Mar;12:7. doi: 10.1/x.2019. Epub2019 Mar 5.", "Epub2019"),
        ("J Ex. 2019 Mar;12:7. doi: 10.1/x.Epub 2019 Mar 5.", ".Epub"),
        ("J Ex. 2019 Mar;12:7. doi:10.1/x.", "doi:10.1/x."),
    ],
)
def test_the_place_of_a_lost_blank_is_named(source, glued):
    fault = misformed(source)
    assert fault is not None
    assert fault.span is not None
    assert fault.reason == f"in '{glued}' a blank was lost"
    assert source[slice(*fault.span)] == glued


def test_parts_are_told_apart():
    parts = parse_source("J Ex. 2019;3(6 Suppl):S10-4. pii: e1. doi: 10.1/x. eCollection 2019 Mar.")
    assert parts is not None
    texts = ("J Ex", "", "2019", "3(6 Suppl)", "S10-4", "e1", "10.1/x", "eCollection", "2019 Mar")
    assert tuple(part.text for part in parts) == texts


@given(st.text("J Ex.;:()[Preprint]2019MarEpubdoi: 10.1/x-", max_size=60))
def test_a_span_covers_its_part_and_parts_stand_in_order(value):
    end = 0
    for text, span in parse_source(f"J Ex. 2019;{value}.") or ():
        assert f"J Ex. 2019;{value}."[slice(*span)] == text
        assert span[0] >= end
        end = span[1]


@given(st.text())
def test_a_value_has_parts_exactly_when_its_form_is_right(value):
    assert (parse_source(value) is None) == (misformed(value) is not None)


@given(st.dates())
def test_a_date_is_written_as_in_so(day):
    assert written_date(f"{day:%Y%m%d}".rjust(8, "0")) == (f"{day.year:04} {day:%b} {day.day}")


def test_what_is_no_date_is_left():
    assert written_date("20191301") == "20191301"
