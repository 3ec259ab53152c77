"""Format ``csv``: a table for spreadsheets, a finding a row.

RFC 4180 (commas, quotes where needed, CRLF) with a row of headings, in UTF-8. It begins with a
byte order mark where the stream is UTF-8: without it, Excel takes the file for the code page of the
computer and spoils every name with an accent. What stands in a record is shown as people are shown
it, so that a row is one line.

A spreadsheet takes a cell that begins with ``= + - @`` for a formula ("CSV Injection", OWASP). An
apostrophe is put before it at the beginning of a cell, and after a semicolon, at which Excel splits
cells in countries with a decimal comma; marks of quotation before the sign change nothing. So an
apostrophe in these places with at most such marks between it and the sign is medlint's: `unguarded`
takes it away.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from typing import TextIO

from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.output.visible import encodable, visible
from medlint.output.writer import OutputOptions

COLUMNS = (
    "severity",
    "code",
    "name",
    "message",
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "pmid",
    "tag",
    "occurrence",
    "value",
    "help",
    "where",
    "fix",
)

_FORMULA = r"['\"]*[=+\-@＝＋－＠]"
_OPEN = re.compile(rf"(\A|;)(?={_FORMULA})")
_GUARDED = re.compile(rf"(\A|;)'(?={_FORMULA})")


class CsvWriter:
    """Writes a row for each finding; at the end one of severity ``failure`` for each reason why
    the run failed, and one of severity ``notice`` for each notice."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._encoding: str | None = getattr(stream, "encoding", None)
        self._writer = csv.writer(stream, lineterminator=_line_end(stream))
        if (self._encoding or "").lower().replace("-", "") == "utf8":
            stream.write("\ufeff")
        self._writer.writerow(COLUMNS)

    def write(self, finding: Finding) -> None:
        """Write the row of *finding*."""
        self._row(
            finding.severity.label,
            finding.code,
            finding.name,
            finding.message,
            finding.path,
            *finding.place,
            finding.pmid,
            finding.tag,
            finding.occurrence,
            finding.value,
            finding.help,
            finding.where,
            finding.fix and finding.fix.title,
        )

    def close(self, summary: Summary) -> None:
        """Write the rows that are no findings."""
        for kind, texts in (("failure", summary.unusable), ("notice", summary.notices)):
            for text in texts:
                self._row(kind, "", "", text, *[""] * (len(COLUMNS) - 4))

    def _row(self, *cells: str | int | None) -> None:
        self._writer.writerow([self._cell(c) if isinstance(c, str) else c for c in cells])

    def _cell(self, text: str) -> str:
        return guarded(encodable(visible(text), self._encoding))


def _line_end(stream: TextIO) -> str:
    """What becomes CRLF in *stream*: on Windows, standard output puts a CR before each LF."""
    return "\n" if stream is sys.stdout and os.linesep == "\r\n" else "\r\n"


def guarded(text: str) -> str:
    """*text* as no spreadsheet takes it for a formula.

    >>> guarded("=1+1"), guarded("'=1"), guarded("2019;-3")
    ("'=1+1", "''=1", "2019;'-3")
    """
    return _OPEN.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """The text of which `guarded` made *text*.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("'tis")
    ('=1+1', "'=1", "'tis")
    """
    return _GUARDED.sub(r"\1", text)
