"""Sources -> pieces, in order: chunks of their texts, and what is to be told of what was not read.

Nothing is read before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from medlint.records.batch import Chunk
from medlint.records.checksum import checksum_problem
from medlint.records.chunking import chunks
from medlint.records.sources import Source
from medlint.records.stream import UnpackError
from medlint.records.texts import Reading, Text


class Stretch(NamedTuple):
    """A chunk of a text."""

    source: Source
    #: The name of the text.
    name: str
    chunk: Chunk
    #: How many bytes of the source were read since the stretch before.
    size: int


class Trouble(NamedTuple):
    """Something that cannot be read."""

    line: str
    #: The name of the text, if it was found at all.
    name: str | None = None


class Remark(NamedTuple):
    """Something that was passed over."""

    line: str


Piece = Stretch | Trouble | Remark


def pieces(sources: Iterable[Source]) -> Iterator[Piece]:
    """Read *sources* from front to back."""
    for source in sources:
        if problem := checksum_problem(source):
            yield Trouble(problem)
        reading = Reading(source)
        try:
            for text in reading.texts():
                yield from _of_text(source, text, reading)
        except OSError as error:
            yield Trouble(_said(source.name, error))
        yield from map(Remark, reading.notices)


def _of_text(source: Source, text: Text, reading: Reading) -> Iterator[Piece]:
    try:
        for chunk in chunks(text.stream):
            yield Stretch(source, text.name, chunk, reading.progress())
    except OSError as error:
        yield Trouble(_said(text.name, error), text.name)


def _said(name: str, error: OSError) -> str:
    if isinstance(error, UnpackError):
        return str(error)
    return f"{name}: cannot be read: {(error.strerror or type(error).__name__).lower()}"
