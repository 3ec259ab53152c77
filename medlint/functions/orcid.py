"""ORCID iD and ISNI: sixteen characters with one check character (ISO 27729)."""

from __future__ import annotations


def orcid_check_digit(value: str) -> str | None:
    """Return None when the check character of the ORCID iD *value* is right, else the reason.

    The check character follows ISO 7064 MOD 11-2 over the first fifteen digits, ``X`` standing
    for 10 (ORCID, "Structure of the ORCID Identifier"; the same for ISNI). *value* is the bare
    iD, with or without hyphens. Where an iD has only its fifteen digits and the check character
    would be ``X``, the X was lost on the way.

    >>> orcid_check_digit("0000-0002-1825-0097"), orcid_check_digit("000000021694233X")
    (None, None)
    >>> orcid_check_digit("0000-0002-1825-0079")
    'the check digit should be 0'
    >>> orcid_check_digit("0000-0002-1694-233")
    'the final X was lost'
    """
    orcid = value.replace("-", "").upper()
    digits = orcid[:15]
    if not (digits.isascii() and digits.removesuffix("X").isdigit()):
        return "an ORCID iD has only digits, hyphens and at most a final X"
    if len(orcid) in (15, 16) and digits.isdigit():
        # 13 is 2 modulo 11, so that the digits, read as a number to the base 13, weigh as the
        # powers of 2 that the standard asks for.
        expected = "10X98765432"[int(digits, 13) * 2 % 11]
        if orcid[15:] == expected:
            return None
        if len(orcid) == 16:
            return f"the check digit should be {expected}"
        if expected == "X":
            return "the final X was lost"
    return f"an ORCID iD has 16 characters, this has {len(orcid)}"
