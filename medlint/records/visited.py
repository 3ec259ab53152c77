"""Finds records again in files that were read once. A plain file is not read from end to end again;
what is packed must be unpacked once more."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from medlint.records.batch import Chunk
from medlint.records.reader import read
from medlint.records.record import Record
from medlint.records.sources import Source
from medlint.records.stream import Stream
from medlint.records.texts import Reading, Text


class _Stretch(NamedTuple):
    """Where a chunk stands in its file."""

    #: The chunk without its data.
    chunk: Chunk
    offset: int
    size: int

    @property
    def first_line(self) -> int:
        """The line on which the chunk begins."""
        return self.chunk.first_line


class Visited:
    """Where the chunks of each text began, and so where a line is to be looked for."""

    def __init__(self) -> None:
        #: The name of a source -> the name of a text in it -> its chunks.
        self._texts: dict[str, dict[str, list[_Stretch]]] = defaultdict(dict)

    def note(self, source: Source, name: str, chunk: Chunk) -> None:
        """Remember a chunk of the text *name* in *source*. Those of a text must come in order."""
        stretches = self._texts[source.name].setdefault(name, [])
        offset = stretches[-1].offset + stretches[-1].size if stretches else 0
        stretches.append(_Stretch(chunk._replace(data=b""), offset, len(chunk.data)))

    def records(
        self, sources: Iterable[Source], wanted: Iterable[tuple[str, int]]
    ) -> Iterator[tuple[str, Record]]:
        """The records *wanted*, each given by text and first line. Those of a source that cannot
        be read twice, or that has changed, are left out."""
        lines_in: dict[str, list[int]] = defaultdict(list)
        for name, line in sorted(wanted):
            lines_in[name].append(line)
        for source in sources:
            wanted_in = self._texts[source.name].keys() & lines_in.keys()
            if not wanted_in or not source.can_be_read_again:
                continue
            try:
                for text in Reading(source).texts():
                    if text.name in wanted_in:
                        yield from self._in_text(source, text, lines_in[text.name])
                        wanted_in.remove(text.name)
                    if not wanted_in:
                        break
            except OSError:
                continue

    def _in_text(
        self, source: Source, text: Text, lines: list[int]
    ) -> Iterator[tuple[str, Record]]:
        try:
            for record in self._records(self._texts[source.name][text.name], text.stream, lines):
                yield text.name, record
        except OSError:
            return

    def _records(
        self, stretches: list[_Stretch], stream: Stream, lines: list[int]
    ) -> Iterator[Record]:
        starts = [stretch.first_line for stretch in stretches[1:]]
        at = 0
        for stretch, next_line in zip(stretches, [*starts, None], strict=True):
            start = bisect_left(lines, stretch.first_line)
            end = len(lines) if next_line is None else bisect_left(lines, next_line)
            if stretch.chunk.xml and next_line is not None:
                # The next stretch may begin on the line on which this one ends.
                end = bisect_right(lines, next_line)
            if end > start:
                stream.skip(stretch.offset - at)
                at = stretch.offset + stretch.size
                chunk = stretch.chunk._replace(data=stream.read(stretch.size))
                yield from _records_in(chunk, lines[start:end])


def _records_in(chunk: Chunk, lines: list[int]) -> Iterator[Record]:
    """The records of *chunk* that begin on *lines*, which are sorted."""
    data, at, line = chunk.data, 0, chunk.first_line
    if chunk.xml:
        from medlint.records.pubmed_xml import read_some_xml

        yield from read_some_xml(chunk, frozenset(lines))
        return
    if b"\n" not in data or b"\0" in data:
        wanted_lines = frozenset(lines)
        yield from (r for r in read(chunk).records if r.first_line in wanted_lines)
        return
    next_record = b"\r\n\r\nPMID- " if b"\r\n" in data[:1000] else b"\n\nPMID- "
    for wanted in lines:
        while line < wanted:
            end = data.find(b"\n", at)
            if end < 0:
                return
            at, line = end + 1, line + 1
        end = data.find(next_record, at)
        part = Chunk(data[at : end + 2] if end >= 0 else data[at:], line, line == 1, True)
        yield from (r for r in read(part).records if r.first_line == wanted)
