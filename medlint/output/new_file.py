"""A file that takes its place when it is complete, or never."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast


class NewFile:
    """A text file (UTF-8) on its way to *path*.

    What is written to ``stream`` goes to a file without a name, in the folder of *path*, which
    the system takes away when Python dies. A pipe or a device has no other name and is written to
    as it is. Raises OSError where it cannot be written.
    """

    def __init__(self, path: Path):
        self.path = path
        self._new: Path | None = None
        self._target: Path | None = None
        if is_device(path) or (path.exists() and not path.is_file()):
            self.stream: TextIO = open(path, "a", encoding="utf-8", newline="\n")  # noqa: SIM115
        else:
            from tempfile import TemporaryFile

            self._target = path.resolve()
            unnamed = TemporaryFile(  # noqa: SIM115
                "w+", encoding="utf-8", newline="\n", dir=self._target.parent
            )
            self.stream = cast(TextIO, unnamed)

    def complete(self) -> None:
        """Bring the whole of it to the disk, beside its place."""
        if self._target is None:
            self.stream.close()
            return
        from shutil import copyfileobj

        self.stream.flush()
        self.stream.buffer.seek(0)
        self._new = self._target.with_name(f".medlint.{os.getpid()}.{id(self):x}.new")
        with open(self._new, "xb") as new:
            copyfileobj(self.stream.buffer, new)
        self.stream.close()

    def put_in_place(self) -> None:
        """Replace the file of that name, if there is one; the new one keeps its mode."""
        if self._new is None or self._target is None:
            return
        with suppress(FileNotFoundError):
            self._new.chmod(stat.S_IMODE(self._target.stat().st_mode))
        self._new.replace(self._target)

    def discard(self) -> None:
        """Leave no trace."""
        with suppress(OSError):
            self.stream.close()
        if self._new is not None:
            self._new.unlink(missing_ok=True)


def is_device(path: Path) -> bool:
    """Whether *path* names a device or an open file of a process."""
    return os.path.abspath(path).startswith(("/dev/", "/proc/"))
