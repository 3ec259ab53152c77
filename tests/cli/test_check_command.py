"""``medlint check`` as a user meets it: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rulebook_files import RULE
from support import ROOT, Medlint, record

BAD_ISSN = record(IS="1533-4407 (Electronic)")


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_clean_record_ends_with_0(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "clean.nbib", record())
    done = medlint("check", "clean.nbib")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Checked 1 record in 1 file: no findings.\n"


def test_an_error_ends_with_1_and_shows_the_value_underlined(
    medlint: Medlint, tmp_path: Path
) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    done = medlint("check", "bad.nbib")
    assert done.returncode == 1
    assert done.stdout == (
        "bad.nbib:5:7: error ML203 issn-check-digit [PMID 31000001]\n"
        "  IS has '1533-4407': the check digit should be 6.\n"
        "  5 | IS  - 1533-4407 (Electronic)\n"
        "    |       ^^^^^^^^^\n"
        "  help: what is right: Each ISSN has a correct check digit.\n"
        "\n"
        "Checked 1 record in 1 file: 1 error.\n"
    )


@pytest.mark.parametrize("paths", [[], ["bad.nbib"], ["bad.nbib", "missing.nbib"], ["-"]])
def test_without_options_it_does_what_it_does_with_them(
    medlint: Medlint, tmp_path: Path, paths: list[str]
) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    plain = medlint("check", *paths, stdin=BAD_ISSN)
    with_option = medlint("check", "--show", "warning", *paths, stdin=BAD_ISSN)
    assert plain.stdout == with_option.stdout
    assert (plain.returncode, plain.stderr) == (with_option.returncode, with_option.stderr)


def test_no_path_means_the_current_folder(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "deep/er/bad.nbib", BAD_ISSN)
    write(tmp_path, ".hidden/other.nbib", BAD_ISSN)
    done = medlint("check", "--output-format", "concise")
    assert done.stdout.count("ML203") == 1
    assert "deep/er/bad.nbib:5:7: error ML203" in done.stdout


def test_standard_input_goes_under_the_name_given(medlint: Medlint) -> None:
    done = medlint("check", "-", "--stdin-filename", "inbox.nbib", stdin=BAD_ISSN)
    assert done.returncode == 1
    assert done.stdout.startswith("inbox.nbib:5:7: error ML203")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-level", "never"], 0),
        (["--severity", "ML203=warning"], 0),
        (["--severity", "issn-check-digit=warning", "--fail-level", "warning"], 1),
        (["--ignore", "ML203"], 0),
        (["--ignore", "ML2"], 0),
        (["--ignore", "ML2", "--extend-select", "issn-check-digit"], 1),
        (["--select", "ML301"], 0),
        (["--select", "ML301,issn-check-digit"], 1),
        (["--select", "identifiers"], 1),
        (["--select", "ALL", "--ignore", "identifiers"], 0),
        (["--scope", "dataset"], 0),
        (["--scope", "record"], 1),
        (["--pmid", "31000001"], 1),
    ],
)
def test_options_choose_rules_and_the_ending(
    medlint: Medlint, tmp_path: Path, options: list[str], code: int
) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    assert medlint("check", "bad.nbib", *options).returncode == code


def test_pmid_looks_at_one_record(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "two.nbib", BAD_ISSN + "\n" + record(31000002, IS="1533-4408 (Electronic)"))
    done = medlint("check", "two.nbib", "--pmid", "31000002", "--output-format", "concise")
    assert "1533-4408" in done.stdout
    assert "1533-4407" not in done.stdout


def test_what_is_not_shown_is_counted(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    done = medlint("check", "bad.nbib", "--severity", "ML203=info")
    assert done.stdout == ("Checked 1 record in 1 file: 1 info (infos not shown; --show info).\n")
    assert (
        "ML203" in medlint("check", "bad.nbib", "--severity", "ML203=info", "--show", "info").stdout
    )


def test_statistics_count_instances_and_records(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN + "\n" + record(31000002, IS="1533-4408 (Electronic)"))
    done = medlint("check", "bad.nbib", "--statistics")
    line = next(line for line in done.stdout.split("\n") if line.startswith("ML203"))
    assert line.split() == ["ML203", "issn-check-digit", "error", "2", "2"]
    assert done.returncode == 1


def test_quiet_prints_findings_alone(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "clean.nbib", record())
    write(tmp_path, "bad.nbib", record(31000002, IS="1533-4407 (Electronic)"))
    assert medlint("check", "-q", "clean.nbib").stdout == ""
    assert "Checked" not in medlint("check", "-q", "bad.nbib").stdout


def test_outputs_go_to_files_beside_standard_output(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    done = medlint("check", "bad.nbib", "--output", "json:out.json", "--output", "concise:out.txt")
    assert "ML203" in done.stdout
    report = json.loads((tmp_path / "out.json").read_text())
    assert [f["code"] for f in report["findings"]] == ["ML203"]
    assert "bad.nbib:5:7: error ML203" in (tmp_path / "out.txt").read_text()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.nbib", "out.json", "out.txt"]


def test_json_holds_everything(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    report = json.loads(medlint("check", "bad.nbib", "--output-format", "json").stdout)
    (finding,) = report["findings"]
    assert finding["tag"], finding["occurrence"] == ("IS", 1)
    assert finding["value"] == "1533-4407 (Electronic)"
    assert (finding["line"], finding["column"]) == (5, 7)
    assert (finding["end_line"], finding["end_column"]) == (5, 16)
    assert report["summary"]["records"] == 1


def test_as_of_sets_the_day(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "clean.nbib", record())
    assert medlint("check", "clean.nbib", "--as-of", "2020-02-01").returncode == 0
    early = medlint("check", "clean.nbib", "--as-of", "2019-06-01", "--show", "info")
    assert "20200110" in early.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope.nbib"], "medlint: nope.nbib: no such file or folder"),
        (["clean.nbi"], "did you mean 'clean.nbib'?"),
        (["empty"], "empty"),
        (["clean.nbib", "--select", "ML2034"], "did you mean 'ML203'?"),
        (["clean.nbib", "--ignore", "issn-checkdigit"], "did you mean 'issn-check-digit'?"),
        (["clean.nbib", "--select", "ML203", "--ignore", "ML203"], "both selected and ignored"),
        (["clean.nbib", "--severity", "ML203"], "RULE=LEVEL"),
        (["clean.nbib", "--severity", "ML203=eror"], "error, warning or info"),
        (["clean.nbib", "--as-of", "2020-02-30"], "expected a day such as 2026-01-31"),
        (["clean.nbib", "--pmid", "abc"], "a PMID is a number"),
        (["clean.nbib", "--pmid", "99"], "no record has PMID 99"),
        (["clean.nbib", "--output", "jsn:x"], "did you mean 'json'?"),
        (["clean.nbib", "--output", "json:-"], "--output-format"),
        (["clean.nbib", "--select", "ML203", "--ignore", "issn-check-digit"], "no rule is left"),
        (["clean.nbib", "--output", "json:no/such/x.json"], "there is no folder 'no/such'"),
        (["clean.nbib", "--output", "json:x", "--output", "concise:x"], "the same file"),
        (["clean.nbib", "--rules", "nope"], "there is no such rule file or folder"),
        (["clean.nbib", "--statistics", "--output-format", "json"], "--statistics"),
    ],
)
def test_what_medlint_cannot_do_is_said_in_a_line_and_ends_with_2(
    medlint: Medlint, tmp_path: Path, arguments: list[str], said: str
) -> None:
    write(tmp_path, "clean.nbib", record())
    (tmp_path / "empty").mkdir()
    before = sorted(p.name for p in tmp_path.iterdir())
    done = medlint("check", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_path_that_cannot_be_read_does_not_stop_the_others(
    medlint: Medlint, tmp_path: Path
) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    done = medlint("check", "nope.nbib", "bad.nbib")
    assert done.returncode == 2
    assert "ML203" in done.stdout
    assert "nope.nbib" in done.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"TY  - JOUR\nTI  - A\nER  - \n",
        b"@article{a, title={A}}\n",
        b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>\n",
        b'{"error": "API rate limit exceeded"}\n',
        b"%PDF-1.4\n\x00\x01\x02\xff\xfe\n",
        bytes(range(256)) * 20,
    ],
    ids=["ris", "bibtex", "html", "json", "pdf", "binary"],
)
def test_wrong_content_is_one_reading_error(
    medlint: Medlint, tmp_path: Path, content: bytes
) -> None:
    write(tmp_path, "wrong.nbib", content)
    done = medlint("check", "wrong.nbib", "--output-format", "json")
    assert done.returncode == 1
    codes = [f["code"] for f in json.loads(done.stdout)["findings"] if f["severity"] == "error"]
    assert len(codes) == 1
    assert codes[0].startswith("ML0")


def test_an_empty_file_is_a_warning(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "empty.nbib", b"")
    done = medlint("check", "empty.nbib")
    assert done.returncode == 0
    assert "warning ML0" in done.stdout


def test_values_are_shown_and_never_obeyed(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "evil.nbib", record(LA="\x1b[31mred\x1b]0;title\x07"))
    done = medlint("check", "evil.nbib", "--show", "info")
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
    assert "\\x1b[31mred" in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
def test_no_console_makes_it_fail(
    medlint: Medlint, tmp_path: Path, encoding: str, output_format: str
) -> None:
    write(tmp_path, "wide.nbib", record(LA="日本語 🙂 é"))
    done = medlint(
        "check", "wide.nbib", "--output-format", output_format, PYTHONIOENCODING=encoding
    )
    assert done.returncode == 1
    assert done.stderr == ""


def test_colour_is_for_terminals_alone(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    assert "\x1b" not in medlint("check", "bad.nbib").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(("no_color", "is_coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_colour_unless_no_color(
    tmp_path: Path, no_color: str, is_coloured: bool
) -> None:
    import pty

    write(tmp_path, "bad.nbib", BAD_ISSN)
    master, slave = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": no_color, "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-m", "medlint", "check", "bad.nbib"],
        cwd=tmp_path,
        stdout=slave,
        stderr=slave,
        env=environment,
    )
    assert process.wait(60) == 1
    os.close(slave)
    assert (b"\x1b[" in os.read(master, 100_000)) is is_coloured


def test_a_broken_pipe_is_quiet(tmp_path: Path) -> None:
    write(tmp_path, "many.nbib", "\n".join(record(n, LA="xx") for n in range(1, 3000)))
    done = subprocess.run(
        f"'{sys.executable}' -m medlint check --output-format concise many.nbib | head -n 1",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "medlint", "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin is not None
    # What is written has been read, but for what a pipe holds, so that the work is under way.
    process.stdin.write("\n".join(record(n) for n in range(1, 3000)).encode())
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    said = rb"medlint: interrupted after [\d,]+ records in 1 file, with 0 findings\n"
    assert re.fullmatch(said, error)


def test_an_output_never_replaces_an_input(medlint: Medlint, tmp_path: Path) -> None:
    path = write(tmp_path, "a.nbib", BAD_ISSN)
    done = medlint("check", "a.nbib", "--output", "json:./a.nbib")
    assert done.returncode == 2
    assert "medlint reads that file in this run" in done.stderr
    assert path.read_text() == BAD_ISSN


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the streams")
@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [
        ("bad.nbib <&-", 1, b""),
        ("bad.nbib 2>&-", 1, b""),
        ("nope.nbib 2>&-", 2, b""),
        ("--config nope.yaml 2>&-", 2, b""),
        ("--nope 2>&-", 2, b""),
        ("bad.nbib --select ML101 --quiet >&-", 0, b""),
        ("bad.nbib >&-", 2, b"medlint: output: Bad file descriptor\n"),
        ("bad.nbib --output-format json >&-", 2, b"medlint: output: Bad file descriptor\n"),
        ("--help >&-", 2, b"medlint: output: Bad file descriptor\n"),
    ],
)
def test_a_closed_stream_matters_only_where_output_is_lost(
    tmp_path: Path, closed: str, code: int, said: bytes
) -> None:
    write(tmp_path, "bad.nbib", BAD_ISSN)
    done = subprocess.run(
        f"'{sys.executable}' -m medlint check {closed}",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (code, said)


@pytest.mark.skipif(sys.platform == "win32", reason="a broken pipe is POSIX")
@pytest.mark.parametrize("arguments", [["--config", "nope.yaml"], ["nope.nbib"], ["--nope"]])
def test_nobody_who_reads_standard_error_changes_no_exit_code(
    tmp_path: Path, arguments: list[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "medlint", "check", *arguments],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=writing,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(writing)
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "No such command 'chek'. Did you mean 'check'? 'medlint --help' shows"),
        (["check", "--pmidd", "3"], "--pmidd. Did you mean --pmid? 'medlint check --help' shows"),
        (["check", "--show", "loud"], "'error', 'warning', 'info'. 'medlint check --help' shows"),
    ],
)
def test_a_mistyped_command_line_is_answered_in_whole_sentences(
    medlint: Medlint, arguments: list[str], said: str
) -> None:
    done = medlint(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_run_that_failed_says_so_in_every_last_line(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "clean.nbib", record())
    done = medlint("check", "clean.nbib", "--min-records", "5")
    assert (done.returncode, done.stdout) == (2, "Checked 1 record in 1 file: the run failed.\n")
    assert medlint("check", "nope.nbib", "--output-format", "markdown").stdout.startswith(
        "## medlint: the run failed\n"
    )


def test_max_findings_counts_what_is_shown(medlint: Medlint, tmp_path: Path) -> None:
    write(tmp_path, "two.nbib", record(TI="a low title.") + "\n" + record(2, LA="xx"))
    run = ["check", "two.nbib", "--output-format", "concise", "--max-findings", "1"]
    assert medlint(*run, "--show", "info").stdout.endswith(": 1 info.\n")
    assert medlint(*run).stdout.startswith("two.nbib:56:7: error")


def test_former_and_deprecated_names_are_taken_with_a_notice(
    medlint: Medlint, tmp_path: Path
) -> None:
    write(tmp_path, "low.nbib", record(TI="a low title."))
    rules = tmp_path / "house"
    new = RULE.replace("name: mine", "name: new\nreplaces: [old, former]")
    old = RULE.replace("name: mine", "name: old").replace("MY001", "MY002")
    write(rules, "new.yaml", new)
    write(rules, "old.yaml", old.replace("preview", "deprecated"))
    run = ["check", "low.nbib", "--rules", rules, "--output-format", "concise"]

    by_default = medlint(*run)
    assert by_default.stderr == ""
    assert "MY001 new" in by_default.stdout
    assert "MY002 old" not in by_default.stdout

    selected = medlint(*run, "--select", "former,old", "--severity", "former=error")
    assert selected.stderr.splitlines() == [
        "medlint: 'former' is now 'new'",
        "medlint: 'old' is deprecated and will go; use 'new'",
    ]
    assert "error MY001 new" in selected.stdout
    assert "warning MY002 old" in selected.stdout

    ignored = medlint(*run, "--ignore", "former", "--quiet")
    assert "MY001" not in ignored.stdout
    assert ignored.stderr == ""
