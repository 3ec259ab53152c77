"""``medlint check --fix`` and its companions, as a user meets them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import Medlint, record

BAD = record(LA="en", AID="https://doi.org/10.1000/xyz.31000001 [doi]")
MENDED = record()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.nbib"
    path.write_text(BAD)
    return path


def test_what_can_be_mended_is_and_the_rest_is_checked(medlint: Medlint, file: Path) -> None:
    done = medlint("check", "--fix", "a.nbib")
    assert done.returncode == 0
    assert file.read_text() == MENDED
    assert done.stdout == "Checked 1 record in 1 file: no findings.\n"
    assert done.stderr == (
        "Mended 2 findings in 1 file: language-code-known 1, doi-without-resolver 1.\n"
    )


def test_what_is_left_decides_how_it_ends(medlint: Medlint, file: Path) -> None:
    file.write_text(record(LA="en", IS="1533-4407 (Electronic)"))
    done = medlint("check", "--fix", "a.nbib")
    assert done.returncode == 1
    assert "ML203" in done.stdout
    assert "ML301" not in done.stdout


def test_unsafe_fixes_are_made_only_on_demand(medlint: Medlint, file: Path) -> None:
    file.write_text(record(OTO=None))
    assert "ML124" in medlint("check", "--fix", "a.nbib").stdout
    assert file.read_text() == record(OTO=None)
    done = medlint("check", "--unsafe-fixes", "a.nbib")
    assert file.read_text() == record()
    assert "1 of them unsafe" in done.stderr


def test_a_diff_is_printed_and_nothing_written(medlint: Medlint, file: Path) -> None:
    done = medlint("check", "--diff", "a.nbib")
    assert done.returncode == 1
    assert file.read_text() == BAD
    assert done.stdout.startswith("--- a.nbib\n+++ a.nbib\n@@ ")
    assert "\n-LA  - en\n+LA  - eng\n" in done.stdout
    assert done.stderr.startswith("Would mend 2 findings in 1 file")


def test_a_diff_of_what_is_right_is_empty_and_ends_with_0(medlint: Medlint, file: Path) -> None:
    file.write_text(MENDED)
    done = medlint("check", "--diff", "a.nbib")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Would mend nothing.\n")


def test_fix_only_says_nothing_of_what_is_left(medlint: Medlint, file: Path) -> None:
    file.write_text(record(LA="en", IS="1533-4407 (Electronic)"))
    done = medlint("check", "--fix-only", "a.nbib")
    assert (done.returncode, done.stdout) == (0, "")
    assert "LA  - eng" in file.read_text()


def test_fixes_are_told_one_by_one(medlint: Medlint, file: Path) -> None:
    done = medlint("check", "--fix", "--show-fixes", "a.nbib")
    assert "a.nbib:18: ML301 language-code-known: Write 'eng'.\n" in done.stderr


def test_only_the_rules_that_run_mend(medlint: Medlint, file: Path) -> None:
    medlint("check", "--fix", "--select", "language-code-known", "a.nbib")
    assert file.read_text() == BAD.replace("LA  - en\n", "LA  - eng\n")


def test_standard_input_is_mended_to_standard_output(medlint: Medlint) -> None:
    done = medlint("check", "--fix-only", "-", stdin=BAD)
    assert (done.returncode, done.stdout) == (0, MENDED)


def test_standard_input_cannot_be_mended_and_checked_at_once(medlint: Medlint) -> None:
    done = medlint("check", "--fix", "-", stdin=BAD)
    assert done.returncode == 2
    assert "--fix-only" in done.stderr


def test_show_fixes_alone_is_a_mistake(medlint: Medlint, file: Path) -> None:
    done = medlint("check", "--show-fixes", "a.nbib")
    assert done.returncode == 2
    assert "it goes with --fix" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_that_cannot_be_written_ends_with_2_and_others_are_mended(
    medlint: Medlint, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "b.nbib"
    other.write_text(record(31000002, LA="en"))
    file.chmod(0o444)
    done = medlint("check", "--fix", "a.nbib", "b.nbib")
    assert done.returncode == 2
    assert "medlint: a.nbib: not changed: it is read-only" in done.stderr
    assert "ML301 language-code-known" in done.stdout
    assert file.read_text() == BAD
    assert other.read_text() == record(31000002)


def test_a_file_that_needs_no_mending_is_not_touched(medlint: Medlint, file: Path) -> None:
    file.write_text(MENDED)
    os.utime(file, (1, 1))
    medlint("check", "--fix", "a.nbib")
    assert file.stat().st_mtime == 1


def test_what_is_no_medline_is_not_touched(medlint: Medlint, file: Path) -> None:
    for data in (b"", b"\x00\x01\xff", b"<html></html>", b"\xff\xfe", os.urandom(500)):
        file.write_bytes(data)
        done = medlint("check", "--fix", "--quiet", "a.nbib")
        assert done.returncode in (0, 1)
        if data.startswith(b"<html>"):
            assert file.read_bytes() == data


def test_a_record_without_line_breaks_is_laid_out_again(medlint: Medlint, file: Path) -> None:
    file.write_text(" ".join(record().split()))
    assert medlint("check", "--unsafe-fixes", "a.nbib").returncode == 0
    assert "\nTI  - A title" in file.read_text()


def test_a_record_whose_finding_is_ignored_is_not_mended(medlint: Medlint, file: Path) -> None:
    medlint("ignore", "31000001", "language-code-known", "--reason", "As it was sent.")
    medlint("check", "--fix", "a.nbib")
    assert file.read_text() == MENDED.replace("LA  - eng", "LA  - en")
