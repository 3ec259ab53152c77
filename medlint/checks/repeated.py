"""Which records have a tag more than once: what the sieves of several checks begin with."""

from __future__ import annotations

from collections import defaultdict

from medlint.checks.base import Columns

#: Tag -> the records that have it more than once: their index in the batch, and the values.
Repeated = dict[str, list[tuple[int, list[str]]]]


def repeated(columns: Columns) -> Repeated:
    """The tags that stand more than once in a record, worked out once for a batch."""
    return columns.once(repeated, lambda: _repeated(columns))


def _repeated(columns: Columns) -> Repeated:
    found: Repeated = defaultdict(list)
    for index, fields in enumerate(columns.fields):
        for tag, values in fields.items():
            if len(values) > 1:
                found[tag].append((index, values))
    return dict(found)
