"""What a run holds back: ignores first, then what the baseline knows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from medlint.documents import IGNORES
from medlint.findings import Finding
from medlint.nearest import as_shown, nearest
from medlint.records.marks import Marks
from medlint.rulebook.rule import Rule
from medlint.suppress import BASELINE

if TYPE_CHECKING:
    from medlint.suppress.ignores import Ignores
    from medlint.suppress.matching import Matching


class _Nearby(NamedTuple):
    """What holds for the files of one folder."""

    ignores: Ignores | None
    baseline: Matching | None


class Suppression:
    """Holds findings back, and counts them.

    Each file has the ignores and the baseline that are nearest upwards from its folder. What they
    name is looked up among all rules that the run knows, since they may hold for files with rules
    of their own; what is not found there is none of the run's business.
    """

    def __init__(
        self,
        paths: Iterable[str],
        known: Sequence[Rule],
        running: Callable[[str], Sequence[Rule]],
        as_of: date,
        *,
        uses_ignores: bool = True,
        uses_baseline: bool = True,
        baseline_file: Path | None = None,
    ):
        """Read what holds for the files *paths*.

        *known* are all rules that there are for any of them; *running* says which run on a file.
        *baseline_file* is the baseline of all files, wherever they stand. Raises DocumentError for
        mistakes in what is read, FileNotFoundError where *baseline_file* is not there, and OSError.
        """
        self._known = known
        self._running = running
        self._as_of = as_of
        self._uses_ignores = uses_ignores
        self._uses_baseline = uses_baseline
        self._baseline_file = baseline_file
        #: How many findings were held back: by ignores, and as known from a baseline.
        self.ignored = 0
        self.baselined = 0
        self._ignores: dict[Path, Ignores] = {}
        #: The ignores of a file -> the rules that run on the files that they hold for, by name.
        self._watching: dict[Path, dict[str, Rule]] = {}
        self._baselines: dict[Path, Matching] = {}
        self._folders: dict[str, _Nearby] = {}
        if uses_baseline and baseline_file is not None:
            self._baseline(baseline_file)
        for path in paths:
            self._nearby(path)

    @property
    def watched(self) -> Marks:
        """What the records are known by that ignores are on."""
        watched = Marks()
        for ignores in self._ignores.values():
            watched |= ignores.watched
        return watched

    def see(self, path: str, met: Marks) -> None:
        """Take notice of what was *met* in records of the file *path* that were looked at."""
        if not self._ignores:
            return
        found = self._nearby(path).ignores
        if found is not None:
            found.see(met, lambda: {rule.code for rule in self._running(path)})

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
            yield from found.own_findings(self._watching[path])

    def notices(self) -> Iterator[str]:
        """What else there is to say of ignores of records that were seen, a line each. To be asked
        at the end."""
        for _, found in sorted(self._ignores.items()):
            yield from found.notices()

    def _nearby(self, path: str) -> _Nearby:
        folder = os.path.dirname(path)
        found = self._folders.get(folder)
        if found is None:
            found = _Nearby(self._ignores_for(path, folder), self._baseline_for(folder))
            self._folders[folder] = found
        return found

    def _ignores_for(self, path: str, folder: str) -> Ignores | None:
        file = nearest(Path(folder), [IGNORES]) if self._uses_ignores else None
        if file is None:
            return None
        if file not in self._ignores:
            from medlint.suppress.ignores import Ignores, text_of

            name = as_shown(file)
            self._ignores[file] = Ignores(text_of(Path(name)), name, self._known, self._as_of)
        running = {rule.name: rule for rule in self._running(path)}
        self._watching[file] = running | self._watching.get(file, {})
        return self._ignores[file]

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
            self._baselines[path] = Matching(read(Path(name)), self._known)
        return self._baselines[path]
