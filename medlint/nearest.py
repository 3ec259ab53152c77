"""The file of a certain name that is nearest: in a folder, or in one above it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def nearest(folder: Path, names: Sequence[str]) -> Path | None:
    """Return the first file called one of *names* that is met on the way from *folder* upwards, or
    None. In one folder the name that stands first in *names* wins.

    It looks at the disk each time; whoever asks for many files keeps what it said of a folder.
    """
    start = Path(os.path.abspath(folder))
    for parent in (start, *start.parents):
        for name in names:
            path = parent / name
            # A link that leads nowhere is told by whoever reads it: the file is missing, not gone.
            if path.is_file() or (path.is_symlink() and not path.exists()):
                return path
    return None


def as_shown(path: Path) -> str:
    """Return *path* as seen from the working folder, for messages."""
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return str(path)


def shared_folder(paths: Sequence[str]) -> Path:
    """Return the folder that all *paths* (files and folders; ``-`` stands for the working folder)
    have in common; without paths, the working folder."""
    folders = [
        os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path))
        for path in paths or ["."]
    ]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # on several drives
        return Path.cwd()
