"""Parts of chunks, kept for the next run: a chunk that is as it was, under rules that are as they
were, is not linted again."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from medlint.dataset import Gathered
from medlint.findings import Edit, Excerpt, Finding, Fix, Place, Related, Severity
from medlint.part import Part, Task, Work
from medlint.records.batch import Edition
from medlint.records.marks import Marks
from medlint.stamp import stamp
from medlint.store import Store, key_of

#: What a part is made of. An entry that names anything else is not what was kept.
_MADE_OF = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        *(Part, Marks, Gathered, Edition),
        *(Finding, Severity, Place, Excerpt, Related, Fix, Edit),
    )
}

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
        if entry is None:
            return None
        try:
            part = _Unpickler(BytesIO(entry)).load()
        except Exception:
            return None
        return part if isinstance(part, Part) else None

    def keep(self, key: str, part: Part) -> None:
        """Keep *part* for the next run."""
        entry = pickle.dumps(part, pickle.HIGHEST_PROTOCOL)
        if len(entry) <= self._left:
            self._left -= len(entry)
            self._store.put(key, entry)


def key_of_work(work: Work, own_rules: Iterable[Any]) -> str:
    """The key for all that a part depends on beside its chunk. *own_rules* are the users', as
    compiled."""
    kinds = [
        (kind.dialect, [(rule.code, rule.name, rule.severity) for rule in kind.rules])
        for kind in (*work.kinds, work.dataset)
    ]
    said = repr((work.as_of, work.with_fixes, kinds, *map(sorted, work.watched)))
    return key_of([stamp(), said.encode(), *(json.dumps(own).encode() for own in own_rules)])


class _Unpickler(pickle.Unpickler):
    """Reads parts and nothing else: whoever can write to the folder cannot have code run."""

    def find_class(self, module: str, name: str) -> type:
        try:
            return _MADE_OF[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a part") from None
