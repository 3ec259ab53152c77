"""``medlint check`` in a team: what the configuration says, beside what the command line says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from git_repository import GitRepository
from support import Medlint, record

BAD = record(IS="1533-4407 (Electronic)")


def test_a_file_that_the_configuration_silences_is_no_failure(
    medlint: Medlint, tmp_path: Path
) -> None:
    (tmp_path / "old.nbib").write_text(BAD)
    (tmp_path / "medlint.yaml").write_text('select: [ML3]\nper-file-ignores: {"old.nbib": [ML3]}\n')
    done = medlint("check", "old.nbib")
    assert done.returncode == 0
    said = "medlint.yaml leaves no rule to run; 'medlint config show old.nbib' tells more"
    assert done.stderr == f"medlint: {said}\n"
    assert medlint("check", "--scope", "dataset").returncode == 0
    assert medlint("check", "-", stdin=BAD).returncode == 0
    mistaken = medlint("check", "--select", "ML3", "--scope", "dataset")
    assert mistaken.returncode == 2
    assert mistaken.stderr.startswith("medlint: no rule is left to run: look at --select")


@pytest.mark.parametrize("option", ["config", "baseline"])
def test_a_file_and_none_at_once_is_a_mistake(medlint: Medlint, option: str) -> None:
    done = medlint("check", f"--{option}", "x", f"--no-{option}")
    assert (done.returncode, done.stdout) == (2, "")
    said = f"--{option} and --no-{option} contradict each other; say one of the two"
    assert done.stderr == f"medlint: {said}\n"


def test_paths_of_the_configuration_that_are_not_there_are_told_with_their_place(
    medlint: Medlint, tmp_path: Path
) -> None:
    (tmp_path / "medlint.yaml").write_text("paths:\n  - nowhere\n")
    done = medlint("check")
    assert done.returncode == 2
    assert "nowhere: no such file or folder ('paths' of medlint.yaml:2)" in done.stderr
    assert "medlint.yaml" not in medlint("check", "nowhere").stderr


def test_a_wrong_word_is_told_though_the_command_line_goes_over_it(
    medlint: Medlint, tmp_path: Path
) -> None:
    (tmp_path / "bad.nbib").write_text(BAD)
    (tmp_path / "medlint.yaml").write_text("select: [nix]\nextend-select: [nox]\n")
    done = medlint("check", "--select", "ML203")
    assert done.returncode == 2
    assert "medlint.yaml:1:10: there is no rule or topic 'nix'" in done.stderr
    assert "medlint.yaml:2:17: there is no rule or topic 'nox'" in done.stderr


def test_a_configuration_of_the_wrong_name_is_told(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "bad.nbib").write_text(BAD)
    (tmp_path / "medlint.yml").write_text("ignore: [ML203]\n")
    said = "medlint: medlint.yml is not read; a configuration is called medlint.yaml\n"
    checked = medlint("check")
    assert (checked.returncode, checked.stderr) == (1, said)
    assert medlint("config", "show").stderr == said
    assert medlint("check", "--no-config").stderr == ""


def test_ignores_that_are_a_link_to_nowhere_are_told(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "bad.nbib").write_text(BAD)
    os.symlink("gone", tmp_path / "medlint-ignores.yaml")
    for command in (["check"], ["ignore", "1", "ML203", "--reason", "x"]):
        done = medlint(*command)
        assert done.returncode == 2
        said = "medlint-ignores.yaml:1:1: the ignores cannot be read: no such file or directory"
        assert done.stderr.startswith(f"{said}\n")
        assert done.stderr.endswith("nothing was checked\n") == (command == ["check"])
    assert medlint("check", "--no-ignores").returncode == 1


def test_a_record_that_has_not_changed_is_not_said_to_be_missing(
    medlint: Medlint, tmp_path: Path
) -> None:
    repository = GitRepository(tmp_path)
    repository.write("bad.nbib", BAD)
    repository.commit()
    done = medlint("check", "--since", "HEAD", "--pmid", "31000001")
    assert done.returncode == 0
    assert "the record with PMID 31000001 has not changed since HEAD" in done.stdout + done.stderr
    for since in ([], ["--since", "HEAD"]):
        done = medlint("check", *since, "--pmid", "7")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "medlint: no record has PMID 7\n"


def test_one_finding_is_one_finding(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "bad.nbib").write_text(BAD)
    assert "stopped after 1 finding (" in medlint("check", "--max-findings", "1").stdout


def test_one_record_was_read(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "good.nbib").write_text(record())
    done = medlint("check", "--min-records", "5")
    assert done.returncode == 2
    assert "1 record was read; --min-records asks for 5" in done.stderr


@pytest.mark.parametrize("command", ["baseline", "ignore", "config"])
def test_help_shows_examples(medlint: Medlint, command: str) -> None:
    shown = medlint(command, "--help").stdout
    assert "Examples:" in shown
    assert f"medlint {command} " in shown.partition("Examples:")[2]
