"""Format ``statistics``: how often each rule spoke, and in how many records."""

from __future__ import annotations

from typing import TextIO

from medlint.findings import Finding, Severity
from medlint.findings_summary import Summary
from medlint.output.human import Console, table
from medlint.output.writer import OutputOptions


class StatisticsWriter:
    """Writes a table of the rules, the most frequent first, and no finding by itself. It counts
    all findings, whatever severity is shown."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._console = Console(stream, options)

    def write(self, finding: Finding) -> None:
        """Take *finding*; the summary has counted it."""

    def close(self, summary: Summary) -> None:
        """Write the table, the notices and the summary."""
        rules = summary.rules_by_frequency()
        if rules:
            heading, *rows = table(rules)
            self._console.write(
                self._console.text(heading, self._console.palette.strong),
                *[self._console.text(row) for row in rows],
                "",
            )
        self._console.write_closing(summary, Severity.INFO)
