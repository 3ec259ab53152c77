"""medlint, made ready once for many small texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from medlint.checks import check_class
from medlint.checks.base import Context
from medlint.checks.dataset import DatasetCheck
from medlint.dataset import Dataset
from medlint.engine import Engine
from medlint.findings import Finding
from medlint.records.batch import Batch, Chunk
from medlint.records.tagged import read
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.select import Selection, select

_NAME = "text"


class Linter:
    """Lints one text after another; each is a data set of its own."""

    def __init__(self, as_of: date, selected: Sequence[str] = ()):
        rulebook = load_rulebook()
        rules = select(rulebook.rules, Selection(select=selected))
        self._context = Context(as_of, rulebook.vocabularies)
        self._engine = Engine(rules, self._context)
        self._of_datasets = [
            rule for rule in rules if issubclass(check_class(rule.check_type), DatasetCheck)
        ]

    def findings(self, data: bytes) -> list[Finding]:
        """What `medlint.check_text` says of *data*."""
        batch = read(Chunk(data, 1, is_first=True, is_last=True))
        columns = batch.columns()
        dataset = Dataset(self._of_datasets, self._context)
        dataset.collect(_NAME, columns)
        of_records = self._engine.lint(batch, columns)
        of_the_set = dataset.findings(
            lambda wanted: (
                (_NAME, record) for record in batch.records if (_NAME, record.first_line) in wanted
            ),
            lambda record: self._engine.lint(Batch([record], [])),
        )
        return [*of_records, *of_the_set]
