"""Files -> chunks -> records -> findings, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from medlint.checks import check_class
from medlint.checks.base import Context
from medlint.checks.dataset import DatasetCheck
from medlint.dataset import Dataset, Locate
from medlint.engine import Engine
from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.interest import Interest, part_of
from medlint.records.batch import Batch, Chunk
from medlint.records.checksum import checksum_problem
from medlint.records.columns import Columns
from medlint.records.numbering import Numbering
from medlint.records.reader import read, whole
from medlint.records.record import BOOK, ERIC, OTHER, PMC, PUBMED, Dialect, Record
from medlint.records.sources import Source, chunks
from medlint.records.stream import UnpackError
from medlint.records.texts import Reading, Text
from medlint.records.visited import Visited
from medlint.rulebook.load import Rulebook
from medlint.rulebook.rule import Rule

Scope = Literal["record", "dataset", "all"]

_DIALECT_NAMES = {PMC: "PMC", ERIC: "ERIC", OTHER: "another program"}


class Profile(NamedTuple):
    """How a file is checked. Files that are checked alike share one object."""

    rulebook: Rulebook
    #: The rules that run, of those in the rulebook.
    rules: Sequence[Rule]
    #: What the records are taken for; None for what each shows to be.
    dialect: Dialect | None = None


class Plan(NamedTuple):
    """What is to be done."""

    #: The name of a source -> how it is checked.
    profile: Callable[[str], Profile]
    as_of: date
    scope: Scope = "all"
    #: The records that are looked at: those that all of these want.
    interests: Sequence[Interest] = ()
    #: Whether findings say how they can be mended.
    with_fixes: bool = True

    @classmethod
    def uniform(
        cls,
        rulebook: Rulebook,
        rules: Sequence[Rule],
        as_of: date,
        scope: Scope = "all",
        interests: Sequence[Interest] = (),
    ) -> Plan:
        """A plan that checks every file with the same *rules*."""
        profile = Profile(rulebook, rules)
        return cls(lambda name: profile, as_of, scope, interests)

    def asked(self, profile: Profile) -> list[Rule]:
        """The rules of *profile* that are within the scope."""
        return [rule for rule in profile.rules if self._is_asked(rule)]

    def _is_asked(self, rule: Rule) -> bool:
        is_of_dataset = issubclass(check_class(rule.check_type), DatasetCheck)
        return self.scope == "all" or (self.scope == "dataset") == is_of_dataset


class Suppression(Protocol):
    """Holds findings back (`medlint.suppress`)."""

    def see(self, path: str, records: Sequence[Record]) -> None:
        """Take notice of records of the file *path* that were looked at."""

    def holds_back(self, finding: Finding) -> bool:
        """Whether *finding* is not to be told. Asked once for each."""

    def own_findings(self) -> Iterator[Finding]:
        """What is to be said of the suppression itself. Asked once, at the end."""


class _Linter(NamedTuple):
    """What one profile needs at work."""

    profile: Profile
    engine: Engine
    #: Code -> rule, of those that run.
    rules: dict[str, Rule]


class Run:
    """One run over some sources. ``summary`` fills while findings are taken."""

    def __init__(
        self,
        plan: Plan,
        progress: Callable[[int], None] = lambda size: None,
        suppression: Suppression | None = None,
    ):
        self._plan = plan
        self._progress = progress
        self._suppression = suppression
        self._linters: dict[int, _Linter] = {}
        self._foreign: dict[str, int] = {}
        self._visited = Visited()
        #: The name of a text and the first line of a chunk -> the records of interest in it.
        self._wanted: dict[tuple[str, int], set[int]] = {}
        self._numbering = Numbering()
        #: The name of a text in an archive -> that of its source.
        self._origins: dict[str, str] = {}
        self.summary = Summary()

    def findings(self, sources: Iterable[Source]) -> Iterator[Finding]:
        """Lint *sources*; findings on records come in the order of the input, then those on the
        data set. A source that cannot be read is told in the summary; the others go on."""
        sources = list(sources)
        self._prepare([source.name for source in sources])
        for source in sources:
            yield from self._lint_source(source)
        self.summary.notices += self._numbering.notices()
        yield from self._close(lambda wanted: self._visited.records(sources, wanted))

    def findings_in(self, name: str, data: bytes) -> Iterator[Finding]:
        """Lint *data* as if it were a file called *name*."""
        self._prepare([name])
        batch = read(whole(data))
        self.summary.files += 1
        yield from self._lint(name, [batch])
        yield from self._close(
            lambda wanted: ((name, r) for r in batch.records if (name, r.first_line) in wanted)
        )

    def findings_on(self, name: str, chunk: Chunk) -> list[Finding]:
        """The findings on the records of one *chunk* of the file called *name*.

        It may be asked again when the chunk has been mended: the records that were of interest at
        first are looked at again, by their number.
        """
        if id(self._plan.profile(name)) not in self._linters:
            self._prepare([name])
        batch = read(chunk)
        if self._plan.interests:
            numbers = {id(record): number for number, record in enumerate(batch.records)}
            place = name, chunk.first_line
            if place not in self._wanted:
                records = self._narrowed(name, batch).records
                self._wanted[place] = {numbers[id(record)] for record in records}
            wanted = self._wanted[place]
            batch = part_of(batch, lambda r: numbers[id(r)] in wanted, has_loose_faults=False)
        return list(self._findings_in(name, batch, batch.columns()))

    def _prepare(self, names: Iterable[str]) -> None:
        """Make what the rules need at work. Those on the data set see the records of every file; a
        finding of theirs counts where the rule runs for the file that it stands in."""
        profiles = {id(profile): profile for profile in map(self._plan.profile, names)}
        rules: dict[str, Rule] = {}
        vocabularies: dict[str, Mapping[str, Any]] = {}
        for key, profile in profiles.items():
            asked = {rule.code: rule for rule in self._plan.asked(profile)}
            known = profile.rulebook.vocabularies
            context = Context(self._plan.as_of, known)
            engine = Engine(asked.values(), context, with_fixes=self._plan.with_fixes)
            self._linters[key] = _Linter(profile, engine, asked)
            rules = {**asked, **rules}
            vocabularies = {**known, **vocabularies}
        context = Context(self._plan.as_of, vocabularies)
        self._dataset = Dataset(rules.values(), context)
        awaited = [rule for rule in rules.values() if rule.name in self._dataset.awaits]
        self._awaited = Engine(awaited, context, with_fixes=False)

    def source_of(self, name: str) -> str:
        """The name of the source that the text *name* stands in: its own, or its archive's."""
        return self._origins.get(name, name)

    def _linter(self, name: str) -> _Linter:
        return self._linters[id(self._plan.profile(self.source_of(name)))]

    def _lint(self, name: str, batches: Iterable[Batch]) -> Iterator[Finding]:
        linter = self._linter(name)
        for batch in batches:
            if linter.profile.dialect is not None:
                for record in batch.records:
                    record.dialect = linter.profile.dialect
            columns = batch.columns()
            self._dataset.collect(name, columns, batch.edition)
            self.summary.records_read += len(batch.records)
            if self._plan.interests:
                batch = self._narrowed(name, batch)
                columns = batch.columns()
            self._count(batch)
            yield from self._findings_in(name, batch, columns)

    def _narrowed(self, name: str, batch: Batch) -> Batch:
        """The part of a batch of the text *name* that is of interest."""
        for interest in self._plan.interests:
            batch = interest.narrow(name, batch, self.source_of(name))
        return batch

    def _findings_in(self, name: str, batch: Batch, columns: Columns) -> Iterator[Finding]:
        """The findings on records of a batch of the text *name*, but for those held back."""
        if self._suppression is not None:
            self._suppression.see(self.source_of(name), batch.records)
        for finding in self._linter(name).engine.lint(batch, columns):
            finding = finding._replace(path=name)
            if self._admits(finding):
                yield finding

    def _close(self, locate: Locate) -> Iterator[Finding]:
        for finding in self._dataset.findings(locate, self._lint_one):
            rule = self._linter(finding.path).rules.get(finding.code)
            if rule is not None and all(i.includes(finding) for i in self._plan.interests):
                finding = finding._replace(severity=rule.severity)
                if self._admits(finding):
                    yield finding
        if self._suppression is not None:
            for finding in self._suppression.own_findings():
                self.summary.add(finding)
                yield finding
        self.summary.notices += [*self._dataset.notices(), *self._notices()]

    def _lint_one(self, record: Record) -> list[Finding]:
        return self._awaited.lint(Batch([record], []))

    def _lint_source(self, source: Source) -> Iterator[Finding]:
        reading = Reading(source)
        if problem := checksum_problem(source):
            self._tell_unusable(problem)
        try:
            for text in reading.texts():
                self._numbering.note(text.name)
                if text.name != source.name:
                    self._origins[text.name] = source.name
                yield from self._lint(text.name, self._batches(source, text, reading))
        except OSError as error:
            self._tell_unreadable(source.name, error)
        self.summary.notices += reading.notices

    def _batches(self, source: Source, text: Text, reading: Reading) -> Iterator[Batch]:
        is_refused = False
        try:
            for chunk in chunks(text.stream):
                self.summary.files += chunk.is_first
                self._visited.note(source, text.name, chunk)
                batch = read(chunk)
                # One finding says that a file is no MEDLINE; the rest of it adds nothing.
                if batch.records or not is_refused:
                    yield batch
                is_refused |= any(fault.kind == "medline-text" for fault in batch.faults)
                self._progress(reading.progress())
        except OSError as error:
            self._tell_unreadable(text.name, error)

    def _tell_unreadable(self, name: str, error: OSError) -> None:
        if isinstance(error, UnpackError):
            self._tell_unusable(str(error))
        else:
            reason = (error.strerror or type(error).__name__).lower()
            self._tell_unusable(f"{name}: cannot be read: {reason}")

    def _tell_unusable(self, line: str) -> None:
        # An archive that is damaged is met in the file that breaks off, and once more behind it.
        if line not in self.summary.unusable:
            self.summary.unusable.append(line)

    def _count(self, batch: Batch) -> None:
        self.summary.records += len(batch.records)
        for record in batch.records:
            if record.dialect not in (PUBMED, BOOK):
                self._foreign[record.dialect] = self._foreign.get(record.dialect, 0) + 1

    def _admits(self, finding: Finding) -> bool:
        """Count *finding*, unless it is held back."""
        if self._suppression is not None:
            # What holds for an archive holds for all in it, whatever folders their names tell of.
            own = finding._replace(path=self.source_of(finding.path))
            if self._suppression.holds_back(own):
                return False
        self.summary.add(finding)
        return True

    def _notices(self) -> Iterator[str]:
        rules_run = {
            rule.code: rule for linter in self._linters.values() for rule in linter.profile.rules
        }
        for dialect, count in sorted(self._foreign.items()):
            rules = sum(dialect not in rule.dialects for rule in rules_run.values())
            if not rules:
                continue
            records = "1 record was" if count == 1 else f"{count:,} records were"
            what = "1 rule" if rules == 1 else f"{rules} rules"
            name = _DIALECT_NAMES[dialect]
            yield f"{records} written by {name}, not by PubMed; {what} did not run there."
