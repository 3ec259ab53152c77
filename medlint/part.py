"""What becomes of one chunk: a pure function of its bytes and of how its file is checked.

What goes in and what comes out is small, plain and can be pickled, so it makes no difference to the
findings where a chunk is linted, and when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple, Protocol

from medlint.active_rule import described
from medlint.checks.base import Context
from medlint.dataset import Dataset, Gathered
from medlint.engine import Engine
from medlint.findings import Finding
from medlint.records.batch import Batch, Chunk
from medlint.records.columns import Columns
from medlint.records.marks import Marks
from medlint.records.reader import read
from medlint.records.record import BOOK, PUBMED, Dialect
from medlint.rulebook.rule import Rule


class Ruling(NamedTuple):
    """Rules, and what they need to know."""

    rules: Sequence[Rule]
    vocabularies: Mapping[str, Mapping[str, Any]]
    #: What the records are taken for; None for what each shows to be.
    dialect: Dialect | None = None
    #: Rules that only keep others silent.
    unheard: Sequence[Rule] = ()


class Work(NamedTuple):
    """All that is known of a run when it begins."""

    #: How files are checked, of each kind of files that there is.
    kinds: Sequence[Ruling]
    #: The rules on the data set.
    dataset: Ruling
    as_of: date
    #: The records that must be told of when they are met.
    watched: Marks
    #: Whether findings say how they are mended.
    with_fixes: bool = True


class Task(NamedTuple):
    """A chunk, and of which kind its file is."""

    kind: int
    chunk: Chunk


class Part(NamedTuple):
    """What became of one chunk."""

    #: The findings on its records, in order. They know no path.
    findings: list[Finding]
    #: What the rules on the data set remember of it; None where there are none.
    gathered: Gathered | None
    #: How many records were read, and how many of them were looked at.
    records_read: int
    records: int
    #: Dialect -> how many of these are neither articles nor books of PubMed's.
    foreign: Mapping[Dialect, int]
    #: What was watched and met.
    met: Marks
    #: Whether the text is no MEDLINE.
    is_refused: bool


class Lost(NamedTuple):
    """A chunk that could not be linted."""

    reason: str

    @classmethod
    def of(cls, chunk: Chunk, why: str) -> Lost:
        """What is to be said of *chunk*, in which nothing was looked at."""
        size = f"{len(chunk.data):,} bytes"
        return cls(f"the text from line {chunk.first_line:,} on ({size}) was not linted: {why}")


#: What comes of a task; an exception, of a worker that is of no use, is to be raised.
Outcome = Part | Lost | Exception

#: Leaves what is to be looked at of a batch.
Narrow = Callable[[Batch], Batch]


class Kept(Protocol):
    """Parts of former runs (`medlint.kept_parts`)."""

    def key(self, task: Task) -> str:
        """What the part of *task* is known by."""

    def find(self, key: str) -> Part | None:
        """The part with that *key*; None if it was not kept."""

    def keep(self, key: str, part: Part) -> None:
        """Keep *part* for the next run."""


class _Opened(NamedTuple):
    """A chunk that was read."""

    #: What is to be looked at of it.
    batch: Batch
    columns: Columns
    gathered: Gathered | None
    records_read: int
    is_refused: bool


class ChunkLinter:
    """Makes parts of chunks. It remembers nothing but what makes it faster."""

    def __init__(self, work: Work, kept: Kept | None = None):
        self.work = work
        self._kept = kept
        context = Context(work.as_of, work.dataset.vocabularies)
        #: What takes in the data set. Here it only gathers.
        self.dataset = Dataset(work.dataset.rules, context)
        self._engines = [
            Engine(
                kind.rules,
                Context(work.as_of, kind.vocabularies),
                with_fixes=work.with_fixes,
                unheard=kind.unheard,
            )
            for kind in work.kinds
        ]

    def __reduce__(self) -> tuple[type[ChunkLinter], tuple[Work, Kept | None]]:
        return ChunkLinter, (self.work, self._kept)

    def outcome(self, task: Task, narrow: Narrow | None = None) -> Outcome:
        """What becomes of a chunk. A fault of medlint ends the work on it, and on no other."""
        try:
            return self.part(task, narrow)
        except MemoryError:
            return Lost.of(task.chunk, "there is not enough memory")
        except Exception as error:
            return Lost.of(task.chunk, described(error))

    def outcomes(self, tasks: Sequence[Task]) -> list[Outcome]:
        """What becomes of several chunks; where medlint fails at one, of each by itself."""
        with suppress(Exception):
            return [*self.parts(tasks)]
        return [self.outcome(task) for task in tasks]

    def part(self, task: Task, narrow: Narrow | None = None) -> Part:
        """The part that is made of a chunk. Raises whatever a fault of medlint raises."""
        if narrow is None:
            return self.parts([task])[0]
        opened = self._opened(task, narrow)
        return self._part(opened, self._engines[task.kind].lint(opened.batch, opened.columns))

    def parts(self, tasks: Sequence[Task]) -> list[Part]:
        """The parts of several chunks, which are linted together: for small ones that is faster.
        Raises whatever a fault of medlint raises."""
        if self._kept is None:
            return self._made(tasks)
        keys = [self._kept.key(task) for task in tasks]
        found = {key: part for key in keys if (part := self._kept.find(key)) is not None}
        new = {key: task for key, task in zip(keys, tasks, strict=True) if key not in found}
        for key, part in zip(new, self._made([*new.values()]), strict=True):
            self._kept.keep(key, part)
            found[key] = part
        return [found[key] for key in keys]

    def _made(self, tasks: Sequence[Task]) -> list[Part]:
        opened = [self._opened(task) for task in tasks]
        findings: dict[int, list[Finding]] = {}
        for kind, engine in enumerate(self._engines):
            own = [index for index, task in enumerate(tasks) if task.kind == kind]
            if len(own) == 1:
                one = opened[own[0]]
                findings[own[0]] = engine.lint(one.batch, one.columns)
            elif own:
                found = engine.lint_together([opened[index].batch for index in own])
                findings.update(zip(own, found, strict=True))
        return [self._part(one, findings[index]) for index, one in enumerate(opened)]

    def _opened(self, task: Task, narrow: Narrow | None = None) -> _Opened:
        batch = read(task.chunk)
        is_refused = any(fault.kind == "medline-text" for fault in batch.faults)
        if (dialect := self.work.kinds[task.kind].dialect) is not None:
            for record in batch.records:
                record.dialect = dialect
        columns = batch.columns()
        gathered = self.dataset.gather(columns, batch.edition) if self.dataset.has_rules else None
        records_read = len(batch.records)
        if narrow is not None:
            batch = narrow(batch)
            columns = batch.columns()
        return _Opened(batch, columns, gathered, records_read, is_refused)

    def _part(self, opened: _Opened, findings: list[Finding]) -> Part:
        records = opened.batch.records
        dialects = Counter(record.dialect for record in records)
        return Part(
            findings=findings,
            gathered=opened.gathered,
            records_read=opened.records_read,
            records=len(records),
            foreign={d: count for d, count in dialects.items() if d not in (PUBMED, BOOK)},
            met=self.work.watched.met_in(records),
            is_refused=opened.is_refused,
        )
