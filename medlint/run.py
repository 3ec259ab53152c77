"""Files -> chunks -> records -> findings, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from medlint.checks import check_class
from medlint.checks.base import Columns, Context
from medlint.checks.dataset import DatasetCheck
from medlint.dataset import Dataset, Locate
from medlint.engine import Engine
from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.records.batch import Batch
from medlint.records.reader import read, whole
from medlint.records.record import BOOK, ERIC, OTHER, PMC, PUBMED, Record
from medlint.records.sources import Source, chunks, open_source
from medlint.records.visited import Visited
from medlint.rulebook.load import Rulebook
from medlint.rulebook.rule import Rule

Scope = Literal["record", "dataset", "all"]

_DIALECT_NAMES = {PMC: "PMC", ERIC: "ERIC", OTHER: "another program"}


class Plan(NamedTuple):
    """What is to be done."""

    rulebook: Rulebook
    #: The rules that run, of those in the rulebook.
    rules: Sequence[Rule]
    as_of: date
    scope: Scope = "all"
    #: Look at the records with this PMID only.
    pmid: str | None = None

    def is_asked(self, rule: Rule) -> bool:
        """Whether *rule* is within the scope."""
        is_of_dataset = issubclass(check_class(rule.check_type), DatasetCheck)
        return self.scope == "all" or (self.scope == "dataset") == is_of_dataset


class Run:
    """One run over some sources. ``summary`` fills while findings are taken."""

    def __init__(self, plan: Plan, progress: Callable[[int], None] = lambda size: None):
        context = Context(plan.as_of, plan.rulebook.vocabularies)
        self._plan = plan
        self._progress = progress
        asked = [rule for rule in plan.rules if plan.is_asked(rule)]
        self._engine = Engine(asked, context)
        self._dataset = Dataset(asked, context)
        self._awaited = Engine([r for r in asked if r.name in self._dataset.awaits], context)
        self._foreign: dict[str, int] = {}
        self._visited = Visited()
        self.summary = Summary()

    def findings(self, sources: Iterable[Source]) -> Iterator[Finding]:
        """Lint *sources*; findings on records come in the order of the input, then those on the
        data set. A source that cannot be read is told in the summary; the others go on."""
        sources = list(sources)
        for source in sources:
            yield from self._lint(source.name, self._batches(source))
        yield from self._close(lambda wanted: self._visited.records(sources, wanted))

    def findings_in(self, name: str, data: bytes) -> Iterator[Finding]:
        """Lint *data* as if it were a file called *name*."""
        batch = read(whole(data))
        self.summary.files += 1
        yield from self._lint(name, [batch])
        yield from self._close(
            lambda wanted: ((name, r) for r in batch.records if (name, r.first_line) in wanted)
        )

    def _lint(self, name: str, batches: Iterable[Batch]) -> Iterator[Finding]:
        for batch in batches:
            columns = Columns(batch.records)
            self._dataset.collect(name, columns)
            if self._plan.pmid is not None:
                batch = self._of_interest(batch, self._plan.pmid)
                columns = Columns(batch.records)
            self._count(batch)
            for finding in self._engine.lint(batch, columns):
                yield self._counted(finding._replace(path=name))

    def _close(self, locate: Locate) -> Iterator[Finding]:
        for finding in self._dataset.findings(locate, self._lint_one):
            if self._plan.pmid in (None, finding.pmid):
                yield self._counted(finding)
        self.summary.notices += self._notices()

    def _lint_one(self, record: Record) -> list[Finding]:
        return self._awaited.lint(Batch([record], []))

    def _batches(self, source: Source) -> Iterator[Batch]:
        try:
            with open_source(source) as stream:
                is_refused = False
                for chunk in chunks(stream):
                    self._visited.note(source, chunk)
                    batch = read(chunk)
                    # One finding says that a file is no MEDLINE; the rest of it adds nothing.
                    if batch.records or not is_refused:
                        yield batch
                    is_refused |= any(fault.kind == "medline-text" for fault in batch.faults)
                    self._progress(len(chunk.data))
            self.summary.files += 1
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            self.summary.unusable.append(f"{source.name}: cannot be read: {reason}")

    def _count(self, batch: Batch) -> None:
        self.summary.records += len(batch.records)
        for record in batch.records:
            if record.dialect not in (PUBMED, BOOK):
                self._foreign[record.dialect] = self._foreign.get(record.dialect, 0) + 1

    def _of_interest(self, batch: Batch, pmid: str) -> Batch:
        records = [record for record in batch.records if record.pmid == pmid]
        faults = [fault for fault in batch.faults if fault.record and fault.record.pmid == pmid]
        return Batch(records, faults)

    def _counted(self, finding: Finding) -> Finding:
        self.summary.add(finding)
        return finding

    def _notices(self) -> Iterator[str]:
        for dialect, count in sorted(self._foreign.items()):
            rules = sum(dialect not in rule.dialects for rule in self._plan.rules)
            if not rules:
                continue
            records = "1 record was" if count == 1 else f"{count:,} records were"
            what = "1 rule" if rules == 1 else f"{rules} rules"
            name = _DIALECT_NAMES[dialect]
            yield f"{records} written by {name}, not by PubMed; {what} did not run there."
