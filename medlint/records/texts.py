"""Sources -> the texts in them: a plain or compressed file is one, an archive may hold many.

What is packed is unpacked while it is read, within limits: data that unpack to more than
`MOST_TIMES` their size are refused, for no records can be packed so well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from medlint.records.file_names import is_archive_name, is_left_out_of_archive, plain_suffix
from medlint.records.holding import LOOKED_FOR, TEXT_HEAD, holds_records, may_hold_records
from medlint.records.packed import HEAD, TAR, ZIP, Compression, decompressed, form_of
from medlint.records.sources import Source, open_source
from medlint.records.stream import FileStream, Stream, UnpackError

#: Real records are packed to a tenth; xz packs those that differ in a number to a 170th.
MOST_TIMES = 256
#: How much may be unpacked before that is asked.
FREE = 16 << 20
#: The most that one source may unpack to: all of PubMed, twice.
MOST = 1 << 40
#: How many times data may be packed. A zip of tar.gz of gz is packed four times.
DEEPEST = 4


class Text(NamedTuple):
    """One text, unpacked."""

    #: The name of its source, with ``!member`` behind it for each archive that it stands in.
    name: str
    #: To be read before the next text is asked for. It raises what kept it from being unpacked.
    stream: Stream


class Reading:
    """A source that is read from front to back."""

    def __init__(self, source: Source):
        self._source = source
        self._taken = self._told = self._unpacked = 0
        self._is_refused = False
        #: What was passed over, a line each.
        self.notices: list[str] = []

    def progress(self) -> int:
        """How many bytes of the source were read since this was asked before."""
        progress = self._taken - self._told
        self._told = self._taken
        return progress

    def texts(self) -> Iterator[Text]:
        """Yield the texts of the source.

        Raises OSError when it cannot be opened.
        """
        name, is_empty = self._source.name, True
        with open_source(self._source) as file:
            for text in self._texts(name, FileStream(file, self._take), 0, file):
                is_empty = False
                yield text
        if is_empty:
            yield _failed(name, f"no records in it; looked for {LOOKED_FOR}")

    def _texts(
        self, name: str, stream: Stream, depth: int, file: BinaryIO | None = None
    ) -> Iterator[Text]:
        """The texts in *stream*, which was unpacked *depth* times, or else reads *file*."""
        try:
            form = form_of(stream.peek(HEAD))
        except OSError:
            form = None
        if form is None:
            yield Text(name, stream)
        elif not isinstance(form, Compression) and form not in (ZIP, TAR):
            yield _failed(name, f"is packed as {form}, which medlint does not unpack")
        elif depth == DEEPEST:
            yield _failed(name, f"is packed more than {DEEPEST} times over; it was not unpacked")
        elif isinstance(form, Compression):
            pieces = self._within_limits(decompressed(stream, form, name), name)
            yield from self._texts(name, Stream(pieces), depth + 1)
        else:
            try:
                yield from self._in_archive(name, stream, form, depth + 1, file)
            except OSError as error:
                yield Text(name, Stream(_raising(error)))

    def _in_archive(
        self, name: str, stream: Stream, form: str, depth: int, file: BinaryIO | None
    ) -> Iterator[Text]:
        """The texts in an archive: those that would be taken from a folder, and those of the
        archives in it."""
        from medlint.records.archives import tar_members, zip_members

        members = tar_members(stream, name) if form == TAR else zip_members(stream, name, file)
        met: Counter[str] = Counter()
        others = 0
        for member in members:
            suffix, is_archive = plain_suffix(member.name), is_archive_name(member.name)
            if is_left_out_of_archive(member.name) or not (is_archive or may_hold_records(suffix)):
                continue
            if member.pieces is None:
                others += 1
                continue
            met[member.name] += 1
            again = f" ({met[member.name]})" if met[member.name] > 1 else ""
            inner = f"{name}!{member.name}{again}"
            pieces = member.pieces
            if form == ZIP:
                self._taken = max(self._taken, member.end if file else 0)
                pieces = self._within_limits(pieces, inner)
            for text in self._texts(inner, Stream(pieces), depth):
                if is_archive or _holds_records(text, suffix):
                    yield text
            if self._is_refused:
                return
        if others:
            was = "1 link, device or file with holes was"
            were = f"{others} links, devices or files with holes were"
            what = was if others == 1 else were
            self.notices.append(f"{name}: {what} passed over; plain files are read")

    def _take(self, size: int) -> None:
        self._taken += size

    def _within_limits(self, pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
        """Hand on what was unpacked from *name* until it is too much."""
        for piece in pieces:
            self._unpacked += len(piece)
            if self._unpacked > min(MOST, max(FREE, MOST_TIMES * self._taken)):
                self._is_refused = True
                most = "1 TiB"
                if self._unpacked <= MOST:
                    most = f"{MOST_TIMES} times its size, as no records do"
                raise UnpackError(name, f"unpacks to more than {most}; it was not read on")
            yield piece


def _holds_records(text: Text, suffix: str) -> bool:
    try:
        return holds_records(suffix, text.stream.peek(TEXT_HEAD))
    except OSError:
        return True  # and so its error is told


def _failed(name: str, reason: str) -> Text:
    return Text(name, Stream(_raising(UnpackError(name, reason))))


def _raising(error: OSError) -> Iterator[bytes]:
    raise error
    yield b""
