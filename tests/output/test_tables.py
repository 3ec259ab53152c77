"""Findings by the million: Parquet and SQLite files."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_findings import FINDINGS, HOSTILE, ISSN, WIDE
from support import ROOT, Medlint, record
from table_files import tables, write
from test_formats import DOUBLE, SNAPSHOTS, findings

from medlint.findings import Finding, RuleCard, Severity
from medlint.output import FILE_FORMATS
from medlint.output.json import finding_as_json
from medlint.output.outputs import OutputError, Outputs
from medlint.output.tables import LONE_SURROGATE, storable
from medlint.output.writer import OutputOptions

pytest.importorskip("pyarrow", reason="Parquet files need pyarrow")

DOCS = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
BAD = record(IS="1533-4407 (Electronic)")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals are POSIX")
in_each_format = pytest.mark.parametrize("name", sorted(FILE_FORMATS))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def stored(name: str, finding: Finding) -> Any:
    """The row that *finding* is to have in the format *name*."""
    forbidden = re.compile("[\0\ud800-\udfff]") if name == "sqlite" else LONE_SURROGATE
    return storable(finding_as_json(finding), forbidden)


# What stands in a file


@in_each_format
def test_the_tables_look_like_their_snapshot(name: str, folder: Path) -> None:
    path = folder / f"found.{name}"
    write(path, [*FINDINGS, DOUBLE], notices=("exports/eric.nbib: 12 records are not PubMed's.",))
    lines = list(_description(path))
    for table, rows in tables(path).items():
        lines += ["", table, *[json.dumps(row) for row in rows]]
    text = "\n".join(lines) + "\n"
    snapshot = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.write_text(text, encoding="utf-8")
    assert text == snapshot.read_text(encoding="utf-8")


def _description(path: Path) -> Iterator[str]:
    if path.suffix == ".parquet":
        from pyarrow import parquet

        for column in parquet.read_schema(path):
            yield f"{column.name}: {column.type}{'' if column.nullable else ' not null'}"
    else:
        with closing(sqlite3.connect(path)) as database:
            for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE sql > ''"):
                yield sql


@in_each_format
def test_a_row_holds_what_json_holds_in_the_order_of_the_input(name: str, folder: Path) -> None:
    found = [*FINDINGS, DOUBLE, *FINDINGS[::-1]]
    write(folder / f"found.{name}", found)
    assert tables(folder / f"found.{name}")["findings"] == [stored(name, f) for f in found]


@in_each_format
def test_the_rules_and_the_run_are_told_as_in_json(name: str, folder: Path) -> None:
    def card(code: str) -> RuleCard | None:
        known = RuleCard("ML203", "", Severity.INFO, "Each ISSN has a check digit.", "", (), ())
        return known if code == "ML203" else None

    path = folder / f"found.{name}"
    options = OutputOptions(tool_version="1.2.3", card=card)
    found = [WIDE, ISSN, DOUBLE, ISSN._replace(pmid="2", record_line=400)]
    write(path, found, options=options, max_per_rule=2, notices=("It\udcff\0 ended.",))
    wide, issn = tables(path)["rules"][::-1]
    assert list(issn.values()) == [
        "ML203",
        "issn-check-digit",
        "error",
        "Each ISSN has a check digit.",
        3,
        3,
    ]
    assert wide["summary"] is None
    [run] = tables(path)["run"]
    assert run == {
        "version": 1,
        "tool": "medlint",
        "tool_version": "1.2.3",
        "files": 5,
        "records": 1204,
        "errors": 3,
        "warnings": 0,
        "infos": 1,
        "ignored": 0,
        "baselined": 0,
        "is_cut_short": False,
        "failures": [],
        "notices": [
            "ML203 issn-check-digit: 1 more not shown; --max-per-rule 0 shows all",
            "It\ufffd\ufffd ended." if name == "sqlite" else "It\ufffd\0 ended.",
        ],
    }
    assert len(tables(path)["findings"]) == 3


@in_each_format
def test_a_clean_run_has_its_tables_and_no_rows_but_that_of_the_run(
    name: str, folder: Path
) -> None:
    write(folder / f"found.{name}", [])
    read = tables(folder / f"found.{name}")
    assert (read["findings"], read["rules"], read["run"][0]["records"]) == ([], [], 1204)


@in_each_format
def test_the_same_findings_are_the_same_bytes(name: str, folder: Path) -> None:
    for stem in ("one", "two"):
        write(folder / f"{stem}.{name}", [*FINDINGS, DOUBLE] * 50)
    assert (folder / f"one.{name}").read_bytes() == (folder / f"two.{name}").read_bytes()


@settings(max_examples=30)
@given(found=st.lists(findings(), max_size=3))
@in_each_format
def test_whatever_a_record_holds_is_stored(
    name: str, found: list[Finding], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("found") / f"found.{name}"
    write(path, found, notices=("\udcff\x1b",))
    assert tables(path)["findings"] == [stored(name, finding) for finding in found]


@pytest.mark.parametrize(
    "value", ["a\0b", "\0", "'); DROP TABLE findings; --", "", "x" * 2_000_000]
)
@in_each_format
def test_a_value_is_neither_cut_nor_obeyed(name: str, value: str, folder: Path) -> None:
    path = folder / f"found.{name}"
    write(path, [ISSN._replace(value=value), WIDE])
    expected = value.replace("\0", "\ufffd") if name == "sqlite" else value
    assert [row["value"] for row in tables(path)["findings"]] == [expected, WIDE.value]


def test_programs_that_take_nul_for_the_end_of_a_text_read_the_whole(folder: Path) -> None:
    write(folder / "found.sqlite", [ISSN._replace(value="before\0after")])
    with closing(sqlite3.connect("found.sqlite")) as database:
        assert database.execute("SELECT length(value) FROM findings").fetchone() == (12,)


# Memory


def test_a_parquet_file_is_written_in_groups_of_bounded_size(folder: Path) -> None:
    from pyarrow import parquet

    path = folder / "found.parquet"
    write(path, (WIDE._replace(pmid=str(n), value="x" * 2000) for n in range(12_000)))
    groups = parquet.read_metadata(path)
    rows = [groups.row_group(number).num_rows for number in range(groups.num_row_groups)]
    assert len(rows) == 2
    assert [row["pmid"] for row in tables(path)["findings"]] == [str(n) for n in range(12_000)]


@in_each_format
def test_findings_are_not_kept(name: str, folder: Path) -> None:
    write(folder / f"warm.{name}", [WIDE])
    tracemalloc.start()
    try:
        write(folder / f"found.{name}", (ISSN._replace(value=str(n) * 1000) for n in range(9000)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12e6


# Where it goes


@in_each_format
@pytest.mark.parametrize(
    ("standard", "wish", "said"),
    [
        ("{}", "json:x", "--output-format: {0} is no text for standard output; for a file say "),
        (None, "{}", "--output '{0}': {0} is no text for standard output; for a file say --outp"),
        (None, "{}:-", "--output '{0}:-': expected a file after the colon"),
        (None, "{}:/dev/null", "--output '{0}:/dev/null': {0} needs a file; that is a pipe or a"),
        (None, "{}:/dev/stdout", "--output '{0}:/dev/stdout': {0} needs a file; that is a pipe o"),
        (None, "{}:pipe", "--output '{0}:pipe': {0} needs a file; that is a pipe or a device"),
        (None, "{}:no/such/x", "there is no folder 'no/such'"),
    ],
)
def test_what_is_no_file_is_refused(
    medlint: Medlint, folder: Path, name: str, standard: str | None, wish: str, said: str
) -> None:
    (folder / "bad.nbib").write_text(BAD)
    if sys.platform != "win32":
        os.mkfifo("pipe")
    before = names(folder)
    asked = ["--output-format", standard.format(name)] if standard else []
    done = medlint("check", "bad.nbib", *asked, "--output", wish.format(name))
    assert (done.returncode, done.stdout) == (2, "")
    assert said.format(name) in done.stderr
    assert done.stderr.count("\n") == 1
    assert names(folder) == before


@in_each_format
def test_the_command_writes_the_file_beside_what_it_prints(
    medlint: Medlint, folder: Path, name: str
) -> None:
    (folder / "bad.nbib").write_text(BAD)
    (folder / f"found.{name}").write_text("from yesterday, and no table")
    done = medlint("check", "bad.nbib", "--output", f"{name}:found.{name}")
    assert (done.returncode, done.stderr) == (1, "")
    read = tables(folder / f"found.{name}")
    assert [row["code"] for row in read["findings"]] == ["ML203"]
    assert read["rules"][0]["summary"].endswith(".")
    assert names(folder) == ["bad.nbib", f"found.{name}"]


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise ImportError('No module named pyarrow')", " (No module named pyarrow)\n"),
        ("__version__ = '15.0.2'", "a newer pyarrow than 15.0.2: pip install 'pyarrow>=17'\n"),
    ],
)
def test_without_pyarrow_one_line_says_what_to_install(
    medlint: Medlint, folder: Path, module: str, said: str
) -> None:
    (folder / "site" / "pyarrow").mkdir(parents=True)
    (folder / "site" / "pyarrow" / "__init__.py").write_text(module)
    (folder / "site" / "pyarrow" / "parquet.py").write_text("class ParquetWriter: ...")
    (folder / "bad.nbib").write_text(BAD)
    before = names(folder)
    path = os.pathsep.join([str(folder / "site"), str(ROOT)])
    for more in ((), ("--output", "json:x.json")):
        done = medlint("check", "bad.nbib", "--output", "parquet:f", *more, PYTHONPATH=path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("medlint: --output parquet needs ")
        assert "pip install 'pyarrow>=17'" in done.stderr
        assert done.stderr.endswith(said)
        assert names(folder) == before
    assert medlint("check", "bad.nbib", PYTHONPATH=path).returncode == 1


# Whole or not at all


@in_each_format
@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_error_in_the_run_leaves_all_as_it_was(
    name: str, error: type[BaseException], folder: Path
) -> None:
    def failing() -> Iterable[Finding]:
        yield from FINDINGS * 200
        raise error

    (folder / f"old.{name}").write_text("from yesterday")
    for stem in ("old", "new"):
        with pytest.raises(error):
            write(folder / f"{stem}.{name}", failing())
    assert names(folder) == [f"old.{name}"]
    assert (folder / f"old.{name}").read_text() == "from yesterday"


@in_each_format
def test_another_output_that_fails_leaves_all_as_it_was(name: str, folder: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full")
    (folder / "old").write_text("from yesterday")
    summary = write(folder / "other.sqlite", [ISSN])
    wishes = [f"{name}:old", "json:/dev/full"]
    with Outputs("concise", wishes, io.StringIO(), OutputOptions()) as outputs:
        outputs.write(ISSN)
        with pytest.raises(OSError, match="No space left"):
            outputs.close(summary)
    assert names(folder) == ["old", "other.sqlite"]
    assert (folder / "old").read_text() == "from yesterday"


SCRIPT = """
import os, resource, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from sample_findings import FINDINGS
from table_files import write
def findings():
    {before}
    for n in range({count}):
        yield FINDINGS[n % 10]._replace(message=os.urandom(500).hex())
    {after}
