"""House rules of a folder below: the ignores and the baseline above it hold for them too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rulebook_files import RULE
from support import ROOT, Medlint, record

BAD = record(IS="1533-4407 (Electronic)", TI="a title of small letters that nobody ever gave.")
BASELINE, IGNORES = "medlint-baseline.jsonl", "medlint-ignores.yaml"
STABLE = RULE.replace("preview", "stable")


@pytest.fixture
def sub(tmp_path: Path) -> Path:
    """A folder with a rule of its own and a record that breaks it and a rule of medlint."""
    folder = tmp_path / "sub"
    folder.mkdir()
    (folder / "mine.yaml").write_text(STABLE)
    (folder / "medlint.yaml").write_text("rules: [mine.yaml]\nselect: [MY001, ML203, ML092]\n")
    (folder / "bad.nbib").write_text(BAD)
    return folder


def test_what_create_writes_is_silent_and_taken_away_when_mended(
    medlint: Medlint, sub: Path
) -> None:
    done = medlint("baseline", "create")
    assert done.stdout == f"Wrote {BASELINE}: 2 findings on 1 record.\n"
    assert "no findings (2 known from the baseline)" in medlint("check").stdout
    assert medlint("baseline", "check").returncode == 0
    assert "nothing to add" in medlint("baseline", "create", "--accept-new").stdout
    assert "nothing removed" in medlint("baseline", "prune").stdout
    assert medlint("check", "sub", "--select", "MY001").returncode == 0
    (sub / "bad.nbib").write_text(record())
    assert "2 findings removed" in medlint("baseline", "prune").stdout


def test_a_baseline_is_no_hindrance_to_a_run_without_its_rules(medlint: Medlint, sub: Path) -> None:
    medlint("baseline", "create")
    done = medlint("check", "--no-config", "--select", "ML203")
    assert (done.returncode, done.stderr) == (0, "")


def ignore_in(folder: Path, rule: str) -> None:
    """Ignore *rule* as somebody does who works in *folder*."""
    done = subprocess.run(
        [sys.executable, "-m", "medlint", "ignore", "31000001", rule, "--reason", "x"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("word", ["mine", "MY001"])
def test_an_ignore_above_holds_for_a_rule_below(medlint: Medlint, sub: Path, word: str) -> None:
    (sub.parent / IGNORES).write_text("")
    ignore_in(sub, word)
    assert not (sub / IGNORES).exists()
    for paths in (["sub"], ["sub", "--select", "MY001"], ["."], ["sub/bad.nbib"]):
        done = medlint("check", "--no-baseline", *paths)
        assert "MY001" not in done.stdout
        assert (done.stdout.count("1 ignored"), done.stderr) == (1, "")
    assert medlint("ignore", "31000001", "ML203", "--reason", "x").returncode == 0
    assert medlint("check").returncode == 0


def test_an_ignore_of_no_use_is_told_as_the_settings_below_say(medlint: Medlint, sub: Path) -> None:
    (sub.parent / IGNORES).write_text("- {pmid: 31000001, rule: mine, reason: x}\n")
    (sub / "bad.nbib").write_text(record())
    with (sub / "medlint.yaml").open("a") as stream:
        stream.write("severity: {ML092: error}\n")
    done = medlint("check", "--output-format", "concise")
    assert done.returncode == 1
    assert done.stdout.startswith(f"{IGNORES}:1:26: error ML092 ignore-in-use")


def test_a_run_that_does_not_know_a_rule_only_says_so(medlint: Medlint, sub: Path) -> None:
    (sub.parent / IGNORES).write_text("- {pmid: 31000001, rule: mine, reason: x}\n")
    done = medlint("check", "--no-config", "--select", "ML203", "--output-format", "concise")
    assert done.returncode == 1
    assert f"{IGNORES}:1:26: there is no rule 'mine'" in done.stdout + done.stderr
    (sub.parent / "other.nbib").write_text(record(31000002))
    quiet = medlint("check", "other.nbib")
    assert quiet.returncode == 0
    assert "mine" not in quiet.stdout + quiet.stderr, "its record was not read"
    assert medlint("ignore", "31000002", "mine", "--reason", "x").returncode == 2
