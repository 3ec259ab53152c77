"""The outputs of a run: files appear when they are complete, or not at all."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from sample_findings import FINDINGS, ISSN, WIDE, summary_of
from support import ROOT, Medlint, record

from medlint.findings import Edit, Finding, Fix, Severity
from medlint.findings_summary import Summary
from medlint.output import FORMATS, WITHOUT_FIXES
from medlint.output.outputs import OutputError, Outputs
from medlint.output.writer import OutputOptions

OPTIONS = OutputOptions()
BAD = record(IS="1533-4407 (Electronic)")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="devices and modes are POSIX")
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def send(
    *wishes: str,
    findings: Iterable[Finding] = (ISSN,),
    standard: str | None = "concise",
    options: OutputOptions = OPTIONS,
    quiet: bool = False,
    max_per_rule: int | None = None,
    is_cut_short: bool = False,
) -> str:
    """Send findings to standard output, which is returned, and to files."""
    stream, summary = io.StringIO(), Summary(files=1, records=1, notices=["A notice."])
    summary.is_cut_short = is_cut_short
    with Outputs(
        standard, wishes, stream, options, quiet=quiet, max_per_rule=max_per_rule
    ) as outputs:
        for finding in findings:
            summary.add(finding)
            outputs.write(finding)
        outputs.close(summary)
    return stream.getvalue()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_output_gets_every_finding(folder: Path) -> None:
    said = send("json:a.json", "concise:b.txt", "full:c.txt", "statistics:d.txt", "json:e:f.json")
    assert "ML203" in said
    assert names(folder) == ["a.json", "b.txt", "c.txt", "d.txt", "e:f.json"]
    assert all("ML203" in (folder / name).read_text() for name in names(folder))
    assert len(json.loads((folder / "a.json").read_text())["findings"]) == 1
    assert (folder / "b.txt").read_text() == said


@pytest.mark.parametrize("name", FORMATS)
def test_what_shows_no_fixes_is_the_same_without_them(name: str) -> None:
    fix = Fix("Write it.", True, (Edit(ISSN.place, "0028-4793"),))
    with_fix, without = ISSN._replace(fix=fix), ISSN._replace(fix=None)
    is_same = send(standard=name, findings=[with_fix]) == send(standard=name, findings=[without])
    assert is_same == (name in WITHOUT_FIXES)


def test_fixes_are_asked_for_if_any_output_shows_them() -> None:
    for wishes, shown in ((), False), (("json:a.json",), True), (("github:b.txt",), False):
        with Outputs("concise", wishes, io.StringIO(), OPTIONS) as outputs:
            assert outputs.show_fixes is shown


def test_a_file_holds_all_whatever_is_shown() -> None:
    options = OPTIONS._replace(color=True, width=40, show=Severity.ERROR)
    said = send("full:all.txt", findings=[*[ISSN] * 30, WIDE], standard="full", options=options)
    assert said.count("IS has") == 20
    assert "ML603" not in said
    assert "\x1b" in said
    text = Path("all.txt").read_text()
    assert text.count("IS has") == 30
    assert "ML603" in text
    assert "\x1b" not in text
    assert "not shown" not in text


def test_a_file_is_the_same_whatever_the_terminal() -> None:
    send("full:wide.txt", findings=FINDINGS, options=OPTIONS._replace(width=200))
    send("full:narrow.txt", findings=FINDINGS, options=OPTIONS._replace(width=40))
    assert Path("wide.txt").read_text() == Path("narrow.txt").read_text()


@pytest.mark.parametrize(
    ("standard", "wishes", "format_"),
    [
        (None, [], "full"),
        (None, ["json"], "json"),
        (None, ["concise:out.txt", "json"], "json"),
        ("json", ["concise:out.txt"], "json"),
    ],
)
def test_a_format_alone_is_that_of_standard_output(
    standard: str | None, wishes: list[str], format_: str
) -> None:
    with Outputs(standard, wishes, io.StringIO(), OPTIONS) as outputs:
        assert outputs.standard == format_
    said = send(*wishes, standard=standard)
    assert said.startswith("{" if format_ == "json" else "exports/")


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"statistics", "markdown"}))
@pytest.mark.parametrize("is_file", [True, False], ids=["file", "standard"])
def test_a_limit_holds_for_every_format_and_what_is_left_out_is_counted(
    name: str, is_file: bool
) -> None:
    found = [ISSN, WIDE, *[ISSN] * 6]
    whole = send(findings=found, standard=name, max_per_rule=0)
    few = send(findings=found[:3], standard=name, max_per_rule=0)
    wishes = [f"{name}:out"] if is_file else []
    said = send(*wishes, findings=found, standard=name, max_per_rule=2)
    text = Path("out").read_bytes().decode() if is_file else said
    sign = "check digit should be 3"
    assert text.count(sign) == few.count(sign) < whole.count(sign)
    assert "ML203 issn-check-digit: 5 more not shown; --max-per-rule 0 shows all" in text
    assert "more not shown" not in whole
    assert "ML603 no-full-width-digits: " not in text
    assert "A notice." in text


@pytest.mark.parametrize("name", ["statistics", "markdown", "json", "full"])
def test_a_limit_changes_no_count(name: str) -> None:
    found = [ISSN._replace(record_line=n) for n in range(1, 1501)]
    text = send(findings=found, standard=name, max_per_rule=2)
    assert "1500" in text.replace(",", "")


@pytest.mark.parametrize("name", ["statistics", "markdown"])
def test_a_format_that_counts_leaves_nothing_out(name: str) -> None:
    assert "more not shown" not in send(findings=[ISSN] * 9, standard=name, max_per_rule=2)


def test_full_shows_twenty_findings_of_a_rule_on_standard_output_and_the_others_all() -> None:
    assert send(findings=[ISSN] * 30, standard="full").count("error ML203") == 20
    assert send(findings=[ISSN] * 30, standard="full", max_per_rule=0).count("error ML203") == 30
    assert send(findings=[ISSN] * 30, standard="concise").count("error ML203") == 30


def test_findings_below_the_shown_severity_are_not_counted_as_left_out() -> None:
    options = OPTIONS._replace(show=Severity.WARNING)
    said = send(findings=[WIDE] * 9, options=options, max_per_rule=2)
    assert "ML603" not in said
    assert said.endswith("9 infos (infos not shown; --show info).\n")


def test_formats_for_programs_hold_all_severities() -> None:
    options = OPTIONS._replace(show=Severity.ERROR)
    for name in ("json", "jsonl", "csv"):
        assert "ML603" in send(findings=[WIDE], standard=name, options=options)


def test_quiet_is_the_findings_and_what_was_left_out_of_them() -> None:
    said = send(findings=[ISSN] * 3, max_per_rule=2, quiet=True)
    assert said.endswith(
        "note: ML203 issn-check-digit: 1 more not shown; --max-per-rule 0 shows all\n"
    )
    assert "A notice." not in said
    assert send(findings=[], quiet=True) == ""
    assert "A notice." in send(findings=[ISSN], quiet=True, is_cut_short=True)
    assert "A notice." in send(findings=[ISSN], quiet=True, standard="json")


def test_the_summary_of_the_run_stays_as_it_is() -> None:
    summary = summary_of((ISSN,) * 3)
    with Outputs("full", [], io.StringIO(), OPTIONS, max_per_rule=1) as outputs:
        for _ in range(3):
            outputs.write(ISSN)
        outputs.close(summary)
    assert summary.notices == []


def test_a_file_is_replaced_when_the_run_is_through(folder: Path) -> None:
    out = folder / "out.txt"
    out.write_text("from yesterday")
    with Outputs("concise", ["concise:out.txt"], io.StringIO(), OPTIONS) as outputs:
        for _ in range(1000):
            outputs.write(ISSN)
        assert out.read_text() == "from yesterday"
        outputs.close(Summary())
    assert out.read_text().count("ML203") == 1000
    assert names(folder) == ["out.txt"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_an_output_survives_an_error_in_the_run(folder: Path, error: type[BaseException]) -> None:
    def failing() -> Iterable[Finding]:
        yield ISSN
        raise error

    (folder / "old.json").write_text("from yesterday")
    with pytest.raises(error):
        send("json:old.json", "json:new.json", findings=failing())
    assert names(folder) == ["old.json"]
    assert (folder / "old.json").read_text() == "from yesterday"


def test_without_close_nothing_is_left(folder: Path) -> None:
    with Outputs("concise", ["json:out.json"], io.StringIO(), OPTIONS) as outputs:
        outputs.write(ISSN)
    assert names(folder) == []


@needs_posix
@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_a_replaced_file_keeps_its_mode(folder: Path, mode: int) -> None:
    (folder / "out.json").touch()
    (folder / "out.json").chmod(mode)
    send("json:out.json")
    assert stat.S_IMODE((folder / "out.json").stat().st_mode) == mode


@needs_posix
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_a_link(folder: Path, exists: bool) -> None:
    (folder / "there").mkdir()
    if exists:
        (folder / "there" / "real.json").write_text("from yesterday")
    (folder / "out.json").symlink_to("there/real.json")
    send("json:out.json")
    assert (folder / "out.json").is_symlink()
    assert json.loads((folder / "there" / "real.json").read_text())["version"] == 1
    assert names(folder / "there") == ["real.json"]


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (["json"], "standard output is written as concise already; for a file say FORMAT:FILE"),
        (["concise"], "standard output is written as concise already; for a file say FORMAT:FILE"),
        (
            ["json:"],
            "expected a file after the colon; for standard output say --output-format json",
        ),
        (["json:-"], "for standard output say --output-format json"),
        ([":x"], "'' is not a format; there are full, concise, "),
        (["jsn:x"], "'jsn' is not a format; did you mean 'json'?"),
        (["found.sarif"], "'found.sarif' is not a format; there are full, "),
        ([r"C:\out.json"], "'C' is not a format; there are full, "),
        (["json:x", "concise:x"], "two outputs cannot go to the same file"),
        (["json:x", "concise:./sub/../x"], "two outputs cannot go to the same file"),
        (["json:no/such/x.json"], "there is no folder 'no/such'"),
        (["json:bad.nbib/x.json"], "there is no folder 'bad.nbib'"),
        (["json:."], "that is a folder; expected a file"),
        (["json:a\0b"], "there is no folder"),
        (["json:bad.nbib"], "medlint reads that file in this run"),
        (["json:link.nbib"], "medlint reads that file in this run"),
    ],
)
def test_a_wish_that_makes_no_sense_is_told_and_leaves_nothing(
    folder: Path, wishes: list[str], said: str
) -> None:
    (folder / "bad.nbib").write_text(BAD)
    if sys.platform != "win32":
        (folder / "link.nbib").symlink_to("bad.nbib")
    before = names(folder)
    with pytest.raises(OutputError) as caught:
        Outputs(
            "concise",
            ["json:good.json", *wishes],
            io.StringIO(),
            OPTIONS,
            inputs=[Path("bad.nbib").resolve()],
        )
    assert said in str(caught.value)
    assert wishes[-1] in str(caught.value)
    assert names(folder) == before
    assert (folder / "bad.nbib").read_text() == BAD


def test_two_formats_of_standard_output_are_a_mistake() -> None:
    for second in ("concise", "json"):
        with pytest.raises(OutputError, match="standard output is written as json already"):
            Outputs(None, ["json", second], io.StringIO(), OPTIONS)


def test_a_mistake_names_the_place_where_the_wish_was_said() -> None:
    with pytest.raises(OutputError, match=r"^medlint.yaml:3: output 'jsn': 'jsn' is not a format"):
        Outputs(None, ["jsn"], io.StringIO(), OPTIONS, said="medlint.yaml:3: output")


def test_a_format_of_standard_output_that_does_not_exist_is_told() -> None:
    with pytest.raises(OutputError, match="--output-format: 'jsn' is not a format; did you mean"):
        Outputs("jsn", [], io.StringIO(), OPTIONS)


@needs_posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_named(folder: Path) -> None:
    (folder / "locked").mkdir(mode=0o500)
    with pytest.raises(PermissionError) as caught:
        send("json:good.json", "json:locked/x.json")
    assert caught.value.filename == "locked/x.json"
    assert names(folder) == ["locked"]


SCRIPT = """
import io, os, resource, sys
sys.path.insert(0, sys.argv[1])
from sample_findings import FINDINGS, summary_of
from medlint.output.outputs import Outputs
from medlint.output.writer import OutputOptions
wishes = ["json:old.json", "csv:new.csv"]
with Outputs("concise", wishes, io.StringIO(), OutputOptions()) as outputs:
    {before}
    for finding in FINDINGS * 20:
        outputs.write(finding)
    {after}
    outputs.close(summary_of())
