"""When records were made, by their PMIDs.

PubMed numbers records in the order in which they are made. The table was made from 5,576 records of
December 2008, when NLM began to write the create date, until April 2025. Of the same records, all
but five were made within two weeks of the day that it gives, and none more than 63 days off.
"""

from __future__ import annotations

from bisect import bisect
from datetime import date, timedelta

#: The first PMID, in thousands, of each year from 2009.
_FIRST_YEAR = 2009
_FIRST_OF_YEAR = (
    *(19_117, 20_043, 21_195, 22_211, 23_281, 24_378, 25_547, 26_719, 28_039),
    *(29_290, 30_597, 31_889, 33_385, 34_972, 36_589, 38_162, 39_745),
)


def made_about(pmid: int) -> tuple[date | None, date | None]:
    """Return the days between which the record with *pmid* was made, as far as can be told: twice
    the same day where the PMID is between two known ones, else (None, latest) for a smaller one
    or (earliest, None) for a larger one.

    >>> made_about(37_375_500)
    (datetime.date(2023, 7, 2), datetime.date(2023, 7, 2))
    >>> made_about(9_999_999)
    (None, datetime.date(2009, 1, 1))
    >>> made_about(40_000_000)
    (datetime.date(2025, 1, 1), None)
    """
    at = bisect(_FIRST_OF_YEAR, pmid / 1000)
    if at == 0:
        return None, date(_FIRST_YEAR, 1, 1)
    year = _FIRST_YEAR + at - 1
    if at == len(_FIRST_OF_YEAR):
        return date(year, 1, 1), None
    low, high = _FIRST_OF_YEAR[at - 1], _FIRST_OF_YEAR[at]
    length = date(year + 1, 1, 1) - date(year, 1, 1)
    days = int(length.days * (pmid / 1000 - low) / (high - low))
    day = date(year, 1, 1) + timedelta(days=days)
    return day, day
