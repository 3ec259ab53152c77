"""What is written where: as the command line says, else the configuration, and never over a file
that medlint reads."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rulebook_files import RULE
from support import Medlint, record


@pytest.fixture(autouse=True)
def records(tmp_path: Path) -> None:
    (tmp_path / "a.nbib").write_text(record(LA="xx"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--output-format", "concise", "--output", "json"],
        ["--output-format", "json", "--output", "csv"],
        ["--output-format", "json", "--output", "json"],
        ["--output-format", "concise", "--output-format", "json"],
        ["--output-format", "concise", "--output", ""],
        ["--output", "json", "--output", "csv"],
        ["--output", "json", "--output", "json"],
        ["--output", "csv:a.csv", "--output", "csv:a.csv"],
        ["--statistics", "--output", "json"],
        ["--statistics", "--output-format", "concise"],
        ["--statistics", "--output-format", "statistics"],
    ],
)
def test_no_wish_is_dropped_in_silence(
    medlint: Medlint, tmp_path: Path, arguments: list[str]
) -> None:
    done = medlint("check", "a.nbib", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.nbib"]


def test_the_command_line_overrules_the_configuration(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "medlint.yaml").write_text('output: [concise, "json:out.json"]\n')
    assert medlint("check", "a.nbib").stdout.startswith("a.nbib:")
    (tmp_path / "out.json").unlink()
    done = medlint("check", "a.nbib", "--output-format", "jsonl")
    assert done.stdout.startswith('{"kind"')
    assert (tmp_path / "out.json").is_file()
    assert medlint("check", "a.nbib", "--output", "csv").stdout.startswith("\ufeffseverity,")


@pytest.mark.parametrize(
    "name",
    [
        "medlint.yaml",
        "pyproject.toml",
        "medlint-baseline.jsonl",
        "medlint-ignores.yaml",
        "./a.nbib",
        "house.yaml",
        "known.jsonl",
        "rules/mine.yaml",
        "link.yaml",
    ],
)
def test_no_output_goes_over_a_file_that_medlint_reads(
    medlint: Medlint, tmp_path: Path, name: str
) -> None:
    medlint("baseline", "create")
    (tmp_path / "medlint-baseline.jsonl").rename(tmp_path / "known.jsonl")
    (tmp_path / "house.yaml").write_text("as-of: 2026-01-31\n")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.yaml").write_text(RULE)
    if sys.platform != "win32":
        (tmp_path / "link.yaml").symlink_to("house.yaml")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    options = ["--config", "house.yaml", "--baseline", "known.jsonl", "--rules", "rules"]
    done = medlint("check", "a.nbib", *options, "--output", f"csv:{name}")
    assert done.returncode == 2
    assert f"--output 'csv:{name}': " in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("place", ["..", "../elsewhere", "/", ".git", "sub/.hidden"])
def test_a_configuration_writes_only_beside_itself(
    medlint: Medlint, tmp_path: Path, place: str
) -> None:
    data = tmp_path / "data"
    (data / "sub" / ".hidden").mkdir(parents=True)
    (data / ".git").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "evil.txt").write_text("keep me")
    named = f"{tmp_path}/evil.txt" if place == "/" else f"{place}/evil.txt"
    (data / "medlint.yaml").write_text(f'output: ["concise:{named}"]\n')
    (data / "b.nbib").write_text(record(LA="xx"))
    done = medlint("check", "data")
    assert (done.returncode, done.stdout) == (2, "")
    assert "medlint.yaml:1: output 'concise:" in done.stderr
    assert "only name files in its own folder and below" in done.stderr
    assert [path.read_text() for path in tmp_path.rglob("evil.txt")] == ["keep me"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right on Windows")
def test_a_link_leads_no_configuration_out_of_its_folder(medlint: Medlint, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "out").symlink_to(tmp_path)
    (data / "medlint.yaml").write_text('output: ["concise:out/evil.txt"]\n')
    (data / "b.nbib").write_text(record(LA="xx"))
    assert medlint("check", "data").returncode == 2
    assert not (tmp_path / "evil.txt").exists()


def test_outputs_of_a_configuration_stand_beside_it_wherever_medlint_runs(
    medlint: Medlint, tmp_path: Path
) -> None:
    (tmp_path / "data" / "reports").mkdir(parents=True)
    (tmp_path / "data" / "medlint.yaml").write_text('output: ["json:reports/out.json"]\n')
    (tmp_path / "data" / "b.nbib").write_text(record(LA="xx"))
    assert medlint("check", "data").returncode == 1
    assert (tmp_path / "data" / "reports" / "out.json").is_file()


def test_nothing_is_mended_where_the_outputs_make_no_sense(
    medlint: Medlint, tmp_path: Path
) -> None:
    text = record(IS="0028-4793  (Print)")
    (tmp_path / "a.nbib").write_text(text)
    done = medlint("check", "a.nbib", "--fix", "--output", "json:medlint.yaml")
    assert done.returncode == 2
    assert (tmp_path / "a.nbib").read_text() == text
