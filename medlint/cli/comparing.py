"""Records beside a baseline, as the commands on baselines look at them."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from medlint.cli.linting import Linting, Wishes
from medlint.cli.options import UNUSABLE, say, stop
from medlint.cli.progress import Progress
from medlint.findings import Finding
from medlint.nearest import as_shown, nearest, shared_folder
from medlint.run import Run
from medlint.suppress import BASELINE
from medlint.suppress.baseline import Baseline, Entry, read
from medlint.suppress.comparison import Comparison
from medlint.suppress.replacing import replace


def locate(paths: Sequence[str], file: Path | None) -> Path:
    """The baseline that is meant: *file*, else the one that is nearest upwards from the folder that
    *paths* share; where there is none, the one that would be found."""
    if file is not None:
        return file
    folder = shared_folder(paths)
    found = nearest(folder, [BASELINE])
    if found is None:
        here = Path.cwd()
        found = (here if folder.is_relative_to(here) else folder) / BASELINE
    return Path(as_shown(found))


class Comparing:
    """The records that a user *wishes* to look at, and the baseline, which may be missing if that
    is said.

    Raises FileNotFoundError or DocumentError where the baseline cannot be used.
    """

    def __init__(self, wishes: Wishes, file: Path | None, *, may_be_missing: bool = False):
        self.path = locate(wishes.paths, file)
        self.exists = os.path.lexists(self.path) or not may_be_missing
        self.baseline = read(self.path) if self.exists else Baseline()
        folder = Path(os.path.abspath(self.path)).parent
        if not folder.is_dir():
            stop(f"{self.path}: there is no folder {self.path.parent}; make it first")
        self._linting = Linting(wishes._replace(uses_baseline=False))
        # A run in a folder below the baseline, or on named paths, does not meet all that it knows.
        covered = self._linting.settings.paths or ["."]
        self._is_whole = not wishes.paths and any(
            folder.is_relative_to(os.path.abspath(path)) for path in covered
        )
        self._comparison = Comparison(
            self.path,
            self.baseline,
            self._linting.known,
            self._linting.running,
            self._linting.suppression(),
            is_for_all=file is not None,
        )

    def new_findings(self) -> Iterator[Finding]:
        """The findings that the baseline does not know. Ends the program where not everything could
        be read, or nothing is to be."""
        sources = self._linting.sources
        # Records and findings make no reference cycles, and the collector would look through all.
        gc.disable()
        with Progress(sources, is_wanted=True) as progress:
            run = Run(self._linting.plan, progress.advance, self._comparison)
            for finding in self._linting.findings(run):
                progress.give_way()
                yield finding
        for line in run.summary.unusable:
            say(f"medlint: {line}")
        if run.summary.unusable or not sources:
            raise SystemExit(UNUSABLE)

    def gone(self) -> list[Entry]:
        """The entries that no longer occur, each with how often it does not. To be asked when all
        findings were taken."""
        return list(self._comparison.gone(is_whole=self._is_whole))

    def read_entries(self) -> list[Entry]:
        """The entries of records that were read."""
        return [entry for entry in self.baseline if self._comparison.was_read(entry)]

    def write(self) -> None:
        """Write the baseline as it is now."""
        replace(self.path, self.baseline.to_text().encode())
