"""What the tests of ignores and baselines share: runs over files, with and without them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from medlint.findings import Finding
from medlint.records.sources import Source
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.rule import Rule
from medlint.run import Plan, Run
from medlint.suppress.baseline import Baseline
from medlint.suppress.held_back import Suppression

BOOK = load_rulebook()
AS_OF = date(2026, 1, 1)


def rules(*words: str) -> list[Rule]:
    """The rules with these codes or names."""
    return [rule for rule in BOOK.rules if rule.code in words or rule.name in words]


def plan(running: Sequence[Rule], as_of: date = AS_OF) -> Plan:
    return Plan.uniform(BOOK, running, as_of)


def findings(paths: Sequence[Path], running: Sequence[Rule]) -> list[Finding]:
    """What the rules find, with nothing held back."""
    return list(Run(plan(running)).findings(_sources(paths)))


def baseline_of(some: Sequence[Finding]) -> Baseline:
    found = Baseline()
    for finding in some:
        found.add(finding)
    return found


def left(
    paths: Sequence[Path], running: Sequence[Rule], as_of: date = AS_OF, **wishes: Any
) -> tuple[list[Finding], Suppression]:
    """What is told with ignores and baselines, and what held the rest back."""
    suppression = Suppression(map(str, paths), BOOK.rules, lambda name: running, as_of, **wishes)
    run = Run(plan(running, as_of), suppression=suppression)
    return list(run.findings(_sources(paths))), suppression


def _sources(paths: Sequence[Path]) -> list[Source]:
    return [Source(str(path), path) for path in paths]
