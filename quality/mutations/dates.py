"""Dates: how they are written, and DP against SO."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Callable
from random import Random

from quality.mutations.chance import misspelt, replaced
from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind

_MONTHS = {month_abbr[i]: month_name[i] for i in range(1, 13)}
_NUMBERS = {month_abbr[i]: f"{i:02}" for i in range(1, 13)}
Change = Callable[[str], str]


def _declare(tag: str, name: str, rules: str, change: Change, at: str = "") -> None:
    @kind(name, rules, at, where=tag)
    def _(record: Entry, draw: Random) -> None:
        record.one("SO")  # a book has none, and few of the dates
        field = record.pick(draw, tag)
        field.value = change(field.value)


# The form

for _tag in ("DCOM", "LR", "DEP"):
    _form = "processing-date-form"
    _declare(_tag, "month 13", _form, lambda v: v[:4] + "13" + v[6:])
    _declare(_tag, "31 February", _form, lambda v: v[:4] + "0231")
    _declare(_tag, "written with hyphens", _form, lambda v: f"{v[:4]}-{v[4:6]}-{v[6:]}")
    _declare(_tag, "written with slashes", _form, lambda v: f"{v[:4]}/{v[4:6]}/{v[6:]}")
    _declare(_tag, "a digit lost", _form, lambda v: v[:7])
    _declare(_tag, "the day is missing", _form, lambda v: v[:6])
for _tag, _form in (
    ("EDAT", "entry-date-form"),
    ("MHDA", "entry-date-form"),
    ("CRDT", "entry-date-form"),
    ("PMCR", "entry-date-form"),
    ("PHST", "history-date-form"),
):
    _declare(_tag, "month 13", _form, lambda v: v[:5] + "13" + v[7:])
    _declare(_tag, "31 February", _form, lambda v: v[:5] + "02/31" + v[10:])
    _declare(_tag, "written with hyphens", _form, lambda v: v.replace("/", "-"))
    _declare(_tag, "day before month", _form, lambda v: f"{v[8:10]}/{v[5:7]}/{v[:4]}{v[10:]}")
    _declare(_tag, "a digit lost", _form, lambda v: v[:6] + v[7:])
for _tag, _form in (("EDAT", "entry-date-form"), ("PHST", "history-date-form")):
    _declare(_tag, "25 o'clock", _form, lambda v: replaced(r"(?<= )\d\d(?=:)", "25", v))
_declare("PHST", "the label is missing", "history-date-form", lambda v: v.partition(" [")[0])
_declare("PHST", "the bracket is not closed", "history-date-form", lambda v: v[:-1])
_declare("PHST", "the date is missing", "history-date-form", lambda v: v[v.index("[") :])


@kind("PHST: a label misspelt", "history-label-known")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "PHST")
    date_, _, label = field.value[:-1].partition(" [")
    field.value = f"{date_} [{misspelt(draw, label)}]"


@kind("PHST: a label of JATS", "history-label-known")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "PHST", lambda value: "[revised]" in value)
    field.value = field.value.replace("[revised]", "[rev-recd]")


# DP

_DP = "publication-date-form"
_MONTH = r"(?<=^\d{4} )(?!May)[A-Z][a-z]{2}(?=$| \d)"


def _with_month(change: Change) -> Change:
    def changed(value: str) -> str:
        match = re.search(_MONTH, value)
        if not match:
            raise NotApplicable
        return replaced(_MONTH, change(match[0]), value)

    return changed


_declare("DP", "the month in full", _DP, _with_month(lambda month: _MONTHS[month]))
_declare("DP", "'Sept'", _DP, lambda v: replaced(r"(?<=^\d{4} )Sep(?=$| )", "Sept", v))
_declare("DP", "a full stop behind the month", _DP, _with_month(lambda month: month + "."))
_declare("DP", "the month in capitals", _DP, _with_month(str.upper))
_declare("DP", "the month as a number", _DP, _with_month(lambda month: _NUMBERS[month]))
_declare("DP", "a month of another language", _DP, lambda v: replaced(r"Aug(?=$| )", "Ago", v))
_declare("DP", "31 April", _DP, lambda v: v[:4] + " Apr 31")
_declare("DP", "only a year of two digits", _DP, lambda v: v[2:])
_declare("DP", "no year", _DP, lambda v: replaced(r"^\d{4} ", "", v))
_declare("DP", "commas", _DP, lambda v: replaced(r"(?<=\d{4} \w{3} \d) ?$", ", ", v) + "0")
_declare(
    "DP",
    "month before year",
    _DP,
    lambda v: re.sub(r"^(\d{4}) (\w{3})( \d+)?$", r"\2\3, \1", v) if " " in v else v,
)
_declare("DP", "written as 2020-05-01", _DP, lambda v: v[:4] + "-05-01")
_declare("DP", "months in the wrong order", _DP, lambda v: v[:4] + " Aug-Jul")
_declare(
    "DP",
    "a leading zero of the day",
    _DP + " source-agreement",
    lambda v: replaced(r"(?<= )\d$", "0" + v[-1], v),
)
_declare(
    "DP", "a year far ahead", "publication-date-near source-agreement", lambda v: "2035" + v[4:]
)
_declare(
    "DP",
    "another year",
    "source-agreement ahead-of-print-date",
    lambda v: str(int(v[:4]) - 1) + v[4:],
    "SO DEP",
)


@kind("DP: a month misspelt", _DP)
def _(record: Entry, draw: Random) -> None:
    field = record.one("DP", lambda value: re.search(_MONTH, value))
    month = field.value[5:8]
    wrong = month[0] + month[2] + month[1]
    field.value = replaced(_MONTH, wrong, field.value)


@kind("DP: another month", "source-agreement ahead-of-print-date", "SO DEP")
def _(record: Entry, draw: Random) -> None:
    field = record.one("DP", lambda value: re.search(_MONTH, value))
    month = draw.choice([month for month in _MONTHS if month != field.value[5:8]])
    field.value = replaced(_MONTH, month, field.value)
