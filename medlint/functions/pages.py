"""Page ranges: the values of PG.

NLM shortens the second page of a range (``466-75``; NLM, "MEDLINE/PubMed XML Element
Descriptions", MedlinePgn); since about 2016 publishers' full forms (``466-475``) are kept too, so
both are right. The other forms are read off NLM's records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PAGE = r"(?P<{0}head>(?:[0-9]+\.)*[A-Za-z]*)(?P<{0}number>[0-9]+)(?P<{0}tail>[A-Za-z]*)"
_RANGE = rf"(?<![^\s:;,(]){_PAGE.format('first_')}-{_PAGE.format('last_')}(?![\w.-])"
_ROMAN_RANGE = r"(?i:(?<![^\s:;,(])(?P<first>[ivxlc]+)-(?P<last>[ivxlc]+)(?![\w.-]))"
_ROMAN = "(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_OPEN_RANGE = r"(?<![^\s:;,])-[0-9]|[0-9]-(?=[\s;,]|$)|--"
_BLANK_BESIDE_HYPHEN = "[0-9] +- *[0-9]|[0-9] *- +[0-9]"
_TWO_HYPHENS = r"(?<![^\s:;,(])[0-9]+-[0-9]+-[0-9]+(?![^\s:;,)])"
_MARK_BEFORE = r"(?:pp?\.? |pp?\.|pages? )(?=[A-Za-z]?[0-9])"

_MONTH = "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATE = rf"[0-9]{{1,2}}[-. ]{_MONTH}|{_MONTH}[-. ][0-9]{{1,2}}"

_UNITS = "|".join(f"{a}-(?:(?P=head))?[{a}-9]" for a in range(10))
_TENS = "|".join(f"{a}[0-9]-(?:(?P=head))?[{a + 1}-9][0-9]" for a in range(9))

#: A range of more pages is hardly an article, unless it is a whole work that begins with page 1.
_MOST_PAGES = 200
_FIRST_OF_WHOLE_WORK = 20

#: Matches most values that `pages` finds right, and no other text.
PAGES_CLEAN = rf"[A-Za-z]*[0-9]+|(?P<head>[A-Za-z]*[0-9]*)(?:{_UNITS}|{_TENS})"


def pages(value: str) -> str | None:
    """Return None when *value* is well-formed pagination, else the reason.

    A shortened second page is filled up before the two are compared. Only pages of one kind can
    be: ``S39-S49``, ``1.e1-1.e5`` and ``ix-xii``, but not ``794-e56``.

    >>> [pages(pg) for pg in ("466-75", "S39-S49", "50, 52", "12-8; discussion 19", "62 p.")]
    [None, None, None, None, None]
    >>> pages("466-65")
    'page 465 comes before page 466'
    >>> pages("110\u2013121")
    "a range is written with '-', not with '\u2013'"
    >>> pages("110 - 121"), pages("ORL-704-9")
    ("a range is written without blanks beside '-'", None)
    >>> pages("389-392-5")
    "'389-392-5' has two hyphens; a range has one, and ',' parts two ranges"
    >>> pages("pp. 110-121")
    "no 'pp.' is written before the pages"
    >>> pages("7-Mar")
    "it is a date; a spreadsheet makes one of pages such as '3-7'"
    """
    if match := re.search("[\u2010-\u2015\u2212]", value):
        return f"a range is written with '-', not with '{match[0]}'"
    if match := re.match(_MARK_BEFORE, value, re.IGNORECASE):
        return f"no '{match[0].strip()}' is written before the pages"
    if re.fullmatch(_DATE, value):
        return "it is a date; a spreadsheet makes one of pages such as '3-7'"
    if reason := _wrong_marks(value):
        return reason
    for match in re.finditer(_RANGE, value, re.ASCII):
        if reason := _reversed(match):
            return reason
    for match in re.finditer(_ROMAN_RANGE, value):
        first, last = match.group("first", "last")
        if _roman(last) and _roman(first) > _roman(last):
            return f"page {last} comes before page {first}"
    return None


def _wrong_marks(value: str) -> str | None:
    """Say what is wrong with hyphens, commas and blanks between pages."""
    if re.search(_OPEN_RANGE, value):
        return "a range has no first or no last page"
    if re.search(_BLANK_BESIDE_HYPHEN, value):
        return "a range is written without blanks beside '-'"
    if match := re.search(_TWO_HYPHENS, value):
        return f"'{match[0]}' has two hyphens; a range has one, and ',' parts two ranges"
    if value.endswith((",", ";")):
        return f"nothing stands after the last '{value[-1]}'"
    if re.fullmatch("[0-9]+ [0-9]+", value) or re.search(r"[0-9]\. +[0-9]", value):
        return "between two pages stands '-' or ','"
    return None


def page_span(value: str) -> str | None:
    """Return None when each range of *value* is as long as an article may be, else the reason.

    More than 200 pages are too many for one article, unless they begin near page 1: reports and
    monographs in journals do (counted in PubMed's records of the 1970s and of 2022).

    >>> page_span("1-466"), page_span("466-75")
    (None, None)
    >>> page_span("97-771")
    'pages 97 to 771 are 675 pages'
    """
    for first, last in _numbers(value):
        if first > _FIRST_OF_WHOLE_WORK and last - first >= _MOST_PAGES:
            return f"pages {first} to {last} are {last - first + 1} pages"
    return None


def expand(value: str) -> list[tuple[str, str]]:
    """Return the ranges of *value* as (first page, last page), shortened ones filled up.

    >>> expand("466-75, S39-S49; discussion 19-21")
    [('466', '475'), ('S39', 'S49'), ('19', '21')]
    """
    return [
        (f"{head}{first}{tail}", f"{head}{last}{last_tail}")
        for head, first, tail, last, last_tail in map(_filled, re.finditer(_RANGE, value, re.ASCII))
        if last
    ]


def _numbers(value: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(_RANGE, value, re.ASCII):
        _, first, _, last, _ = _filled(match)
        if last and len(last) < 10:
            yield int(first), int(last)


def _filled(match: re.Match[str]) -> tuple[str, str, str, str, str]:
    """What stands before the number of the first page, the number, what stands behind it, and the
    last number in full, with what stands behind that; without a last number where the two pages
    are not of one kind."""
    head, first, tail = match.group("first_head", "first_number", "first_tail")
    last_head, last, last_tail = match.group("last_head", "last_number", "last_tail")
    if last_head not in ("", head) or tail not in ("", last_tail):
        return head, first, tail, "", last_tail
    full = first[: -len(last)] + last if len(last) < len(first) else last
    return head, first, tail, full, last_tail


def _roman(text: str) -> int:
    """The value of a Roman number below 400; 0 for what is none."""
    if re.fullmatch(_ROMAN, text.lower()) is None:
        return 0
    values = [_ROMAN_VALUES[letter] for letter in text.lower()]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _reversed(match: re.Match[str]) -> str | None:
    head, first, tail, last, last_tail = _filled(match)
    if not last or _size(last) >= _size(first):
        return None
    return f"page {head}{last}{last_tail} comes before page {head}{first}{tail}"


def _size(digits: str) -> tuple[int, str]:
    """What orders numbers as `int` does, which refuses more than 4,300 digits."""
    significant = digits.lstrip("0")
    return len(significant), significant
