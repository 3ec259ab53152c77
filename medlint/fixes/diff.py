"""What changes, as a unified diff (POSIX, diff -u), chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_CONTEXT = 3

#: What happens to lines, as difflib tells it: kind, old start and end, new start and end.
Opcode = tuple[str, int, int, int, int]


class Diff:
    """The diff of one file, whose pieces come in order, each old and new. The lines are bytes as
    they stand, so that ``patch -p0`` and ``git apply -p0`` take it."""

    def __init__(self, name: str):
        self._name = name
        #: How many lines were told, and those that the next piece may add to.
        self._old = 0
        self._new = 0
        self._held: tuple[list[bytes], list[bytes]] = [], []
        self._is_begun = False

    def lines(self, old: bytes, new: bytes) -> Iterator[bytes]:
        """The lines of the diff for the next piece, as far as they are certain."""
        held_old, held_new = self._held
        self._held = held_old + _lines(old), held_new + _lines(new)
        yield from self._told(is_last=False)

    def rest(self) -> Iterator[bytes]:
        """The lines of the diff that are left. Called once, at the end."""
        yield from self._told(is_last=True)

    def _told(self, *, is_last: bool) -> Iterator[bytes]:
        old, new = self._held
        groups = []
        if old != new:
            from medlint.fixes.matching import RecordMatcher

            groups = list(RecordMatcher(old, new).get_grouped_opcodes(_CONTEXT))
        kept, kept_new = max(len(old) - _CONTEXT, 0), max(len(new) - _CONTEXT, 0)
        if groups and not is_last and not _is_whole(groups[-1], len(old)):
            kept, kept_new = groups[-1][0][1], groups[-1][0][3]
            del groups[-1]
        for group in groups:
            yield from self._hunk(group, old, new)
        self._old += kept
        self._new += kept_new
        self._held = old[kept:], new[kept_new:]

    def _hunk(
        self, group: Sequence[Opcode], old: Sequence[bytes], new: Sequence[bytes]
    ) -> Iterator[bytes]:
        if not self._is_begun:
            self._is_begun = True
            name = self._name.encode("utf-8", "surrogateescape")
            # GNU patch takes a name to its first blank, unless a tab ends it.
            name += b"\t" if b" " in name else b""
            yield b"--- " + name + b"\n"
            yield b"+++ " + name + b"\n"
        first, last = group[0], group[-1]
        there = _range(self._old + first[1], self._old + last[2])
        here = _range(self._new + first[3], self._new + last[4])
        yield f"@@ -{there} +{here} @@\n".encode()
        for kind, i, j, k, m in group:
            if kind == "equal":
                yield from _marked(b" ", old[i:j])
            else:
                yield from _marked(b"-", old[i:j])
                yield from _marked(b"+", new[k:m])


def _is_whole(group: Sequence[Opcode], length: int) -> bool:
    """Whether nothing that comes behind *length* lines can belong to the hunk of *group*."""
    kind, start, end, _, _ = group[-1]
    return kind == "equal" and end - start == _CONTEXT and end + _CONTEXT < length


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    ended = [line + b"\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def _range(start: int, end: int) -> str:
    count = end - start
    first = start if not count else start + 1
    return f"{first}" if count == 1 else f"{first},{count}"


def _marked(mark: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield mark + line
        if not line.endswith(b"\n"):
            yield b"\n\\ No newline at end of file\n"
