"""The layer of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from medlint.config.layer import Layer, Level, Origin, Said
from medlint.config.patterns import Pattern, PatternError, fault
from medlint.documents.frame import shown
from medlint.rulebook.select import Selection, refuse_contradictions, rule_and_level

T = TypeVar("T")

_ORIGIN = Origin("command line")


def command_line(
    *,
    select: Sequence[str] = (),
    extend: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Sequence[str] = (),
    fail_level: str | None = None,
    rules: Sequence[Path] = (),
    exclude: Sequence[str] = (),
    dialect: str | None = None,
    as_of: date | None = None,
    output: Sequence[str] = (),
) -> Layer:
    """The layer of what the options say; *severity* is ``RULE=LEVEL`` each, and what is empty or
    None is not said.

    Raises SelectionError for a word that is both selected and ignored and for a severity that is
    none, PatternError for a pattern in *exclude* that is none.
    """
    refuse_contradictions(Selection(select, extend, ignore))
    return Layer(
        select=_said(select) or None,
        extend_select=_said(extend),
        ignore=_said(ignore),
        severity=_said(_levels(severity)),
        fail_level=Said(fail_level, _ORIGIN) if fail_level else None,
        rules=_said(rules),
        exclude=_said(_patterns(exclude)),
        dialect=Said(dialect, _ORIGIN) if dialect else None,
        as_of=Said(as_of, _ORIGIN) if as_of else None,
        output=_said(output) or None,
    )


def _said(values: Iterable[T]) -> tuple[Said[T], ...]:
    return tuple(Said(value, _ORIGIN) for value in values)


def _levels(entries: Iterable[str]) -> Iterator[Level]:
    for entry in entries:
        rule, severity = rule_and_level(entry)
        yield Level(rule, severity.label)


def _patterns(texts: Iterable[str]) -> Iterator[Pattern]:
    for text in texts:
        if reason := fault(text):
            raise PatternError(f"--exclude {shown(text)}: {reason}")
        yield Pattern(os.getcwd(), text)
