"""Format ``sqlite``: a SQLite database, for questions about many findings.

The tables are described in docs/outputs.md. Lists and objects are columns of JSON, for the
functions of SQLite that read it. A byte that was no character is U+FFFD, and so is NUL: most
programs that read a text from SQLite take it for the end of the text ("NUL Characters In Strings",
sqlite.org/nulinstr.html).

SQLite writes to files that have a name, and one that is not whole must not be found. So the
findings go to a temporary database of SQLite's own, which the system takes away when Python dies
("Temporary Files Used By SQLite", section 2.7, and "In-Memory Databases", sqlite.org), and are
copied page by page when the run is through.
"""

from __future__ import annotations

import errno
import json
import re
import sqlite3
from contextlib import closing
from typing import Any

from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.output.json import finding_as_json
from medlint.output.new_file import NewFile
from medlint.output.tables import rule_rows, run_row, storable
from medlint.output.writer import OutputOptions

TABLES = """\
CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  path TEXT NOT NULL,
  line INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  end_line INTEGER NOT NULL,
  end_column INTEGER NOT NULL,
  pmid TEXT,
  tag TEXT,
  occurrence INTEGER,
  value TEXT,
  help TEXT NOT NULL,
  "where" TEXT,
  record_line INTEGER,
  record_digest TEXT,
  related TEXT NOT NULL,
  fix TEXT
);
CREATE TABLE rules (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  severity TEXT NOT NULL,
  summary TEXT,
  instances INTEGER NOT NULL,
  records INTEGER NOT NULL
);
CREATE TABLE run (
  version INTEGER NOT NULL,
  tool TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  files INTEGER NOT NULL,
  records INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  infos INTEGER NOT NULL,
  ignored INTEGER NOT NULL,
  baselined INTEGER NOT NULL,
  is_cut_short INTEGER NOT NULL,
  failures TEXT NOT NULL,
  notices TEXT NOT NULL
);
"""

_FORBIDDEN = re.compile("[\0\ud800-\udfff]")
#: Nothing is ever rolled back: a database that is not whole is thrown away.
_SETTINGS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"


class SqliteWriter:
    """Writes the findings to a database. Raises OSError where SQLite cannot write."""

    def __init__(self, file: NewFile, options: OutputOptions):
        self._file = file
        self._options = options
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"{_SETTINGS} BEGIN; {TABLES}")

    def write(self, finding: Finding) -> None:
        """Add the row of *finding*."""
        self._add("findings", {"id": None, **finding_as_json(finding)})

    def close(self, summary: Summary) -> None:
        """Add what is known at the end, and write the database to its file."""
        for rule in rule_rows(summary, self._options):
            self._add("rules", rule)
        self._add("run", run_row(summary, self._options))
        try:
            self._database.execute("COMMIT")
            with closing(sqlite3.connect(self._file.name())) as whole:
                whole.executescript(_SETTINGS)
                self._database.backup(whole)
        except sqlite3.Error as error:
            raise _os_error(error, str(error)) from None

    def discard(self) -> None:
        """Let go of the temporary database."""
        self._database.close()

    def _add(self, table: str, row: dict[str, Any]) -> None:
        cells = [_cell(value) for value in storable(row, _FORBIDDEN).values()]
        marks = ", ".join("?" * len(cells))
        try:
            self._database.execute(f"INSERT INTO {table} VALUES ({marks})", cells)
        except sqlite3.Error as error:
            where = "SQLite's temporary folder, which SQLITE_TMPDIR names"
            raise _os_error(error, f"{error} ({where})") from None


def _cell(value: Any) -> str | int | None:
    """*value* as SQLite holds it; lists and objects become JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _os_error(error: sqlite3.Error, text: str) -> OSError:
    code = getattr(error, "sqlite_errorcode", 0)
    is_full = code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
    if code == sqlite3.SQLITE_IOERR_WRITE:
        # SQLite keeps to itself what the system said.
        text = text.replace(str(error), "the disk is full or a limit is reached")
    return OSError(errno.ENOSPC if is_full else errno.EIO, text)
