"""SO: the source of an article, which PubMed puts together from the other fields.

NLM states no grammar. The one here is read off PubMed's own records of all generations, and
explains all of them:

    TA. DATE;VOLUME(ISSUE):LOCATION. pii: PII. doi: DOI. Epub DATE.

with the journal and a date always there, ``[Preprint]`` after the journal of a preprint, and
``eCollection`` or ``Print`` in place of ``Epub`` where the electronic form came first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from medlint.functions.dates import MONTHS

_DATE = r"[12][0-9]{3}(?:[ /-]+(?:[A-Za-z]+|[0-9]{1,4}(?:st|nd|rd|th|d)?))*"
_MONTH = "|".join(MONTHS)
#: A full stop after which neither another part nor the end comes.
_STOP = r"\.(?! ?(?:doi:|pii:|Epub |eCollection|Print )|$)"
_GRAMMAR = (
    rf"(?P<journal>.+?)(?: (?P<preprint>\[Preprint\]))?\. (?P<date>{_DATE}\.?)"
    rf"(?:;(?P<issue>(?:[^:.]|{_STOP})*))?"
    rf"(?::(?P<location>(?:[^.]|{_STOP})*))?\."
    rf"(?: pii: (?P<pii>(?:[^.]|{_STOP})+)\.)?(?: doi: (?P<doi>\S+)\.)?"
    rf"(?: (?P<kind>Epub|eCollection|Print) (?P<other_date>{_DATE}\.?)\.)?"
)
_LOST_BLANK = (
    rf"\b[12][0-9]{{3}}(?:{_MONTH})\b|\b(?:{_MONTH})[0-9]{{1,2}}\b|\b(?:doi|pii):(?=[^ ]).{{0,8}}"
    r"|(?:Epub|eCollection|Print)[12][0-9]{3}|\.(?:doi|pii|Epub|eCollection|Print)\b"
    r"|^(?:[^. ]+ )*[^. ]+\.[12][0-9]{3}(?=[ ;:.])"
)


class Part(NamedTuple):
    """A part of SO as it stands, and its span in the value; where it is missing, the text is empty,
    and so is the span, where the part should stand."""

    text: str
    span: tuple[int, int]


class Source(NamedTuple):
    """The parts of SO, in order."""

    journal: Part
    #: ``[Preprint]``.
    preprint: Part
    date: Part
    #: Volume and issue as they stand: ``12(3)``, ``36 Suppl 1``, ``(3)``.
    issue: Part
    #: Pages, or an article number.
    location: Part
    #: The publisher's item identifier; only old exports print it.
    pii: Part
    doi: Part
    #: ``Epub``, ``eCollection`` or ``Print``, and its date.
    kind: Part
    other_date: Part


class Misformed(NamedTuple):
    """Why a value is not laid out as SO, and the part of it where that shows."""

    reason: str
    span: tuple[int, int] | None = None


@lru_cache(maxsize=4)
def parse_source(value: str) -> Source | None:
    """Return the parts of the SO *value*, or None when it is not laid out as SO.

    >>> source = parse_source("J Ex. 2019 Mar;12(3):11-9. doi: 10.1000/xyz. Epub 2019 Feb 5.")
    >>> source.journal, source.issue, source.other_date.text
    (Part(text='J Ex', span=(0, 4)), Part(text='12(3)', span=(15, 20)), '2019 Feb 5')
    >>> source.pii
    Part(text='', span=(25, 25))
    >>> parse_source("J Ex. 2019 Mar;12(3):11-9. doi:10.1000/xyz.")
    """
    match = re.fullmatch(_GRAMMAR, value)
    if match is None:
        return None
    parts: list[Part] = []
    end = 0
    for name in Source._fields:
        if match[name] is None:
            parts.append(Part("", (end, end)))
        else:
            parts.append(Part(match[name], match.span(name)))
            end = match.end(name)
    return Source(*parts)


def misformed(value: str) -> Misformed | None:
    """Return None when *value* is laid out as SO, else the reason and where it shows.

    >>> misformed("J Ex. 2019 Mar;12(3):11-9.")
    >>> misformed("J Ex. 2019Mar;12(3):11-9.").reason
    "in '2019Mar' a blank was lost"
    >>> misformed("J Ex. 2019 Mar;12(3):11-9")
    Misformed(reason='it has no full stop at its end', span=(25, 25))
    """
    if parse_source(value) is not None:
        return None
    if match := re.search(_LOST_BLANK, value):
        glued = match[0].split(" ")[-1]
        span = match.end() - len(glued), match.end()
        return Misformed(f"in '{glued}' a blank was lost", span)
    if not value.endswith("."):
        return Misformed("it has no full stop at its end", (len(value), len(value)))
    return Misformed("expected a form such as 'J Ex. 2019 Mar 5;12(3):11-19. doi: 10.1000/xyz.'")


def written_date(date: str) -> str:
    """Return a ``YYYYMMDD`` date as SO writes it; another value as it is.

    >>> written_date("20190305")
    '2019 Mar 5'
    """
    match = re.fullmatch("([0-9]{4})(0[1-9]|1[0-2])([0-9]{2})", date)
    return f"{match[1]} {MONTHS[int(match[2]) - 1]} {int(match[3])}" if match else date
