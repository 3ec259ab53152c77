"""Prints single defects with what medlint says of them."""

from __future__ import annotations

from itertools import islice
from typing import Literal

from quality.mutations.catalogue import Kind
from quality.mutations.run import Bench, Trial

Which = Literal["missed", "several", "all"]
_AT_MOST = 4


def show(kind: Kind, bench: Bench, which: Which) -> None:
    """Print up to four trials of *kind*: those not found, those with several findings, or any."""
    made = (trial for trial in bench.trials(kind) if trial is not None)
    for trial in islice((t for t in made if _is_wanted(t, which)), _AT_MOST):
        print(f"--- {kind.family}: {kind.title}")
        _print(trial)


def _is_wanted(trial: Trial, which: Which) -> bool:
    return {"missed": not trial.is_found, "several": len(trial.caused) > 1, "all": True}[which]


def _print(trial: Trial) -> None:
    lines = trial.mutant.data.decode("utf-8", "backslashreplace").split("\n")
    shown: set[int] = set()
    for spoilt in sorted(trial.mutant.lines)[:4]:
        shown |= set(range(max(1, spoilt - 1), min(len(lines), spoilt + 1) + 1))
    for number in sorted(shown):
        print(f"  {number:5} {lines[number - 1][:140]!r}")
    if trial.crash:
        print(f"     => {trial.crash}")
    for finding in trial.caused:
        place = finding.place
        print(
            f"     => {place.line}:{place.column} {finding.tag} {finding.name}: {finding.message}"
        )
