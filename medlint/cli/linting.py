"""A run as the command line and the configuration ask for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from medlint.cache import user_store
from medlint.cli.options import say, stop
from medlint.config.command_line import command_line
from medlint.config.configuration import Configuration
from medlint.config.rules import rules_to_run
from medlint.config.settings import Settings
from medlint.config.settings import settings as settings_of
from medlint.findings import Finding, RuleCard, Severity
from medlint.findings_summary import Summary
from medlint.interest import Changed, Interest, OfPmid
from medlint.output.wishes import masked
from medlint.records.batch import Chunk
from medlint.records.find import find
from medlint.rulebook.load import Rulebook, load_rulebook
from medlint.rulebook.rule import Rule
from medlint.rulebook.select import choose, notices, silenced
from medlint.run import Plan, Profile, Run, Scope
from medlint.store import Store
from medlint.suppress.held_back import Suppression

#: Bytes of files of which the answers are kept: less is linted as fast as it is looked up, and more
#: is a load of data and no check that is made again and again.
_WORTH_KEEPING = range(1 << 17, 1 << 26)


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
    #: How many processes may work; None means one for each core.
    jobs: int | None = None
    #: The address of the scheduler of a cluster that does the work.
    scheduler: str | None = None
    is_quiet: bool = False


class Linting:
    """What is to be linted, and how.

    Raises what reading a configuration, rules, ignores and a baseline raises; ends the program for
    wishes that make no sense.
    """

    def __init__(self, wishes: Wishes):
        _refuse_contradictions(wishes)
        self._wishes = wishes
        self._said = command_line(
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
        )
        self._configuration = Configuration(self._said, file=wishes.config, use=wishes.uses_config)
        #: The settings for what is done once in the run.
        self.settings = self._configuration.for_run(wishes.paths)
        self.sources, unusable, self._passed_over = find(
            self.settings.paths, masked(wishes.stdin_filename), self._configuration.is_excluded
        )
        self._unusable = list(map(self._with_origin, unusable))
        self._settings_of: dict[str, Settings] = {}
        self._rulebooks: dict[tuple[Path, ...], Rulebook] = {}
        self._profiles: dict[int, tuple[Settings, Profile]] = {}
        self._of_pmid = None if wishes.pmid is None else _of_pmid(wishes.pmid)
        self.plan = Plan(
            self._profile, self.settings.as_of or date.today(), wishes.scope, self._interests()
        )
        profiles = [self._profile(source.name) for source in self.sources]
        if not self.sources and not self._unusable:
            self._say("everything that was named is excluded; nothing was checked")
        elif self.sources and not any(map(self.plan.asked, profiles)):
            self._tell_that_no_rule_is_left()
        self._tell_of_old_names()
        for notice in self._configuration.notices:
            self._say(notice)
        self._suppression: Suppression | None = None
        #: Whether there was a finding at the fail level of its file.
        self.is_failing = False

    @property
    def store(self) -> Store | None:
        """Where answers are kept from one run to the next, if they are."""
        if self._wishes.uses_cache and self._size() in _WORTH_KEEPING:
            return user_store()
        return None

    def _size(self) -> int:
        """How many bytes the files have that are to be read."""
        size = 0
        for source in self.sources:
            if source.path is not None:
                with suppress(OSError):
                    size += source.path.stat().st_size
        return size

    def suppression(self) -> Suppression:
        """What holds findings of these sources back."""
        self._suppression = self._held_back(uses_baseline=self._wishes.uses_baseline)
        return self._suppression

    def _held_back(self, *, uses_baseline: bool) -> Suppression:
        return Suppression(
            [source.name for source in self.sources],
            self.known,
            lambda name: self.plan.asked(self._profile(name)),
            self.plan.as_of,
            uses_ignores=self._wishes.uses_ignores,
            uses_baseline=uses_baseline,
            baseline_file=self._wishes.baseline,
        )

    @property
    def own_rules(self) -> set[Path]:
        """The files and folders of rules beside the built-in ones, for any of the sources."""
        return {path for paths in self._rulebooks for path in paths}

    @property
    def known(self) -> list[Rule]:
        """All rules that there are for any of the sources."""
        rules = [rule for rulebook in self._rulebooks.values() for rule in rulebook.rules]
        return list({(rule.code, rule.name): rule for rule in rules}.values())

    @property
    def running(self) -> list[Rule]:
        """The rules that run on any of the sources."""
        profiles = [profile for _, profile in self._profiles.values()]
        return [rule for profile in profiles for rule in self.plan.asked(profile)]

    def lint(self) -> Callable[[str, Chunk], list[Finding]]:
        """What finds the faults of one chunk of the file of that name, on records alone, but for
        those that are ignored. What a baseline knows may well be mended."""
        if self.plan.scope == "dataset":
            return lambda name, chunk: []
        ignores = self._held_back(uses_baseline=False)
        # What has changed is counted off record by record: the check wants a count of its own.
        plan = self.plan._replace(scope="record", interests=self._interests())
        return Run(plan, suppression=ignores).findings_on

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
                told = "1 finding" if number == 1 else f"{number:,} findings"
                run.summary.notices.append(
                    f"stopped after {told} (--max-findings); the rest was not looked at"
                )
                break
        if self._suppression is not None and not run.summary.is_cut_short:
            run.summary.notices += self._suppression.notices()
        run.summary.notices += self._passed_over
        run.summary.unusable += [*self._unusable, *self._too_few(run.summary)]
        if self._of_pmid is not None and not run.summary.unusable:
            run.summary.notices += self._without_record(run.summary, self._of_pmid)

    def card(self, code: str) -> RuleCard | None:
        """What is known of the rule with this code."""
        for rulebook in self._rulebooks.values():
            for rule in rulebook.rules:
                if rule.code == code:
                    return RuleCard(*(getattr(rule, name) for name in RuleCard._fields))
        return None

    def _settings(self, name: str) -> Settings:
        if name not in self._settings_of:
            settings = self._configuration.for_file(None if name == "-" else name)
            self._settings_of[name] = settings
        return self._settings_of[name]

    def _profile(self, name: str) -> Profile:
        settings = self._settings(name)
        if id(settings) not in self._profiles:
            rulebook = self._rulebook(settings.rules)
            dialect = None if settings.dialect == "auto" else settings.dialect
            rules = rules_to_run(rulebook.rules, settings)
            unheard = silenced(rulebook.rules, settings.ignore, rules)
            self._profiles[id(settings)] = settings, Profile(rulebook, rules, dialect, unheard)
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
            count = summary.records_read
            were = "1 record was" if count == 1 else f"{count:,} records were"
            yield f"{were} read; --min-records asks for {least:,}"

    def _without_record(self, summary: Summary, wanted: OfPmid) -> Iterator[str]:
        """Why no record was looked at, if one has the PMID that was *wanted*. Ends the program if
        none has it."""
        pmid, revision = self._wishes.pmid, self._wishes.since
        if not wanted.was_met:
            stop(f"no record has PMID {pmid}")
        if not summary.records and revision is not None:
            yield f"the record with PMID {pmid} has not changed since {revision}"

    def _interests(self) -> list[Interest]:
        interests: list[Interest] = []
        if self._of_pmid is not None:
            interests.append(self._of_pmid)
        if (revision := self._wishes.since) is not None:
            from medlint.changes import Changes, ChangesError

            try:
                interests.append(Changed(Changes.since(revision, self.sources)))
            except ChangesError as error:
                stop(str(error))
        return interests

    def _with_origin(self, problem: str) -> str:
        """A *problem* of a path that no user named in this run, with the place that did."""
        origin = self.settings.origins["paths"]
        is_configured = not self._wishes.paths and origin != "default"
        if is_configured and problem.startswith(
            tuple(f"{masked(path)}:" for path in self.settings.paths)
        ):
            return f"{problem} ('paths' of {origin})"
        return problem

    def _tell_that_no_rule_is_left(self) -> None:
        """What the command line alone leaves nothing of is a mistake; what a configuration
        silences is meant so."""
        selection = settings_of(self._said).selection
        books = self._rulebooks.values()
        if not any(self.plan.asked(Profile(b, choose(b.rules, selection))) for b in books):
            stop("no rule is left to run: look at --select, --ignore and --scope")
        source = self.sources[0]
        file = self._configuration.file_for(os.path.dirname(source.name))
        shown = f" {source.name}" if source.path else ""
        self._say(f"{file} leaves no rule to run; 'medlint config show{shown}' tells more")

    def _tell_of_old_names(self) -> None:
        told: set[str] = set()
        for settings, profile in self._profiles.values():
            told.update(notices(profile.rulebook.rules, settings.selection.words))
        for notice in sorted(told):
            self._say(notice)

    def _say(self, notice: str) -> None:
        if not self._wishes.is_quiet:
            say(f"medlint: {notice}")


def _refuse_contradictions(wishes: Wishes) -> None:
    for option, value, is_used in (
        ("config", wishes.config, wishes.uses_config),
        ("baseline", wishes.baseline, wishes.uses_baseline),
    ):
        if value is not None and not is_used:
            stop(f"--{option} and --no-{option} contradict each other; say one of the two")
    if wishes.scheduler is None:
        return
    if wishes.jobs is not None and wishes.scheduler != "local":
        stop("--jobs is for this machine, or for --scheduler local; a cluster has its own workers")
    if wishes.since is not None or wishes.pmid is not None:
        stop(
            "--since and --pmid look at few records, for which --scheduler is no use; leave it out"
        )


def _of_pmid(pmid: str) -> OfPmid:
    if not pmid.isdecimal():
        stop(f"--pmid '{pmid}': a PMID is a number, such as 37583846")
    return OfPmid(pmid)


def day(text: str | None) -> date | None:
    """The day that *text* means. Ends the program where it means none."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        stop(f"--as-of '{text}': expected a day such as 2026-01-31")
