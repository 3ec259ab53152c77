"""DOI names (ISO 26324; DOI Handbook, section 2), in LID, AID and SO."""

from __future__ import annotations

import re

_RESOLVER = r"(?:https?:/*)?(?:dx\.|www\.)?doi\.org/+|doi:\s*"
_PREFIX = r"10\.[0-9]{4,9}(?:\.[0-9]+)*/"

#: Matches most DOI names that `doi_form` finds right, and no other text.
DOI_CLEAN = (
    r"10\.[0-9]{4,9}/[-._;:/A-Za-z0-9]*+(?:\([-._;:/A-Za-z0-9]*+\)[-._;:/A-Za-z0-9]*+)*"
    r"(?<=[A-Za-z0-9)])"
)


def doi_form(value: str) -> str | None:
    """Return None when *value* has the form of a DOI name, else the reason.

    A DOI name is ``10.``, a registrant code of four to nine digits, which may have parts
    (``10.1000.10``), a slash, and a suffix without blanks. The suffix may hold any printing
    character: SICI-based names with ``<>``, ``[]`` and ``()`` are right. A dash was a hyphen, and a
    Cyrillic letter among Latin ones looks like one of them. A resolver's address, a
    final mark of punctuation and a closing bracket that nothing opens are not part of a name; an
    opening bracket that nothing closes shows that the end was lost.

    >>> doi_form("10.1002/1521-3765(20010316)7:6<1295::AID-CHEM1295>3.0.CO;2-S")
    >>> doi_form("https://doi.org/10.1000/182")
    "it begins with 'https://doi.org/'; a DOI begins with '10.'"
    >>> doi_form("10.1000/ 182")
    'it has a blank'
    >>> doi_form("10.1000/182).")
    "it ends with '.'"
    >>> doi_form("10.1000/182)")
    "its final ')' closes nothing"
    >>> doi_form("10.1000/xyz\u2013182")
    "'\u2013' stands in place of a hyphen"
    >>> doi_form("10.1016/S0140-6736(19")
    "its '(' is not closed"
    """
    if match := re.match(_RESOLVER, value, re.IGNORECASE):
        return f"it begins with '{match[0].strip()}'; a DOI begins with '10.'"
    if re.search(r"\s", value):
        return "it has a blank"
    if not value.isprintable():
        return "it has a character that cannot be printed"
    if not value.startswith("10."):
        return "a DOI begins with '10.'"
    if not (match := re.match(_PREFIX, value)):
        return "expected '10.', four to nine digits and '/'"
    return _wrong_suffix(value[match.end() :])


def _wrong_suffix(suffix: str) -> str | None:
    """Say what is wrong with what stands after the first slash."""
    if not suffix:
        return "nothing stands after the '/'"
    if match := re.search("[\u2010-\u2015\u2212]", suffix):
        return f"'{match[0]}' stands in place of a hyphen"
    if (match := re.search("[\u0400-\u04ff]", suffix)) and re.search("[A-Za-z]", suffix):
        return f"'{match[0]}' is a Cyrillic letter among Latin ones"
    if suffix[-1] in ".,;:":
        return f"it ends with '{suffix[-1]}'"
    for opening, closing in ("()", "[]", "<>"):
        surplus = suffix.count(closing) - suffix.count(opening)
        if surplus > 0 and suffix.endswith(closing):
            return f"its final '{closing}' closes nothing"
        if surplus < 0:
            return f"its '{opening}' is not closed"
    return None


def normal_doi(value: str) -> str:
    """Return a DOI name in the form in which two of them are compared.

    DOI names are compared without regard to case (DOI Handbook, section 2.4); the address of a
    resolver or ``doi:`` before the name is not part of it. Percent-encoding is left alone.

    >>> normal_doi("https://doi.org/10.1000/ABC"), normal_doi("doi:10.1000/abc")
    ('10.1000/abc', '10.1000/abc')
    """
    return re.sub(rf"^(?:{_RESOLVER})", "", value.strip(), flags=re.IGNORECASE).casefold()
