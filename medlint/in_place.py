"""Parts of chunks that are made in this process. Small files go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from medlint.part import ChunkLinter, Outcome, Task
from medlint.records.pieces import Piece, Stretch

#: As many bytes, and pieces, are linted together.
_TOGETHER, _MOST = 1 << 18, 256


def parts_in_place(
    linter: ChunkLinter, pieces: Iterable[Piece], task: Callable[[Stretch], Task]
) -> Iterator[tuple[Piece, Outcome | None]]:
    """Each of *pieces*, in order, and what became of the *task* that there is for it."""
    waiting: list[Piece] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        if isinstance(piece, Stretch):
            size += len(piece.chunk.data)
        if size >= _TOGETHER or len(waiting) == _MOST:
            yield from _done(linter, waiting, task)
            waiting, size = [], 0
    yield from _done(linter, waiting, task)


def _done(
    linter: ChunkLinter, pieces: list[Piece], task: Callable[[Stretch], Task]
) -> Iterator[tuple[Piece, Outcome | None]]:
    outcomes = iter(linter.outcomes([task(p) for p in pieces if isinstance(p, Stretch)]))
    for piece in pieces:
        yield piece, next(outcomes) if isinstance(piece, Stretch) else None
