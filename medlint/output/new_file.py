"""A file that takes its place when it is complete, or never."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, cast


class NewFile:
    """A file on its way to *path*.

    What is written to ``bytes``, or to ``text`` (UTF-8) on top of it, goes to a file without a
    name, in the folder of *path*, which the system takes away when Python dies. A pipe or a device
    has no other name and is written to as it is. Raises OSError where it cannot be written.
    """

    def __init__(self, path: Path):
        #: Where the user wants it.
        self.target: Path | str = path
        self._target = path.resolve()
        self._is_new = not is_stream(path)
        self._new: Path | None = None
        if self._is_new:
            from tempfile import TemporaryFile

            unnamed = TemporaryFile("w+b", dir=self._target.parent)  # noqa: SIM115
            self.bytes = cast(BinaryIO, unnamed)
        else:
            self.bytes = open(path, "ab")  # noqa: SIM115
        self.text: TextIO = TextIOWrapper(self.bytes, encoding="utf-8", newline="\n")

    def name(self) -> Path:
        """The name of a file beside its place, which does not exist yet. It is for a program that
        writes to no stream: what it writes there at the end of the run is the whole."""
        self._new = self._target.with_name(f".medlint.{os.getpid()}.{id(self):x}.new")
        return self._new

    def complete(self) -> None:
        """Bring the whole of it to the disk, beside its place."""
        self.text.flush()
        if self._is_new and self._new is None:
            from shutil import copyfileobj

            self.bytes.seek(0)
            with open(self.name(), "xb") as new:
                copyfileobj(self.bytes, new)
        self.text.close()

    def put_in_place(self) -> None:
        """Replace the file of that name, if there is one; the new one keeps its mode."""
        if self._new is None:
            return
        with suppress(FileNotFoundError):
            self._new.chmod(stat.S_IMODE(self._target.stat().st_mode))
        self._new.replace(self._target)

    def discard(self) -> None:
        """Leave no trace."""
        with suppress(OSError):
            self.text.close()
        if self._new is not None:
            self._new.unlink(missing_ok=True)


def is_stream(path: Path) -> bool:
    """Whether *path* names what is written to as it is: a pipe, a device, an open file."""
    return is_device(path) or (path.exists() and not path.is_file())


def is_device(path: Path) -> bool:
    """Whether *path* names a device or an open file of a process."""
    return os.path.abspath(path).startswith(("/dev/", "/proc/"))