"""


def run_script(before: str, after: str) -> subprocess.CompletedProcess[str]:
    script = SCRIPT.format(before=before, after=after)
    command = [sys.executable, "-c", script, str(ROOT / "tests" / "output")]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=ENVIRONMENT
    )


@needs_posix
@pytest.mark.parametrize("signal", ["KILL", "TERM"])
def test_nothing_is_left_when_the_process_is_killed(folder: Path, signal: str) -> None:
    (folder / "old.json").write_text("from yesterday")
    done = run_script("", f"import signal; os.kill(os.getpid(), signal.SIG{signal})")
    assert done.returncode < 0
    assert names(folder) == ["old.json"]
    assert (folder / "old.json").read_text() == "from yesterday"


@needs_posix
@pytest.mark.parametrize("size", [0, 4096, 60_000])
def test_a_file_that_cannot_grow_leaves_all_as_it_was(folder: Path, size: int) -> None:
    (folder / "old.json").write_text("from yesterday")
    done = run_script(f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))", "")
    assert "OSError: [Errno 27] File too large: '" in done.stderr
    assert names(folder) == ["old.json"]
    assert (folder / "old.json").read_text() == "from yesterday"


@needs_full
@pytest.mark.parametrize("count", [1, 1000])
def test_a_full_disk_is_named_and_no_other_output_is_replaced(folder: Path, count: int) -> None:
    (folder / "old.json").write_text("from yesterday")
    with pytest.raises(OSError, match="No space left") as caught:
        send("json:old.json", "json:/dev/full", "concise:new.txt", findings=[ISSN] * count)
    assert caught.value.filename == "/dev/full"
    assert names(folder) == ["old.json"]
    assert (folder / "old.json").read_text() == "from yesterday"


@needs_posix
def test_a_pipe_gets_the_findings_as_they_are(folder: Path) -> None:
    reader, writer = os.pipe()
    send(f"concise:/dev/fd/{writer}")
    os.close(writer)
    with open(reader, encoding="utf-8") as stream:
        assert "ML203" in stream.read()
    assert names(folder) == []


@needs_posix
def test_the_null_device_stays_a_device(folder: Path) -> None:
    send("json:/dev/null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert names(folder) == []


@needs_full
def test_a_full_disk_ends_with_2_and_one_line(medlint: Medlint, folder: Path) -> None:
    (folder / "bad.nbib").write_text(BAD)
    done = medlint("check", "bad.nbib", "--output", "json:x.json", "--output", "json:/dev/full")
    assert done.returncode == 2
    assert done.stderr == "medlint: /dev/full: No space left on device\n"
    assert names(folder) == ["bad.nbib"]


@needs_full
def test_a_full_disk_behind_standard_output_ends_with_2_and_one_line(folder: Path) -> None:
    (folder / "bad.nbib").write_text(BAD)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "medlint", "check", "bad.nbib", "--output", "json:x.json"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            env=ENVIRONMENT,
        )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"No space left on device" in done.stderr


@needs_posix
@pytest.mark.parametrize("is_file", [True, False], ids=["file", "pipe"])
def test_an_output_may_go_to_standard_output(folder: Path, is_file: bool) -> None:
    (folder / "bad.nbib").write_text(BAD + "\n" + BAD.replace("31000001", "31000002"))
    command = [sys.executable, "-m", "medlint", "check", "bad.nbib", "--output"]
    command += ["concise:/dev/stdout", "--statistics"]
    with open("out.txt", "wb") as file:
        stdout = file if is_file else subprocess.PIPE
        done = subprocess.run(command, stdout=stdout, timeout=60, check=False, env=ENVIRONMENT)
    text = Path("out.txt").read_text() if is_file else done.stdout.decode()
    assert done.returncode == 1
    assert text.count("bad.nbib:5:7: error ML203 issn-check-digit") == 1
    assert text.count("bad.nbib:43:7: error ML203 issn-check-digit") == 1
    assert text.count("issn-check-digit  error") == 1
    assert os.path.islink("/dev/stdout")


@needs_posix
def test_an_output_that_standard_output_goes_to_already_is_a_mistake(folder: Path) -> None:
    (folder / "bad.nbib").write_text(BAD)
    with open("out.txt", "wb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "medlint", "check", "bad.nbib", "--output", "json:out.txt"],
            stdout=file,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            env=ENVIRONMENT,
        )
    assert done.returncode == 2
    assert (
        done.stderr == b"medlint: --output 'out.txt': standard output goes to that file already\n"
    )
