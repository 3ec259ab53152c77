"""Grants in GR: number, acronym, agency and country, joined by slashes."""

from __future__ import annotations

#: The countries that NLM gives to the agencies of grants; ``International`` is one of them.
#: MEDLINE/PubMed XML, Grant/Country, as counted in NLM's records.
COUNTRIES = ("United States", "United Kingdom", "Canada", "International", "Austria", "Ireland")

_NO_PART = frozenset(("none", "null", "nil", "undefined", "n.a.", "nan", "tbd"))
_LAST_LETTERS = "".join(sorted({country[-1] for country in COUNTRIES}))

#: Matches most grants that `grant` has nothing to say of, and no other text: those that end in
#: another letter than a country, and the four parts of a grant of the United States.
GRANT_CLEAN = (
    rf"[^\n]++(?<![{_LAST_LETTERS}])"
    r"|(?:[A-Z0-9][A-Z0-9 -]*[0-9][A-Z0-9-]*/)?[A-Z]{2}/[A-Z][A-Z ]*HHS/United States"
)


def grant(value: str) -> str | None:
    """Return None when nothing is wrong with the grant *value*, else the reason.

    A grant is ``number/acronym/agency/country``, of which the agency alone must be there
    (DTD pubmed_250101, Grant). Numbers and agencies may hold slashes themselves, so that the
    parts are known from the right only, and only where a country of `COUNTRIES` stands last: of
    other grants nothing is said. A grant without a country may end in a slash.

    >>> grant("R01 AI000001/AI/NIAID NIH HHS/United States")
    >>> grant("MR/K000001/1/MRC_/Medical Research Council/United Kingdom")
    >>> grant("R01 AI000001//NIAID NIH HHS/United States")
    'nothing stands between two slashes'
    >>> grant("Z01 CA000001/NULL/Intramural NIH HHS/United States")
    "'NULL' stands for a part that is not there"
    >>> grant("United States")
    'no agency stands before the country'
    """
    *parts, country = value.split("/")
    if country.strip() not in COUNTRIES:
        return None
    if not parts:
        return "no agency stands before the country"
    if not parts[0].strip():
        return "nothing stands before the first slash"
    for part in parts:
        if not part.strip():
            return "nothing stands between two slashes"
        if part.strip().lower() in _NO_PART:
            return f"'{part.strip()}' stands for a part that is not there"
    if parts[-1].strip() == country.strip():
        return "the country stands there twice"
    return None
