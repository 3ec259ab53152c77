"""Zip and tar archives -> the files in them, one after the other. Nothing is unpacked to a path.

This module imports what `medlint check` on plain files can do without.
"""

from __future__ import annotations

import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from copy import copy
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self, cast
from zipfile import ZipFile, ZipInfo

from medlint.records.packed import WRONG_CHECKSUM, cut_off, damaged
from medlint.records.stream import Stream, UnpackError

if TYPE_CHECKING:
    from zipfile import ZipExtFile

_PIECE = 1 << 16
_IS_ENCRYPTED = 0x1
_TAR = "tar archive"
#: The types of tar headers that say more of the next file, such as a long name, and how much they
#: may say.
_EXTENSIONS = frozenset({b"x", b"X", b"g", b"L", b"K"})
_LONGEST_EXTENSION = 1 << 20


class Member(NamedTuple):
    """What stands under a name in an archive; folders are left out."""

    name: str
    #: What it holds; to be taken before the next member is asked for. None for what is no plain
    #: file: a link, a device, a file with holes.
    pieces: Iterator[bytes] | None
    #: How many bytes of the archive were read when it is.
    end: int = 0


def tar_members(stream: Stream, name: str) -> Iterator[Member]:
    """Yield the members of the tar archive *stream*, which is called *name*; archives that follow
    one another in it are read as one.

    Raises UnpackError where the archive is damaged.
    """
    tar = _Tar(stream)
    file, header = cast("IO[bytes]", tar), _header(tar)
    try:
        with tarfile.open(fileobj=file, mode="r|", tarinfo=header, ignore_zeros=True) as archive:
            while info := archive.next():
                cast("Any", archive).members.clear()  # or it keeps each that was met
                if info.isreg() and not info.issparse():
                    yield Member(info.name, _tar_pieces(archive, info, tar, name))
                elif not info.isdir():
                    yield Member(info.name, None)
    except Exception as error:  # tarfile lets a hostile archive raise almost anything
        is_cut_off = str(error) in ("unexpected end of data", "truncated header")
        problem = cut_off(name, _TAR) if is_cut_off else damaged(name, error, _TAR)
        raise tar.error or problem from None
    if tar.error or not tar.has_end:
        raise tar.error or cut_off(name, _TAR)


class _Tar:
    """The file that tarfile reads. It ends at an error, so that what came before is not lost."""

    def __init__(self, stream: Stream):
        self._stream = stream
        self.error: OSError | None = None
        #: Whether the mark of the end was the last that was met.
        self.has_end = False

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._stream.read(size)
        except OSError as error:
            self.error = error
            return b""


def _header(tar: _Tar) -> type[tarfile.TarInfo]:
    class Header(tarfile.TarInfo):
        """A header that raises ValueError where it is damaged. tarfile would end there as if
        nothing were wrong."""

        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            if buf:
                tar.has_end = not buf.strip(b"\0")
            try:
                header = super().frombuf(buf, encoding, errors)
            except tarfile.HeaderError as error:
                if not buf or tar.has_end:
                    raise
                raise ValueError(error) from None
            if header.type in _EXTENSIONS and not 0 <= header.size <= _LONGEST_EXTENSION:
                raise ValueError("a header is too large")
            return header

    return Header


def _tar_pieces(
    archive: tarfile.TarFile, info: tarfile.TarInfo, tar: _Tar, name: str
) -> Iterator[bytes]:
    # What extractfile() gives would lose its last piece where the archive is cut off.
    file, left = cast("IO[bytes]", archive.fileobj), info.size
    while left > 0:
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise tar.error or cut_off(name, _TAR)
        left -= len(piece)
        yield piece


def zip_members(stream: Stream, name: str, file: BinaryIO | None) -> Iterator[Member]:
    """Yield the members of the zip archive *stream*, which is called *name*. What can only be read
    from front to back, for *stream* reads no *file*, is kept in a temporary file without a name.

    Raises UnpackError where the archive is damaged.
    """
    with ExitStack() as stack:
        if file is None or not file.seekable():
            file = stack.enter_context(TemporaryFile())
            while piece := stream.read(_PIECE):
                file.write(piece)
        size = file.seek(0, os.SEEK_END)
        try:
            archive = stack.enter_context(ZipFile(file))
        except Exception as error:
            reason = f"the list of files at its end cannot be read ({error})"
            raise UnpackError(name, f"is cut off or damaged: {reason}") from None
        for info in archive.infolist():
            if not info.filename.endswith("/"):
                end = min(info.header_offset + info.compress_size, size)
                yield Member(info.filename, _zip_pieces(archive, info, name), end)


def _zip_pieces(archive: ZipFile, info: ZipInfo, name: str) -> Iterator[bytes]:
    if info.flag_bits & _IS_ENCRYPTED:
        raise UnpackError(name, "is protected by a password; medlint cannot read it")
    name = f"{name}!{info.filename}"
    # zipfile would hold back the last piece of a file whose checksum is wrong.
    unchecked = copy(info)
    unchecked.CRC = cast("int", None)
    checksum = 0
    try:
        with archive.open(unchecked) as opened:
            file = cast("ZipExtFile", opened)
            while piece := file.read1(_PIECE):
                checksum = zlib.crc32(piece, checksum)
                yield piece
    except Exception as error:  # each compression has its own
        raise damaged(name, error, "zip data") from None
    if checksum != info.CRC:
        raise UnpackError(name, WRONG_CHECKSUM, is_whole=True)
