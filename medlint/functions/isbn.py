"""ISBN: the International Standard Book Number (ISO 2108), of 10 or of 13 digits."""

from __future__ import annotations


def isbn_check_digit(value: str) -> str | None:
    """Return None when the check digit of the ISBN *value* is right, else the reason.

    Hyphens and blanks between the digits are allowed. ISBN-10 is weighted 10 to 1 and counts
    modulo 11, ``X`` standing for 10; ISBN-13 is weighted 1 and 3 in turn and counts modulo 10
    (ISO 2108; International ISBN Agency, ISBN Users' Manual). An ISBN-13 begins with 978 or 979.

    >>> isbn_check_digit("978-0-306-40615-7"), isbn_check_digit("0-306-40615-2")
    (None, None)
    >>> isbn_check_digit("978-0-306-40615-8")
    'the check digit should be 7'
    >>> isbn_check_digit("978030640615")
    'an ISBN has 10 or 13 digits, this has 12'
    """
    isbn = value.replace("-", "").replace(" ", "").upper()
    digits = isbn[:-1]
    if not (isbn.isascii() and digits.isdigit() and (isbn[-1].isdigit() or isbn[-1] == "X")):
        return "an ISBN has only digits, hyphens and at most a final X"
    if len(isbn) == 10:
        expected = _check_digit_10(digits)
    elif len(isbn) == 13:
        if not isbn.startswith(("978", "979")):
            return "an ISBN of 13 digits begins with 978 or 979"
        expected = _check_digit_13(digits)
    else:
        return f"an ISBN has 10 or 13 digits, this has {len(isbn)}"
    return None if isbn[-1] == expected else f"the check digit should be {expected}"


def _check_digit_10(digits: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True))
    return "0X987654321"[total % 11]


def _check_digit_13(digits: str) -> str:
    total = sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))
    return str(-total % 10)
