"""ISSN: the International Standard Serial Number (ISO 3297)."""

from __future__ import annotations

from operator import mul

_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)


def issn_check_digit(value: str) -> str | None:
    """Return None when the check digit of the ISSN *value* is right, else the reason.

    ISO 3297: the first seven digits are weighted 8 to 2; the check digit makes the sum a
    multiple of 11, and ``X`` stands for 10. A missing hyphen and a lower-case ``x`` are matters
    of form, not of the check digit.

    >>> issn_check_digit("0028-4793")
    >>> issn_check_digit("0028-4794")
    'the check digit should be 3'
    >>> issn_check_digit("2434561x")
    """
    issn = value.replace("-", "").upper()
    digits = issn[:7]
    if len(issn) != 8 or not (digits.isascii() and digits.isdigit()):
        return "an ISSN has seven digits and a check digit"
    expected = "0X987654321"[sum(map(mul, map(int, digits), _WEIGHTS)) % 11]
    return None if issn[7] == expected else f"the check digit should be {expected}"
