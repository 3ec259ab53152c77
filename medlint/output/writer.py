"""What every output format is: a writer that findings are streamed to."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TextIO

from medlint.findings import Finding, RuleCard, Severity
from medlint.findings_summary import Summary
from medlint.output.new_file import NewFile


class OutputOptions(NamedTuple):
    """What the user chose for the output."""

    #: Findings below this severity are counted, but people are not shown them.
    show: Severity = Severity.INFO
    #: Whether ANSI colours may be written.
    color: bool = False
    #: The columns of the terminal.
    width: int = 100
    #: Whether people are spared the line that sums up the run.
    is_quiet: bool = False
    #: Findings of this severity or worse fail the run; None where none does.
    fail_level: Severity | None = Severity.ERROR
    tool_version: str = ""
    #: Rule code -> what is known of the rule; None for a code that is not known.
    card: Callable[[str], RuleCard | None] = lambda code: None


class Writer(Protocol):
    """Writes findings as they come. It never closes a stream that it was given.

    Which findings it is sent is not its own business: `medlint.output.outputs` keeps back what is
    below the severity shown or above the limit of a rule.
    """

    def write(self, finding: Finding) -> None:
        """Take one finding; findings come in the order of the input."""

    def close(self, summary: Summary) -> None:
        """Write what stands after the last finding: the notices of *summary*, and, but for people,
        who are told on standard error, why the run failed. It counts all findings, also those that
        were not sent. Called once."""


class FileWriter(Writer, Protocol):
    """Writes findings to a file that is no text."""

    def discard(self) -> None:
        """Let go of the file and of what was kept for it. Called once, at the very end or when the
        run came to nothing, also after `close`."""


WriterFactory = Callable[[TextIO, OutputOptions], Writer]
FileWriterFactory = Callable[[NewFile, OutputOptions], FileWriter]
