"""``medlint ignore`` as a curator meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from rulebook_files import RULE
from support import ROOT, Medlint, record

BAD = record(IS="1533-4407 (Electronic)")
TOMORROW = (date.today() + timedelta(days=1)).isoformat()


def test_it_starts_a_file_and_check_then_holds_back(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "bad.nbib").write_text(BAD)
    done = medlint("ignore", "31000001", "ML203", "--reason", "The journal prints it like this.")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Wrote medlint-ignores.yaml: PMID 31000001, issn-check-digit.\n"
    text = (tmp_path / "medlint-ignores.yaml").read_text()
    assert text.startswith("# ")
    assert text.endswith(
        "\n\n- pmid: 31000001\n  rule: issn-check-digit\n"
        "  reason: The journal prints it like this.\n"
    )
    checked = medlint("check")
    assert checked.returncode == 0
    assert checked.stdout == "Checked 1 record in 1 file: no findings (1 ignored).\n"
    assert medlint("check", "--no-ignores").returncode == 1


def test_it_adds_to_the_nearest_file(medlint: Medlint, tmp_path: Path) -> None:
    file = tmp_path / "medlint-ignores.yaml"
    old = b"- pmid: 31000009   # keep\r\n  rule: 'ML203'\r\n  reason: x"
    file.write_bytes(old)
    done = medlint(
        "ignore",
        "31000001",
        "issn-check-digit",
        *("--reason", "So: it #is", "--tag", "IS", "--author", "Åsa", "--until", TOMORROW),
    )
    expected = (
        f"Added to medlint-ignores.yaml: PMID 31000001, issn-check-digit on IS, until {TOMORROW}"
    )
    assert done.stdout == f"{expected}.\n"
    lines = (
        "- pmid: 31000001",
        "  rule: issn-check-digit",
        "  tag: IS",
        "  reason: 'So: it #is'",
        "  author: Åsa",
        f"  until: {TOMORROW}",
    )
    assert file.read_bytes() == "".join(f"{line}\r\n" for line in lines).encode() + old


def test_from_a_folder_below_the_file_above_is_added_to(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "medlint-ignores.yaml").write_text("# Ours.\n")
    done = subprocess.run(
        [sys.executable, "-m", "medlint", "ignore", "7", "ML203", "--reason", "x"],
        cwd=tmp_path / "sub",
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "Added to ../medlint-ignores.yaml: PMID 7, issn-check-digit.\n"
    assert list((tmp_path / "sub").iterdir()) == []


def test_rules_of_the_configuration_are_known(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(RULE)
    (tmp_path / "medlint.yaml").write_text("rules: [mine.yaml]\n")
    assert medlint("ignore", "7", "MY001", "--reason", "x").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["7x", "ML203", "--reason", "x"],
            "'7x' is not a PMID; expected a number such as 37583846",
        ),
        (["07", "ML203", "--reason", "x"], "'07' is not a PMID"),
        (["7", "ML2033", "--reason", "x"], "there is no rule 'ML2033'; did you mean 'ML203'?"),
        (["7", "identifiers", "--reason", "x"], "there is no rule 'identifiers'"),
        (["7", "ML203"], "--reason"),
        (["7", "ML203", "--reason", " "], "--reason is empty"),
        (["7", "ML203", "--reason", "x", "--author", ""], "--author is empty"),
        (["7", "ML203", "--reason", "caf\udce9"], "--reason holds bytes that are not text"),
        (["7", "ML203", "--reason", "x", "--tag", "is"], "--tag 'is': expected up to four capital"),
        (
            ["7", "ML203", "--reason", "x", "--until", "2026-02-30"],
            "--until '2026-02-30': expected",
        ),
        (["7", "ML203", "--reason", "x", "--until", "20271231"], "--until '20271231': expected"),
        (["7", "ML203", "--reason", "x", "--until", "2020-01-01"], "2020-01-01: that day is over"),
    ],
    ids=ascii,
)
def test_what_makes_no_sense_is_refused(
    medlint: Medlint, tmp_path: Path, arguments: list[str], message: str
) -> None:
    done = medlint("ignore", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_second_entry_on_the_same_is_refused_with_the_line_of_the_first(
    medlint: Medlint, tmp_path: Path
) -> None:
    medlint("ignore", "7", "ML203", "--reason", "x")
    before = (tmp_path / "medlint-ignores.yaml").read_bytes()
    done = medlint("ignore", "7", "issn-check-digit", "--reason", "y")
    assert done.returncode == 2
    assert done.stderr == (
        "medlint: medlint-ignores.yaml:5: issn-check-digit is ignored for PMID 7 already; "
        "edit that\n"
    )
    assert (tmp_path / "medlint-ignores.yaml").read_bytes() == before


def test_a_file_with_mistakes_is_not_touched(medlint: Medlint, tmp_path: Path) -> None:
    text = "- pmid: 7\n  rule: ML203\n"
    (tmp_path / "medlint-ignores.yaml").write_text(text)
    done = medlint("ignore", "8", "ML203", "--reason", "x")
    assert done.returncode == 2
    assert "medlint-ignores.yaml:1:3: [1].reason is missing\n> 1 | - pmid: 7" in done.stderr
    assert (tmp_path / "medlint-ignores.yaml").read_text() == text


def test_an_ignore_without_reason_stops_the_check(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "bad.nbib").write_text(BAD)
    (tmp_path / "medlint-ignores.yaml").write_text("- pmid: 31000001\n  rule: ML203\n")
    done = medlint("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert "medlint-ignores.yaml:1:3: [1].reason is missing" in done.stderr
    assert medlint("check", "--no-ignores").returncode == 1


def test_an_ignore_expires(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "bad.nbib").write_text(BAD)
    medlint("ignore", "31000001", "ML203", "--reason", "x", "--until", TOMORROW)
    assert medlint("check", "--as-of", TOMORROW).returncode == 0
    day_after = (date.today() + timedelta(days=2)).isoformat()
    done = medlint("check", "--as-of", day_after, "--output-format", "concise")
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == [
        "bad.nbib:5:7: error ML203 issn-check-digit [PMID 31000001] "
        "IS has '1533-4407': the check digit should be 6.",
        "medlint-ignores.yaml:7:10: warning ML091 ignore-not-expired [PMID 31000001] "
        f"The ignore of issn-check-digit for PMID 31000001 held until {TOMORROW}.",
    ]


def test_an_ignore_that_is_no_longer_needed_is_told(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "good.nbib").write_text(record())
    (tmp_path / "other.nbib").write_text(record(31000002))
    medlint("ignore", "31000001", "ML203", "--reason", "x")
    told = medlint("check", "--fail-level", "warning")
    assert told.returncode == 1
    assert "ML092 ignore-in-use [PMID 31000001]" in told.stdout
    for narrow in (["other.nbib"], ["--select", "ML301,ML092"], ["--pmid", "31000002"]):
        assert medlint("check", "--fail-level", "warning", *narrow).returncode == 0, narrow
