"""`medlint format` leaves what it could only guess at; fixes keep to the records asked for."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from support import Medlint, record

from medlint.api import check_text

TWO_AUTHORS = "FAU - Sample, Carl\nAU  - Sample C\n"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (TWO_AUTHORS, "AD  - Porto.\nFAU - \nAD  - Wien.\n", "its FAU is empty"),
        ("OTO - NOTNLM\n", "OTO -\n", "its OTO is empty"),
        ("PMID- 31000001", "12. PMID- 31000001", "belongs to no field"),
        ("PMID- 31000001", "\x00\x01PMID- 31000001", "belongs to no field"),
    ],
)
def test_what_can_only_be_guessed_is_left_and_told(
    medlint: Medlint, tmp_path: Path, old: str, new: str, reason: str
) -> None:
    text = record().replace(old, new)
    assert text != record()
    (tmp_path / "a.nbib").write_text(text)
    done = medlint("format", "a.nbib")
    assert reason in done.stderr
    assert (tmp_path / "a.nbib").read_text() == text


def test_a_tag_that_was_cut_off_is_no_part_of_the_value_above(
    medlint: Medlint, tmp_path: Path
) -> None:
    text = record().partition("LA  - ")[0] + "FAU "
    (tmp_path / "a.nbib").write_text(text)
    medlint("format", "a.nbib")
    assert (tmp_path / "a.nbib").read_text().rstrip("\n").endswith("\nFAU ")


def test_format_bears_two_byte_order_marks(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "a.nbib").write_text("\ufeff\ufeff\n" + record(), encoding="utf-8")
    medlint("format", "a.nbib")
    assert medlint("format", "--check", "a.nbib").returncode == 0


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A Curator", "-c", "user.email=curator@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_since_mends_the_records_that_have_changed_and_no_others(
    medlint: Medlint, tmp_path: Path
) -> None:
    old = record(31000001, LA="ENG") + "\n" + record(31000002)
    path = tmp_path / "a.nbib"
    path.write_text(old)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Records")
    path.write_text(record(31000001, LA="ENG") + "\n" + record(31000002, LA="ENG"))
    done = medlint("check", "--since", "HEAD", "--fix", "a.nbib")
    assert "Mended 1 finding in 1 file" in done.stderr
    assert path.read_text() == old
    assert "Checked 0 of 2 records" in done.stdout


def test_rules_on_the_data_set_mend_nothing(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "a.nbib").write_text(record(LA="ENG"))
    done = medlint("check", "--fix-only", "--scope", "dataset", "a.nbib")
    assert "Mended nothing." in done.stderr
    assert (tmp_path / "a.nbib").read_text() == record(LA="ENG")


@pytest.mark.parametrize("option", ["--diff", "--fix-only"])
def test_an_output_where_nothing_is_looked_for_is_refused(
    medlint: Medlint, tmp_path: Path, option: str
) -> None:
    (tmp_path / "a.nbib").write_text(record(LA="ENG"))
    done = medlint("check", option, "--output", "json:found.json", "a.nbib")
    assert done.returncode == 2
    assert "--output" in done.stderr
    assert (tmp_path / "a.nbib").read_text() == record(LA="ENG")


def test_a_diff_of_a_name_with_a_blank_can_be_applied(medlint: Medlint, tmp_path: Path) -> None:
    path = tmp_path / "a b.nbib"
    path.write_text(record(LA="ENG"))
    done = medlint("check", "--diff", "a b.nbib")
    assert done.returncode == 1
    command = ["git", "apply", "-p0"]
    subprocess.run(command, cwd=tmp_path, input=done.stdout.encode(), check=True)
    assert path.read_text() == record()


def test_time_grows_with_the_findings_of_a_record_and_no_faster() -> None:
    def seconds(authors: int) -> float:
        lines = "".join(f"FAU - Sample{n},  Carl\nAU  - Sample{n} C\n" for n in range(authors))
        text = record().replace(TWO_AUTHORS, lines)
        start = time.process_time()
        assert sum(1 for _ in check_text(text, select=["ML519"])) == authors
        return time.process_time() - start

    seconds(10)
    assert seconds(4000) < 12 * seconds(1000)


def test_a_short_last_line_of_a_value_is_no_empty_field(medlint: Medlint, tmp_path: Path) -> None:
    text = record().replace("OTO - NOTNLM\n", "OTO - NOTNLM\nOT  - what is of\n      use\n")
    (tmp_path / "a.nbib").write_text(text)
    done = medlint("format", "a.nbib")
    assert "left as it is" not in done.stderr
    assert "OT  - what is of use\n" in (tmp_path / "a.nbib").read_text()
