"""Format ``concise``: one line for each finding."""

from __future__ import annotations

from typing import TextIO

from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.output.human import Console
from medlint.output.writer import OutputOptions


class ConciseWriter:
    """Writes ``path:line:column: severity CODE name [PMID n] message`` lines."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._console = Console(stream, options)
        self._show = options.show

    def write(self, finding: Finding) -> None:
        """Write the line of *finding*."""
        console = self._console
        console.write(f"{console.headline(finding)} {console.text(finding.message)}")

    def close(self, summary: Summary) -> None:
        """Write the notices and the summary."""
        self._console.write_closing(summary, self._show)
