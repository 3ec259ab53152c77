"""Dates of PubMed XML -> those of the text: DP, DCOM, EDAT, PHST..."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from medlint.records.xml_mapping.elements import Element, Put, Writer

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: How many dates are remembered; those of a file are few.
_MEMORY = 10_000


#: PubMedPubDate/@PubStatus -> the tag that repeats the date.
_HISTORY = {"pubmed": "EDAT", "medline": "MHDA", "entrez": "CRDT"}


#: The names and texts of the children of an element.
_Parts = tuple[tuple[str, str | None], ...]


def date(tag: str) -> Writer:
    """``YYYYMMDD``, or less where less is there."""

    def write(element: Element, put: Put) -> None:
        if value := _compact_date(_date_parts(element)):
            put(tag, value, element)

    return write


def write_electronic_date(element: Element, put: Put) -> None:
    """When the article appeared on line."""
    if element.get("DateType") in ("Electronic", None):
        date("DEP")(element, put)


def write_publication_date(element: Element, put: Put) -> None:
    """The date of the issue: ``1979 Jun 5``, ``1979 Spring``."""
    if value := _written_date(_date_parts(element)):
        put("DP", value, element)


def write_history_date(element: Element, put: Put) -> None:
    """A line of PHST, and the tag that says the same of the steps at NLM."""
    for tag, value in _history_lines(element.get("PubStatus") or "", _date_parts(element)):
        put(tag, value, (element, (element, "PubStatus")))


def write_history_date_of_book(element: Element, put: Put) -> None:
    """A step at NLM, which the text of a book does not repeat in PHST, or a line of PHST."""
    lines = _history_lines(element.get("PubStatus") or "", _date_parts(element))
    is_of_nlm = any(tag in _HISTORY.values() for tag, _ in lines)
    for tag, value in lines:
        if not (is_of_nlm and tag == "PHST"):
            put(tag, value, (element, (element, "PubStatus")))


def _date_parts(element: Element) -> _Parts:
    """The parts of a date as they are, a key to what has been made of them before."""
    return tuple([(child.tag, child.text) for child in element])


def _by_name(parts: _Parts) -> Callable[[str], str]:
    texts = {name: (text or "").strip() for name, text in parts}
    return lambda name: texts.get(name, "")


@lru_cache(_MEMORY)
def _compact_date(parts: _Parts) -> str:
    part = _by_name(parts)
    return part("Year") + _number_of_month(part("Month")) + _two_digits(part("Day"))


@lru_cache(_MEMORY)
def _written_date(parts: _Parts) -> str:
    """``1979 Jun 5``, ``1979 Spring`` or what MedlineDate says."""
    written = []
    for name, text in parts:
        part = (text or "").strip()
        if part.isdecimal() and name == "Month" and 1 <= int(part) <= 12:
            part = _MONTHS[int(part) - 1]
        elif part.isdecimal() and name == "Day":
            part = str(int(part))
        written.append(part)
    return " ".join(filter(None, written))


@lru_cache(_MEMORY)
def _history_lines(status: str, parts: _Parts) -> list[tuple[str, str]]:
    """The tags and values of a step."""
    date, time = _date_and_time(parts)
    if not date:
        return []
    line = ("PHST", f"{time} [{status}]")
    if status == "pmc-release":
        return [("PMCR", date), line]
    return [(_HISTORY[status], time), line] if status in _HISTORY else [line]


def _date_and_time(parts: _Parts) -> tuple[str, str]:
    """``1979/06/05`` and ``1979/06/05 06:00``; a date without its day has no time."""
    part = _by_name(parts)
    day = _two_digits(part("Day"))
    date = "/".join(filter(None, (part("Year"), _number_of_month(part("Month")), day)))
    hour, minute = part("Hour") or "0", part("Minute") or "0"
    return date, f"{date} {_two_digits(hour)}:{_two_digits(minute)}" if day else date


def _number_of_month(month: str) -> str:
    return f"{_MONTHS.index(month) + 1:02}" if month in _MONTHS else _two_digits(month)


def _two_digits(number: str) -> str:
    return number.zfill(2) if number.isdecimal() else number
