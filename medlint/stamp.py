"""What tells one state of medlint from another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from medlint.data import RULES
from medlint.version import __version__

_PACKAGE = Path(__file__).parent


def stamp() -> bytes:
    """What changes when medlint does: its code, its rules or the Python that runs it.

    An installed distribution has a list of its files with their hashes (PyPA, Recording installed
    projects); of a checkout it is when its files were changed.
    """
    record = _PACKAGE.parent / f"medline_lint-{__version__}.dist-info" / "RECORD"
    try:
        state = record.read_bytes()
    except OSError:
        state = repr([*_files(_PACKAGE), *_files(RULES)]).encode()
    return f"{__version__} {sys.version} ".encode() + state


def _files(folder: str | Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                yield from _files(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".json")):
                status = entry.stat()
                yield entry.path, status.st_mtime_ns, status.st_size
