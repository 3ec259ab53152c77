"""Bytes kept in a folder under a key, up to a size: what was used longest ago goes first.

Any number of processes may share a folder. A store is never needed: what it cannot read is not
there, and what it cannot write is not kept.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_MARK = b"medlint1"
_CHECKSUM = 4
#: The disk gives out space in pieces of about this size.
_BLOCK = 4096
_SUFFIX = ".kept"
#: A file whose size is the number of blocks that the entries take, or a little more. Appending to
#: it is how processes count together.
_TALLY = "blocks"


class Store:
    """What is kept in *folder*, which may not exist yet; it takes *most_bytes* of the disk.

    >>> from tempfile import mkdtemp
    >>> store = Store(Path(mkdtemp(), "kept"), 1 << 20)
    >>> store.put("word", b"PMID")
    >>> store.get("word"), store.get("other")
    (b'PMID', None)
    """

    def __init__(self, folder: Path, most_bytes: int):
        self._folder = str(folder)
        self._most = most_bytes // _BLOCK
        self.most_bytes = most_bytes

    def get(self, key: str) -> bytes | None:
        """What was kept under *key* (`key_of`); None if it is not there or damaged."""
        path = self._path(key)
        try:
            with _opened(path, os.O_RDONLY) as file:
                size = os.fstat(file.fileno()).st_size
                entry = file.read() if 4 * _blocks(size) <= self._most else b""
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)
        head, data = entry[: len(_MARK) + _CHECKSUM], entry[len(_MARK) + _CHECKSUM :]
        return data if head == _head(data) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep *data* under *key*, whole or not at all. More than a quarter of the store is not
        kept: it would drive out too much."""
        entry = _head(data) + data
        blocks = _blocks(len(entry))
        if 4 * blocks > self._most:
            return
        new = os.path.join(self._folder, f"{os.urandom(8).hex()}.new")
        with suppress(OSError):
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            try:
                with open(new, "xb") as file:
                    file.write(entry)
                os.replace(new, self._path(key))
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(new)
            self._count(blocks)

    def _count(self, blocks: int) -> None:
        """Add to the tally; make room where that is too much or nobody has counted yet."""
        tally = os.path.join(self._folder, _TALLY)
        with _opened(tally, os.O_WRONLY | os.O_CREAT | os.O_APPEND) as file:
            before = file.tell()
            file.write(bytes(blocks))
        if not before or before + blocks > self._most:
            os.truncate(tally, self._make_room())

    def _make_room(self) -> int:
        """Remove the oldest entries, and what a process left that was ended while it wrote, where
        there is too much, until a quarter is free; return how many blocks are left."""
        found: list[tuple[int, int, str]] = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):
                    if entry.name != _TALLY and entry.is_file(follow_symlinks=False):
                        status = entry.stat(follow_symlinks=False)
                        found.append((status.st_mtime_ns, _blocks(status.st_size), entry.path))
        total = sum(blocks for _, blocks, _ in found)
        if total <= self._most:
            return total
        for _, blocks, path in sorted(found):
            if 4 * total <= 3 * self._most:
                break
            with suppress(OSError):  # somebody else removed it, or holds it open
                os.unlink(path)
            total -= blocks
        return total

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, key + _SUFFIX)


def key_of(parts: Iterable[bytes]) -> str:
    """The key for what depends on *parts* alone: other parts, or parts cut otherwise, have
    another."""
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _opened(path: str, flags: int) -> BinaryIO:
    """The regular file *path*, opened; whoever can write to the folder cannot have another file
    changed by a link, nor a run wait for a pipe. Raises OSError."""
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    number = os.open(path, flags, 0o600)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(f"{path} is no regular file")
    return open(number, "ab" if flags & os.O_APPEND else "rb")


def _head(data: bytes) -> bytes:
    """What stands before *data*: a truncated entry, or one that was not written out when the
    machine stopped, does not fit it."""
    return _MARK + zlib.crc32(data).to_bytes(_CHECKSUM, "big")


def _blocks(size: int) -> int:
    return -(-size // _BLOCK)
