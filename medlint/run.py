"""Files -> chunks -> records -> findings, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from medlint.checks import check_class
from medlint.checks.base import Context
from medlint.checks.dataset import DatasetCheck
from medlint.dataset import Locate
from medlint.engine import Engine
from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.in_place import parts_in_place
from medlint.interest import Interest, part_of
from medlint.part import ChunkLinter, Kept, Lost, Outcome, Part, Ruling, Task, Work
from medlint.records.batch import Batch, Chunk
from medlint.records.chunking import LONGEST_RECORD
from medlint.records.marks import Marks
from medlint.records.numbering import Numbering
from medlint.records.pieces import Piece, Stretch, Trouble, pieces
from medlint.records.reader import read, whole
from medlint.records.record import ERIC, OTHER, PMC, Dialect, Record
from medlint.records.sources import Source
from medlint.records.visited import Visited
from medlint.rulebook.load import Rulebook
from medlint.rulebook.rule import Rule
from medlint.store import Store

Scope = Literal["record", "dataset", "all"]

_DIALECT_NAMES = {PMC: "PMC", ERIC: "ERIC", OTHER: "another program"}


class Profile(NamedTuple):
    """How a file is checked. Files that are checked alike share one object."""

    rulebook: Rulebook
    #: The rules that run, of those in the rulebook.
    rules: Sequence[Rule]
    #: What the records are taken for; None for what each shows to be.
    dialect: Dialect | None = None
    #: Rules that are ignored, and that others are silent after.
    unheard: Sequence[Rule] = ()


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
        unheard: Sequence[Rule] = (),
    ) -> Plan:
        """A plan that checks every file with the same *rules*."""
        profile = Profile(rulebook, rules, unheard=unheard)
        return cls(lambda name: profile, as_of, scope, interests)

    def asked(self, profile: Profile) -> list[Rule]:
        """The rules of *profile* that are within the scope."""
        if self.scope == "all":
            return list(profile.rules)
        wanted = self.scope == "dataset"
        return [rule for rule in profile.rules if is_of_dataset(rule) is wanted]


def is_of_dataset(rule: Rule) -> bool:
    """Whether *rule* looks at the data set as a whole."""
    return issubclass(check_class(rule.check_type), DatasetCheck)


class Suppression(Protocol):
    """Holds findings back (`medlint.suppress`)."""

    @property
    def watched(self) -> Marks:
        """The records that it must be told of when they are looked at."""

    def see(self, path: str, met: Marks) -> None:
        """Take notice of what was *met* of these in the file *path*."""

    def holds_back(self, finding: Finding) -> bool:
        """Whether *finding* is not to be told. Asked once for each."""

    def own_findings(self) -> Iterator[Finding]:
        """What is to be said of the suppression itself. Asked once, at the end."""


class Workers(Protocol):
    """Make parts of chunks elsewhere (`medlint.workers`)."""

    #: What is to be said of them, a line each.
    notices: list[str]

    def parts(
        self,
        linter: ChunkLinter,
        pieces: Iterable[Piece],
        task: Callable[[Stretch], Task],
    ) -> Iterator[tuple[Piece, Outcome | None]]:
        """Each of *pieces*, in order, and what became of the *task* that there is for it."""


class _Kind(NamedTuple):
    """Files with one profile."""

    number: int
    profile: Profile
    #: Code -> rule, of those that run.
    rules: dict[str, Rule]


class Run:
    """One run over some sources. ``summary`` fills while findings are taken.

    *progress* is told how many more bytes and records are done. What becomes of a chunk is kept in
    *store* for the next run, if there is one.
    """

    def __init__(
        self,
        plan: Plan,
        progress: Callable[[int, int], None] = lambda size, records: None,
        suppression: Suppression | None = None,
        workers: Workers | None = None,
        store: Store | None = None,
    ):
        self._plan = plan
        self._progress = progress
        self._suppression = suppression
        # What has changed since a revision is counted off record by record, in order.
        self._workers = None if plan.interests else workers
        self._store = store
        self._kinds: dict[int, _Kind] = {}
        self._foreign: Counter[Dialect] = Counter()
        self._visited = Visited()
        #: The texts that are no MEDLINE.
        self._refused: set[str] = set()
        #: The texts of which a record is too long, and where it begins or goes on.
        self._torn: dict[str, int] = {}
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
        for piece, outcome in self._outcomes(pieces(sources)):
            if isinstance(piece, Stretch):
                yield from self._take(piece, outcome)
            elif isinstance(piece, Trouble):
                if piece.name is not None:
                    self._numbering.note(piece.name)
                self._tell_unusable(piece.line)
            else:
                self.summary.notices.append(piece.line)
        self.summary.notices += self._numbering.notices()
        if self._workers is not None:
            self.summary.notices += self._workers.notices
        yield from self._close(lambda wanted: self._visited.records(sources, wanted))

    def findings_in(self, name: str, data: bytes) -> Iterator[Finding]:
        """Lint *data* as if it were a file called *name*."""
        self._prepare([name])
        chunk = whole(data)
        self.summary.files += 1
        narrow = (lambda batch: self._narrowed(name, batch)) if self._plan.interests else None
        part = self._linter.part(Task(self._kind(name).number, chunk), narrow)
        yield from self._told(name, part)
        yield from self._close(
            lambda wanted: (
                (name, r) for r in read(chunk).records if (name, r.first_line) in wanted
            )
        )

    def findings_on(self, name: str, chunk: Chunk) -> list[Finding]:
        """The findings on the records of one *chunk* of the file called *name*.

        It may be asked again when the chunk has been mended: the records that were of interest at
        first are looked at again, by their number.
        """
        if id(self._plan.profile(name)) not in self._kinds:
            self._prepare([name])
        narrow = (lambda batch: self._same(name, chunk, batch)) if self._plan.interests else None
        part = self._linter.part(Task(self._kind(name).number, chunk), narrow)
        return list(self._findings_in(name, part))

    def _same(self, name: str, chunk: Chunk, batch: Batch) -> Batch:
        """The part of a batch that was of interest when its *chunk* was first looked at."""
        numbers = {id(record): number for number, record in enumerate(batch.records)}
        place = name, chunk.first_line
        if place not in self._wanted:
            records = self._narrowed(name, batch).records
            self._wanted[place] = {numbers[id(record)] for record in records}
        wanted = self._wanted[place]
        return part_of(batch, lambda r: numbers[id(r)] in wanted, has_loose_faults=False)

    def _prepare(self, names: Iterable[str]) -> None:
        """Make what the rules need at work. Those on the data set see the records of every file; a
        finding of theirs counts where the rule runs for the file that it stands in."""
        profiles = {id(profile): profile for profile in map(self._plan.profile, names)}
        rules: dict[str, Rule] = {}
        vocabularies: dict[str, Mapping[str, Any]] = {}
        rulings = []
        unheard: list[Rule] = []
        self._kinds.clear()
        for number, (key, profile) in enumerate(profiles.items()):
            asked = {rule.code: rule for rule in self._plan.asked(profile)}
            known = profile.rulebook.vocabularies
            unheard += profile.unheard
            rulings.append(Ruling(list(asked.values()), known, profile.dialect, profile.unheard))
            self._kinds[key] = _Kind(number, profile, asked)
            rules = {**asked, **rules}
            vocabularies = {**known, **vocabularies}
        watched = Marks() if self._suppression is None else self._suppression.watched
        on_dataset = [rule for rule in rules.values() if is_of_dataset(rule)]
        work = Work(
            rulings,
            Ruling(on_dataset, vocabularies),
            self._plan.as_of,
            watched,
            self._plan.with_fixes,
        )
        self._linter = ChunkLinter(work, self._kept(work, profiles.values()))
        self._dataset = self._linter.dataset
        speaking = (*rules.values(), *unheard)
        awaited = [rule for rule in speaking if rule.name in self._dataset.awaits]
        context = Context(self._plan.as_of, vocabularies)
        self._awaited = Engine(awaited, context, with_fixes=False)

    def _kept(self, work: Work, profiles: Iterable[Profile]) -> Kept | None:
        """The parts of former runs that may stand for those of this one."""
        if self._store is None or self._plan.interests:
            return None
        from medlint.kept_parts import KeptParts, key_of_work

        return KeptParts(self._store, key_of_work(work, [p.rulebook.own for p in profiles]))

    def source_of(self, name: str) -> str:
        """The name of the source that the text *name* stands in: its own, or its archive's."""
        return self._origins.get(name, name)

    def _kind(self, name: str) -> _Kind:
        return self._kinds[id(self._plan.profile(self.source_of(name)))]

    def _outcomes(self, found: Iterable[Piece]) -> Iterator[tuple[Piece, Outcome | None]]:
        if self._workers is not None:
            yield from self._workers.parts(self._linter, found, self._task)
            return
        if not self._plan.interests:
            yield from parts_in_place(self._linter, found, self._task)
            return
        for piece in found:
            yield piece, self._outcome(piece) if isinstance(piece, Stretch) else None

    def _outcome(self, piece: Stretch) -> Outcome:
        narrow = (lambda batch: self._narrowed(piece.name, batch)) if self._plan.interests else None
        return self._linter.outcome(self._task(piece), narrow)

    def _task(self, piece: Stretch) -> Task:
        """What is to be done for *piece*."""
        if piece.name != piece.source.name:
            self._origins[piece.name] = piece.source.name
        return Task(self._kind(piece.name).number, piece.chunk)

    def _narrowed(self, name: str, batch: Batch) -> Batch:
        """The part of a batch of the text *name* that is of interest."""
        for interest in self._plan.interests:
            batch = interest.narrow(name, batch, self.source_of(name))
        return batch

    def _take(self, piece: Stretch, outcome: Outcome | None) -> Iterator[Finding]:
        """Take in what became of a *piece*, and yield what is to be told of it."""
        source, name, chunk, size = piece
        if chunk.is_first:
            self.summary.files += 1
            self._numbering.note(name)
        self._visited.note(source, name, chunk)
        records = 0
        if isinstance(outcome, Part):
            # One finding says that a file is no MEDLINE; the rest of it adds nothing.
            if outcome.records_read or name not in self._refused:
                yield from self._told(name, outcome)
            if outcome.is_refused:
                self._refused.add(name)
            records = outcome.records_read
            if chunk.is_torn and name not in self._refused:
                self._torn.setdefault(name, chunk.first_line)
            # Of a text that cannot be read to its end, that is told in place of this.
            if chunk.is_last and name in self._torn:
                self._tell_unusable(
                    f"{name}: a record is longer than {LONGEST_RECORD >> 20} MiB, as none can be "
                    f"(from line {self._torn[name]:,}); it was read in parts, and what is said of "
                    "it from there on may be wrong"
                )
        elif isinstance(outcome, Lost):
            self._tell_unusable(f"{name}: {outcome.reason}")
        elif outcome is not None:
            raise outcome
        self._progress(size, records)

    def _told(self, name: str, part: Part) -> Iterator[Finding]:
        """Take in a *part* of the text *name*, and yield what is to be told of it."""
        if part.gathered is not None:
            self._dataset.add(name, part.gathered)
        self.summary.records_read += part.records_read
        self.summary.records += part.records
        self._foreign.update(part.foreign)
        yield from self._findings_in(name, part)

    def _findings_in(self, name: str, part: Part) -> Iterator[Finding]:
        """The findings of a *part* of the text *name*, but for those held back."""
        if self._suppression is not None:
            self._suppression.see(self.source_of(name), part.met)
        for finding in part.findings:
            finding = finding._replace(path=name)
            if self._admits(finding):
                yield finding

    def _close(self, locate: Locate) -> Iterator[Finding]:
        for finding in self._dataset.findings(locate, self._lint_one):
            rule = self._kind(finding.path).rules.get(finding.code)
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

    def _tell_unusable(self, line: str) -> None:
        # An archive that is damaged is met in the file that breaks off, and once more behind it.
        if line not in self.summary.unusable:
            self.summary.unusable.append(line)

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
            rule.code: rule for kind in self._kinds.values() for rule in kind.profile.rules
        }
        for dialect, count in sorted(self._foreign.items()):
            rules = sum(dialect not in rule.dialects for rule in rules_run.values())
            if not rules:
                continue
            records = "1 record was" if count == 1 else f"{count:,} records were"
            what = "1 rule" if rules == 1 else f"{rules} rules"
            name = _DIALECT_NAMES[dialect]
            yield f"{records} written by {name}, not by PubMed; {what} did not run there."
