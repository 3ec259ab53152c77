"""`make bench`: how fast and how large medlint is, beside other programs, as ratios of one run.

Every figure is of whole processes. Two programs run in turn, and the ratio is taken pair by pair.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from grow import CORPUS, distinct_records, write

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
_PARSE = (
    "import sys; from Bio import Medline; print(sum(1 for _ in Medline.parse(open(sys.argv[1]))))"
)

#: What else reads PubMed XML: into dictionaries, and element by element.
_PUBMED_PARSER = (
    "import sys, pubmed_parser; print(sum(1 for _ in pubmed_parser.parse_medline_xml(sys.argv[1])))"
)
_ITERPARSE = """
import gzip, sys
from lxml.etree import iterparse
for _, element in iterparse(gzip.open(sys.argv[1]), tag="PubmedArticle"):
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
"""


class Measure(NamedTuple):
    """What the operating system says of one finished process."""

    seconds: float
    peak_mib: float


def measure(command: Sequence[str], environment: dict[str, str], folder: Path) -> Measure:
    """Run *command* in *folder*, away from any checkout, and wait for it."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Measure(seconds, usage.ru_maxrss / 1024)


class Bench:
    """Commands and the environment that they run in: medlint as a user has it, from its wheel."""

    def __init__(self, folder: Path):
        self.folder = folder
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--target",
                str(folder / "site"),
                str(ROOT),
            ],
            check=True,
        )
        # Nothing can be kept there, so no run has an answer from the one before.
        cache = {"XDG_CACHE_HOME": os.devnull, "LOCALAPPDATA": os.devnull}
        self.environment = {**os.environ, "PYTHONPATH": str(folder / "site"), **cache}

    def hook(self, path: Path) -> list[str]:
        """As a hook calls medlint."""
        return [sys.executable, "-m", "medlint", "check", str(path)]

    def medlint(self, path: Path, jobs: int = 1) -> list[str]:
        return [
            sys.executable,
            "-m",
            "medlint",
            "check",
            "--jobs",
            str(jobs),
            "--quiet",
            "--fail-level",
            "never",
            "--output-format",
            "concise",
            str(path),
        ]

    def pairs(
        self, first: Sequence[str], second: Sequence[str], runs: int
    ) -> tuple[float, float, float]:
        """Median seconds of both, and the median of second / first."""
        self.one(first), self.one(second)
        measured = [(self.one(first).seconds, self.one(second).seconds) for _ in range(runs)]
        return (
            median(a for a, _ in measured),
            median(b for _, b in measured),
            median(b / a for a, b in measured),
        )

    def one(self, command: Sequence[str]) -> Measure:
        return measure(command, self.environment, self.folder)


def report_start_up(bench: Bench) -> None:
    record = ROOT / "examples" / "37583846.nbib"
    small = bench.folder / "small.yaml"
    small.write_text("---\nkey: value\nlist:\n  - one\n  - two\n")
    schema = bench.folder / "schema.json"
    schema.write_text(json.dumps({"type": "object"}))
    print("\nStart-up: one record, whole process")
    for name, command in (
        ("yamllint on a small file", [str(BIN / "yamllint"), str(small)]),
        (
            "check-jsonschema on a small file",
            [str(BIN / "check-jsonschema"), "--schemafile", str(schema), str(small)],
        ),
    ):
        own, other, ratio = bench.pairs(bench.hook(record), command, 15)
        print(
            f"  medlint {own * 1000:.0f} ms, {name} {other * 1000:.0f} ms: "
            f"medlint takes {1 / ratio:.2f} of its time"
        )


def report_speed(bench: Bench, records: list[str]) -> None:
    print("\nSpeed: records a second over Bio.Medline.parse alone (1.0 is as fast)")
    distinct = bench.folder / "distinct.nbib"
    count = write(distinct, records, sum(len(r.encode()) + 1 for r in records) - 1)
    for name, path, runs, number in (
        (f"{count:,} distinct records", distinct, 7, count),
        _large(bench, records),
    ):
        parse = [sys.executable, "-c", _PARSE, str(path)]
        own, other, ratio = bench.pairs(bench.medlint(path), parse, runs)
        print(
            f"  {name}: medlint {number / own:,.0f}/s ({own / number * 1e6:.0f} microseconds "
            f"each), Bio.Medline.parse {number / other:,.0f}/s: {ratio:.2f}"
        )


def report_xml(bench: Bench) -> None:
    files = sorted(
        (CORPUS.parent / "xml").rglob("pubmed*n*.xml.gz"), key=lambda f: f.stat().st_size
    )
    if not files:
        print("\nXML: skipped, there is no file of NLM's beside the checkout")
        return
    path = files[-1]
    with gzip.open(path, "rb") as stream:
        count = sum(line.count(b"</PubmedArticle>") for line in stream)
    print(f"\nXML: {count:,} records, {path.name}, records a second over another program's")
    for name, code in (
        ("pubmed_parser.parse_medline_xml", _PUBMED_PARSER),
        ("lxml's iterparse that keeps nothing", _ITERPARSE),
    ):
        own, other, ratio = bench.pairs(
            bench.medlint(path), [sys.executable, "-c", code, str(path)], 3
        )
        print(
            f"  medlint {count / own:,.0f}/s ({own / count * 1e6:.0f} microseconds each), "
            f"{name} {count / other:,.0f}/s: {ratio:.2f}"
        )
    print(f"  memory: peak {bench.one(bench.medlint(path)).peak_mib:.0f} MiB")


def _large(bench: Bench, records: list[str]) -> tuple[str, Path, int, int]:
    path = bench.folder / "200MB.nbib"
    return "200 MB of grown records", path, 3, write(path, records, 200_000_000)


def report_jobs(bench: Bench) -> None:
    print("\nTwo processes over one (2.0 is twice as fast), 200 MB of grown records")
    path = bench.folder / "200MB.nbib"
    two, one, ratio = bench.pairs(bench.medlint(path, 2), bench.medlint(path), 3)
    print(f"  one {one:.1f} s, two {two:.1f} s: {ratio:.2f}")


def report_memory(bench: Bench, records: list[str]) -> None:
    print("\nMemory: peak of the process")
    small = bench.folder / "20MB.nbib"
    write(small, records, 20_000_000)
    peaks = [
        bench.one(bench.medlint(path)).peak_mib for path in (small, bench.folder / "200MB.nbib")
    ]
    print(
        f"  20 MB: {peaks[0]:.0f} MiB; 200 MB: {peaks[1]:.0f} MiB; "
        f"growth {peaks[1] - peaks[0]:.0f} MiB"
    )


def main() -> None:
    """Run the benchmarks and print what they come to."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        report_start_up(bench)
        if not CORPUS.is_dir():
            print("\nSpeed and memory: skipped, there is no corpus of records beside the checkout")
            return
        report_xml(bench)
        records = distinct_records()
        report_speed(bench, records)
        report_jobs(bench)
        report_memory(bench, records)


if __name__ == "__main__":
    main()
