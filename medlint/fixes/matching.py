"""Which lines are the same, found record by record: the time that difflib takes grows with the
square of what it is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

_Kind = Literal["replace", "delete", "insert", "equal"]
_Opcode = tuple[_Kind, int, int, int, int]


class RecordMatcher(SequenceMatcher[bytes]):
    """Compares lines, each record with the one in its place; if there are more records or fewer
    than before, all lines with all."""

    def __init__(self, old: Sequence[bytes], new: Sequence[bytes]):
        super().__init__(None, (), ())
        self._opcodes = list(_joined(_opcodes(old, new)))

    def get_opcodes(self) -> list[_Opcode]:
        """What to do to the old lines, as difflib tells it."""
        return self._opcodes


def _opcodes(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Opcode]:
    old_ends, new_ends = _ends(old), _ends(new)
    if len(old_ends) != len(new_ends):
        old_ends, new_ends = [0, len(old)], [0, len(new)]
    for (i, j), (k, m) in zip(pairwise(old_ends), pairwise(new_ends), strict=True):
        if old[i:j] == new[k:m]:
            yield "equal", i, j, k, m
            continue
        matcher = SequenceMatcher(None, old[i:j], new[k:m], autojunk=j - i > 10_000)
        for kind, a, b, c, d in matcher.get_opcodes():
            yield kind, a + i, b + i, c + k, d + k


def _ends(lines: Sequence[bytes]) -> list[int]:
    """Where records end: behind each empty line, and at the end."""
    empty = [number for number, line in enumerate(lines, 1) if not line.strip()]
    return [0, *empty, len(lines)]


def _joined(opcodes: Iterator[_Opcode]) -> Iterator[_Opcode]:
    """*opcodes* with neighbours of one kind as one."""
    last: _Opcode | None = None
    for opcode in opcodes:
        if last is not None and last[0] == opcode[0]:
            last = last[0], last[1], opcode[2], last[3], opcode[4]
            continue
        if last is not None:
            yield last
        last = opcode
    if last is not None:
        yield last
