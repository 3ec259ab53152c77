"""SO put together from the other fields, as PubMed does it today (`medlint.functions.source`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from medlint.functions.doi import doi_form
from medlint.functions.mend import without_edges, without_label, without_leading_zeros
from medlint.functions.pages import pages
from medlint.functions.pubdates import publication_date
from medlint.functions.source import Source, parse_source, written_date

_DOI, _PII = " [doi]", " [pii]"

#: Tag -> the values of a record.
Values = Callable[[str], Sequence[str]]


def composed_source(values: Values) -> str | None:
    """The source of a record, of which *values* gives the values of a tag; None where it has no
    journal or no date.

    >>> record = {"TA": ["J Ex"], "DP": ["2019 Mar"], "VI": ["12"], "IP": ["3"], "PG": ["11-9"],
    ...           "AID": ["10.1000/xyz [doi]"], "PST": ["ppublish"], "DEP": ["20190205"]}
    >>> composed_source(lambda tag: record.get(tag, ()))
    'J Ex. 2019 Mar;12(3):11-9. doi: 10.1000/xyz. Epub 2019 Feb 5.'

    Where the fields leave a choice, it is as in the SO that is there: whether a DOI that only AID
    has is printed, whether the publisher's identifier stands behind ``pii:``, whether an electronic
    article was printed later or collected.
    """

    def first(tag: str) -> str:
        return next(iter(values(tag)), "")

    if not (first("TA") and first("DP")):
        return None
    preprint = " [Preprint]" if "Preprint" in values("PT") else ""
    old = parse_source(first("SO"))
    date, tail = _dates(first("PST"), first("DP"), written_date(first("DEP")), old)
    issue = first("VI") + (f"({first('IP')})" if first("IP") else "")
    pii = _typed(values("AID"), _PII) if old and old.pii.text else ""
    location = first("PG") or ("" if pii else _location(values))
    doi = _typed(values("LID"), _DOI)
    if old is None or old.doi.text:
        doi = doi or _typed(values("AID"), _DOI)
    return (
        f"{first('TA')}{preprint}. {date}"
        + (f";{issue}" if issue else "")
        + (f":{location}." if location else ".")
        + (f" pii: {pii}." if pii else "")
        + (f" doi: {doi}." if doi else "")
        + tail
    )


def is_doubtful(values: Values) -> bool:
    """Whether a part of the source would be wrong in itself, so that the SO that is there may be
    the only good copy.

    >>> record = {"TA": ["J Ex"], "DP": ["2019 Mar"], "VI": ["12(3)"], "PG": ["11-9"]}
    >>> is_doubtful(lambda tag: record.get(tag, ()))
    True
    """

    def first(tag: str) -> str:
        return next(iter(values(tag)), "")

    dois = (_typed(values("LID"), _DOI), _typed(values("AID"), _DOI))
    return (
        publication_date(first("DP")) is not None
        or (first("PG") != "" and pages(first("PG")) is not None)
        or any(_is_doubtful_number(first(tag)) for tag in ("VI", "IP"))
        or any(doi and doi_form(doi) for doi in dois)
        or not _is_abbreviation(first("TA"), first("JT"))
    )


def _is_doubtful_number(value: str) -> bool:
    menders = (without_label, without_edges, without_leading_zeros)
    return "(" in value or any(mender(value) != value for mender in menders)


def _is_abbreviation(short: str, title: str) -> bool:
    """Whether each word of *short* has the letters of a word of *title*, in order, the first one
    first; True where there is no title.

    >>> _is_abbreviation("Rev Dtsch Ex (Basel)", "Revue deutscher examples")
    True
    >>> _is_abbreviation("RRev Ex", "Revue of examples")
    False
    """
    whole = [list(word) for word in _words(title)]
    words = _words(re.sub(r"\(.*?\)", "", short))
    return not whole or all(any(_begins(word, other) for other in whole) for word in words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub("['\u2019-]", "", text.casefold()))


def _begins(word: str, whole: list[str]) -> bool:
    letters = iter(whole)
    return word[:1] == whole[0] and all(letter in letters for letter in word)


def _dates(status: str, printed: str, electronic: str, old: Source | None) -> tuple[str, str]:
    """The first date of SO, and the end of it."""
    if not electronic or status == "aheadofprint":
        return printed, ""
    if status != "epublish":
        return printed, f" Epub {electronic}."
    if f"{electronic} ".startswith(f"{printed} "):
        return electronic, ""
    kind = "Print" if old and old.kind.text == "Print" else "eCollection"
    return electronic, f" {kind} {printed}."


def _location(values: Values) -> str:
    """What stands in SO in place of pages: LID without a type, or the publisher's identifier."""
    bare = [value for value in values("LID") if not value.endswith("]")]
    return bare[0] if bare else _typed(values("LID"), _PII)


def _typed(some: Sequence[str], ending: str) -> str:
    """The first identifier of a type."""
    return next((value.removesuffix(ending) for value in some if value.endswith(ending)), "")