try:
    write(Path("old"), findings(), {name!r})
except OSError as error:
    sys.exit(f"{{error.filename}}: {{error.strerror}}")
"""


def run_script(
    name: str, count: int, before: str = "", after: str = ""
) -> subprocess.CompletedProcess[str]:
    script = SCRIPT.format(
        tests=str(ROOT / "tests" / "output"), name=name, count=count, before=before, after=after
    )
    Path("old").write_text("from yesterday")
    command = [sys.executable, "-c", script]
    Path("temporary").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SQLITE_TMPDIR": "temporary"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=environment
    )
    assert names(Path("temporary")) == []
    return done


@needs_posix
@in_each_format
@pytest.mark.parametrize("signal", ["KILL", "TERM"])
def test_nothing_is_left_when_the_process_is_killed(name: str, signal: str, folder: Path) -> None:
    done = run_script(name, 8_000, after=f"os.kill(os.getpid(), signal.SIG{signal})")
    assert done.returncode < 0
    assert names(folder) == ["old", "temporary"]
    assert (folder / "old").read_text() == "from yesterday"


@needs_posix
@in_each_format
@pytest.mark.parametrize(
    ("size", "count"), [(0, 10), (4096, 10), (300_000, 1000), (300_000, 8_000)]
)
def test_a_file_that_cannot_grow_leaves_all_as_it_was(
    name: str, size: int, count: int, folder: Path
) -> None:
    limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    done = run_script(name, count, limit)
    assert done.returncode == 1
    assert re.fullmatch(
        r"\S*old: (File too large|the disk is full or a limit is reached.*)\n", done.stderr
    )
    assert ("SQLITE_TMPDIR" in done.stderr) == (name == "sqlite" and count == 8_000)
    assert names(folder) == ["old", "temporary"]
    assert (folder / "old").read_text() == "from yesterday"


def test_a_full_disk_is_told_as_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(name: str, **options: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = real(name, **options)
        database.execute("PRAGMA max_page_count = 12")
        return database

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(OSError, match="database or disk is full") as caught:
        write(folder / "found.sqlite", [ISSN._replace(value="x" * 100_000)])
    assert caught.value.filename == str(folder / "found.sqlite")
    assert names(folder) == []


# The documentation


def section() -> str:
    return DOCS.partition("## `parquet` and `sqlite`\n")[2].partition("\n## ")[0]


def queries(name: str) -> list[str]:
    blocks = re.findall(r"```sql\n(.*?)```", section(), re.DOTALL)
    return [q for q in "".join(blocks).split("-- ") if q.startswith(f"{name}: ")]


def answers(name: str, path: Path) -> list[list[tuple[Any, ...]]]:
    """The answers to the queries of the documentation."""
    asked = [query.partition("\n")[2] for query in queries(name)]
    assert len(asked) == 3
    if name == "parquet":
        duckdb = pytest.importorskip("duckdb", reason="a reader of Parquet that knows no pyarrow")
        with duckdb.connect() as database:
            return [database.execute(query).fetchall() for query in asked]
    with closing(sqlite3.connect(path)) as database:
        return [database.execute(query).fetchall() for query in asked]


def test_the_queries_of_the_documentation_to_a_database_give_what_they_say(folder: Path) -> None:
    write(folder / "found.sqlite", [ISSN, DOUBLE, WIDE, ISSN._replace(tag="ISSN")])
    rules, records, others = answers("sqlite", folder / "found.sqlite")
    assert rules == [
        ("ML203", "issn-check-digit", "error", 3, 3),
        ("ML603", "no-full-width-digits", "info", 1, 1),
    ]
    assert records == [
        ("exports/cardiology.nbib", None, "31000002", 2),
        ("exports/cardiology.nbib", 3, "31000002", 1),
    ]
    assert others[:2] == [
        ("ML203", "exports/cardiology.nbib", 12, "b1.nbib", 1),
        ("ML203", "exports/cardiology.nbib", 12, "b2.nbib", 2),
    ]
    assert len(others) == len(DOUBLE.related)


def test_the_queries_of_the_documentation_to_parquet_give_what_they_say(folder: Path) -> None:
    assert DOUBLE.fix is not None
    safe = DOUBLE._replace(fix=DOUBLE.fix._replace(is_safe=True))
    write(folder / "found.parquet", [ISSN, DOUBLE, safe, WIDE])
    files, mended, values = answers("parquet", folder / "found.parquet")
    assert files == [("exports/cardiology.nbib", "error", 3), ("exports/山田.nbib", "info", 1)]
    assert mended == [("exports/cardiology.nbib", 12, "ML203", "Write '0028-4793'.", 1)]
    assert values[0] == ("IS", "0028-4794 (Print)", 3, 1)


def test_the_columns_of_the_documentation_are_those_of_the_files(folder: Path) -> None:
    from pyarrow import parquet

    for name in FILE_FORMATS:
        write(folder / f"found.{name}", [HOSTILE])
    rows = re.findall(r"^\| `(\w+)` \| (\S*) ?\| (\S+) \|", section(), re.MULTILINE)
    columns = parquet.read_schema(folder / "found.parquet")
    assert [(name, kind) for name, kind, _ in rows if kind] == [
        (column.name, str(column.type).partition("<")[0] + "?" * column.nullable)
        for column in columns
    ]
    with closing(sqlite3.connect(folder / "found.sqlite")) as database:
        told = database.execute("SELECT name, type, \"notnull\" FROM pragma_table_info('findings')")
        assert [(name, kind) for name, _, kind in rows] == [
            (name, kind if is_there or name == "id" else kind + "?")
            for name, kind, is_there in told
        ]
    for table, row in tables(folder / "found.sqlite").items():
        if table != "findings":
            listed = re.search(rf"^\| `{table}`, .*\|(.*)\|$", section(), re.MULTILINE)
            assert listed is not None
            told_columns = re.findall(r"`(\w+)`", listed[1])
            assert told_columns == list(row[0])
            assert told_columns == list(tables(folder / "found.parquet")[table][0])


def test_what_is_stored_of_a_byte_that_was_no_character() -> None:
    assert storable([{"a": "\udcff", "b": None, "c": 1}], LONE_SURROGATE) == [
        {"a": "\ufffd", "b": None, "c": 1}
    ]


def test_a_format_that_needs_a_file_is_none_for_a_wish_without_one() -> None:
    with pytest.raises(OutputError, match="for a file say --output parquet:FILE"):
        Outputs(None, ["parquet"], sys.stdout, OutputOptions())
