"""SO: the source of an article, which PubMed puts together from the other fields.

NLM states no grammar. The one here is read off PubMed's own records of all generations, and
explains all of them:

    TA. DATE;VOLUME(ISSUE):LOCATION. pii: PII. doi: DOI. Epub DATE.

with the journal and a date always there, ``[Preprint]`` after the journal of a preprint, and
``eCollection`` or ``Print`` in place of ``Epub`` where the electronic form came first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from medlint.functions.dates import MONTHS

_DATE = r"[12][0-9]{3}(?:[ /-]+(?:[A-Za-z]+|[0-9]{1,4}(?:st|nd|rd|th|d)?))*"
_MONTH = "|".join(MONTHS)
#: A full stop after which neither another part nor the end comes.
_STOP = r"\.(?! ?(?:doi:|pii:|Epub |eCollection|Print )|$)"
_GRAMMAR = re.compile(
    rf"(?P<journal>.+?)(?: \[Preprint\])?\. (?P<date>{_DATE}\.?)"
    rf"(?:;(?P<issue>(?:[^:.]|{_STOP})*))?"
    rf"(?::(?P<location>(?:[^.]|{_STOP})*))?\."
    rf"(?: pii: (?P<pii>(?:[^.]|{_STOP})+)\.)?(?: doi: \S+\.)?"
    rf"(?: (?P<kind>Epub|eCollection|Print) (?P<other_date>{_DATE}\.?)\.)?"
)
_LOST_BLANK = re.compile(
    rf"\b[12][0-9]{{3}}(?:{_MONTH})\b|\b(?:{_MONTH})[0-9]{{1,2}}\b|\b(?:doi|pii):(?=[^ ]).{{0,8}}"
    r"|(?:Epub|eCollection|Print)[12][0-9]{3}|\.(?:doi|pii|Epub|eCollection|Print)\b"
    r"|^(?:[^. ]+ )*[^. ]+\.[12][0-9]{3}(?=[ ;:.])"
)


class Source(NamedTuple):
    """The parts of SO; what is not there is empty."""

    journal: str
    date: str
    #: Volume and issue as they stand: ``12(3)``, ``36 Suppl 1``, ``(3)``.
    issue: str
    #: Pages, or an article number.
    location: str
    #: The publisher's item identifier; only old exports print it.
    pii: str
    #: ``Epub``, ``eCollection`` or ``Print``, and its date.
    kind: str
    other_date: str


def parse_source(value: str) -> Source | None:
    """Return the parts of the SO *value*, or None when it is not laid out as SO.

    >>> parse_source("J Ex. 2019 Mar;12(3):11-9. doi: 10.1000/xyz. Epub 2019 Feb 5.")
    Source(journal='J Ex', date='2019 Mar', issue='12(3)', location='11-9', pii='', kind='Epub', \
other_date='2019 Feb 5')
    >>> parse_source("J Ex. 2019 Mar;12(3):11-9. doi:10.1000/xyz.")
    """
    match = _GRAMMAR.fullmatch(value)
    return None if match is None else Source(**match.groupdict(""))


def source_form(value: str) -> str | None:
    """Return None when *value* is laid out as SO, else the reason.

    >>> source_form("J Ex. 2019 Mar;12(3):11-9.")
    >>> source_form("J Ex. 2019Mar;12(3):11-9.")
    "in '2019Mar' a blank was lost"
    >>> source_form("J Ex. 2019 Mar;12(3):11-9")
    'it has no full stop at its end'
    """
    if parse_source(value) is not None:
        return None
    if match := _LOST_BLANK.search(value):
        return f"in '{match[0].split(' ')[-1]}' a blank was lost"
    if not value.endswith("."):
        return "it has no full stop at its end"
    return "expected a form such as 'J Ex. 2019 Mar 5;12(3):11-19. doi: 10.1000/xyz.'"


def written_date(date: str) -> str:
    """Return a ``YYYYMMDD`` date as SO writes it; another value as it is.

    >>> written_date("20190305")
    '2019 Mar 5'
    """
    match = re.fullmatch("([0-9]{4})(0[1-9]|1[0-2])([0-9]{2})", date)
    return f"{match[1]} {MONTHS[int(match[2]) - 1]} {int(match[3])}" if match else date
