"""A run as the command line asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from medlint.cli.options import say, stop
from medlint.findings import Finding, RuleCard, Severity
from medlint.interest import Interest, OfPmid
from medlint.records.batch import Chunk
from medlint.records.sources import find
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.select import Selection, notices, select
from medlint.run import Plan, Profile, Run, Scope


class Wishes(NamedTuple):
    """What the user said of the run, beside how it is to be written."""

    paths: Sequence[str] = ()
    select: Sequence[str] = ()
    extend: Sequence[str] = ()
    ignore: Sequence[str] = ()
    severity: Sequence[str] = ()
    rules: Sequence[Path] = ()
    scope: Scope = "all"
    exclude: Sequence[str] = ()
    since: str | None = None
    pmid: str | None = None
    dialect: str | None = None
    stdin_filename: str = "-"
    fail_level: str | None = None
    max_findings: int | None = None
    min_records: int | None = None
    uses_ignores: bool = True
    baseline: Path | None = None
    uses_baseline: bool = True
    config: Path | None = None
    uses_config: bool = True
    as_of: date | None = None
    uses_cache: bool = True
    is_quiet: bool = False


class Linting:
    """What is to be linted, and how."""

    def __init__(self, wishes: Wishes):
        self._wishes = wishes
        rulebook = load_rulebook(wishes.rules, use_cache=wishes.uses_cache)
        selection = Selection(wishes.select, wishes.extend, wishes.ignore, wishes.severity)
        for notice in () if wishes.is_quiet else notices(rulebook.rules, selection.words):
            say(f"medlint: {notice}")
        self._profile = Profile(rulebook, select(rulebook.rules, selection))
        self.sources, self._unusable = find(wishes.paths, wishes.stdin_filename)
        self._plan = Plan(
            lambda name: self._profile,
            wishes.as_of or date.today(),
            wishes.scope,
            self._interests(),
        )
        if not self._plan.asked(self._profile):
            stop("no rule is left to run: look at --select, --ignore and --scope")
        self.is_failing = False

    def run(self, progress: Callable[[int], None]) -> Run:
        """The run, not yet begun."""
        return Run(self._plan, progress)

    def lint(self) -> Callable[[str, Chunk], list[Finding]]:
        """What finds the faults of one chunk of the file of that name, on records alone."""
        return Run(self._plan._replace(scope="record")).findings_on

    def findings(self, run: Run) -> Iterator[Finding]:
        """The findings of *run*, up to the most that the user wants."""
        for number, finding in enumerate(run.findings(self.sources), 1):
            self.is_failing |= self._fails(finding)
            yield finding
            if number == self._wishes.max_findings:
                run.summary.is_cut_short = True
                run.summary.notices.append(
                    f"stopped after {number} findings (--max-findings); the rest was not looked at"
                )
                break
        run.summary.unusable += self._unusable

    def _fails(self, finding: Finding) -> bool:
        level = self._wishes.fail_level or "error"
        return level != "never" and finding.severity >= Severity.parse(level)

    def _interests(self) -> list[Interest]:
        wishes = self._wishes
        interests: list[Interest] = []
        if wishes.pmid is not None:
            if not wishes.pmid.isdecimal():
                stop(f"--pmid '{wishes.pmid}': a PMID is a number, such as 37583846")
            interests.append(OfPmid(wishes.pmid))
        return interests

    def card(self, code: str) -> RuleCard | None:
        """What is known of the rule with this code."""
        for rule in self._profile.rulebook.rules:
            if rule.code == code:
                return RuleCard(*(getattr(rule, name) for name in RuleCard._fields))
        return None


def day(text: str | None) -> date | None:
    """The day that *text* means. Ends the program where it means none."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        stop(f"--as-of '{text}': expected a day such as 2026-01-31")
