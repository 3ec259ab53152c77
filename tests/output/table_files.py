"""Findings written as Parquet and as SQLite, and read again."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.output.outputs import Outputs
from medlint.output.writer import OutputOptions

Row = dict[str, Any]


def write(
    path: Path,
    findings: Iterable[Finding],
    name: str = "",
    options: OutputOptions = OutputOptions(tool_version="1.2.3"),  # noqa: B008
    max_per_rule: int | None = None,
    notices: tuple[str, ...] = (),
) -> Summary:
    """Write *findings* to *path*, whose suffix names the format if *name* does not."""
    summary = Summary(files=5, records=1204, notices=notices)
    wishes = [f"{name or path.suffix[1:]}:{path}"]
    with Outputs("concise", wishes, io.StringIO(), options, max_per_rule=max_per_rule) as outputs:
        for finding in findings:
            summary.add(finding)
            outputs.write(finding)
        outputs.close(summary)
    return summary


def tables(path: Path) -> dict[str, list[Row]]:
    """The tables that stand in *path*: findings, rules, run; JSON is read."""
    return _of_parquet(path) if path.suffix == ".parquet" else _of_sqlite(path)


def _of_parquet(path: Path) -> dict[str, list[Row]]:
    from pyarrow import parquet

    metadata = parquet.read_metadata(path).metadata
    return {
        "findings": parquet.read_table(path).to_pylist(),
        "rules": json.loads(metadata[b"medlint.rules"]),
        "run": [json.loads(metadata[b"medlint.run"])],
    }


def _of_sqlite(path: Path) -> dict[str, list[Row]]:
    read: dict[str, list[Row]] = {}
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.row_factory = sqlite3.Row
        names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
        for (name,) in names.fetchall():
            read[name] = [dict(row) for row in database.execute(f"SELECT * FROM {name}")]
    for number, finding in enumerate(read["findings"], 1):
        assert finding.pop("id") == number
        finding["related"] = json.loads(finding["related"])
        finding["fix"] = finding["fix"] and json.loads(finding["fix"])
    for run in read["run"]:
        for key in ("failures", "notices"):
            run[key] = json.loads(run[key])
    return read
