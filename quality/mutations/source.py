"""SO and the fields it is made of: journal, date, volume, issue, pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from quality.mutations.chance import digit_changed, misspelt, replaced
from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind

_AGREEMENT = "source-agreement source-form"
Change = Callable[[str, Random], str]


def _declare(
    name: str, pattern: str, change: Change, rules: str = _AGREEMENT, contradicted_by: str = "TA"
) -> None:
    @kind(f"SO: {name}", rules, "SO VI IP PG DP DEP TA LID AID")
    def _(record: Entry, draw: Random) -> None:
        record.one(contradicted_by)
        field = record.one("SO")
        match = re.search(pattern, field.value)
        if not match:
            raise NotApplicable
        field.value = (
            field.value[: match.start()] + change(match[0], draw) + field.value[match.end() :]
        )


def _next(number: str, draw: Random) -> str:
    return str(int(number) + 1)


def _gone(text: str, draw: Random) -> str:
    return ""


def _other_digit(text: str, draw: Random) -> str:
    return digit_changed(draw, text)


_TAIL_DATE = r"\d{4} [A-Z][a-z]{2} \d+"

_declare("another volume", r"(?<=;)\d+(?=[(:])", _next)
_declare("another issue", r"(?<=\()\d+(?=\):)", _next)
_declare("another first page", r"(?<=\):)\d+(?=[-.])", lambda text, draw: str(int(text) + 7))
_declare("another last page", r"(?<=\):\d)\d*-\d+(?=\.)", _other_digit)
_declare("another year", r"(?<=\. )(19|20)\d\d(?=[ ;:.])", lambda text, draw: str(int(text) - 1))
_declare(
    "another month",
    r"(?<=\. \d{4} )[A-Z][a-z]{2}(?=[ ;:.])",
    lambda text, draw: "Feb" if text == "Jan" else "Jan",
)
_declare(
    "a slip in the journal", r"^[A-Za-z ]{5,}?(?=\. )", lambda text, draw: misspelt(draw, text)
)
_declare(
    "another day of Epub",
    rf"(?<= Epub )({_TAIL_DATE})",
    lambda text, draw: re.sub(r"\d+$", lambda m: str(int(m[0]) % 28 + 1), text),
)
_declare("another year of Epub", r"(?<= Epub )\d{4}", lambda text, draw: str(int(text) - 2))
_declare("another year of eCollection", r"(?<= eCollection )\d{4}", _next)
_declare("the volume is missing", r"(?<=;)\d+(?=\()", _gone)
_declare("the issue is missing", r"\([^()]+\)(?=:)", _gone)
_declare("the pages are missing", r":[\w-]+(?=\. )", _gone)
_declare("the day of publication is missing", r"(?<=\. \d{4} [A-Z][a-z]{2}) \d+(?=[;:.])", _gone)
_declare("Epub is missing", rf" Epub {_TAIL_DATE}\.", _gone)
_declare("the DOI is missing", r" doi: \S+\.(?= |$)", _gone, _AGREEMENT + " doi-agreement", "LID")
_declare("'doi: ' is missing", r"(?<= )doi: ", _gone, _AGREEMENT + " doi-agreement")
_declare("no blank behind 'doi:'", r"(?<=doi:) ", _gone)
_declare("the semicolon is missing", r";(?=\d)", _gone)
_declare("a comma for the semicolon", r";(?=\d)", lambda text, draw: ",")
_declare("the final stop is missing", r"\.$", _gone)
_declare("the stop behind the journal is missing", r"\.(?= \d{4})", _gone)
_declare("'null' for the issue", r"(?<=\()[^()]+(?=\):)", lambda text, draw: "null")
_declare("the end of it is lost", r"(?<=\d)[;:].*$", _gone)


@kind("SO: eCollection is missing, DP is of another year", _AGREEMENT, "SO DP")
def _(record: Entry, draw: Random) -> None:
    if record.value("DP")[:4] == record.value("DEP")[:4]:
        raise NotApplicable
    field = record.one("SO")
    field.value = replaced(r" eCollection [^.]+\.", "", field.value)


# The parts


def _declare_part(tag: str) -> None:
    @kind("another digit than in SO", "source-agreement pagination-form", f"SO {tag}", where=tag)
    def _(record: Entry, draw: Random) -> None:
        field = record.one(tag, lambda value: re.fullmatch(r"\d[\d-]*", value))
        field.value = digit_changed(draw, field.value)

    @kind("a part is missing, SO has it", "source-agreement", f"SO {tag} record", where=tag)
    def _(record: Entry, draw: Random) -> None:
        field = record.one(tag)
        is_said_elsewhere = tag == "PG" and "-" not in field.value  # LID may say one page, too
        if field.value not in record.value("SO") or is_said_elsewhere:
            raise NotApplicable
        record.drop(field)


for _tag in ("VI", "IP", "PG"):
    _declare_part(_tag)


@kind("TA: a slip of the keyboard", "source-agreement", "SO TA")
def _(record: Entry, draw: Random) -> None:
    field = record.one("TA")
    field.value = misspelt(draw, field.value)


@kind("VI and IP exchanged", "source-agreement", "SO VI IP")
def _(record: Entry, draw: Random) -> None:
    volume, issue = record.one("VI"), record.one("IP")
    if volume.value == issue.value:
        raise NotApplicable
    volume.value, issue.value = issue.value, volume.value
