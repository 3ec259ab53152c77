"""``agree``: several fields that say the same thing say it alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.parts import COMPARE, Part, Selector
from medlint.records.columns import Columns
from medlint.records.record import Record


class Agree(RecordCheck):
    """The parts that ``values`` select are the same, compared as ``compare_as`` says.

    Where they differ, those that are in the minority are the faults; between two, the one that
    the rule names last. Each tag has one vote for each thing that it says.
    """

    placeholders = frozenset({"part", "name", "other.tag", "other.name", "other.part"})

    def __init__(self, settings: Settings):
        self._selectors = [Selector(value) for value in settings["values"]]
        self._normal = COMPARE[settings.get("compare_as", "text")]
        self.tags = tuple({selector.tag: None for selector in self._selectors})

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    def suspects(self, columns: Columns) -> Iterable[int]:
        first, *others = [selector.column(columns) for selector in self._selectors]
        said = dict(first)
        differing = {i for i, texts in first.items() if len(texts) > 1}
        for column in others:
            for i, texts in column.items():
                if said.setdefault(i, texts) != texts or len(texts) > 1:
                    differing.add(i)
                    said[i] = said[i] + texts
        normal = self._normal
        return [i for i in differing if len(set(map(normal, said[i]))) > 1]

    def faults(self, record: Record) -> Iterator[Fault]:
        said = [
            _Said(self._normal(part.text), selector.label, part)
            for selector in self._selectors
            for part in selector.parts(record)
        ]
        if len({normal for normal, _, _ in said}) < 2:
            return
        votes = Counter(text for text, _ in {(s.normal, s.part.tag): None for s in said})
        right = votes.most_common(1)[0][0]
        reference = next(s for s in said if s.normal == right)
        for normal, label, part in said:
            if normal != right:
                params = {
                    "part": part.text,
                    "name": label,
                    "other.tag": reference.part.tag,
                    "other.name": reference.label,
                    "other.part": reference.part.text,
                }
                also = (reference.part.key,)
                yield Fault(part.tag, part.occurrence, part.span, params, also)


class _Said(NamedTuple):
    """What a part says, in the form in which it is compared, and what messages call the part."""

    normal: str
    label: str
    part: Part
