"""What cannot be part of a personal name (FAU, FIR, FED)."""

from __future__ import annotations

import re

_ORDINAL_SUFFIX = r" [1-9](?:st|nd|rd|th)$"
_DEGREES = frozenset(
    (
        *("MD", "PhD", "DPhil", "DSc", "ScD", "MSc", "BSc", "MPH", "DrPH", "MBBS", "MBChB"),
        *("PharmD", "DDS", "DMD", "DVM", "PsyD", "EdD", "FRCP", "FRCS", "FACP", "FACS", "FACC"),
    )
)

_LETTER = r"[^\W\d_¹²³⁰⁴-⁹]"

#: Matches most names that `name_form` finds right, and no other text.
NAME_CLEAN = (
    rf"{_LETTER}+(?:[ '-]{_LETTER}+)*, {_LETTER}+(?:-{_LETTER}+)*(?: {_LETTER}(?!{_LETTER}))*"
)


def name_form(value: str) -> str | None:
    """Return None when *value* may be the full name of a person, else the reason.

    Digits (but for a suffix such as ``3rd``), marks of footnotes, e-mail addresses, web
    addresses, markup, and academic degrees after the forename are not part of a name: read off
    PubMed's records, where only mistakes of publishers have them.

    >>> name_form("Mainous, Arch G 3rd"), name_form("O'Brien, Mary-Kate")
    (None, None)
    >>> name_form("Smith, John PhD")
    "'PhD' is a degree, not a name"
    >>> name_form("Smith, John1")
    "'1' is not part of a name"
    """
    if "@" in value:
        return "an e-mail address is not part of a name"
    if re.search(r"https?:|www\.", value, re.IGNORECASE):
        return "a web address is not part of a name"
    if match := re.search(r"</?[A-Za-z][^<>]*>|&#?[A-Za-z0-9]+;", value):
        return f"'{match[0]}' is markup, not a name"
    if match := re.search(r"[*†‡§¶#]|[0-9¹²³⁰⁴-⁹]+", re.sub(_ORDINAL_SUFFIX, "", value)):
        return f"'{match[0]}' is not part of a name"
    _, _, rest = value.partition(", ")
    for word in rest.split()[1:]:
        if word.strip(",;").replace(".", "") in _DEGREES:
            return f"'{word.strip(',;')}' is a degree, not a name"
    return None
