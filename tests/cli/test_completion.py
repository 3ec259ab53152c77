"""A shell completes what medlint knows: options, formats and the names of rules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT

Complete = Callable[[Path, str], list[str]]


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A folder with a command called medlint, as a shell would find it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "medlint"
    command.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -m medlint \"$@\"\n"
    )
    command.chmod(0o755)
    return folder


def run(bin_folder: Path, *command: str, **env: str) -> str:
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        env={**os.environ, "HOME": str(bin_folder.parent), **env, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def in_bash(bin_folder: Path, line: str) -> list[str]:
    words = line.split(" ")
    script = (
        'eval "$(medlint --show-completion bash)"; '
        f"COMP_WORDS=({' '.join(words[:-1])} '{words[-1]}'); COMP_CWORD={len(words) - 1}; "
        "$(complete -p medlint | sed 's/.*-F \\([^ ]*\\).*/\\1/') medlint; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return run(bin_folder, "bash", "--norc", "-c", script).splitlines()


def in_fish(bin_folder: Path, line: str) -> list[str]:
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    script = f"medlint --show-completion fish | source; complete -C '{line}'"
    found = run(bin_folder, "fish", "--no-config", "-c", script)
    return [offer.partition("\t")[0] for offer in found.splitlines()]


def in_zsh(bin_folder: Path, line: str) -> list[str]:
    """What medlint tells zsh; zsh itself completes only for somebody who types."""
    env = {"_MEDLINT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    found = run(bin_folder, "medlint", **env)
    return [part.partition('":"')[0] for part in found.replace('(("', '\n"').split('\n"')[1:]]


SHELLS = [in_bash, in_fish, in_zsh]


@pytest.mark.parametrize("complete", SHELLS)
def test_names_of_rules(bin_folder: Path, complete: Complete) -> None:
    offers = complete(bin_folder, "medlint check --select issn-ch")
    assert [offer.rstrip() for offer in offers] == ["issn-check-digit"]


@pytest.mark.parametrize("complete", SHELLS)
def test_formats(bin_folder: Path, complete: Complete) -> None:
    assert complete(bin_folder, "medlint check --output-format con")[0].startswith("concise")


@pytest.mark.parametrize(
    ("line", "offer"),
    [
        ("medlint rules show issn-ch", "issn-check-digit"),
        ("medlint ignore 31000001 issn-ch", "issn-check-digit"),
        ("medlint rules list --select issn-ch", "issn-check-digit"),
        ("medlint check --select ML1,issn-ch", "ML1,issn-check-digit"),
        ("medlint check --ignore identif", "identifiers"),
        ("medlint check --severity issn-ch", "issn-check-digit="),
        ("medlint check --severity ML203=warning,issn-ch", "ML203=warning,issn-check-digit="),
    ],
)
def test_rules_are_offered_wherever_they_are_named(bin_folder: Path, line: str, offer: str) -> None:
    assert offer in in_zsh(bin_folder, line)


def test_levels_follow_the_rule(bin_folder: Path) -> None:
    offers = in_zsh(bin_folder, "medlint check --severity ML203=")
    assert offers == ["ML203=error", "ML203=warning", "ML203=info"]
    several = in_zsh(bin_folder, "medlint check --severity ML2=info,ML203=w")
    assert several == ["ML2=info,ML203=warning"]


def test_levels_follow_the_rule_in_bash_which_splits_words_at_the_sign(bin_folder: Path) -> None:
    levels = ["error", "warning", "info"]
    assert in_bash(bin_folder, "medlint check --severity ML203 =") == levels
    assert in_bash(bin_folder, "medlint check --severity ML203 = ") == levels
    assert in_bash(bin_folder, "medlint check --severity ML203 = wa") == ["warning"]
    assert in_bash(bin_folder, "medlint check --since ML203 = wa") == [""]


def test_options_and_commands(bin_folder: Path) -> None:
    assert "--since" in in_bash(bin_folder, "medlint check --si")
    assert in_bash(bin_folder, "medlint rul") == ["rules"]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_script_is_one_that_the_shell_takes(bin_folder: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = run(bin_folder, "medlint", "--show-completion", shell)
    assert "medlint" in script
    path = bin_folder / "script"
    path.write_text(script)
    run(bin_folder, shell, "-n", str(path))
