"""The outputs of one run: standard output, and files beside it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

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
    ):
        self._quiet = quiet
        self._standard = FORMATS[standard](stream, options)
        self._is_for_people = standard != "json"
        self._pending: list[tuple[TextIO, Path, Path]] = []
        self._writers: list[Writer] = []
        complete = options._replace(show=Severity.INFO, color=False, limit_per_rule=0)
        try:
            for name, path in _parse(wishes):
                self._writers.append(FORMATS[name](self._open(path), complete))
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
        for writer in self._writers:
            writer.write(finding)

    def close(self, summary: Summary) -> None:
        """End every output and put the files in their places."""
        if not (self._quiet and self._is_for_people):
            self._standard.close(summary)
        for writer in self._writers:
            writer.close(summary)
        for stream, new, path in self._pending:
            stream.close()
            if new != path:
                os.replace(new, path)
        self._pending.clear()

    def _open(self, path: Path) -> TextIO:
        is_file = path.is_file() or not path.exists()
        new = path.with_name(f".{path.name}.{os.getpid()}.new") if is_file else path
        try:
            stream = new.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from None
        self._pending.append((stream, new, path))
        return stream

    def _discard(self) -> None:
        for stream, new, path in self._pending:
            try:
                stream.close()
            except OSError:
                pass
            if new != path:
                new.unlink(missing_ok=True)
        self._pending.clear()


def _parse(wishes: Sequence[str]) -> list[tuple[str, Path]]:
    """The formats and files of ``FORMAT:FILE`` wishes."""
    from medlint.documents.near import near_miss

    parsed: list[tuple[str, Path]] = []
    for wish in wishes:
        name, colon, file = wish.partition(":")
        if not colon or not file:
            raise OutputError(f"--output '{wish}': expected FORMAT:FILE, such as json:findings.json")
        if name not in FORMATS:
            near = near_miss(name, FORMATS)
            hint = f"did you mean '{near}'?" if near else "there are " + ", ".join(FORMATS)
            raise OutputError(f"--output '{wish}': '{name}' is not a format; {hint}")
        path = Path(file)
        if any(path.resolve() == other.resolve() for _, other in parsed):
            raise OutputError(f"--output '{wish}': two outputs cannot go to the same file")
        parsed.append((name, path))
    return parsed
