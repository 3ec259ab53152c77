import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.issn import issn_check_digit

SEVEN_DIGITS = st.from_regex(r"[0-9]{7}", fullmatch=True)


def complete(digits: str) -> str:
    """The one ISSN that begins with *digits*."""
    right = [d for d in "0123456789X" if issn_check_digit(digits + d) is None]
    assert len(right) == 1
    return digits + right[0]


@pytest.mark.parametrize("issn", ["0378-5955", "0317-8471", "1050-124X", "2434-561X", "0000-0000"])
def test_published_examples_are_right(issn):
    assert issn_check_digit(issn) is None


def test_hyphen_and_case_do_not_matter():
    assert issn_check_digit("1050124x") is None


@pytest.mark.parametrize(
    ("issn", "digit"), [("0028-4794", "3"), ("1050-1240", "X"), ("0000-000X", "0")]
)
def test_reason_names_the_right_digit(issn, digit):
    assert issn_check_digit(issn) == f"the check digit should be {digit}"


@given(SEVEN_DIGITS, st.integers(0, 6), st.integers(1, 9))
def test_a_changed_digit_is_always_caught(digits, position, step):
    issn = complete(digits)
    changed = str((int(issn[position]) + step) % 10)
    assert issn_check_digit(issn[:position] + changed + issn[position + 1 :]) is not None


@given(SEVEN_DIGITS, st.integers(0, 5))
def test_two_swapped_digits_are_always_caught(digits, i):
    issn = complete(digits)
    swapped = issn[:i] + issn[i + 1] + issn[i] + issn[i + 2 :]
    assert (issn_check_digit(swapped) is None) == (issn[i] == issn[i + 1])


@pytest.mark.parametrize("text", ["", "0028-479", "0028-47933", "ABCD-EFGH", "٠٠٢٨-٤٧٩٣"])
def test_what_is_no_issn_is_said_to_be_none(text):
    assert issn_check_digit(text) == "an ISSN has seven digits and a check digit"
