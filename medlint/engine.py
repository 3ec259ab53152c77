"""Records and rules -> findings. Pure: no files, no printing, nothing global.

Two steps for each batch of records. The sieve (`medlint.sieve`) names the records that a check may
find fault with, from all records at once and without a Python call for a value that is plainly
right. Those few are then judged one by one (`medlint.judge`): what exactly is wrong, and where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from medlint.checks.base import Context
from medlint.findings import Finding
from medlint.judge import judge, reading_finding
from medlint.records.batch import Batch, ReadingFault
from medlint.records.columns import Columns
from medlint.records.record import Dialect, Form
from medlint.rulebook.rule import Rule
from medlint.sieve import Sieve


class Engine:
    """Runs the rules that look at one record at a time.

    Findings say how they can be mended, unless nobody asks: that takes as long as finding them.
    Rules that are *unheard* make no findings; they keep those silent that are so after them.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        context: Context,
        *,
        with_fixes: bool = True,
        unheard: Iterable[Rule] = (),
    ):
        self._with_fixes = with_fixes
        self._unheard = frozenset(rule.name for rule in unheard)
        self._rules = [*rules, *unheard]
        self._context = context
        self._reading = {r.name: r for r in self._rules if r.check_type == "reading"}
        self._sieves: dict[tuple[Dialect, Form], Sieve] = {}

    def lint(self, batch: Batch, columns: Columns | None = None) -> list[Finding]:
        """The findings of a batch, in the order in which they stand in the file. Their ``path`` is
        empty: a batch does not know its file. *columns* are those of the batch's records, if
        somebody has them already."""
        return self._lint([batch], columns or batch.columns())[0]

    def lint_together(self, batches: Sequence[Batch]) -> list[list[Finding]]:
        """The findings of each of *batches*. To ask all checks takes as long for one record as for
        a hundred, so small batches are sooner linted together."""
        return self._lint(batches, Columns.joined([batch.columns() for batch in batches]))

    def _lint(self, batches: Sequence[Batch], columns: Columns) -> list[list[Finding]]:
        found: list[list[Finding]] = []
        found_on: dict[int, list[Finding]] = {}
        read_wrongly: dict[int, list[tuple[Rule, ReadingFault]]] = defaultdict(list)
        for batch in batches:
            findings: list[Finding] = []
            found.append(findings)
            found_on.update((id(record), findings) for record in batch.records)
            for reading_fault in batch.faults:
                rule = self._reading.get(reading_fault.kind)
                if rule is None:
                    continue
                if rule.name not in self._unheard:
                    findings.append(reading_finding(rule, reading_fault, with_fix=self._with_fixes))
                if reading_fault.record is not None:
                    read_wrongly[id(reading_fault.record)].append((rule, reading_fault))
        for dialect, form, some in _by_kind(columns):
            for record, active in self._sieve(dialect, form).suspects(some):
                faults = read_wrongly.get(id(record), ())
                found_on[id(record)] += judge(
                    record, active, faults, with_fixes=self._with_fixes, unheard=self._unheard
                )
        for findings in found:
            findings.sort(key=lambda f: (f.place.line, f.place.column, f.code))
        return found

    def _sieve(self, dialect: Dialect, form: Form) -> Sieve:
        sieve = self._sieves.get((dialect, form))
        if sieve is None:
            rules = [r for r in self._rules if dialect in r.dialects and form in r.forms]
            sieve = self._sieves[dialect, form] = Sieve(rules, self._context)
        return sieve


def _by_kind(columns: Columns) -> Iterator[tuple[Dialect, Form, Columns]]:
    kinds = {(record.dialect, record.form) for record in columns.records}
    if len(kinds) == 1:
        yield *kinds.pop(), columns
        return
    for kind in sorted(kinds):
        records = enumerate(columns.records)
        yield *kind, columns.narrowed([i for i, r in records if (r.dialect, r.form) == kind])
