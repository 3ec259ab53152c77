"""Fixes and layout, file by file: read in chunks, changed, shown as a diff or written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from medlint.findings import Finding
from medlint.fixes.fixer import Lint, mend
from medlint.fixes.layout import Untouched, format_chunk, line_end_of
from medlint.records.batch import Chunk
from medlint.records.chunking import LONGEST_RECORD, chunks
from medlint.records.packed import HEAD, form_of
from medlint.records.sources import Source, open_source
from medlint.records.stream import FileStream

#: Takes each piece of a file, old and new.
Put = Callable[[bytes, bytes], None]


class OnlyReadError(Exception):
    """A file is packed, or XML: medlint reads such files and writes none. As a string it is one
    line that begins with the name of the file."""


class UnfitError(Exception):
    """A file holds a record that is too long to be mended. As a string it is such a line, too."""


class FixedFile(NamedTuple):
    """What was done to a file."""

    applied: list[Finding]
    #: Findings whose fix could not be made.
    left: list[Finding]


class FormattedFile(NamedTuple):
    """What was done to a file."""

    records: int
    untouched: list[Untouched]


def fix_file(source: Source, lint: Lint, put: Put, *, unsafe: bool) -> FixedFile:
    """Mend what *lint* finds in *source*, and give each piece of it to *put*.

    Raises OSError when the file cannot be read, OnlyReadError when it is packed or XML, UnfitError
    when a record is too long.
    """
    done = FixedFile([], [])
    for chunk in _chunks(source):
        mended = mend(chunk, lint, unsafe=unsafe)
        put(chunk.data, mended.data)
        done.applied.extend(mended.applied)
        done.left.extend(mended.left)
    return done


def format_file(source: Source, put: Put, line_end: bytes | None = None) -> FormattedFile:
    """Lay *source* out as PubMed does, and give each piece of it to *put*. Without *line_end*,
    lines end as most of them do.

    Raises OSError when the file cannot be read, OnlyReadError when it is packed or XML, UnfitError
    when a record is too long.
    """
    records = 0
    untouched: list[Untouched] = []
    for chunk in _chunks(source):
        line_end = line_end or line_end_of(chunk.data)
        formatted = format_chunk(chunk, line_end)
        put(chunk.data, formatted.data)
        records += formatted.records
        untouched += formatted.untouched
    return FormattedFile(records, untouched)


def _chunks(source: Source) -> Iterator[Chunk]:
    with open_source(source) as file:
        stream = FileStream(file)
        if form_of(stream.peek(HEAD)) is not None:
            raise OnlyReadError(f"{source.name}: not changed: it is packed; unpack it first")
        for chunk in chunks(stream):
            if chunk.xml:
                reason = "it is XML, which medlint only reads"
                raise OnlyReadError(f"{source.name}: not changed: {reason}")
            if chunk.is_torn:
                longest = f"{LONGEST_RECORD >> 20} MiB"
                raise UnfitError(f"{source.name}: not changed: a record is longer than {longest}")
            yield chunk
