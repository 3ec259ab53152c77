"""A run as the command line and the configuration ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from medlint.cli.options import say, stop
from medlint.config.command_line import command_line
from medlint.config.configuration import Configuration
from medlint.config.rules import rules_to_run
from medlint.config.settings import Settings
from medlint.findings import Finding, RuleCard, Severity
from medlint.findings_summary import Summary
from medlint.interest import Changed, Interest, OfPmid
from medlint.records.batch import Chunk
from medlint.records.sources import find
from medlint.rulebook.load import Rulebook, load_rulebook
from medlint.rulebook.select import notices
from medlint.run import Plan, Profile, Run, Scope
from medlint.suppress.held_back import Rules, Suppression


class Wishes(NamedTuple):
    """What the user said of the run on the command line; None and what is empty was not said."""

    paths: Sequence[str] = ()
    select: Sequence[str] = ()
    extend: Sequence[str] = ()
    ignore: Sequence[str] = ()
    #: ``RULE=LEVEL`` each.
    severity: Sequence[str] = ()
    rules: Sequence[Path] = ()
    scope: Scope = "all"
    exclude: Sequence[str] = ()
    since: str | None = None
    pmid: str | None = None
    dialect: str | None = None
    stdin_filename: str = "-"
    output: Sequence[str] = ()
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
    """What is to be linted, and how.

    Raises what reading a configuration, rules, ignores and a baseline raises; ends the program for
    wishes that make no sense.
    """

    def __init__(self, wishes: Wishes):
        self._wishes = wishes
        self._configuration = Configuration(
            command_line(
                select=wishes.select,
                extend=wishes.extend,
                ignore=wishes.ignore,
                severity=wishes.severity,
                fail_level=wishes.fail_level,
                rules=wishes.rules,
                exclude=wishes.exclude,
                dialect=wishes.dialect,
                as_of=wishes.as_of,
                output=wishes.output,
            ),
            file=wishes.config,
            use=wishes.uses_config,
        )
        #: The settings for what is done once in the run.
        self.settings = self._configuration.for_run(wishes.paths)
        self.sources, self._unusable, self._passed_over = find(
            self.settings.paths, wishes.stdin_filename, self._configuration.is_excluded
        )
        self._rulebooks: dict[tuple[Path, ...], Rulebook] = {}
        self._profiles: dict[int, tuple[Settings, Profile]] = {}
        self.plan = Plan(
            self._profile, self.settings.as_of or date.today(), wishes.scope, self._interests()
        )
        profiles = [self._profile(source.name) for source in self.sources]
        if not self.sources and not self._unusable:
            self._say("everything that was named is excluded; nothing was checked")
        elif self.sources and not any(map(self.plan.asked, profiles)):
            stop("no rule is left to run: look at --select, --ignore and --scope")
        self._tell_of_old_names()
        #: Whether there was a finding at the fail level of its file.
        self.is_failing = False

    def suppression(self) -> Suppression:
        """What holds findings of these sources back."""
        return Suppression(
            [source.name for source in self.sources],
            self.rules,
            self.plan.as_of,
            uses_ignores=self._wishes.uses_ignores,
            uses_baseline=self._wishes.uses_baseline,
            baseline_file=self._wishes.baseline,
        )

    def lint(self) -> Callable[[str, Chunk], list[Finding]]:
        """What finds the faults of one chunk of the file of that name, on records alone, but for
        those that are ignored. What a baseline knows may well be mended."""
        names = [source.name for source in self.sources]
        ignores = Suppression(
            names,
            self.rules,
            self.plan.as_of,
            uses_ignores=self._wishes.uses_ignores,
            uses_baseline=False,
        )
        return Run(self.plan._replace(scope="record"), suppression=ignores).findings_on

    def rules(self, name: str) -> Rules:
        """The rules for the file *name*."""
        profile = self._profile(name)
        return Rules(profile.rulebook.rules, self.plan.asked(profile))

    def findings(self, run: Run, counted: Severity = Severity.INFO) -> Iterator[Finding]:
        """The findings of *run*, up to the most that the user wants of those that are *counted*: of
        that severity or worse."""
        number, most = 0, self._wishes.max_findings
        for finding in run.findings(self.sources):
            self.is_failing |= self._fails(finding, run.source_of(finding.path))
            yield finding
            number += finding.severity >= counted
            if number == most:
                run.summary.is_cut_short = True
                run.summary.notices.append(
                    f"stopped after {number:,} findings (--max-findings); the rest was not "
                    "looked at"
                )
                break
        run.summary.notices += self._passed_over
        run.summary.unusable += [*self._unusable, *self._too_few(run.summary)]

    def card(self, code: str) -> RuleCard | None:
        """What is known of the rule with this code."""
        for rulebook in self._rulebooks.values():
            for rule in rulebook.rules:
                if rule.code == code:
                    return RuleCard(*(getattr(rule, name) for name in RuleCard._fields))
        return None

    def _settings(self, name: str) -> Settings:
        return self._configuration.for_file(None if name == "-" else name)

    def _profile(self, name: str) -> Profile:
        settings = self._settings(name)
        if id(settings) not in self._profiles:
            rulebook = self._rulebook(settings.rules)
            dialect = None if settings.dialect == "auto" else settings.dialect
            rules = rules_to_run(rulebook.rules, settings)
            self._profiles[id(settings)] = settings, Profile(rulebook, rules, dialect)
        return self._profiles[id(settings)][1]

    def _rulebook(self, rules: tuple[Path, ...]) -> Rulebook:
        if rules not in self._rulebooks:
            self._rulebooks[rules] = load_rulebook(rules, use_cache=self._wishes.uses_cache)
        return self._rulebooks[rules]

    def _fails(self, finding: Finding, source: str) -> bool:
        level = self._settings(source).fail_level
        return level != "never" and finding.severity >= Severity.parse(level)

    def _too_few(self, summary: Summary) -> Iterator[str]:
        least = self._wishes.min_records
        if least is not None and summary.records_read < least and not summary.is_cut_short:
            yield f"{summary.records_read:,} records were read; --min-records asks for {least:,}"

    def _interests(self) -> list[Interest]:
        interests: list[Interest] = []
        if (pmid := self._wishes.pmid) is not None:
            if not pmid.isdecimal():
                stop(f"--pmid '{pmid}': a PMID is a number, such as 37583846")
            interests.append(OfPmid(pmid))
        if (revision := self._wishes.since) is not None:
            from medlint.changes import Changes, ChangesError

            try:
                interests.append(Changed(Changes.since(revision, self.sources)))
            except ChangesError as error:
                stop(str(error))
        return interests

    def _tell_of_old_names(self) -> None:
        told: set[str] = set()
        for settings, profile in self._profiles.values():
            told.update(notices(profile.rulebook.rules, settings.selection.words))
        for notice in sorted(told):
            self._say(notice)

    def _say(self, notice: str) -> None:
        if not self._wishes.is_quiet:
            say(f"medlint: {notice}")


def day(text: str | None) -> date | None:
    """The day that *text* means. Ends the program where it means none."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        stop(f"--as-of '{text}': expected a day such as 2026-01-31")
