"""What becomes of one chunk: a pure function of its bytes and of how its file is checked.

What goes in and what comes out is small, plain and can be pickled, so it makes no difference to the
findings where a chunk is linted, and when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from medlint.active_rule import described
from medlint.checks.base import Columns, Context
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


class Work(NamedTuple):
    """All that is known of a run when it begins."""

    #: How files are checked, of each kind of files that there is.
    kinds: Sequence[Ruling]
    #: The rules on the data set.
    dataset: Ruling
    as_of: date
    #: The records that must be told of when they are met.
    watched: Marks


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


#: What comes of a task.
Outcome = Part | Lost

#: Leaves what is to be looked at of a batch.
Narrow = Callable[[Batch], Batch]


class ChunkLinter:
    """Makes parts of chunks. It remembers nothing but what makes it faster."""

    def __init__(self, work: Work):
        self._work = work
        rules, vocabularies, _ = work.dataset
        #: What takes in the data set. Here it only gathers.
        self.dataset = Dataset(rules, Context(work.as_of, vocabularies))
        self._engines = [
            Engine(kind.rules, Context(work.as_of, kind.vocabularies)) for kind in work.kinds
        ]

    def __reduce__(self) -> tuple[type[ChunkLinter], tuple[Work]]:
        return ChunkLinter, (self._work,)

    def outcome(self, task: Task, narrow: Narrow | None = None) -> Outcome:
        """What becomes of a chunk. A fault of medlint ends the work on it, and on no other."""
        try:
            return self.part(task, narrow)
        except MemoryError:
            return Lost.of(task.chunk, "there is not enough memory")
        except Exception as error:
            return Lost.of(task.chunk, described(error))

    def part(self, task: Task, narrow: Narrow | None = None) -> Part:
        """The part that is made of a chunk. Raises whatever a fault of medlint raises."""
        batch = read(task.chunk)
        is_refused = any(fault.kind == "medline-text" for fault in batch.faults)
        if (dialect := self._work.kinds[task.kind].dialect) is not None:
            for record in batch.records:
                record.dialect = dialect
        columns = Columns(batch.records)
        gathered = self.dataset.gather(columns, batch.edition) if self.dataset.has_rules else None
        records_read = len(batch.records)
        if narrow is not None:
            batch = narrow(batch)
            columns = Columns(batch.records)
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
