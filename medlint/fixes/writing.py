"""A file replaced by its new content, whole or not at all.

The new content goes to a file of its own in the same folder, is written through to the disk, and
then takes the old one's name in one step (POSIX, rename). Whoever kills the program finds the old
file or the new one, at worst with a hidden file ``.NAME.medlint-….tmp`` beside it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_BLOCK = 1 << 20


class CannotWriteError(Exception):
    """A file could not be replaced; it is as it was."""


class Rewriting:
    """One file on its way to new content, in pieces that come in order.

    Nothing is written before the first piece that differs. Use as a context manager: `finish`
    replaces the file, and without it nothing happens to it.
    """

    def __init__(self, path: Path):
        self._name = path
        #: Symbolic links are followed: the file behind them is replaced.
        self._path = Path(os.path.realpath(path))
        self._same = 0
        #: What takes the new content.
        self._new: BinaryIO | None = None
        self._new_path: Path | None = None
        self._status = os.stat(self._path)

    def __enter__(self) -> Rewriting:
        return self

    def __exit__(self, *_: object) -> None:
        if self._new is not None:
            with suppress(OSError):
                self._new.close()
        if self._new_path is not None:
            with suppress(OSError):
                self._new_path.unlink()

    @property
    def is_changed(self) -> bool:
        """Whether a piece differed so far."""
        return self._new is not None

    def put(self, old: bytes, new: bytes) -> None:
        """Take the next piece of the *old* content, and what takes its place.

        Raises CannotWriteError.
        """
        try:
            if self._new is None:
                if old == new:
                    self._same += len(old)
                    return
                self._new = self._begin()
            self._new.write(new)
        except OSError as error:
            raise self._refusal(_reason(error)) from error

    def finish(self) -> bool:
        """Replace the file, if a piece differed; tell whether it was replaced.

        Raises CannotWriteError, also where somebody else has changed the file meanwhile.
        """
        if self._new is None or self._new_path is None:
            return False
        try:
            self._new.flush()
            os.fsync(self._new.fileno())
            self._new.close()
            if _mark(os.stat(self._path)) != _mark(self._status):
                raise self._refusal("somebody else changed it meanwhile; run medlint again")
            os.replace(self._new_path, self._path)
        except OSError as error:
            raise self._refusal(_reason(error)) from error
        self._new_path = None
        _sync_folder(self._path.parent)
        return True

    def _begin(self) -> BinaryIO:
        from tempfile import mkstemp

        status = self._status
        if not stat.S_ISREG(status.st_mode):
            raise self._refusal("it is not a regular file")
        if not (status.st_mode & 0o222 and os.access(self._path, os.W_OK)):
            raise self._refusal("it is read-only")
        try:
            number, name = mkstemp(".tmp", f".{self._path.name[:100]}.medlint-", self._path.parent)
        except OSError as error:
            raise self._refusal(f"no file can be made in its folder: {_reason(error)}") from error
        self._new_path = Path(name)
        new = self._new = os.fdopen(number, "wb")
        self._keep_mode_and_owner(number)
        for block in self._old_content(self._same):
            new.write(block)
        return new

    def _keep_mode_and_owner(self, number: int) -> None:
        status = self._status
        if os.name == "nt":
            return
        new = os.fstat(number)
        if (new.st_uid, new.st_gid) != (status.st_uid, status.st_gid):
            try:
                os.fchown(number, status.st_uid, status.st_gid)
            except OSError as error:
                raise self._refusal("its owner or its group could not be kept") from error
        os.fchmod(number, stat.S_IMODE(status.st_mode))
        if hasattr(os, "listxattr"):
            with suppress(OSError):
                for name in os.listxattr(self._path):
                    os.setxattr(number, name, os.getxattr(self._path, name))

    def _old_content(self, size: int) -> Iterator[bytes]:
        """The first *size* bytes of the old content."""
        with self._path.open("rb") as stream:
            while size and (block := stream.read(min(size, _BLOCK))):
                size -= len(block)
                yield block

    def _refusal(self, reason: str) -> CannotWriteError:
        return CannotWriteError(f"{self._name}: not changed: {reason}")


def _mark(status: os.stat_result) -> tuple[int, ...]:
    """What differs when somebody writes to a file or replaces it."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _sync_folder(folder: Path) -> None:
    """Write the new name through to the disk, where that is possible."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
