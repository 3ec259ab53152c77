"""The form that the value of a tag has, roughly: enough to tell a field from text.

These patterns decide whether ` TAG - ` in the middle of a line begins a field. They are wide on
purpose; whether a value is right is a matter for the rules. Source: PubMed User Guide, "PubMed
format", and the DTD pubmed_250101.
"""

from __future__ import annotations

import re

_DATE = r"\d{4}(?:\d\d){0,2}"
_TIME = r"-?\d{4}/\d\d?/\d\d?(?: \d\d?:\d\d)?"
_NAME = r"[^\W\d_][^\d;:()]{0,79}(?:\d(?:st|nd|rd|th))?"
_WORD = r"[A-Z][A-Za-z-]{1,19}"

#: Values that can hardly be running text.
_CLOSED = {
    "PMID": r"\d{1,12}",
    "OWN": r"[A-Z]{2,8}",
    "STAT": r"(?i:completed|in-process|pubmed-not-medline|in-data-review|publisher|(?:old)?medline"
    r"|out-of-scope)",
    **dict.fromkeys(("DRDT", "CTDT", "DA", "DCOM", "LR", "DEP"), _DATE),
    "UI": r"\d{8}",
    "PUBM": r"(?:Print|Electronic)(?:-\w+)?",
    "IS": r"\d{4}-?\d{3}[\dXx](?: \(\w+\))?",
    "ISBN": r"(?:ISBN[ -])?[\d-]{9,17}[Xx]?(?: \(\w+\))?",
    "DP": r"\d{4}(?:[ -][^.;:]{1,25}\.?)?",
    "LID": r"\S.{0,150} \[[a-z]+\]|[\w.:/()-]{1,40}",
    "AID": r"\S.{0,150} \[[a-z]+\]",
    "AUID": r"\w+: ?\S+",
    "LA": r"[a-zA-Z]{3}",
    "SI": r"[A-Za-z][\w .-]{1,30}/\S+",
    "JID": r"\d{6,}[A-Z]?",
    "SB": r"[A-Z]{1,3}",
    "RF": r"\d{1,4}",
    "PMC": r"PMC\d+(?:\.\d+)?",
    "MID": r"[A-Z]{2,8}\d+",
    "OABL": r"[a-z]{3}",
    "OTO": r"[A-Z]{3,8}(?:-[A-Z]+)?",
    **dict.fromkeys(("EDAT", "MHDA", "CRDT", "CDAT", "PMCR"), _TIME),
    "PHST": rf"(?:{_TIME}|\d{{4}}) \[[a-z -]+\]",
    "PST": r"[a-z]{4,15}",
}

#: Values that are short, without being of a form.
_SHORT = {
    "VI": r".{1,40}",
    "IP": r".{1,40}",
    "PG": r"(?=.*\d|[a-z]+$).{1,80}",
    "CP": r".{1,20}",
    "EN": r".{1,40}",
    "PT": rf"{_WORD}[^;:]{{0,80}}",
    "PL": r"[A-Z][^.]{2,60}",
    "TA": r"[^\W_].{0,120}",
    "JT": r"\[?[^\W_].{0,300}",
    "PB": r"[^\W_].{0,150}",
    "RN": r"[\dA-Z].{0,300}",
    "MH": r"\*?[\w(].{0,200}",
    "OT": r"\S.{0,300}",
    "GR": r"\S.{0,400}",
    "CN": r"[^\W_].{0,600}",
    "GS": r"\S{1,40}",
    "NM": r".{1,200}",
    "OID": r"\w+: \S.*|[A-Z]{2}\d+",
    **dict.fromkeys(("FAU", "AU", "FED", "ED", "FIR", "IR", "FPS", "PS"), _NAME),
}

_PATTERNS = {tag: re.compile(pattern) for tag, pattern in {**_CLOSED, **_SHORT}.items()}


def has_closed_form(tag: str) -> bool:
    """Whether values of *tag* look like nothing else.

    >>> has_closed_form("DCOM"), has_closed_form("TI")
    (True, False)
    """
    return tag in _CLOSED


def has_form(tag: str, value: str) -> bool:
    """Whether *value* could be one of *tag*; true for a tag whose values are running text.

    >>> has_form("LA", "eng"), has_form("LA", "English"), has_form("AB", "Anything")
    (True, False, True)
    """
    pattern = _PATTERNS.get(tag)
    return pattern is None or pattern.fullmatch(value) is not None


def is_running_text(tag: str) -> bool:
    """Whether values of *tag* are text of any length."""
    return tag not in _PATTERNS
