"""Registry numbers of substances in RN: CAS numbers, UNIIs, numbers of enzymes, or none."""

from __future__ import annotations

import re

_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {character: value for value, character in enumerate(_CHARACTERS)}

_CAS = "[0-9]{2,7}-[0-9]{2}-[0-9]"
_UNII = "[A-Z0-9]{10}"
_NUMBER_WITH_WORD = (
    r"(?i:EC)(?: ?[-0-9.,:;n]*[0-9][^ (]*| [0-9A-Za-z-]+[.,][^ (]*|(?= *\())"
    r"|CAS:? ?[0-9]+[^ (]*"
)
_NO_NUMBER = "a number of a substance is '0', a CAS number, a UNII or the number of an enzyme"
_EC = r"EC [1-7](?:\.(?:n?[0-9]{1,4}|-)){1,3}"

#: Matches most registry numbers that `registry_number` finds right, and no other text.
REGISTRY_NUMBER_CLEAN = rf"(?:0|{_CAS}|{_UNII}) \(\S[^\n]*\)(?<!\(\))|[A-Z][a-z]+(?: [a-z]+)*"


def registry_number(value: str) -> str | None:
    """Return None when *value* has the form of a registry number in RN, else the reason.

    Right are ``0``, a CAS Registry Number, a UNII, or the number of an enzyme, whole or partial,
    with the name of the substance in brackets after it; and a name alone, which comes from MeSH's
    supplementary records of diseases, organisms and protocols (NLM, MEDLINE/PubMed Data Element
    Descriptions, RN; DTD pubmed_250101, SupplMeshName). Check characters are not judged.

    >>> registry_number("0 (Antibodies, Viral)"), registry_number("EC 3.1.- (Endonucleases)")
    (None, None)
    >>> registry_number("COVID-19 drug treatment")
    >>> registry_number("7732185 (Water)")
    "a CAS number has hyphens, as in '7732-18-5'"
    >>> registry_number("059QF0KOR (Water)")
    'a UNII has ten capitals and digits, this has 9 characters'
    >>> registry_number("EC 3,1,1,4 (Esterases)")
    "the number of an enzyme has a form such as 'EC 3.1.1.4' or 'EC 3.1.-'"
    >>> registry_number("EC l.2.3 (Oxidases)") == registry_number("EC 3,1,1,4 (Esterases)")
    True
    >>> registry_number("059QF0KO0R Water")
    'the name stands in brackets after the number'
    """
    number, name = _number_and_name(value)
    if number is None:
        return None if value.strip() else "nothing stands there"
    if reason := _wrong_number(number):
        return reason
    if not (name.startswith(" (") and name.endswith(")")):
        return "the name stands in brackets after the number"
    if not name[2:-1].strip() or name[2] == " ":
        return "no name stands in the brackets"
    return None


def _number_and_name(value: str) -> tuple[str | None, str]:
    """What stands for the number, None if it is a name alone, and the rest of the value."""
    if match := re.match(_NUMBER_WITH_WORD, value):
        return match[0], value[match.end() :]
    first, _, rest = value.partition(" ")
    if re.fullmatch("[0-9]+(?:[-\u2010-\u2015][0-9]+)*", first):
        return first, value[len(first) :]
    if re.fullmatch(f"(?=.*[0-9]){_UNII}", first) and not registry_check_digit(first):
        return first, value[len(first) :]
    if re.fullmatch(_UNII, first) and rest.startswith("("):
        return first, value[len(first) :]
    number, bracket, _ = value.partition("(")
    number = number.rstrip()
    if bracket and re.fullmatch("[A-Z]*[0-9][A-Z0-9-]*|(?=.*[0-9])[A-Za-z0-9]{10}|O", number):
        return number, value[len(number) :]
    return None, value


def _wrong_number(number: str) -> str | None:
    """Say what is wrong with the form of a number."""
    if number == "0" or re.fullmatch(f"{_CAS}|{_UNII}|{_EC}", number):
        return None
    if number[:2].upper() == "EC":
        return "the number of an enzyme has a form such as 'EC 3.1.1.4' or 'EC 3.1.-'"
    if re.fullmatch("[0-9]+", number):
        if 5 <= len(number) <= 10:
            return "a CAS number has hyphens, as in '7732-18-5'"
        return _NO_NUMBER
    if re.fullmatch("[0-9]+(?:[-\u2010-\u2015][0-9]+)+", number):
        return "a CAS number has two to seven digits, two and one, as in '7732-18-5'"
    if number.startswith("CAS"):
        return "a CAS number stands there without the word"
    if number == "O":
        return "the digit 0 is meant, not the letter O"
    if len(number) == 10 and "-" not in number:
        return "a UNII is written in capitals"
    if 7 < len(number) < 13:
        return f"a UNII has ten capitals and digits, this has {len(number)} characters"
    return _NO_NUMBER


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
    if re.fullmatch(_CAS, value):
        digits = map(int, value[-2::-1].replace("-", ""))
        expected = str(sum(place * digit for place, digit in enumerate(digits, 1)) % 10)
        return None if value[-1] == expected else f"the check digit should be {expected}"
    if re.fullmatch(_UNII, value):
        expected = _CHARACTERS[sum(_VALUES[character] for character in value[:-1]) % 36]
        return None if value[-1] == expected else f"the check character should be {expected}"
    return None
