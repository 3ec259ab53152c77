"""A file at a URL that takes its place when it is complete, or never."""

from __future__ import annotations

from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, BinaryIO, cast

from medlint.output.new_file import NewFile
from medlint.urls import remote, telling

#: As much is sent at once; a store wants 5 MiB at least, and allows 10,000 parts.
_PART = 32 << 20


class NewRemoteFile(NewFile):
    """A file on its way to *url*. It is written here, sent when it is complete, and seen there only
    when the store is told to put the parts together. Raises OSError where it cannot be sent."""

    def __init__(self, url: str):
        self.target = url
        self._remote = remote(url)
        self._folder: TemporaryDirectory[str] | None = None
        self._upload: Any = None
        self.bytes = cast(BinaryIO, TemporaryFile("w+b"))  # noqa: SIM115
        self.text = TextIOWrapper(self.bytes, encoding="utf-8", newline="\n")

    def name(self) -> Path:
        """The name of a file of this machine, which does not exist yet."""
        self._folder = TemporaryDirectory(prefix="medlint-", ignore_cleanup_errors=True)
        return Path(self._folder.name, "output")

    def complete(self) -> None:
        """Send the whole of it."""
        self.text.flush()
        if self._folder is not None:
            with open(Path(self._folder.name, "output"), "rb") as whole:
                self._send(whole)
        else:
            self.bytes.seek(0)
            self._send(self.bytes)
        self.text.close()

    def _send(self, whole: BinaryIO) -> None:
        with telling():
            self._upload = self._remote.files.open(
                self._remote.path, "wb", block_size=_PART, autocommit=False
            )
            copyfileobj(whole, self._upload, _PART)
            self._upload.close()

    def put_in_place(self) -> None:
        """Let it be seen."""
        with telling():
            self._upload.commit()
        self._upload = None
        self.discard()

    def discard(self) -> None:
        """Leave no trace."""
        if self._upload is not None:
            with suppress(OSError), telling():
                self._upload.discard()
        with suppress(OSError):
            self.text.close()
        if self._folder is not None:
            self._folder.cleanup()
