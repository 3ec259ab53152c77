"""A run beside one baseline: what is new, and what is no more."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from medlint.findings import Finding
from medlint.nearest import nearest
from medlint.records.marks import Marks
from medlint.rulebook.rule import Rule
from medlint.suppress import BASELINE
from medlint.suppress.baseline import Baseline, Entry
from medlint.suppress.held_back import Suppression
from medlint.suppress.matching import Matching


class Comparison:
    """Stands in a run where a `Suppression` does, and lets through what a baseline does not know.

    What *ignores* holds back counts as not there. *file* is where the baseline stands; findings in
    files that have a baseline nearer than that are none of its own, unless it *is_for_all*.
    *known* are all rules that there are for any file, *running* those that run on one.
    """

    def __init__(
        self,
        file: Path,
        baseline: Baseline,
        known: Sequence[Rule],
        running: Sequence[Rule],
        ignores: Suppression,
        *,
        is_for_all: bool,
    ):
        self._file = Path(os.path.abspath(file))
        self._matching = Matching(baseline, known)
        self._running = running
        self._ignores = ignores
        self._is_for_all = is_for_all
        known_by = [entry.identity for entry in baseline.entries]
        #: What the entries call their records.
        self.watched = Marks(
            pmids=frozenset(one.pmid for one in known_by if one.pmid is not None),
            digests=frozenset(one.record for one in known_by if one.record is not None),
        )
        #: Those of them that were met.
        self._seen: set[str] = set()
        self._folders: dict[str, bool] = {}

    def see(self, path: str, met: Marks) -> None:
        """Take notice of what was *met* in records of the file *path* that were looked at."""
        if self._is_own(path):
            self._seen |= met.pmids | met.digests

    def holds_back(self, finding: Finding) -> bool:
        """Whether the baseline need not learn of *finding*."""
        if not self._is_own(finding.path) or self._ignores.holds_back(finding):
            return True
        return self._matching.takes(finding)

    def own_findings(self) -> Iterator[Finding]:
        """None."""
        return iter(())

    def gone(self, *, is_whole: bool) -> Iterator[Entry]:
        """The entries on rules that ran which no longer occur, each with how often it does not:
        those of records that were read; if the run *is_whole*, of all records."""
        left = self._matching.left([rule.code for rule in self._running])
        return (entry for entry in left if is_whole or self.was_read(entry))

    def was_read(self, entry: Entry) -> bool:
        """Whether the record of *entry* was read."""
        return not self._seen.isdisjoint((entry.identity.pmid, entry.identity.record))

    def _is_own(self, path: str) -> bool:
        if self._is_for_all:
            return True
        folder = os.path.dirname(path)
        if folder not in self._folders:
            self._folders[folder] = nearest(Path(folder), [BASELINE]) in (None, self._file)
        return self._folders[folder]
