"""Applies the kinds of defects, lints, and counts what was found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from medlint import Severity
from medlint.findings import Finding
from quality.corpus import distinct_records
from quality.linter import Linter
from quality.mutations.catalogue import KINDS, Excerpt, Kind, Mutant

_JOURNAL = re.compile(r"^JID - (\S+)", re.MULTILINE)
_ENOUGH_OF_A_JOURNAL = 4
_MOST_OF_A_JOURNAL = 20


class Setting(NamedTuple):
    """What a run depends on."""

    corpus: Path
    #: How many records each kind of defect is put into.
    records: int
    seed: int
    as_of: date


class Trial(NamedTuple):
    """One defect, and the findings it caused."""

    mutant: Mutant
    caused: tuple[Finding, ...]
    is_found: bool
    #: The error that medlint ended with, instead of findings.
    crash: str = ""


class Tally(NamedTuple):
    """What medlint said about the defects of one kind."""

    name: str
    where: str
    family: str
    why_not: str
    applied: int
    found: int
    #: The right rule spoke, at another place.
    elsewhere: int
    not_applicable: int
    #: How many findings each defect caused.
    counts: tuple[int, ...]
    #: The other rules that spoke, and how often.
    others: tuple[tuple[str, int], ...]
    #: The errors that medlint ended with, each once.
    crashes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Name and place of the kind."""
        return f"{self.name} ({self.where})" if self.where else self.name


class Bench:
    """The clean records, and the trials on them."""

    def __init__(self, setting: Setting):
        self._setting = setting
        self._linter = Linter(setting.as_of)
        records = distinct_records(setting.corpus)
        spoken_of: dict[str | None, Severity] = {}
        for finding in self._linter.findings("\n".join(records).encode()):
            known = spoken_of.get(finding.pmid, Severity.INFO)
            spoken_of[finding.pmid] = max(known, finding.severity)
        worst = [spoken_of.get(_pmid(record)) for record in records]
        #: Nothing worse than info is said of these.
        self.clean = [r for r, w in zip(records, worst, strict=True) if w in (None, Severity.INFO)]
        #: Nothing at all is said of these, which stand around the spoilt one.
        self.silent = [r for r, w in zip(records, worst, strict=True) if w is None]
        self._silent = frozenset(self.silent)
        self._journals: dict[str, list[str]] = defaultdict(list)
        for record in self.silent:
            if journal := _JOURNAL.search(record):
                self._journals[journal[1]].append(record)

    def trials(self, kind: Kind) -> Iterator[Trial | None]:
        """Put defects of one kind into records, in an order drawn by chance; None for a record that
        the kind does not apply to."""
        draw = Random(f"{self._setting.seed} {kind.title}")
        order = draw.sample(self.clean, len(self.clean))
        applied = 0
        for record in order:
            excerpt = (self._of_journal if kind.is_of_journal else self._of_three)(record, draw)
            mutant = kind.make(excerpt, draw) if excerpt else None
            if mutant is None:
                yield None
                continue
            yield self._trial(kind, mutant, is_silent=record in self._silent)
            applied += 1
            if applied == self._setting.records:
                return

    def _of_three(self, record: str, draw: Random) -> Excerpt | None:
        before, after = [r for r in draw.sample(self.silent, 3) if r != record][:2]
        return Excerpt(before, record, after)

    def _of_journal(self, record: str, draw: Random) -> Excerpt | None:
        journal = _JOURNAL.search(record)
        among = [r for r in self._journals.get(journal[1], ()) if r != record] if journal else []
        if len(among) < _ENOUGH_OF_A_JOURNAL:
            return None
        *before, after = draw.sample(among, min(len(among), _MOST_OF_A_JOURNAL))
        return Excerpt("\n".join(before), record, after)

    def _trial(self, kind: Kind, mutant: Mutant, is_silent: bool) -> Trial:
        try:
            new = self._linter.findings(mutant.data)
        except Exception as error:
            return Trial(mutant, (), is_found=False, crash=f"{type(error).__name__}: {error}")
        if new and not is_silent:
            new = _without(new, self._linter.findings(mutant.original))
        is_found = any(f.name in kind.rules and _is_in_place(f, kind, mutant) for f in new)
        return Trial(mutant, tuple(new), is_found)


def _pmid(record: str) -> str:
    return record[6 : record.index("\n")].rstrip()


def _without(findings: list[Finding], usual: list[Finding]) -> list[Finding]:
    """The findings that the unspoilt file does not have."""
    known = Counter(_what(finding) for finding in usual)
    new = []
    for finding in findings:
        if known[_what(finding)]:
            known[_what(finding)] -= 1
        else:
            new.append(finding)
    return new


def _what(finding: Finding) -> tuple[str, str]:
    return finding.name, finding.message


def _is_in_place(finding: Finding, kind: Kind, mutant: Mutant) -> bool:
    if finding.tag in kind.tags:
        return True
    if "record" in kind.tags and finding.place.line == mutant.record_line:
        return True
    covered = range(finding.place.line, finding.place.end_line + 1)
    return not mutant.lines.isdisjoint(covered)


def tally(bench: Bench, kind: Kind) -> Tally:
    """Count the trials of one kind."""
    trials = list(bench.trials(kind))
    made = [trial for trial in trials if trial is not None]
    others = Counter(f.name for trial in made for f in trial.caused if f.name not in kind.rules)
    return Tally(
        kind.name,
        kind.where,
        kind.family,
        kind.why_not,
        applied=len(made),
        found=sum(trial.is_found for trial in made),
        elsewhere=sum(
            not trial.is_found and any(f.name in kind.rules for f in trial.caused) for trial in made
        ),
        not_applicable=len(trials) - len(made),
        counts=tuple(len(trial.caused) for trial in made),
        others=tuple(sorted(others.items(), key=lambda item: (-item[1], item[0]))),
        crashes=tuple(sorted({trial.crash for trial in made if trial.crash})),
    )


_bench: Bench | None = None


def _prepare(setting: Setting) -> None:
    global _bench
    _bench = Bench(setting)


def _tally(number: int) -> Tally:
    assert _bench is not None
    return tally(_bench, KINDS[number])


def run(setting: Setting, kinds: Sequence[Kind], jobs: int) -> Iterator[Tally]:
    """The tallies of *kinds*, in their order, made by *jobs* processes."""
    numbers = [KINDS.index(kind) for kind in kinds]
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(setting,)) as pool:
        yield from pool.map(_tally, numbers)
