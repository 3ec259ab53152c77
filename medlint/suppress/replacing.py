"""Writing a file so that it is the old one or the new one, never a part of it."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Make *data* what the file *path* holds; a file that is there keeps its mode.

    A new file is written beside it and takes its place when it is complete and on the disk. Where
    *path* is a link, the file that it leads to is replaced. Raises OSError, which names *path*;
    what was there is then left as it was.
    """
    target = path.resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        try:
            with new.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            with suppress(FileNotFoundError):
                new.chmod(stat.S_IMODE(target.stat().st_mode))
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
