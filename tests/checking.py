"""What the tests of checks share: a check from its settings, a record from its text."""

from __future__ import annotations

from datetime import date
from typing import Any

from medlint.checks import check_class
from medlint.checks.base import Context, Fault, RecordCheck
from medlint.records.batch import Chunk
from medlint.records.columns import Columns
from medlint.records.record import Record
from medlint.records.tagged import read as read_chunk

CONTEXT = Context(date(2026, 1, 1), {"teas": {"values": ["Green", "Black"]}})


def build(check_type: str, **settings: Any) -> RecordCheck:
    """A record check, made as from a rule."""
    check = check_class(check_type).build(settings, CONTEXT)
    assert isinstance(check, RecordCheck)
    return check


def records(text: str) -> list[Record]:
    """The records of a text."""
    return read_chunk(Chunk(text.encode(), 1, is_first=True, is_last=True)).records


def read(text: str) -> Record:
    """The one record of a text."""
    (record,) = records(text)
    return record


def faults(check: RecordCheck, text: str) -> list[Fault]:
    """What a check finds in the one record of a text."""
    return list(check.faults(read(text)))


def is_suspect(check: RecordCheck, record: Record) -> bool:
    """Whether the check's sieve keeps the record."""
    return 0 in check.suspects(Columns([record]))
