"""What a run holds back: ignores first, then what the baseline knows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from medlint.findings import Finding
from medlint.nearest import as_shown, nearest
from medlint.records.record import Record
from medlint.rulebook.rule import Rule
from medlint.suppress import BASELINE, IGNORES

if TYPE_CHECKING:
    from medlint.suppress.ignores import Ignores
    from medlint.suppress.matching import Matching


class Rules(NamedTuple):
    """The rules for one file."""

    #: All that there are.
    known: Sequence[Rule]
    #: Those that run.
    running: Sequence[Rule]


class _Nearby(NamedTuple):
    """What holds for the files of one folder."""

    ignores: Ignores | None
    baseline: Matching | None


class Suppression:
    """Holds findings back, and counts them.

    Each file has the ignores and the baseline that are nearest upwards from its folder.
    """

    def __init__(
        self,
        paths: Iterable[str],
        rules: Callable[[str], Rules],
        as_of: date,
        *,
        uses_ignores: bool = True,
        uses_baseline: bool = True,
        baseline_file: Path | None = None,
    ):
        """Read what holds for the files *paths*.

        *rules* says which rules there are for a file. *baseline_file* is the baseline of all files,
        wherever they stand. Raises DocumentError for mistakes in what is read, FileNotFoundError
        where *baseline_file* is not there, and OSError.
        """
        self._rules = rules
        self._as_of = as_of
        self._uses_ignores = uses_ignores
        self._uses_baseline = uses_baseline
        self._baseline_file = baseline_file
        #: How many findings were held back: by ignores, and as known from a baseline.
        self.ignored = 0
        self.baselined = 0
        self._ignores: dict[Path, Ignores] = {}
        self._baselines: dict[Path, Matching] = {}
        self._folders: dict[str, _Nearby] = {}
        if uses_baseline and baseline_file is not None:
            self._baseline(baseline_file)
        for path in paths:
            self._nearby(path)

    def see(self, path: str, records: Sequence[Record]) -> None:
        """Take notice of *records* of the file *path* that were looked at."""
        if not self._ignores:
            return
        found = self._nearby(path).ignores
        if found is not None:
            found.see(records, lambda: {rule.code for rule in self._rules(path).running})

    def holds_back(self, finding: Finding) -> bool:
        """Whether *finding* is not to be told. To be asked once for each, since a baseline knows a
        finding only so often."""
        nearby = self._nearby(finding.path)
        if nearby.ignores is not None and nearby.ignores.hold_back(finding):
            self.ignored += 1
            return True
        if nearby.baseline is not None and nearby.baseline.takes(finding):
            self.baselined += 1
            return True
        return False

    def own_findings(self) -> Iterator[Finding]:
        """Ignores that have expired or held nothing back, of records that were seen. To be asked
        at the end; not of a run that stopped early."""
        for path, found in sorted(self._ignores.items()):
            running = self._rules(as_shown(path)).running
            yield from found.own_findings({rule.name: rule for rule in running})

    def _nearby(self, path: str) -> _Nearby:
        folder = os.path.dirname(path)
        found = self._folders.get(folder)
        if found is None:
            found = _Nearby(self._ignores_for(folder), self._baseline_for(folder))
            self._folders[folder] = found
        return found

    def _ignores_for(self, folder: str) -> Ignores | None:
        path = nearest(Path(folder), [IGNORES]) if self._uses_ignores else None
        if path is None:
            return None
        if path not in self._ignores:
            from medlint.suppress.ignores import Ignores, text_of

            name = as_shown(path)
            rules = self._rules(name).known
            self._ignores[path] = Ignores(text_of(Path(name)), name, rules, self._as_of)
        return self._ignores[path]

    def _baseline_for(self, folder: str) -> Matching | None:
        if not self._uses_baseline:
            return None
        path = self._baseline_file or nearest(Path(folder), [BASELINE])
        return None if path is None else self._baseline(path)

    def _baseline(self, path: Path) -> Matching:
        if path not in self._baselines:
            from medlint.suppress.baseline import read
            from medlint.suppress.matching import Matching

            name = as_shown(path)
            self._baselines[path] = Matching(read(Path(name)), self._rules(name).known)
        return self._baselines[path]
