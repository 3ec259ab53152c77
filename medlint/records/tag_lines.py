"""The first line of a field: well formed, or still to be recognised as one.

A tag stands in column 1, padded with blanks to four, then a hyphen and a blank. Editors, copy and
paste and hand-written records bend that in few ways; a known tag is recognised in each of them.
Wrapped text that lost its indent is not taken for a field: "AD-related" and "DNA -binding" stay
text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from medlint.records.forms import has_closed_form, has_form
from medlint.records.tags import FOREIGN_TAGS, TAGS

_STRICT = re.compile(r"([A-Z]{4}|[A-Z]{3} |[A-Z][A-Z0-9]  )-(?: (?=[^ \t])| *\Z)")
_LOOSE = re.compile(
    r"(?P<indent>[ \t]*)(?P<tag>[A-Za-z]{2,4})(?P<pad>[ \t\xa0]{0,4})"
    r"(?P<mark>[-\u2010-\u2015\u2212:])(?P<gap>[ \t\xa0]*)"
)
#: A PMID with a number, a bullet or the like before it, and nothing after it.
_NUMBERED_PMID = re.compile(r"[^A-Za-z]{1,12}(?<! )(?<!\t)[ \t]*(?=PMID)(PMID- ?)\d{1,8}[ \t]*\Z")
_KNOWN = frozenset({*TAGS, *FOREIGN_TAGS})
_INDENT = " " * 6
#: Tags that no text begins a line with, whatever follows.
_NO_WORDS = frozenset({"COIS", "IRAD"})

NOT_IN_CAPITALS = "the tag is not in capitals"


class TagLine(NamedTuple):
    """A tag line: the tag, where it and the value begin (columns from 1), and what is wrong
    with its form ("" when nothing is)."""

    tag: str
    column: int
    value_column: int
    flaw: str


def parse_tag_line(line: str) -> TagLine | None:
    """Return what *line* says as the first line of a field, or None if it is none.

    A tag that is padded as it should be is a tag, known or not; in any other form only a known
    one is.

    >>> parse_tag_line("TI  - Safety")
    TagLine(tag='TI', column=1, value_column=7, flaw='')
    >>> parse_tag_line("TI - Safety").flaw
    'the tag is not padded to four'
    >>> parse_tag_line("AD-related changes") is None
    True
    """
    if match := _STRICT.match(line):
        return TagLine(match[1].rstrip(), 1, 7, "")
    match = _LOOSE.match(line)
    if match is None:
        return _parse_numbered_pmid(line)
    if match["indent"] == _INDENT:
        return None
    tag = match["tag"].upper()
    if tag not in _KNOWN or not (flaw := _flaw(match, tag, line[match.end() :])):
        return None
    return TagLine(tag, match.start("tag") + 1, match.end() + 1, flaw)


def _parse_numbered_pmid(line: str) -> TagLine | None:
    match = _NUMBERED_PMID.match(line) if "PMID-" in line else None
    if match is None:
        return None
    start, end = match.span(1)
    return TagLine("PMID", start + 1, end + 1, "something stands before the tag")


def prefix_of(tag: str) -> str:
    """How a field of *tag* begins.

    >>> prefix_of("TI")
    'TI  - '
    """
    return f"{tag:<4}- "


def _flaw(match: re.Match[str], tag: str, value: str) -> str:
    """What bends the form of a tag line; empty if it is more likely to be text."""
    indent, pad, mark, gap = match["indent"], match["pad"], match["mark"], match["gap"]
    padded = len(tag) + len(pad) == 4
    fits = tag in _NO_WORDS or (has_closed_form(tag) and has_form(tag, value.strip()))
    if mark == ":":
        return "a colon stands where the hyphen should" if (pad and gap) or fits else ""
    if match["tag"] != tag or indent or mark != "-":
        if not (gap and (padded or fits)):
            return ""
        if match["tag"] != tag:
            return NOT_IN_CAPITALS
        return "the tag is indented" if indent else "a dash stands where the hyphen should"
    if gap or pad or fits or not value:
        return _flaw_of_blanks(pad, gap, padded=padded, is_empty=not value)
    return ""


def _flaw_of_blanks(pad: str, gap: str, *, padded: bool, is_empty: bool) -> str:
    """What is wrong with the white space around the hyphen."""
    if "\t" in pad + gap:
        return "there is a tab in it"
    if "\xa0" in pad + gap:
        return "there is a no-break space in it"
    if not gap and not is_empty:
        return "no blank follows the hyphen"
    return "more than one blank follows the hyphen" if padded else "the tag is not padded to four"
