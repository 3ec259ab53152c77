"""`make bench-lines`: how the time grows with records, with rules, and with findings.

Each line of a table is a process of its own, and the time is that of its processor. Costs that grow
in a straight line stay the same in the last column.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

from grow import CORPUS, distinct_records, grown

from medlint.rulebook.load import load_rulebook
from medlint.rulebook.select import Selection, select

ROOT = Path(__file__).parents[1]
_RECORDS = 10_000
#: What each finding of the last tables is about: nobody can see it.
_DEFECT = "\N{ZERO WIDTH SPACE}"


def _seconds(texts: Iterator[str], *options: str) -> float:
    """The time that a check of *texts*, which come in through a pipe, takes on its processor."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "medlint", "check", "-", "--quiet", "--fail-level", "never"),
            *("--show", "info", "--output-format", "concise", *options),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin is not None
    with process.stdin as stream:
        for text in texts:
            stream.write(text.encode())
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"medlint ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime


def _grown(records: list[str], count: int) -> Iterator[str]:
    """*count* grown records, an empty line between them."""
    for number, record in enumerate(islice(grown(records, sys.maxsize), count)):
        yield ("\n" if number else "") + record


def _damaged(texts: Iterator[str], share: float) -> Iterator[str]:
    """*texts* with a defect in that share of the fields, but for the PMID."""
    draw = Random(1)
    for text in texts:
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if line[4:6] == "- " and not line.startswith("PMID") and draw.random() < share:
                lines[number] = f"{line[:6]}{line[6:8]}{_DEFECT}{line[8:]}"
        yield "\n".join(lines)


def report_records(records: list[str], counts: Sequence[int]) -> None:
    """Time against the number of records."""
    print("\nRecords, all default rules\n\n  records     seconds  microseconds a record")
    for count in counts:
        seconds = _seconds(_grown(records, count))
        print(f"{count:>9,} {seconds:>11.1f} {seconds / count * 1e6:>12.0f}", flush=True)


def report_rules(records: list[str]) -> None:
    """Time against the number of rules, taken evenly from all topics."""
    codes = [rule.code for rule in select(load_rulebook().rules, Selection())]
    print("\nRules, 10,000 records\n\n    rules     seconds  microseconds a record for a rule more")
    before = (0, 0.0)
    for count in (1, 10, 50, 100, 200, len(codes)):
        chosen = [codes[index * len(codes) // count] for index in range(count)]
        seconds = _seconds(_grown(records, _RECORDS), "--select", ",".join(chosen))
        more = (seconds - before[1]) / (count - before[0]) / _RECORDS * 1e6
        print(f"{count:>9,} {seconds:>11.2f} {more:>12.2f}", flush=True)
        before = count, seconds


def report_findings(records: list[str]) -> None:
    """Time against the share of the fields that have a finding, and against the number of findings
    in one record."""
    count = 2_000
    print("\nFindings, 2,000 records, a defect in a share of the fields\n")
    print("    share    findings  seconds  microseconds a finding")
    clean = 0.0
    for share in (0.0, 0.01, 0.1, 0.5, 1.0):
        texts = list(_damaged(_grown(records, count), share))
        defects = sum(text.count(_DEFECT) for text in texts)
        seconds = _seconds(iter(texts))
        clean = clean or seconds
        each = f"{(seconds - clean) / defects * 1e6:>12.0f}" if defects else ""
        print(f"{share:>9} {defects:>11,} {seconds:>8.2f} {each}", flush=True)
    print("\nOne record with many findings\n\n findings     seconds  microseconds a finding")
    for count in (1_000, 10_000, 100_000):
        keywords = "".join(f"OT  - tea{_DEFECT} {number}\n" for number in range(count))
        seconds = _seconds(iter((records[0].rstrip("\n") + "\n", keywords)))
        print(f"{count:>9,} {seconds:>11.2f} {seconds / count * 1e6:>12.0f}", flush=True)


def main() -> None:
    """Print the tables; a number as the argument is the most records of the first one."""
    if not CORPUS.is_dir():
        sys.exit("there is no corpus of records beside the checkout to grow records from")
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    records = distinct_records()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        report_rules(records)
        report_findings(records)
        report_records(records, [n for n in (10_000, 100_000, 1_000_000) if n <= most])


if __name__ == "__main__":
    main()
