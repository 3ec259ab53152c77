"""The outputs of one run: standard output, and files beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from medlint.findings import Finding, Severity
from medlint.findings_summary import Summary
from medlint.output import COUNTING, FILE_FORMATS, FOR_PEOPLE, FORMATS, WITHOUT_FIXES
from medlint.output.new_file import NewFile, is_device
from medlint.output.wishes import OutputError, Target, masked, parse_wishes
from medlint.output.writer import FileWriter, OutputOptions, Writer

__all__ = ["OutputError", "Outputs"]

#: How many findings of a rule `full` prints on standard output where the user names no number.
FULL_LIMIT = 20


class Outputs:
    """Sends findings to every output that the user wants.

    *standard* is the format of standard output, and *wishes* are ``FORMAT:FILE``, or ``FORMAT``
    alone for standard output; without either it is ``full``. *said* is where the wishes were said,
    and *inputs* are the files and URLs that the run reads. Standard output follows *options*; files
    hold all findings, whatever is shown, and no colours. An output lists *max_per_rule* findings of
    a rule (0 for all) and says how many it left out.

    A file stands in its place only when the run is through, so that it is never half-written.
    Raises OSError when an output cannot be written, OutputError for a wish that makes no sense.
    """

    def __init__(
        self,
        standard: str | None,
        wishes: Sequence[str],
        stream: TextIO,
        options: OutputOptions,
        *,
        quiet: bool = False,
        inputs: Iterable[Target] = (),
        said: str = "--output",
        max_per_rule: int | None = None,
    ):
        #: The format of standard output.
        self.standard, files = parse_wishes(standard, wishes, inputs, said)
        self._files: list[NewFile] = []
        self._file_writers: list[FileWriter] = []
        own = options._replace(is_quiet=quiet)
        writer = FORMATS[self.standard](stream, own)
        self._channels = [_Channel(self.standard, writer, own, max_per_rule)]
        beside = options._replace(show=Severity.INFO, color=False, is_quiet=False, width=100)
        try:
            for name, path in files:
                with _naming(path):
                    writer = self._open(name, path, stream, beside)
                self._channels.append(_Channel(name, writer, beside, max_per_rule or 0, path))
        except BaseException:
            self._discard()
            raise

    @property
    def show_fixes(self) -> bool:
        """Whether any output says how findings can be mended."""
        return any(channel.shows_fixes for channel in self._channels)

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
        for channel in self._channels:
            channel.write(finding)

    def close(self, summary: Summary) -> None:
        """End every output and put the files in their places, if all could be written."""
        for channel in self._channels:
            channel.close(summary)
        for file in self._files:
            with _naming(file.target):
                file.complete()
        while self._files:
            file = self._files[0]
            with _naming(file.target):
                file.put_in_place()
            del self._files[0]

    def _open(self, name: str, path: Target, standard: TextIO, options: OutputOptions) -> Writer:
        if isinstance(path, Path) and _is_same(path, standard):
            if is_device(path):
                return FORMATS[name](standard, options)
            raise OutputError(f"--output '{path}': standard output goes to that file already")
        self._files.append(file := _new_file(path))
        if name in FORMATS:
            return FORMATS[name](file.text, options)
        self._file_writers.append(writer := FILE_FORMATS[name](file, options))
        return writer

    def _discard(self) -> None:
        for writer in self._file_writers:
            writer.discard()
        self._file_writers.clear()
        for file in self._files:
            file.discard()
        self._files.clear()


class _Channel:
    """One output and what it is sent: findings of the severity shown, up to a limit for each rule.

    *limit* None is the limit of the format; formats that count and do not list have none.
    """

    def __init__(
        self,
        name: str,
        writer: Writer,
        options: OutputOptions,
        limit: int | None,
        path: Target | None = None,
    ):
        self.shows_fixes = name not in WITHOUT_FIXES
        self._writer = writer
        self._path = path
        self._is_quiet = options.is_quiet and name in FOR_PEOPLE
        self._show = options.show if name in FOR_PEOPLE else Severity.INFO
        if limit is None:
            limit = FULL_LIMIT if name == "full" else 0
        self._limit = 0 if name in COUNTING else limit
        self._sent: dict[str, int] = {}
        #: Code and name of a rule -> how many of its findings were not sent.
        self._left_out: dict[tuple[str, str], int] = {}

    def write(self, finding: Finding) -> None:
        if finding.severity < self._show:
            return
        if self._limit:
            sent = self._sent.get(finding.code, 0)
            if sent == self._limit:
                rule = finding.code, finding.name
                self._left_out[rule] = self._left_out.get(rule, 0) + 1
                return
            self._sent[finding.code] = sent + 1
        with _naming(self._path):
            self._writer.write(finding)

    def close(self, summary: Summary) -> None:
        told = copy(summary)
        told.notices = [*self._own_notices(), *self._notices_of(summary)]
        with _naming(self._path):
            self._writer.close(told)

    def _own_notices(self) -> Iterator[str]:
        for (code, name), count in sorted(self._left_out.items()):
            yield f"{code} {name}: {count:,} more not shown; --max-per-rule 0 shows all"

    def _notices_of(self, summary: Summary) -> list[str]:
        """What the run has to say; who wants it quiet is told only that the run ended early."""
        return [] if self._is_quiet and not summary.is_cut_short else summary.notices


@contextmanager
def _naming(path: Target | None) -> Iterator[None]:
    """Let an OSError say which output it was."""
    try:
        yield
    except OSError as error:
        if path is None:
            raise
        raise OSError(error.errno, error.strerror, masked(str(path))) from None


def _new_file(target: Target) -> NewFile:
    if isinstance(target, Path):
        return NewFile(target)
    from medlint.output.new_remote_file import NewRemoteFile

    return NewRemoteFile(target)


def _is_same(path: Path, stream: TextIO) -> bool:
    """Whether *path* leads to *stream*, as /dev/stdout does."""
    try:
        return os.path.samestat(path.stat(), os.fstat(stream.fileno()))
    except (OSError, ValueError):
        return False
