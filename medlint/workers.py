"""Parts of chunks that are made by other processes, given out in the order of the input."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from medlint.in_place import parts_in_place
from medlint.part import ChunkLinter, Lost, Outcome, Task
from medlint.records.pieces import Piece, Stretch

if TYPE_CHECKING:
    from concurrent.futures import Future

#: So much text is linted before others are called: less of it is sooner done alone.
_PATIENCE = 4 << 20
#: Chunks travel together up to so many bytes, and so many of them.
_GROUP, _MOST_CHUNKS = 1 << 20, 1000


class CrewError(Exception):
    """There are no workers to be had. The message is one line that says why."""


class NoProcessesError(CrewError):
    """This machine has no more processes."""


class Crew(Protocol):
    """Processes that work."""

    #: How many there are.
    size: int

    def submit(self, tasks: Sequence[Task]) -> Future[list[Outcome]]:
        """Have *tasks* done. Where a process is lost, the future fails, or this raises an
        exception."""

    def renew(self) -> None:
        """Be ready for tasks again when a process was lost; what was under way is done or has
        failed. Raises CrewError."""

    def stop(self) -> None:
        """End the processes at once, whatever they do."""

    def close(self) -> None:
        """End the processes, which have nothing more to do."""


class Workers:
    """A crew that is called when there is enough to do. As a context manager it leaves no process
    behind.

    What is held of the input is bounded: as many groups of chunks as keep the crew busy.
    """

    def __init__(self, call: Callable[[ChunkLinter], Crew | None], *, patience: int = _PATIENCE):
        """*call* is asked when so many bytes as *patience* says were linted without a crew. It
        returns one, or None where there is to be none, or raises CrewError."""
        self._call = call
        self._patience = patience
        self._crew: Crew | None = None
        self._window: deque[_Group] = deque()
        #: What is to be said, a line each.
        self.notices: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._crew is None:
            return
        if self._window or kind is not None:
            self._crew.stop()
        else:
            self._crew.close()

    def parts(
        self, linter: ChunkLinter, pieces: Iterable[Piece], task: Callable[[Stretch], Task]
    ) -> Iterator[tuple[Piece, Outcome | None]]:
        """Each of *pieces*, in order, and what became of the *task* that there is for it."""
        pieces = iter(pieces)
        yield from parts_in_place(linter, _some(pieces, self._patience), task)
        if (piece := next(pieces, None)) is None:
            return
        pieces = chain([piece], pieces)
        try:
            crew = self._crew = self._call(linter)
        except NoProcessesError as error:
            self.notices.append(f"{error}; one did all the work")
            crew = None
        if crew is None:
            yield from parts_in_place(linter, pieces, task)
            return
        window, most = self._window, 2 * crew.size + 1
        for group in _groups(pieces, task):
            group.send(crew)
            window.append(group)
            while window and (len(window) > most or window[0].is_done):
                yield from self._taken(crew)
        while window:
            yield from self._taken(crew)

    def _taken(self, crew: Crew) -> Iterator[tuple[Piece, Outcome | None]]:
        """The pieces of the first group, with what became of them."""
        if not self._window[0].has_come:
            self._try_again(crew)
        yield from self._window.popleft().done()

    def _try_again(self, crew: Crew) -> None:
        """Do once more what was under way when a process was lost, one chunk at a time, so that it
        shows which is to blame. That one is not tried in this process, which might be lost too."""
        crew.renew()
        for group in self._window:
            if group.is_done and not group.has_come:
                group.outcomes = [_alone(task, crew) for task in group.tasks]


def _some(pieces: Iterator[Piece], size: int) -> Iterator[Piece]:
    """The first of *pieces*, up to *size* bytes."""
    while size > 0 and (piece := next(pieces, None)) is not None:
        yield piece
        if isinstance(piece, Stretch):
            size -= len(piece.chunk.data)


def _alone(task: Task, crew: Crew) -> Outcome:
    try:
        return crew.submit([task]).result()[0]
    except Exception:
        crew.renew()
        reason = "the process at work on it was lost twice, as happens when memory runs out"
        return Lost.of(task.chunk, reason)


class _Group:
    """Pieces that travel together."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self._pieces: list[Piece] = []
        self._size = 0
        self._future: Future[list[Outcome]] | None = None
        #: What became of the tasks, once that is known.
        self.outcomes: list[Outcome] | None = None

    def add(self, piece: Piece, task: Task | None) -> None:
        """Add a piece, and what is to be done for it."""
        self._pieces.append(piece)
        if task is not None:
            self.tasks.append(task)
            self._size += len(task.chunk.data)

    @property
    def is_full(self) -> bool:
        """Whether it is large enough to travel."""
        return self._size >= _GROUP or len(self._pieces) >= _MOST_CHUNKS

    def send(self, crew: Crew) -> None:
        """Have the tasks done."""
        try:
            self._future = crew.submit(self.tasks)
        except Exception:
            self._future = None  # as if the process had been lost on the way

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to wait for."""
        return self.outcomes is not None or self._future is None or self._future.done()

    @property
    def has_come(self) -> bool:
        """Whether the outcomes are there; waits for them."""
        if self.outcomes is None and self._future is not None:
            try:
                self.outcomes = self._future.result()
            except Exception:
                self._future = None
        return self.outcomes is not None

    def done(self) -> Iterator[tuple[Piece, Outcome | None]]:
        """The pieces, and what became of them; an exception is the end of it all."""
        outcomes = iter(self.outcomes or ())
        for piece in self._pieces:
            yield piece, next(outcomes) if isinstance(piece, Stretch) else None


def _groups(pieces: Iterable[Piece], task: Callable[[Stretch], Task]) -> Iterator[_Group]:
    group = _Group()
    for piece in pieces:
        group.add(piece, task(piece) if isinstance(piece, Stretch) else None)
        if group.is_full:
            yield group
            group = _Group()
    yield group
