"""Compressed files: those of gzip stay so when they are changed, others are not changed."""

from __future__ import annotations

from contextlib import suppress

from medlint.records.packed import HEAD, form_of
from medlint.records.sources import Source


class PackedError(Exception):
    """A file is packed in a form in which medlint does not write."""


def is_gzip(source: Source) -> bool:
    """Whether *source* is one text compressed by gzip, and not plain.

    Raises PackedError for what is packed otherwise, OSError when it cannot be read.
    """
    if source.path is None or not source.is_packed:
        return False
    import gzip

    with suppress(gzip.BadGzipFile, EOFError), gzip.open(source.path) as stream:
        if form_of(stream.read(HEAD)) is None:
            return True
    raise PackedError(f"{source.name}: not changed: it is packed; unpack it first")
