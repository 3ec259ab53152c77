"""Names of authors: what does not belong into them."""

from __future__ import annotations

from random import Random

from quality.mutations.authors import (
    SHORT_NAME,
    full_and_short,
)
from quality.mutations.chance import inside
from quality.mutations.entry import Entry, Field, NotApplicable
from quality.mutations.kinds import kind

_NAME = (
    "name-signs name-without-title name-one-comma name-blanks initials-without-full-stops "
    "name-of-one-person person-not-group suffix-in-place name-surname-first"
)
_OF_AN_AUTHOR = ("AU", "AUID", "AD")


def _declare_name(name: str, rules: str, full_by: str, short_by: str = "{short}") -> None:
    """Templates of both names; {surname}, {given}, {full} and {short} are what they were."""

    @kind(name, rules, "FAU AU")
    def _(record: Entry, draw: Random) -> None:
        full, short = full_and_short(record, draw)
        surname, _, given = full.value.partition(", ")
        parts = {"surname": surname, "given": given, "full": full.value, "short": short.value}
        parts["initials"] = short.value.rpartition(" ")[2]
        full.value = full_by.format(**parts)
        if short_by != "{short}":
            short.value = short_by.format(**parts)


_EITHER = f"{_NAME} {SHORT_NAME}"
_declare_name("FAU: a degree behind the name", _EITHER, "{full}, MD")
_declare_name("FAU: a degree behind the first name", _EITHER, "{full} PhD")
_declare_name("FAU: a title before the name", _EITHER, "Dr. {full}")
_declare_name("FAU: the number of an affiliation", _EITHER, "{full}1")
_declare_name("FAU: a star", _EITHER, "{full}*")
_declare_name("FAU: an e-mail address", _EITHER, "{full} <a.smith@example.org>")
_declare_name("FAU: 'and' before the name", _EITHER, "and {full}")
_declare_name("FAU: 'et al.' behind the name", _EITHER, "{full} et al.")
_declare_name("FAU: markup", _EITHER + " no-html-tags", "{full}<sup>1</sup>")
_declare_name("FAU: a full stop at the end", _EITHER, "{full}.")
_declare_name("FAU: a comma at the end", _EITHER, "{full},")
_declare_name("FAU: a semicolon and another name", _EITHER, "{full}; Miller, Anna")
_declare_name("FAU and AU: a degree", _NAME, "{full} MD", "{short}M")
_declare_name(
    "FAU and AU: a question mark for a letter",
    "letters-not-lost",
    "M?ller, {given}",
    "M?ller {initials}",
)
_declare_name(
    "FAU and AU: a group as a person",
    "person-not-group",
    "Tea Trial Study Group",
    "Tea Trial Study Group",
)
_declare_name(
    "FAU and AU: an institution",
    "person-not-group",
    "University Hospital, Department of Tea",
    "University Hospital DOT",
)


@kind(
    "FAU: the name in capitals",
    "name-not-all-capitals name-begins-with-capitals " + _EITHER,
    "FAU AU",
)
def _(record: Entry, draw: Random) -> None:
    full, _ = full_and_short(record, draw)
    full.value = full.value.upper()


@kind(
    "FAU and AU: the name in capitals",
    "name-not-all-capitals name-begins-with-capitals " + _NAME,
    "FAU AU",
)
def _(record: Entry, draw: Random) -> None:
    full, short = full_and_short(record, draw, r"^[A-Z][a-z]{3,}, [A-Z][a-z]{3,}$")
    full.value, short.value = full.value.upper(), short.value.upper()


@kind(
    "FAU and AU: the name in small letters",
    "name-not-all-capitals name-begins-with-capitals " + _EITHER,
    "FAU AU",
)
def _(record: Entry, draw: Random) -> None:
    full, short = full_and_short(record, draw)
    full.value, short.value = full.value.lower(), short.value.lower()


@kind("FAU and AU: a Cyrillic letter in a Latin name", "name-in-one-script " + _EITHER, "FAU AU")
def _(record: Entry, draw: Random) -> None:
    full, short = full_and_short(record, draw, "^[^,]*[aeo]")
    for latin, cyrillic in zip("aeo", "аео", strict=True):
        if latin in full.value.partition(",")[0]:
            full.value = full.value.replace(latin, cyrillic, 1)
            short.value = short.value.replace(latin, cyrillic, 1)
            return


@kind("FAU: letters in another encoding", "text-decoded " + SHORT_NAME, "FAU AU")
def _(record: Entry, draw: Random) -> None:
    full, _ = full_and_short(record, draw)
    surname, _, given = full.value.partition(", ")
    full.value = f"{inside(draw, surname, draw.choice('éüöñç').encode().decode('cp1252'))}, {given}"


@kind("FAU and AU: letters in another encoding", "text-decoded", "FAU AU")
def _(record: Entry, draw: Random) -> None:
    full, short = full_and_short(record, draw)
    wrong = draw.choice("éüöñç").encode().decode("cp1252")
    full.value, short.value = (v[:2] + wrong + v[2:] for v in (full.value, short.value))


@kind("one author twice, one below the other", "author-not-doubled orcid-once", "FAU AU AUID")
def _(record: Entry, draw: Random) -> None:
    full, _ = full_and_short(record, draw)
    start = end = record.position(full)
    while end < len(record.fields) and (end == start or record.fields[end].tag in _OF_AN_AUTHOR):
        end += 1
    if record.fields[end - 1].tag != "AD":
        raise NotApplicable  # two persons may have one name
    again = [Field(field.tag, field.lines[:], is_spoilt=True) for field in record.fields[start:end]]
    record.fields[end:end] = again
    full.is_spoilt = True
