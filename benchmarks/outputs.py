"""`make bench-outputs`: what it costs to write millions of findings as tables.

Each figure is of a process of its own that writes made findings and nothing else. Ends with 1 where
memory is not flat: where ten times the findings take over 16 MiB more.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from medlint.findings import Edit, Finding, Fix, Place, Related, Severity
from medlint.findings_summary import Summary
from medlint.output.outputs import Outputs
from medlint.output.writer import OutputOptions

FEW, MANY = 300_000, 3_000_000
FLAT_MIB = 16


def findings(count: int) -> Iterator[Finding]:
    """*count* findings in files of 100,000; their values differ, as those of real records do."""
    severities = (Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.INFO)
    for number in range(count):
        rule, line = number % 290, number % 100_000 * 90 + 1
        value = f"Department {number * 7919 % count} of Examples, University {number}, Town, Land."
        place = Place(line, 7, line + 1, 30)
        yield Finding(
            code=f"ML{rule + 100}",
            name=f"rule-number-{rule}",
            severity=severities[rule % 4],
            message=f"AD has '{value}', which is not as it should be.",
            path=f"exports/pubmed26n{number // 100_000:04}.nbib",
            place=place,
            pmid=str(30_000_000 + number // 3),
            tag="AD",
            occurrence=number % 12 + 1,
            value=value,
            record_line=line - line % 30 + 1,
            help=f"What rule {rule} asks for stands here, in a sentence of a common length.",
            related=(Related("exports/other.nbib", line, str(number)),) if rule == 7 else (),
            fix=Fix("Write it otherwise.", True, (Edit(place, value),)) if rule % 3 == 0 else None,
        )


def write(name: str, count: int, path: Path) -> None:
    """Write *count* findings to *path*."""
    summary = Summary(files=1, records=count)
    with Outputs("statistics", [f"{name}:{path}"], io.StringIO(), OutputOptions()) as outputs:
        for finding in findings(count):
            summary.add(finding)
            outputs.write(finding)
        outputs.close(summary)


def rows(name: str, path: Path) -> int:
    """How many findings another reader finds in *path*."""
    if name == "sqlite":
        import sqlite3

        with sqlite3.connect(path) as database:
            assert database.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            return int(database.execute("SELECT count(*) FROM findings").fetchone()[0])
    if name == "parquet":
        import duckdb

        with duckdb.connect() as database:
            [(count,)] = database.execute(f"SELECT count(value) FROM '{path}'").fetchall()
        return int(count)
    with open(path, encoding="utf-8") as lines:
        return sum(1 for _ in lines) - 1


def peak_mib() -> float:
    """The most memory that this process ever held (Linux, proc(5): VmHWM)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def main() -> int:
    """Print the table; return the exit code."""
    worst = 0.0
    print("| format | findings | CPU, µs a finding | peak, MiB | file, MB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        for name in ("jsonl", "parquet", "sqlite"):
            peaks = []
            for count in (FEW, MANY):
                path = Path(folder) / f"found.{name}"
                command = [sys.executable, __file__, name, str(count), str(path)]
                told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                seconds, peak = map(float, told.split())
                assert rows(name, path) == count
                size = path.stat().st_size / 1e6
                each = seconds / count * 1e6
                print(
                    f"| `{name}` | {count:,} | {each:.1f} | {peak:.0f} | {size:,.0f} |", flush=True
                )
                peaks.append(peak)
                path.unlink()
            worst = max(worst, peaks[1] - peaks[0])
    print(f"\nTen times the findings take {worst:.0f} MiB more at most; {FLAT_MIB} are allowed.")
    return worst > FLAT_MIB


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    times = os.times()
    print(times.user + times.system, peak_mib())
