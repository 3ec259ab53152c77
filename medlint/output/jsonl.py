"""Format ``jsonl``: JSON Lines, a finding a line and the summary on the last one.

`schemas/finding-line.schema.json` describes a line. ``kind`` tells a finding from the summary; a
file without a summary is not whole.
"""

from __future__ import annotations

from typing import Any, TextIO

from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.output.json import LAYOUT_VERSION, JsonEncoder, finding_as_json, summary_as_json
from medlint.output.writer import OutputOptions


class JsonLinesWriter:
    """Writes the findings for programs that read line by line."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._stream = stream
        self._encode = JsonEncoder(stream).encode
        self._tool_version = options.tool_version

    def write(self, finding: Finding) -> None:
        """Write the line of *finding*."""
        self._write({"kind": "finding", **finding_as_json(finding)})

    def close(self, summary: Summary) -> None:
        """Write the line of the summary."""
        self._write(
            {
                "kind": "summary",
                "version": LAYOUT_VERSION,
                "tool": "medlint",
                "tool_version": self._tool_version,
                **summary_as_json(summary),
            }
        )

    def _write(self, line: dict[str, Any]) -> None:
        self._stream.write(self._encode(line) + "\n")
