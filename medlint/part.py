"""What becomes of one chunk: a pure function of its bytes and of how its file is checked.

What goes in and what comes out is small, plain and can be pickled, so it makes no difference to the
findings where a chunk is linted, and when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from medlint.checks.base import Context
from medlint.dataset import Dataset, Gathered
from medlint.engine import Engine
from medlint.findings import Finding
from medlint.records.batch import Batch, Chunk
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


#: What comes of a task; an exception is to be raised.
Outcome = Part | Lost | Exception

#: Leaves what is to be looked at of a batch.
Narrow = Callable[[Batch], Batch]


class Kept(Protocol):
    """Parts of a run before this one (`medlint.kept_parts`)."""

    def part(self, task: Task, make: Callable[[Task], Part]) -> Part:
        """The part of *task*, kept or else as *make* makes it."""


class ChunkLinter:
    """Makes parts of chunks. It remembers nothing but what makes it faster."""

    def __init__(self, work: Work, kept: Kept | None = None):
        self._work = work
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
        return ChunkLinter, (self._work, self._kept)

    def part(self, task: Task, narrow: Narrow | None = None) -> Part:
        """What becomes of a chunk. Raises `medlint.active_rule.RuleCrashError`."""
        if narrow is not None or self._kept is None:
            return self._made(task, narrow)
        return self._kept.part(task, self._made)

    def _made(self, task: Task, narrow: Narrow | None = None) -> Part:
        batch = read(task.chunk)
        is_refused = any(fault.kind == "medline-text" for fault in batch.faults)
        if (dialect := self._work.kinds[task.kind].dialect) is not None:
            for record in batch.records:
                record.dialect = dialect
        columns = batch.columns()
        gathered = self.dataset.gather(columns, batch.edition) if self.dataset.has_rules else None
        records_read = len(batch.records)
        if narrow is not None:
            batch = narrow(batch)
            columns = batch.columns()
        dialects = Counter(record.dialect for record in batch.records)
        return Part(
            findings=self._engines[task.kind].lint(batch, columns),
            gathered=gathered,
            records_read=records_read,
            records=len(batch.records),
            foreign={d: count for d, count in dialects.items() if d not in (PUBMED, BOOK)},
            met=self._work.watched.met_in(batch.records),
            is_refused=is_refused,
        )
