"""Page ranges: the values of PG.

NLM shortens the second page of a range (``466-75``; NLM, "MEDLINE/PubMed XML Element
Descriptions", MedlinePgn); since about 2016 publishers' full forms (``466-475``) are kept too, so
both are right. The other forms are read off NLM's records.
"""

from __future__ import annotations

import re

_PAGE = r"(?P<{0}head>(?:[0-9]+\.)?[A-Za-z]*)(?P<{0}number>[0-9]+)(?P<{0}tail>[A-Za-z]*)"
_RANGE = rf"(?<![^\s:;,(]){_PAGE.format('first_')}-{_PAGE.format('last_')}(?![\w.-])"
_OPEN_RANGE = r"(?<![^\s:;,])-[0-9]|[0-9]-(?=[\s;,]|$)|--"
_MARK_BEFORE = r"(?:pp?\.? |pp?\.|pages? )(?=[A-Za-z]?[0-9])"

_UNITS = "|".join(f"{a}-(?:(?P=head))?[{a}-9]" for a in range(10))
_TENS = "|".join(f"{a}[0-9]-(?:(?P=head))?[{a + 1}-9][0-9]" for a in range(9))

#: Matches most values that `pages` finds right, and no other text.
PAGES_CLEAN = rf"[A-Za-z]*[0-9]+|(?P<head>[A-Za-z]*[0-9]*)(?:{_UNITS}|{_TENS})"


def pages(value: str) -> str | None:
    """Return None when *value* is well-formed pagination, else the reason.

    A shortened second page is filled up before the two are compared. Only pages of one kind can
    be: ``S39-S49`` and ``1.e1-1.e5``, but not ``794-e56``. Roman numbers are not compared.

    >>> [pages(pg) for pg in ("466-75", "S39-S49", "50, 52", "12-8; discussion 19", "62 p.")]
    [None, None, None, None, None]
    >>> pages("466-65")
    'page 465 comes before page 466'
    >>> pages("110\u2013121")
    "a range is written with '-', not with '\u2013'"
    >>> pages("pp. 110-121")
    "no 'pp.' is written before the pages"
    """
    if match := re.search("[\u2010-\u2015\u2212]", value):
        return f"a range is written with '-', not with '{match[0]}'"
    if match := re.match(_MARK_BEFORE, value, re.IGNORECASE):
        return f"no '{match[0].strip()}' is written before the pages"
    if re.search(_OPEN_RANGE, value):
        return "a range has no first or no last page"
    if value.endswith((",", ";")):
        return f"nothing stands after the last '{value[-1]}'"
    for match in re.finditer(_RANGE, value, re.ASCII):
        if reason := _reversed(match):
            return reason
    return None


def _reversed(match: re.Match[str]) -> str | None:
    head, first, tail = match.group("first_head", "first_number", "first_tail")
    last_head, last, last_tail = match.group("last_head", "last_number", "last_tail")
    if last_head not in ("", head) or tail not in ("", last_tail):
        return None
    full = first[: -len(last)] + last if len(last) < len(first) else last
    if _size(full) >= _size(first):
        return None
    return f"page {head}{full}{last_tail} comes before page {head}{first}{tail}"


def _size(digits: str) -> tuple[int, str]:
    """What orders numbers as `int` does, which refuses more than 4,300 digits."""
    significant = digits.lstrip("0")
    return len(significant), significant
