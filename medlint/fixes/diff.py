"""What changes, as a unified diff (POSIX, diff -u), chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_CONTEXT = 3


class Diff:
    """The diff of one file, whose pieces come in order, each old and new. The lines are bytes as
    they stand, so that ``patch -p0`` and ``git apply -p0`` take it."""

    def __init__(self, name: str):
        self._name = name
        self._old = 0
        self._new = 0
        self._is_begun = False

    def lines(self, old: bytes, new: bytes) -> Iterator[bytes]:
        """The lines of the diff for the next piece; none where nothing differs."""
        old_lines, new_lines = _lines(old), _lines(new)
        if old != new:
            yield from self._differences(old_lines, new_lines)
        self._old += len(old_lines)
        self._new += len(new_lines)

    def _differences(self, old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
        from difflib import SequenceMatcher

        if not self._is_begun:
            self._is_begun = True
            name = self._name.encode("utf-8", "surrogateescape")
            yield b"--- " + name + b"\n"
            yield b"+++ " + name + b"\n"
        matcher = SequenceMatcher(None, old, new, autojunk=len(old) > 10_000)
        for group in matcher.get_grouped_opcodes(_CONTEXT):
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
