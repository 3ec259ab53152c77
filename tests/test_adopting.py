"""docs/adopting.md is true: each command on the page prints what the page shows.

``UPDATE_SNAPSHOTS=1`` writes into the page what they print.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT

from quality.made import made_records

PAGE = ROOT / "docs" / "adopting.md"
_FENCED = re.compile(r"(?ms)^```(\w+) ?(\S*)\n(.*?)^```$")

#: The old faults: each so many records, and what is put in the place of what.
_FAULTS = [
    (11, "\nLA  - eng\n", "\nLA  - en\n"),
    (17, "\nOTO - NOTNLM\n", "\n"),
    (19, "\nPT  - Journal Article\n", "\nPT  - Journal article\n"),
    (23, "\nLID - 10.1000/", "\nLID - doi:10.1000/"),
    (29, "\nDP  - 2019 Mar\n", "\nDP  - Mar 2019\n"),
]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with 2,000 records in 20 files, and old faults."""
    folder = tmp_path / "repository"
    (folder / "records").mkdir(parents=True)
    records = list(made_records(2000))
    for number, text in enumerate(records):
        for every, right, wrong in _FAULTS:
            if number % every == 5:
                assert right in text
                records[number] = text = text.replace(right, wrong)
    for number in range(20):
        text = "\n".join(records[number * 100 : number * 100 + 100])
        (folder / "records" / f"{number + 1:02}.nbib").write_text(text)
    command = tmp_path / "bin" / "medlint"
    command.parent.mkdir()
    command.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -m medlint \"$@\"\n"
    )
    command.chmod(0o755)
    _run(folder, "git init --quiet --initial-branch main && git add . && git commit -qm Records")
    return folder


def _run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder.parent),
            "COLUMNS": "100",
            "GIT_AUTHOR_NAME": "A Curator",
            "GIT_AUTHOR_EMAIL": "curator@example.org",
            "GIT_COMMITTER_NAME": "A Curator",
            "GIT_COMMITTER_EMAIL": "curator@example.org",
            "PYTHONIOENCODING": "utf-8",
        },
    )


def _shown(folder: Path, block: str) -> str:
    """The commands of a block, each with what it prints, and with how it ends where that is not
    with 0."""
    return "".join(
        _with_output(folder, line[2:]) for line in block.splitlines() if line[:2] == "$ "
    )


def _with_output(folder: Path, command: str) -> str:
    done = _run(folder, command)
    assert "Traceback" not in done.stdout
    code = f"(ends with {done.returncode})\n" if done.returncode else ""
    return f"$ {command}\n{done.stdout}{code}"


def _played(folder: Path, page: str) -> str:
    def play(match: re.Match[str]) -> str:
        language, name, text = match.groups()
        if language == "console":
            return f"```console\n{_shown(folder, text)}```"
        if name:
            (folder / name).write_text(text)
        return match[0]

    return _FENCED.sub(play, page)


def test_the_story_is_true(repository: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    played = _played(repository, page)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        PAGE.write_text(played, encoding="utf-8")
    assert played == page


def _blocks(page: str) -> Iterator[str]:
    return (match[3] for match in _FENCED.finditer(page) if match[1] == "console")


def test_the_story_says_what_it_must() -> None:
    """The page can be rewritten from the output; these are the facts that it is there to show."""
    start, _, create, gate, refused, since, fixed, pruned, ignored, expired, settled = _blocks(
        PAGE.read_text(encoding="utf-8")
    )
    assert "(ends with" not in create + gate + settled
    for block in (refused, since):
        assert block.count("[PMID 31000650]") == 1
        assert "(ends with 1)" in block
    assert "1 error" in refused
    assert "(ends with 1)" in fixed
    assert "3 deletions(-)" in pruned
    assert "insertion" not in pruned
    assert ignored.count("(ends with 1)") == 1
    assert expired.count("[PMID 31000777]") == 2
    assert "182 errors" in start
