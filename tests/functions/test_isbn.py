import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.isbn import isbn_check_digit


def complete(digits: str) -> str:
    """The one ISBN that begins with *digits*."""
    right = [d for d in "0123456789X" if isbn_check_digit(digits + d) is None]
    assert len(right) == 1
    return digits + right[0]


@pytest.mark.parametrize(
    "isbn",
    ["978-92-95055-12-4", "978-0-306-40615-7", "0-306-40615-2", "0-8044-2957-X", "99921-58-10-7"],
)
def test_published_examples_are_right(isbn):
    assert isbn_check_digit(isbn) is None
    assert isbn_check_digit(isbn.replace("-", "").lower()) is None


@given(st.from_regex(r"97[89][0-9]{9}", fullmatch=True), st.integers(3, 11), st.integers(1, 9))
def test_a_changed_digit_of_an_isbn_13_is_always_caught(digits, position, step):
    isbn = complete(digits)
    changed = str((int(isbn[position]) + step) % 10)
    assert isbn_check_digit(isbn[:position] + changed + isbn[position + 1 :]) is not None


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_a_changed_digit_of_an_isbn_10_is_always_caught(digits, position, step):
    isbn = complete(digits)
    changed = str((int(isbn[position]) + step) % 10)
    assert isbn_check_digit(isbn[:position] + changed + isbn[position + 1 :]) is not None


@pytest.mark.parametrize(
    ("isbn", "reason"),
    [
        ("0-306-40615-3", "the check digit should be 2"),
        ("978-0-306-40615-X", "the check digit should be 7"),
        ("977-0-306-40615-7", "an ISBN of 13 digits begins with 978 or 979"),
        ("978030640615", "an ISBN has 10 or 13 digits, this has 12"),
        ("unknown", "an ISBN has only digits, hyphens and at most a final X"),
        ("", "an ISBN has only digits, hyphens and at most a final X"),
    ],
)
def test_reason_says_what_is_wrong(isbn, reason):
    assert isbn_check_digit(isbn) == reason
