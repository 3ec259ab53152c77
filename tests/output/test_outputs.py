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
from sample_findings import ISSN
from support import ROOT, Medlint, record

from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.output.outputs import OutputError, Outputs
from medlint.output.writer import OutputOptions

OPTIONS = OutputOptions()
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="devices and modes are POSIX")
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def send(*wishes: str, findings: Iterable[Finding] = (ISSN,), standard: str = "concise") -> str:
    """Send findings to standard output, which is returned, and to files."""
    stream, summary = io.StringIO(), Summary(files=1, records=1)
    with Outputs(standard, wishes, stream, OPTIONS) as outputs:
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


def test_a_file_holds_all_whatever_is_shown() -> None:
    stream = io.StringIO()
    options = OPTIONS._replace(color=True, limit_per_rule=1)
    with Outputs("full", ["full:all.txt"], stream, options) as outputs:
        for _ in range(3):
            outputs.write(ISSN)
        outputs.close(Summary())
    assert stream.getvalue().count("IS has") == 1
    assert "\x1b" in stream.getvalue()
    text = Path("all.txt").read_text()
    assert text.count("IS has") == 3
    assert "\x1b" not in text


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
        (["json"], "expected FORMAT:FILE"),
        (["json:"], "expected FORMAT:FILE"),
        ([":x"], "'' is not a format; there are full, concise, json, statistics"),
        (["jsn:x"], "'jsn' is not a format; did you mean 'json'?"),
        (["json:x", "concise:x"], "two outputs cannot go to the same file"),
        (["json:x", "concise:./sub/../x"], "two outputs cannot go to the same file"),
    ],
)
def test_a_wish_that_makes_no_sense_is_told_and_leaves_nothing(
    folder: Path, wishes: list[str], said: str
) -> None:
    with pytest.raises(OutputError) as caught:
        send("json:good.json", *wishes)
    assert said in str(caught.value)
    assert wishes[-1] in str(caught.value)
    assert names(folder) == []


@pytest.mark.parametrize("path", ["no/such/folder/x.json", "."])
def test_what_cannot_be_opened_is_named_as_the_user_wrote_it(folder: Path, path: str) -> None:
    with pytest.raises(OSError, match=r".") as caught:
        send("json:good.json", f"json:{path}")
    assert caught.value.filename == path
    assert names(folder) == []


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


BAD = record(IS="1533-4407 (Electronic)")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


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
