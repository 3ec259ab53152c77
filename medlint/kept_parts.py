"""Parts of chunks, kept for the next run: a chunk that is as it was, under rules that are as they
were, is not linted again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from medlint.part import Part, Task, Work
from medlint.stamp import stamp
from medlint.store import Store, key_of
from medlint.written_parts import read, written

#: The share of the store that one process fills at most, so that a large run drives out little.
_SHARE = 8


class KeptParts:
    """The parts in *store* that were made in the same work (`key_of_work`). Processes may share a
    store."""

    def __init__(self, store: Store, work: str):
        self._store = store
        self._work = work
        self._left = store.most_bytes // _SHARE

    def key(self, task: Task) -> str:
        """What the part of *task* is known by."""
        data, *rest = task.chunk
        return key_of([self._work.encode(), repr((task.kind, rest)).encode(), data])

    def find(self, key: str) -> Part | None:
        """The part with that *key*; None if it was not kept."""
        entry = self._store.get(key)
        try:
            return None if entry is None else read(entry)
        except ValueError:
            return None

    def keep(self, key: str, part: Part) -> None:
        """Keep *part* for the next run."""
        entry = written(part)
        if len(entry) <= self._left:
            self._left -= len(entry)
            self._store.put(key, entry)


def key_of_work(work: Work, own_rules: Iterable[Any]) -> str:
    """The key for all that a part depends on beside its chunk. *own_rules* are the users', as
    compiled."""
    kinds = [
        (
            kind.dialect,
            [(rule.code, rule.name, rule.severity) for rule in kind.rules],
            [rule.code for rule in kind.unheard],
        )
        for kind in (*work.kinds, work.dataset)
    ]
    said = repr((work.as_of, work.with_fixes, kinds, *map(sorted, work.watched)))
    return key_of([stamp(), said.encode(), *(json.dumps(own).encode() for own in own_rules)])
