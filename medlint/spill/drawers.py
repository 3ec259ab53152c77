"""Pieces of bytes: in memory while there is room, then in a temporary file."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager


class SpillError(Exception):
    """The temporary file cannot be made, written or read; says so in one line for the user."""


class Spill:
    """Drawers that share one temporary file.

    Together they keep up to *room* bytes in memory; with one more, everything there is written.
    """

    def __init__(self, room: int):
        self._room = room
        self._held = 0
        self._full: list[Drawer] = []
        self._file: _File | None = None

    def drawer(self) -> Drawer:
        """A new drawer."""
        return Drawer(self)

    def take_notice(self, drawer: Drawer, size: int) -> None:
        """Of a piece of so many bytes that *drawer* holds. Raises SpillError."""
        self._full.append(drawer)
        self._held += size
        if self._held > self._room:
            for full in dict.fromkeys(self._full):
                full.write_to(self.file)
            self._full.clear()
            self._held = 0

    @property
    def file(self) -> _File:
        """The file, made when it is first asked for. Raises SpillError."""
        if self._file is None:
            self._file = _File()
        return self._file


class Drawer:
    """Keeps pieces of bytes, and gives them out in the order in which they were put in."""

    __slots__ = ("_held", "_places", "_spill")

    def __init__(self, spill: Spill):
        self._spill = spill
        #: Where the pieces that were written stand: offset and size, one after the other.
        self._places = array("Q")
        self._held: list[bytes] = []

    def put(self, piece: bytes) -> None:
        """Put *piece* in. Raises SpillError."""
        self._held.append(piece)
        self._spill.take_notice(self, len(piece))

    def write_to(self, file: _File) -> None:
        """Move to *file* what is held in memory. Raises SpillError."""
        for piece in self._held:
            self._places.extend((file.append(piece), len(piece)))
        self._held.clear()

    def __iter__(self) -> Iterator[bytes]:
        # Copies, since a piece that is put into another drawer may have these written meanwhile.
        places, held = self._places[:], self._held[:]
        for offset, size in zip(places[::2], places[1::2], strict=True):
            yield self._spill.file.read(offset, size)
        yield from held


class _File:
    """A file in the folder for temporary files. It has no name where the system allows that, and
    else goes when the program ends, so that nothing is left behind, whatever happens."""

    def __init__(self) -> None:
        import tempfile
        import weakref

        self.size = 0
        with self._telling("kept in"):
            # Without a buffer, so that a full disk is met here and not when the file is closed.
            self._file = tempfile.TemporaryFile(prefix="medlint-", buffering=0)  # noqa: SIM115
        weakref.finalize(self, self._file.close)

    def append(self, piece: bytes) -> int:
        """Write *piece* at the end; return where it stands."""
        offset = self.size
        with self._telling("kept in"):
            self._file.seek(offset)
            rest = memoryview(piece)
            while rest:
                rest = rest[self._file.write(rest) :]
        self.size += len(piece)
        return offset

    def read(self, offset: int, size: int) -> bytes:
        """The bytes at *offset*."""
        with self._telling("read from"):
            self._file.seek(offset)
            piece = self._file.read(size)
            if len(piece) < size:
                raise OSError("it was cut short")
        return piece

    @contextmanager
    def _telling(self, doing: str) -> Iterator[None]:
        """Say in one line what the system said while *doing* something."""
        try:
            yield
        except OSError as error:
            import tempfile

            reason = (error.strerror or str(error)).lower()
            raise SpillError(
                f"what the rules on the data set remember cannot be {doing} a temporary file in "
                f"{tempfile.tempdir or 'any folder'} ({self.size:,} bytes so far): {reason}; name "
                "a folder with more room in TMPDIR, or leave these rules out with --scope record"
            ) from error
