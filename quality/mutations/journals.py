"""Defects that the other records of a journal show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from random import Random

from quality.mutations.chance import digit_changed
from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import Excerpt, file_kind

#: So many records show what a journal says of itself, and of which year a volume is.
_MAJORITY = 2
_MAJORITY_OF_A_VOLUME = 5

Spoil = Callable[[Entry, list[str], Random], object]


def _declare(name: str, rules: str, at: str, spoil: Spoil, where: str = "") -> None:
    """A defect in a record; *spoil* takes it, the texts of others of its journal, and chance."""

    @file_kind(name, rules, at, where=where, is_of_journal=True)
    def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, set[int]]:
        record = Entry(excerpt.record)
        others = re.split(r"\n\n(?=PMID- )", "\n".join([excerpt.before, excerpt.after]))
        spoil(record, others, draw)
        text = "\n".join([excerpt.before, "\n".join(record.lines) + "\n", excerpt.after])
        return text.encode(), {excerpt.lines_above + 1 + line for line in record.spoilt_lines()}


def _needs(others: list[str], line: str) -> None:
    if sum(f"\n{line}\n" in other for other in others) < _MAJORITY:
        raise NotApplicable


def _declare_field(
    name: str, rule: str, tag: str, change: Callable[[str, Random], str], ending: str = ""
) -> None:
    def spoil(record: Entry, others: list[str], draw: Random) -> None:
        field = record.one(tag, lambda value: value.endswith(ending))
        _needs(others, field.lines[0])
        field.value = change(field.value, draw)

    _declare(name, rule, f"{tag} JID", spoil, ending.strip(" ()"))


def _check_character(digits: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits, strict=True))
    return "0123456789X"[-total % 11]


def _other_issn(value: str, draw: Random) -> str:
    """Another ISSN of the same kind, with the check character it has to have (ISO 3297)."""
    digits = digit_changed(draw, value[:4] + value[5:8])
    return f"{digits[:4]}-{digits[4:]}{_check_character(digits)}{value[9:]}"


for _kind in ("Linking", "Print", "Electronic"):
    _declare_field(
        "the ISSN of another journal",
        f"{_kind.lower()}-issn-agreement",
        "IS",
        _other_issn,
        f" ({_kind})",
    )


def _other_journal(record: Entry, others: list[str], draw: Random) -> None:
    issn = record.one("IS", lambda value: value.endswith("(Linking)"))
    _needs(others, issn.lines[0])
    field = record.one("JID")
    field.value = digit_changed(draw, field.value, 3, 7)


_declare("the JID of another journal", "journal-id-agreement", "JID TA", _other_journal)
_declare_field(
    "another JT",
    "journal-title-agreement",
    "JT",
    lambda value, draw: draw.choice([f"The new {value}", f"{value} and tea"]),
)
_declare_field(
    "another PL",
    "journal-country-agreement",
    "PL",
    lambda value, draw: draw.choice([p for p in ("Iceland", "Portugal", "Ghana") if p != value]),
)


def _other_abbreviation(record: Entry, others: list[str], draw: Random) -> None:
    _needs(others, record.one("TA").lines[0])
    for tag in ("TA", "SO"):
        field = record.one(tag)
        field.value = f"Tea {field.value}"


_declare("another TA, in SO too", "journal-abbreviation-agreement", "TA JID", _other_abbreviation)


# Volumes and years


def _year(record: str) -> int:
    match = re.search(r"^DP  - (\d{4})", record, re.MULTILINE)
    return int(match[1]) if match else 0


def _years_of_volumes(records: list[str]) -> dict[str, int]:
    """Volume -> year, of the volumes that have but one year, and enough records; not of those so
    low that they may come again every year."""
    years: dict[str, Counter[int]] = {}
    for record in records:
        if match := re.search(r"^VI  - ([1-9]\d*)$", record, re.MULTILINE):
            years.setdefault(match[1], Counter())[_year(record)] += 1
    return {
        volume: next(iter(counts))
        for volume, counts in years.items()
        if len(counts) == 1 and counts.total() >= _MAJORITY_OF_A_VOLUME and int(volume) >= 5
    }


def _volume_of_another_year(record: Entry, others: list[str], draw: Random) -> None:
    volume, source = record.one("VI"), record.one("SO")
    year = int(record.one("DP").value[:4])
    far = [v for v, its in _years_of_volumes(others).items() if abs(its - year) > 1]
    if not far or f";{volume.value}" not in source.value:
        raise NotApplicable
    wrong = draw.choice(far)
    source.value = source.value.replace(f";{volume.value}", f";{wrong}", 1)
    volume.value = wrong


def _year_of_another_volume(record: Entry, others: list[str], draw: Random) -> None:
    dated = record.one("DP")
    year = dated.value[:4]
    volumes = _years_of_volumes(others)
    if volumes.get(record.value("VI")) != int(year) or record.all("DEP"):
        raise NotApplicable
    if record.all("PHST", lambda value: value.endswith("ed]")):  # received, accepted and so on
        raise NotApplicable
    source = record.one("SO", lambda value: f". {year}" in value)
    wrong = str(int(year) - 4)
    dated.value = wrong + dated.value[4:]
    source.value = source.value.replace(f". {year}", f". {wrong}", 1)


_declare("VI and SO: the volume of another year", "volume-year", "DP", _volume_of_another_year)
_declare("DP and SO: the year of another volume", "volume-year", "DP", _year_of_another_volume)
