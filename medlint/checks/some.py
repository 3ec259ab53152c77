"""``some``: at least one value of a tag holds a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.records.columns import Columns
from medlint.records.record import Record


class Some(RecordCheck):
    """Where ``tag`` is there, one of its values holds ``text``, to the letter. The fault stands at
    the first value."""

    def __init__(self, settings: Settings):
        self._tag: str = settings["tag"]
        self._text: str = settings["text"]
        self.tags = (self._tag,)

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        joined = columns.once(("joined", self._tag), lambda: _joined(columns, self._tag))
        wanted = self._text
        return [index for index, values in joined if wanted not in values]

    def faults(self, record: Record) -> Iterator[Fault]:
        values = record.values(self._tag)
        if values and not any(self._text in value for value in values):
            yield Fault(self._tag, 1)


def _joined(columns: Columns, tag: str) -> list[tuple[int, str]]:
    """The records that have *tag*: their index in the batch, and all values as one text."""
    return [(index, "\n".join(values)) for index, values in columns.by_record(tag).items()]
