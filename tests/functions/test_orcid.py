import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.orcid import orcid_check_digit

FIFTEEN_DIGITS = st.from_regex(r"[0-9]{15}", fullmatch=True)


def complete(digits: str) -> str:
    """The one ORCID iD that begins with *digits*."""
    right = [d for d in "0123456789X" if orcid_check_digit(digits + d) is None]
    assert len(right) == 1
    return digits + right[0]


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"]
)
def test_published_examples_are_right(orcid):
    assert orcid_check_digit(orcid) is None
    assert orcid_check_digit(orcid.replace("-", "").lower()) is None


@given(FIFTEEN_DIGITS, st.integers(0, 14), st.integers(1, 9))
def test_a_changed_digit_is_always_caught(digits, position, step):
    orcid = complete(digits)
    changed = str((int(orcid[position]) + step) % 10)
    assert orcid_check_digit(orcid[:position] + changed + orcid[position + 1 :]) is not None


@given(FIFTEEN_DIGITS, st.integers(0, 13))
def test_two_swapped_digits_are_always_caught(digits, i):
    orcid = complete(digits)
    swapped = orcid[:i] + orcid[i + 1] + orcid[i] + orcid[i + 2 :]
    assert (orcid_check_digit(swapped) is None) == (orcid[i] == orcid[i + 1])


@given(FIFTEEN_DIGITS)
def test_a_lost_x_is_told_from_another_lost_digit(digits):
    expected = complete(digits)[15]
    reason = orcid_check_digit(digits)
    if expected == "X":
        assert reason == "the final X was lost"
    else:
        assert reason == "an ORCID iD has 16 characters, this has 15"


@pytest.mark.parametrize(
    ("orcid", "reason"),
    [
        ("0000-0002-1825-0079", "the check digit should be 0"),
        ("000-0002-1118-498X", "an ORCID iD has 16 characters, this has 15"),
        ("0000-0002-1825-00971", "an ORCID iD has 16 characters, this has 17"),
        ("0000-0002-1825-00O7", "an ORCID iD has only digits, hyphens and at most a final X"),
        ("", "an ORCID iD has only digits, hyphens and at most a final X"),
    ],
)
def test_reason_says_what_is_wrong(orcid, reason):
    assert orcid_check_digit(orcid) == reason
