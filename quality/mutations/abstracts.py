"""Abstracts and keywords."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind


def _replace_abstract(name: str, rules: str, by: str) -> None:
    @kind(f"AB: {name}", rules)
    def _(record: Entry, draw: Random) -> None:
        field = record.one("AB")
        field.value = by.format(abstract=field.value, title=record.value("TI"))


_ABSTRACT = "abstract-available text-not-placeholder"
_replace_abstract("'No abstract available.'", _ABSTRACT, "No abstract available.")
_replace_abstract("'N/A'", _ABSTRACT, "N/A")
_replace_abstract("'null'", _ABSTRACT, "null")
_replace_abstract("the word 'Abstract' alone", _ABSTRACT, "Abstract")
_replace_abstract("the title", "abstract-is-not-title", "{title}")
_replace_abstract("'Abstract' before it", "abstract-without-heading", "Abstract {abstract}")


@kind("AB: cut in the middle", "abstract-final-punctuation")
def _(record: Entry, draw: Random) -> None:
    field = record.one("AB", lambda value: len(value) > 300)
    cut = field.value[: draw.randrange(100, len(field.value) - 50)].rstrip()
    if not cut[-1].isalpha():
        raise NotApplicable
    field.value = cut


@kind("AB: cut with dots", "no-final-ellipsis")
def _(record: Entry, draw: Random) -> None:
    field = record.one("AB", lambda value: len(value) > 300)
    field.value = field.value[: draw.randrange(100, len(field.value) - 50)].rstrip() + "..."


# Keywords


@kind("OT: all keywords in one field, by ';'", "keyword-single", "OT")
def _(record: Entry, draw: Random) -> None:
    _packed(record, "; ")


@kind("OT: all keywords in one field, by ','", "keyword-single", "OT")
def _(record: Entry, draw: Random) -> None:
    _packed(record, ", ")


def _packed(record: Entry, by: str) -> None:
    keywords = record.all("OT")
    if len(keywords) < 4:
        raise NotApplicable
    keywords[0].value = by.join(field.value for field in keywords)
    record.drop(*keywords[1:])


@kind("OT: markup", "no-html-tags", "OT")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "OT")
    field.value = f"<i>{field.value}</i>"


@kind("OT: 'Keywords:' before the first", "keyword-begins-with-word", "OT")
def _(record: Entry, draw: Random) -> None:
    field = record.one("OT")
    field.value = f"Keywords: {field.value}"


@kind("OT: a full stop at the end", "keyword-without-final-punctuation", "OT")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "OT", lambda value: re.search("[a-z]{3}$", value))
    field.value += draw.choice([".", ";", ","])


@kind("OT: in quotation marks", "keyword-plain")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "OT", lambda value: '"' not in value and value[0] != "*")
    field.value = f'"{field.value}"'


@kind("OT: the abstract", "keyword-short keyword-single")
def _(record: Entry, draw: Random) -> None:
    abstract = record.one("AB", lambda value: len(value) > 300)
    record.pick(draw, "OT").value = abstract.value


# Abstracts again


@kind("AB: a few words", "abstract-long-enough abstract-available")
def _(record: Entry, draw: Random) -> None:
    record.one("AB").value = draw.choice(["See article.", "See PDF.", "Tea and sleep."])


@kind("AB: a section lost its text", "abstract-sections-whole")
def _(record: Entry, draw: Random) -> None:
    field = record.one("AB", lambda value: re.search(_METHODS, value))
    field.value = re.sub(_METHODS, r"\1 \2", field.value)


@kind("AB: a section stands twice", "abstract-sections-whole")
def _(record: Entry, draw: Random) -> None:
    field = record.one("AB", lambda value: re.search(_METHODS, value))
    field.value = re.sub(
        _METHODS, lambda match: f"{match[0][: -len(match[2])]}{match[0]}", field.value
    )


_METHODS = r"(?<=\. )(METHODS:) .{40,}?\. (RESULTS:)"


@kind("OAB: a copy of AB", "other-abstract-differs", "AB OAB OABL")
def _(record: Entry, draw: Random) -> None:
    abstract = record.one("AB", lambda value: len(value) > 300)
    record.one("SO")
    record.one("OAB").value = abstract.value
