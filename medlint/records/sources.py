"""Sources: what is read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO, NamedTuple


class Source(NamedTuple):
    """One thing to read: a file, a file at a URL, or standard input, which has neither."""

    #: What the user knows it as.
    name: str
    path: Path | None
    url: str | None = None
    #: Whether the user named it; if not, it was met in a folder.
    is_named: bool = True

    @property
    def is_stdin(self) -> bool:
        """Whether it is standard input."""
        return self.path is None and self.url is None

    @property
    def can_be_read_again(self) -> bool:
        """Whether it gives the same bytes twice; standard input and pipes do not."""
        return self.url is not None or (self.path is not None and self.path.is_file())


def open_source(source: Source) -> BinaryIO:
    """Open *source* for reading bytes.

    Raises OSError when the file cannot be opened.
    """
    if source.url is not None:
        from medlint.urls import open_url

        return open_url(source.url)
    return sys.stdin.buffer if source.path is None else source.path.open("rb")
