"""Parts of chunks that are made in this process. Small files go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from medlint.active_rule import RuleCrashError
from medlint.part import ChunkLinter, Part, Task
from medlint.records.pieces import Piece, Stretch

#: As many bytes, and pieces, are linted together.
_TOGETHER, _MOST = 1 << 18, 256


def parts_in_place(
    linter: ChunkLinter, pieces: Iterable[Piece], task: Callable[[Stretch], Task]
) -> Iterator[tuple[Piece, Part | None]]:
    """Each of *pieces*, in order, and what became of the *task* that there is for it.

    Raises `medlint.active_rule.RuleCrashError`, after what came before.
    """
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
) -> Iterator[tuple[Piece, Part | None]]:
    tasks = [task(piece) for piece in pieces if isinstance(piece, Stretch)]
    try:
        parts = iter(linter.parts(tasks))
    except RuleCrashError:
        parts = (linter.part(one) for one in tasks)  # and so those before it are told
    for piece in pieces:
        yield piece, next(parts) if isinstance(piece, Stretch) else None
