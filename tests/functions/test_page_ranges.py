import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.pages import expand, page_span, pages

PAGE = st.integers(1, 99_999)


def shortened(first: int, last: int) -> str:
    """A range as NLM shortens it."""
    a, b = str(first), str(last)
    same = 0
    while len(a) == len(b) and same < len(b) - 1 and a[same] == b[same]:
        same += 1
    return f"{a}-{b[same:]}"


@pytest.mark.parametrize(
    "value",
    [
        "106625",
        "6913-7",
        "110-121",
        "99-101",
        "466-75",
        "S39-S49",
        "S39-49",
        "e1-e12",
        "1.e1-1.e5",
        "1103.e21-5",
        "79-81.e2",
        "794-e56",
        "50, 52",
        "11-2, 14",
        "12-8; discussion 19",
        "12-8; quiz 19-20",
        "suppl 13-8",
        "Suppl 2:29-31",
        "98S-101S",
        "62 p.",
        "ix-xii, 1-312",
        "118, 120, 122 passim",
        "2515690X221114657",
        "ORL-704-9",
        "S2-82-93",
        "1-2, 4-5",
        "1.29.1-1.29.14",
        "I-VIII, 1-151",
        "xii-xiv",
        "suppl 7",
        "Suppl. 7-8",
        "18-24,31",
        "A-24",
        "C-civil",
        "189-9",
    ],
)
def test_every_form_that_nlm_prints_is_right(value):
    assert pages(value) is None


@given(PAGE, PAGE, st.sampled_from(["", "S", "e", "1.e"]))
def test_a_range_is_right_in_full_and_shortened_and_wrong_the_other_way(one, other, head):
    first, last = sorted((one, other))
    assert pages(f"{head}{first}-{head}{last}") is None
    assert pages(head + shortened(first, last)) is None
    if len(str(first)) == len(str(last)) and first < last:
        assert pages(f"{head}{last}-{head}{first}") is not None
        assert pages(head + shortened(last, first)) is not None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("466-65", "page 465 comes before page 466"),
        ("S49-S39", "page S39 comes before page S49"),
        ("12-8; discussion 29-19", "page 19 comes before page 29"),
        ("110\u2013121", "a range is written with '-', not with '\u2013'"),
        ("pp. 110-121", "no 'pp.' is written before the pages"),
        ("P. 12", "no 'P.' is written before the pages"),
        ("110-", "a range has no first or no last page"),
        ("-121", "a range has no first or no last page"),
        ("110--121", "a range has no first or no last page"),
        ("1.29.14-1.29.1", "page 1.29.11 comes before page 1.29.14"),
        ("xiv-ix", "page ix comes before page xiv"),
        ("341 6", "between two pages stands '-' or ','"),
        ("21-3. 27-30", "between two pages stands '-' or ','"),
        ("12 - 15", "a range is written without blanks beside '-'"),
        ("28-30-1", "'28-30-1' has two hyphens; a range has one, and ',' parts two ranges"),
        ("110-121,", "nothing stands after the last ','"),
    ],
)
def test_reason_says_what_is_wrong(value, reason):
    assert pages(value) == reason


def test_a_page_number_may_have_more_digits_than_int_reads():
    assert pages(f"{'9' * 5000}-1") is not None
    assert pages(f"1-{'9' * 5000}") is None
    assert pages("0099-0100") is None


@given(PAGE, PAGE)
def test_a_range_is_expanded_to_its_pages(one, other):
    first, last = sorted((one, other))
    assert expand(shortened(first, last)) == [(str(first), str(last))]
    assert expand(f"S{first}-S{last}; discussion {last}") == [(f"S{first}", f"S{last}")]


def test_pages_of_two_kinds_are_not_expanded():
    assert expand("794-e56, 12") == []


@pytest.mark.parametrize(
    "value", ["1-466", "ix-xii, 1-312", "466-75", "247-446", "e1-e12", "106625"]
)
def test_a_span_may_be_that_of_an_article_or_of_a_whole_work(value):
    assert page_span(value) is None


def test_an_implausible_span_is_told():
    assert page_span("12-8; 97-771") == "pages 97 to 771 are 675 pages"
    assert page_span(f"30-{'9' * 5000}") is None
