"""Whose findings are wanted, where not those of every record are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from medlint.findings import Finding
from medlint.records.batch import Batch
from medlint.records.record import Record


class Interest(Protocol):
    """Says which records are looked at. The rules on the data set see all the same."""

    def narrow(self, path: str, batch: Batch, source: str) -> Batch:
        """The part that is looked at of a *batch* of the text *path*, which stands in *source*."""

    def includes(self, finding: Finding) -> bool:
        """Whether a *finding* on the data set is wanted; asked when every batch has passed."""


class OfPmid:
    """The records with one PMID."""

    def __init__(self, pmid: str):
        self._pmid = pmid
        #: Whether a record with it was read.
        self.was_met = False

    def narrow(self, path: str, batch: Batch, source: str) -> Batch:
        """The records with the PMID."""
        part = part_of(batch, lambda record: record.pmid == self._pmid, has_loose_faults=False)
        self.was_met |= bool(part.records)
        return part

    def includes(self, finding: Finding) -> bool:
        """Whether the finding is filed under the PMID."""
        return finding.pmid == self._pmid


class Comparison(Protocol):
    """Tells what is not as it was (`medlint.changes.Changes`)."""

    def is_changed(self, path: str, record: Record) -> bool:
        """Whether *record*, of the file *path*, is new or not as it was. Asked once for each."""

    def is_touched(self, path: str) -> bool:
        """Whether the file is new or not as it was."""


class Changed:
    """The records that are not as they were."""

    def __init__(self, changes: Comparison):
        self._changes = changes
        #: Path and first line of the records that have changed.
        self._changed: set[tuple[str, int]] = set()

    def narrow(self, path: str, batch: Batch, source: str) -> Batch:
        """The records that have changed, and what else stands in a file that has."""
        part = part_of(
            batch,
            lambda record: self._changes.is_changed(source, record),
            has_loose_faults=self._changes.is_touched(source),
        )
        self._changed.update((path, record.first_line) for record in part.records)
        return part

    def includes(self, finding: Finding) -> bool:
        """Whether one of the records that the finding speaks of has changed."""
        records = [(finding.path, finding.record_line)]
        records += [(other.path, other.line) for other in finding.related]
        return not self._changed.isdisjoint(records)


def part_of(batch: Batch, is_wanted: Callable[[Record], bool], *, has_loose_faults: bool) -> Batch:
    """The records of a batch that are wanted and what was met in them; with *has_loose_faults*,
    also what was met outside of records."""
    records = [record for record in batch.records if is_wanted(record)]
    wanted = set(map(id, records))
    faults = [
        fault
        for fault in batch.faults
        if (has_loose_faults if fault.record is None else id(fault.record) in wanted)
    ]
    return Batch(records, faults)
