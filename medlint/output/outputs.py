"""The outputs of one run: standard output, and files beside it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TextIO

from medlint.findings import Finding, Severity
from medlint.findings_summary import Summary
from medlint.output import FORMATS
from medlint.output.writer import OutputOptions, Writer


class OutputError(ValueError):
    """The user's wish for an output makes no sense."""


class Outputs:
    """Sends findings to every output that the user wants.

    A file is written under another name and takes its place when the run is through, so that it is
    never half-written. Raises OSError when an output cannot be written, OutputError for a wish that
    makes no sense.
    """

    def __init__(
        self,
        standard: str,
        wishes: Sequence[str],
        stream: TextIO,
        options: OutputOptions,
        *,
        quiet: bool = False,
        inputs: Iterable[Path] = (),
    ):
        self._quiet = quiet
        self._standard = FORMATS[standard](stream, options)
        self._is_for_people = standard != "json"
        self._files: list[_File] = []
        self._writers: list[tuple[Path, Writer]] = []
        complete = options._replace(show=Severity.INFO, color=False, limit_per_rule=0)
        try:
            read = {path.resolve() for path in inputs}
            for name, path in _parse(wishes):
                if path.resolve() in read and path.is_file():
                    raise OutputError(f"--output '{name}:{path}': that file is to be checked")
                with _naming(path):
                    own = stream if _is_same(path, stream) else self._open(path)
                self._writers.append((path, FORMATS[name](own, complete)))
        except BaseException:
            self._discard()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._discard()

    def write(self, finding: Finding) -> None:
        """Send *finding* to every output."""
        self._standard.write(finding)
        for path, writer in self._writers:
            with _naming(path):
                writer.write(finding)

    def close(self, summary: Summary) -> None:
        """End every output and put the files in their places, if all could be written."""
        if not (self._quiet and self._is_for_people):
            self._standard.close(summary)
        for path, writer in self._writers:
            with _naming(path):
                writer.close(summary)
        for file in self._files:
            with _naming(file.path):
                file.stream.close()
        while self._files:
            file = self._files[0]
            with _naming(file.path):
                file.put_in_place()
            del self._files[0]

    def _open(self, path: Path) -> TextIO:
        self._files.append(file := _File(path))
        return file.stream

    def _discard(self) -> None:
        for file in self._files:
            file.discard()
        self._files.clear()


class _File:
    """A file that stands in its place only when it is complete. A pipe or a device has no other
    name and is written to as it is."""

    def __init__(self, path: Path):
        self.path = path
        self._target = self._new = path
        is_special = os.path.abspath(path).startswith(("/dev/", "/proc/"))
        if not is_special and (path.is_file() or not path.exists()):
            self._target = path.resolve()
            self._new = self._target.with_name(f".{path.name}.{os.getpid()}.new")
        mode: Literal["a", "w"] = "a" if self._new == path else "w"
        stream = open(self._new, mode, encoding="utf-8", newline="\n")  # noqa: SIM115
        self.stream: TextIO = stream

    def put_in_place(self) -> None:
        """Replace the file of that name, if there is one; the new one keeps its mode."""
        if self._new == self.path:
            return
        try:
            mode = stat.S_IMODE(self._target.stat().st_mode)
        except FileNotFoundError:
            pass
        else:
            self._new.chmod(mode)
        self._new.replace(self._target)

    def discard(self) -> None:
        """Leave no trace."""
        with suppress(OSError):
            self.stream.close()
        if self._new != self.path:
            self._new.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an OSError say which output it was."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _is_same(path: Path, stream: TextIO) -> bool:
    """Whether *path* leads to *stream*, as /dev/stdout does."""
    try:
        return os.path.samestat(path.stat(), os.fstat(stream.fileno()))
    except (OSError, ValueError):
        return False


def _parse(wishes: Sequence[str]) -> list[tuple[str, Path]]:
    """The formats and files of ``FORMAT:FILE`` wishes."""
    from medlint.documents.near import near_miss

    parsed: list[tuple[str, Path]] = []
    for wish in wishes:
        name, colon, file = wish.partition(":")
        if not colon or not file:
            raise OutputError(f"--output '{wish}': expected FORMAT:FILE, such as json:found.json")
        if name not in FORMATS:
            near = near_miss(name, FORMATS)
            hint = f"did you mean '{near}'?" if near else "there are " + ", ".join(FORMATS)
            raise OutputError(f"--output '{wish}': '{name}' is not a format; {hint}")
        if file == "-":
            raise OutputError(
                f"--output '{wish}': expected a file; for standard output there is --output-format"
            )
        path = Path(file)
        if any(path.resolve() == other.resolve() for _, other in parsed):
            raise OutputError(f"--output '{wish}': two outputs cannot go to the same file")
        parsed.append((name, path))
    return parsed
