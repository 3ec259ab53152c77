"""Compressed data -> what they were before: gzip, bzip2, xz and zstd.

Data are known by their first bytes, never by a name. Sources: RFC 1952 (gzip, section 2.3.1),
the xz file format 1.2 (section 2.1.1), RFC 8878 (Zstandard, section 3.1), the bzip2 format as its
library writes it, APPNOTE 6.3 (zip, section 4.3), POSIX.1-2017 pax (the ustar header).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from medlint.records.stream import Stream, UnpackError

#: How many bytes tell in which form data are packed.
HEAD = 512

ZIP, TAR = "zip", "tar"

_INPUT = 1 << 16
#: The most that one step gives, and so the most that is lost where it fails.
_OUTPUT = 1 << 16
#: How many bytes at the end are unpacked one by one: no check at the end takes text along.
_TAIL = 64
_LONGEST_MAGIC = 6
#: The memory that unpacking may take: `xz -9` asks for 65 MiB.
_MEMORY = 128 << 20


class Decompressor(Protocol):
    """What `bz2`, `lzma` and `compression.zstd` of the standard library offer."""

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed data was met."""

    @property
    def needs_input(self) -> bool:
        """Whether there is no more to give without more input."""

    @property
    def unused_data(self) -> bytes:
        """What followed the end."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Take *data*; return at most *max_length* bytes of what they were."""


class Compression(NamedTuple):
    """A form in which one text is compressed."""

    name: str
    #: What its data, and each part that follows the first, begin with.
    magics: tuple[bytes, ...]
    #: Makes a decompressor. Raises ImportError with one line that says what to install.
    decompressor: Callable[[], Decompressor]
    #: How many bytes at the end hold checks and no text.
    trailer: int


class _Inflater:
    """zlib's decompressor for gzip, with the face of the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        tail = self._inner.unconsumed_tail
        output = self._inner.decompress(tail + data if tail else data, max_length)
        self.needs_input = len(output) < max_length and not self._inner.unconsumed_tail
        return output


def _bz2() -> Decompressor:
    from bz2 import BZ2Decompressor

    return BZ2Decompressor()


def _xz() -> Decompressor:
    from lzma import FORMAT_XZ, LZMADecompressor

    return LZMADecompressor(FORMAT_XZ, _MEMORY)


def _zstd() -> Decompressor:
    import sys

    try:
        if sys.version_info >= (3, 14):
            from compression.zstd import ZstdDecompressor
        else:
            from backports.zstd import ZstdDecompressor
    except ImportError:
        missing = "a library for zstd is missing: install it with 'pip install backports.zstd'"
        raise ImportError(missing) from None
    return ZstdDecompressor()


_ZSTD_SKIPPABLE = tuple(bytes((0x50 + n, 0x2A, 0x4D, 0x18)) for n in range(16))

COMPRESSIONS = (
    Compression("gzip", (b"\x1f\x8b\x08",), _Inflater, 8),
    Compression("bzip2", (b"BZh",), _bz2, 10),
    Compression("xz", (b"\xfd7zXZ\0",), _xz, 28),
    Compression("zstd", (b"\x28\xb5\x2f\xfd", *_ZSTD_SKIPPABLE), _zstd, 4),
)

#: The forms that medlint knows and does not unpack.
_OTHERS = (
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"\x1f\x9d", "compress (.Z)"),
    (b"LZIP", "lzip"),
)

_BZ2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")


#: Why data are damaged that came out to the end.
WRONG_CHECKSUM = "is damaged: the checksum at its end does not fit; all text was read"


def cut_off(name: str, what: str) -> UnpackError:
    """The error of *what* is called *name* and has no end."""
    return UnpackError(
        name, f"is cut off: the end of its {what} is missing; the whole records before were read"
    )


def damaged(name: str, error: Exception, what: str) -> UnpackError:
    """The error of *what* is called *name* and could not be read on because of *error*."""
    said = str(error).rpartition(": ")[2].rstrip(".") or "they end too early"
    said = said[:1].lower() + said[1:]
    return UnpackError(
        name,
        f"is damaged: its {what} cannot be read on ({said}); the whole records before were read",
    )


def form_of(head: bytes) -> Compression | str | None:
    """In which form data that begin with *head* (of `HEAD` bytes) are packed: a `Compression`, ZIP,
    TAR, or the name of another form; None where they are not.

    >>> form_of(b"PMID- 37583846") is None
    True
    >>> form_of(b"PK\\x03\\x04")
    'zip'
    """
    for compression in COMPRESSIONS:
        if head.startswith(compression.magics):
            is_text = compression.name == "bzip2" and head[4:10] not in _BZ2_BLOCKS
            return None if is_text else compression
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return ZIP
    if head[257:262] == b"ustar":
        return TAR
    return next((name for magic, name in _OTHERS if head.startswith(magic)), None)


def decompressed(stream: Stream, compression: Compression, name: str) -> Iterator[bytes]:
    """Yield the pieces of what *stream*, which is called *name*, was before it was compressed.

    Data may have several parts, as ``cat a.gz b.gz`` makes them, and zeros behind them.

    Raises UnpackError where they are damaged, after all that stands before the damage.
    """
    decompressor: Decompressor | None = _new(compression, name)
    waiting = b""
    for block, left in _blocks(stream):
        data, waiting = waiting + block, b""
        while data:
            if decompressor is None:
                data = data.lstrip(b"\0")
                if left and len(data) < _LONGEST_MAGIC:
                    waiting = data
                    break
                if not data:
                    break
                if not data.startswith(compression.magics):
                    reason = f"something else follows its {compression.name} data"
                    raise UnpackError(name, f"{reason}; all text before was read", is_whole=True)
                decompressor = _new(compression, name)
            yield from _steps(decompressor, data, compression, name, left)
            data = b""
            if decompressor.eof:
                data, decompressor = decompressor.unused_data, None
    if decompressor is not None:
        raise cut_off(name, f"{compression.name} data")


def _blocks(stream: Stream) -> Iterator[tuple[bytes, int]]:
    """The bytes of *stream* in blocks, the last ones one by one; with each, how many are sure to
    follow."""
    held = b""
    while block := stream.read(_INPUT):
        held += block
        if len(held) > _TAIL:
            yield held[:-_TAIL], _TAIL
            held = held[-_TAIL:]
    for index in range(len(held)):
        yield held[index : index + 1], len(held) - index - 1


def _steps(
    decompressor: Decompressor, data: bytes, compression: Compression, name: str, left: int
) -> Iterator[bytes]:
    """What *decompressor* makes of *data*, after which *left* bytes are sure to follow."""
    while not decompressor.eof:
        try:
            output = decompressor.decompress(data, _OUTPUT)
        except Exception as error:  # each library has its own
            raise _damage(error, compression, name, is_whole=left < compression.trailer) from None
        data = b""
        if output:
            yield output
        if decompressor.needs_input:
            break


def _damage(
    error: Exception, compression: Compression, name: str, *, is_whole: bool
) -> UnpackError:
    if "emory" in str(error):
        most = f"more than {_MEMORY >> 20} MiB of memory"
        return UnpackError(name, f"was not read: to be unpacked it asks for {most}")
    if is_whole:
        return UnpackError(name, WRONG_CHECKSUM, is_whole=True)
    return damaged(name, error, f"{compression.name} data")


def _new(compression: Compression, name: str) -> Decompressor:
    try:
        return compression.decompressor()
    except ImportError as error:
        raise UnpackError(name, f"is {compression.name}, and {error}") from None
