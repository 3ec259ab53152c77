"""``sections``: the sections of a structured abstract have text, and each stands once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings, compiled
from medlint.records.columns import Columns
from medlint.records.record import Record

#: A label in capitals, at the beginning or after the end of a sentence or of another label.
_LABEL = r"(?:\A|(?<=[.?!;)\]:] ))([A-Z][A-Z ,/&()-]{0,70}[A-Z]):(?= |\Z)"
#: Sections that an abstract has once. Other labels may come back: groups, cases, registrations.
_ONCE = frozenset(
    (
        *("BACKGROUND", "INTRODUCTION", "OBJECTIVE", "OBJECTIVES", "AIM", "AIMS", "PURPOSE"),
        *("METHOD", "METHODS", "MATERIALS AND METHODS", "PATIENTS AND METHODS", "DESIGN"),
        *("SETTING", "RESULT", "RESULTS", "FINDINGS", "CONCLUSION", "CONCLUSIONS", "DISCUSSION"),
        "INTERPRETATION",
    )
)

#: How they end: enough to see quickly whether one may stand twice.
_ENDS = frozenset(name[-3:] for name in _ONCE)
#: A structured abstract has its first label within so many characters.
_FIRST_LABEL = 40
#: No label has so many characters.
_LONGEST_LABEL = 80
#: The characters that labels are made of.
_IN_LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ ,/&()-"


class Sections(RecordCheck):
    """Each section of ``tag`` has text behind its label, and no usual section stands twice."""

    placeholders = frozenset({"label", "reason"})
    is_of_one_value = True

    def __init__(self, settings: Settings):
        self._tag: str = settings["tag"]
        self.tags = (self._tag,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        tag = self._tag
        labelled = [value for value in columns.values(tag) if ":" in value[:_FIRST_LABEL]]
        wrong = {value for value in labelled if _fault(value) is not None}
        return columns.holding(tag, wrong)

    def faults(self, record: Record) -> Iterator[Fault]:
        for occurrence, value in enumerate(record.values(self._tag), 1):
            fault = _fault(value)
            if fault is not None:
                match, reason = fault
                params = {"label": match[1], "reason": reason}
                yield Fault(self._tag, occurrence, match.span(1), params)


def _fault(value: str) -> tuple[re.Match[str], str] | None:
    """The first label that is wrong, and why."""
    if not (_is_structured(value) and _may_be_wrong(value)):
        return None
    labels = list(compiled(_LABEL).finditer(value))
    ends = [*(label.start(1) for label in labels[1:]), len(value)][: len(labels)]
    seen: set[str] = set()
    for match, end in zip(labels, ends, strict=True):
        if not value[match.end() : end].strip():
            return match, "has no text"
        if match[1] in seen:
            return match, "stands twice"
        seen |= {match[1]} & _ONCE
    return None


def _is_structured(value: str) -> bool:
    """Whether an abstract begins with a label."""
    label, colon, _ = value[:_FIRST_LABEL].partition(":")
    return colon != "" and label.isupper()


def _may_be_wrong(value: str) -> bool:
    """Whether a label may stand twice, or have no text: quick."""
    pieces = value.split(":")
    if not pieces[-1]:
        return True
    short = [piece for piece in pieces[1:] if len(piece) < _LONGEST_LABEL]
    if any(piece.isupper() and not piece.strip(_IN_LABELS) for piece in short):
        return True
    if len({piece[-3:] for piece in pieces}) == len(pieces):
        return False
    names = [_name(piece) for piece in pieces if piece[-3:] in _ENDS]
    return len(set(names)) < len(names)


def _name(piece: str) -> str:
    """The label at the end of a piece of text."""
    return piece[len(piece.rstrip(_IN_LABELS)) :].strip()
