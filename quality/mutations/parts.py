"""Volume, issue, pages, journal: damages that stand in SO too."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from quality.mutations.chance import replaced
from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind


def _with_source(name: str, tag: str, rules: str, test: str, change: Callable[[str], str]) -> None:
    @kind(name, rules, f"{tag} SO")
    def _(record: Entry, draw: Random) -> None:
        field, source = record.one(tag, lambda value: re.search(test, value)), record.one("SO")
        wrong = change(field.value)
        places = {
            "VI": r"(?<=;){}(?=[(:.])",
            "IP": r"(?<=\(){}(?=\))",
            "PG": r"(?<=:){}(?=\.)",
            "TA": r"^{}(?=\. )",
        }
        place = places[tag].format(re.escape(field.value))
        source.value = replaced(place, wrong, source.value)
        field.value = wrong
        source.is_spoilt = False


_PAGES = "pagination-form"


def _turned(pages: str) -> str:
    first, _, last = pages.partition("-")
    last = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    is_short_for = last[: len(last) - len(first)] + first  # 10-7 is read as 10-17
    if int(first) >= int(last) or int(is_short_for) >= int(last):
        raise NotApplicable
    return f"{last}-{first}"


_with_source("PG and SO: page range reversed", "PG", _PAGES, r"^\d+-\d+$", _turned)
_with_source("PG and SO: a dash", "PG", _PAGES, r"^\d+-\d+$", lambda v: v.replace("-", "\u2013"))
_with_source("PG and SO: two hyphens", "PG", _PAGES, r"^\d+-\d+$", lambda v: v.replace("-", "--"))
_with_source("PG and SO: 'pp.'", "PG", _PAGES, r"^\d", lambda v: "pp. " + v)
_with_source("PG and SO: 'p.'", "PG", _PAGES, r"^\d", lambda v: "p. " + v)
_with_source("PG and SO: blanks", "PG", _PAGES, r"^\d+-\d+$", lambda v: v.replace("-", " - "))
_with_source(
    "PG and SO: no last page", "PG", _PAGES, r"^\d+-\d+$", lambda v: v.partition("-")[0] + "-"
)
_with_source(
    "PG and SO: 'null'", "PG", _PAGES + " unknown-volume-left-out", r"^\d+-\d+$", lambda v: "null"
)
_NUMBER = "unknown-volume-left-out volume-issue-without-label volume-issue-plain-ends"
_with_source("VI and SO: 'Vol.'", "VI", _NUMBER, r"^\d+$", lambda v: "Vol. " + v)
_with_source("VI and SO: 'null'", "VI", _NUMBER, r"^\d+$", lambda v: "null")
_with_source("VI and SO: 'undefined'", "VI", _NUMBER, r"^\d+$", lambda v: "undefined")
_with_source("VI and SO: 'N/A'", "VI", _NUMBER, r"^\d+$", lambda v: "N/A")
_with_source("VI and SO: a comma at the end", "VI", _NUMBER, r"^\d+$", lambda v: v + ",")
_with_source(
    "VI and SO: the issue too",
    "VI",
    _NUMBER + " volume-without-issue",
    r"^\d+$",
    lambda v: v + "(3)",
)
_with_source("IP and SO: 'No.'", "IP", _NUMBER, r"^\d+$", lambda v: "No. " + v)
_with_source("IP and SO: 'Issue'", "IP", _NUMBER, r"^\d+$", lambda v: "Issue " + v)
_with_source("IP and SO: 'null'", "IP", _NUMBER, r"^\d+$", lambda v: "null")
_with_source("IP and SO: '-'", "IP", _NUMBER, r"^\d+$", lambda v: "-")
_with_source(
    "TA and SO: full stops",
    "TA",
    "journal-abbreviation-without-dots",
    r"^\w{3,} \w{3,}$",
    lambda v: v.replace(" ", ". ") + ".",
)


@kind("PG: page range reversed", _PAGES + " source-agreement", "PG SO")
def _(record: Entry, draw: Random) -> None:
    field = record.one("PG", lambda value: re.fullmatch(r"\d+-\d+", value))
    field.value = _turned(field.value)


@kind("PG: spreadsheet made a date of it", _PAGES + " source-agreement", "PG SO")
def _(record: Entry, draw: Random) -> None:
    field = record.one("PG", lambda value: re.fullmatch(r"\d+-\d+", value))
    field.value = draw.choice(["7-Mar", "Mar-19", "2003-07-19"])


_with_source(
    "PG and SO: thousands of pages",
    "PG",
    "pagination-span",
    r"^[2-9]\d+-\d+$",
    lambda v: f"{v.partition('-')[0]}-{int(v.partition('-')[0]) + 9000}",
)
_with_source(
    "IP and SO: a leading zero", "IP", "volume-issue-no-leading-zero", r"^[1-9]$", lambda v: "0" + v
)
_with_source(
    "IP and SO: 'Supplement'",
    "IP",
    "supplement-named-suppl",
    r"^Suppl( \d+)?$",
    lambda v: v.replace("Suppl", "Supplement"),
)
_with_source(
    "VI and SO: 'Supplement'",
    "VI",
    "supplement-named-suppl",
    r"^\d+ Suppl( \d+)?$",
    lambda v: v.replace("Suppl", "Supplement"),
)
_with_source(
    "TA and SO: articles and prepositions",
    "TA",
    "journal-abbreviation-short",
    r"^J [A-Z]\w+",
    lambda v: v.replace("J ", "The Journal of ", 1),
)


@kind("VI and IP are missing, from SO too", "volume-or-issue-in-print", "PST PG record SO")
def _(record: Entry, draw: Random) -> None:
    record.one("PST", lambda value: value == "ppublish")
    record.one("VI")
    source = record.one("SO")
    source.value = replaced(r";[^;:]+(?=:\d)", "", source.value)
    record.drop_all("VI", "IP")


@kind(
    "JT: the abbreviation",
    "journal-title-in-full",
    "JT",
    why_not="Only words that are abbreviations in most journals are known; other short words may "
    "be meant so.",
)
def _(record: Entry, draw: Random) -> None:
    abbreviation = record.one("TA", lambda value: " " in value).value
    title = record.one("JT")
    if len(title.value) < len(abbreviation) + 5:
        raise NotApplicable
    title.value = abbreviation
