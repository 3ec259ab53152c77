"""Bytes that come piece by piece and can be read once, from front to back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

_PIECE = 1 << 18


class Readable(Protocol):
    """What can be read: a file, or a `Stream`."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next *size* bytes, fewer only at the end; without *size*, all of them."""


class UnpackError(OSError):
    """Packed data cannot be read. As a string it is one line that begins with their name."""

    def __init__(self, name: str, reason: str, *, is_whole: bool = False):
        super().__init__(f"{name}: {reason}")
        #: Whether all of the text came out before the error was met, as with a wrong checksum.
        self.is_whole = is_whole


class Stream:
    """A stream of *pieces*. An error that they raise is raised once all that came before it is
    read, and by every later call: nothing that could be read is lost."""

    def __init__(self, pieces: Iterator[bytes]):
        self._pieces = pieces
        self._held = b""
        self._error: OSError | None = None

    def peek(self, size: int) -> bytes:
        """Return the next *size* bytes and leave them to be read; fewer only at the end or before
        an error.

        Raises OSError where nothing at all can be read.
        """
        self._hold(size)
        if not self._held and self._error:
            raise self._error
        return self._held[:size]

    def read(self, size: int = -1, /) -> bytes:
        """Return the next *size* bytes, fewer only at the end or before an error; without *size*,
        all that are left.

        Raises OSError where nothing more can be read.
        """
        data = self.peek(size) if size >= 0 else self._rest()
        self._held = self._held[len(data) :]
        return data

    def skip(self, count: int) -> None:
        """Pass over *count* bytes."""
        while count and (data := self.read(min(count, _PIECE))):
            count -= len(data)

    def _rest(self) -> bytes:
        while self._hold(len(self._held) + _PIECE):
            pass
        return self.peek(len(self._held))

    def _hold(self, size: int) -> bool:
        """Hold at least *size* bytes; return whether so many came."""
        parts, count = [self._held], len(self._held)
        while count < size and self._error is None:
            try:
                piece = next(self._pieces, None)
            except OSError as error:
                self._error = error
                break
            if piece is None:
                break
            parts.append(piece)
            count += len(piece)
        if len(parts) > 1:
            self._held = b"".join(parts)
        return count >= size


class FileStream(Stream):
    """A stream of what *file* holds. It does not close the file."""

    def __init__(self, file: BinaryIO, take: Callable[[int], None] = lambda size: None):
        """Read *file*, and tell *take* how many bytes were read."""
        super().__init__(self._read())
        self._file = file
        self._take = take

    def skip(self, count: int) -> None:
        """Pass over *count* bytes; where the file can be positioned, without reading them."""
        if count > len(self._held) and self._file.seekable():
            self._file.seek(count - len(self._held), os.SEEK_CUR)
            self._held = b""
        else:
            super().skip(count)

    def _read(self) -> Iterator[bytes]:
        while piece := self._file.read(_PIECE):
            self._take(len(piece))
            yield piece
