"""The GitLab template: its script, run as a runner of GitLab runs it."""

from __future__ import annotations

import json
import os
import subprocess
import venv
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from git_repository import GitRepository
from support import ROOT, record

TEMPLATE: dict[str, Any] = yaml.safe_load(
    (ROOT / "templates" / "medlint.gitlab-ci.yml").read_text(encoding="utf-8")
)
JOB: dict[str, Any] = TEMPLATE["medlint"]
REPORTS: dict[str, str] = JOB["artifacts"]["reports"]

FAULTY = record(31000001, IS="1533-4407 (Electronic)")


def run_lines(
    lines: list[str], folder: Path, environment: dict[str, str], shell: str = "bash -e -o pipefail"
) -> subprocess.CompletedProcess[str]:
    """Run *lines* as one script, as a runner does."""
    return subprocess.run(
        [*shell.split(), "-c", "\n".join(lines)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a container in which the job has installed medlint."""
    folder = tmp_path_factory.mktemp("image")
    venv.create(folder / "python", with_pip=True)
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "PYTHON", "PIP_", "MEDLINT_"))
    }
    environment = {
        **clean,
        "PATH": f"{folder / 'python' / 'bin'}{os.pathsep}{clean['PATH']}",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    package = {**environment, "MEDLINT_PACKAGE": str(ROOT)}
    done = run_lines(JOB["before_script"], folder, package)
    assert done.returncode == 0, done.stderr
    return environment


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    return GitRepository(tmp_path / "repository")


def faults(folder: Path) -> list[str]:
    """The rules in the code quality report."""
    report = json.loads((folder / REPORTS["codequality"]).read_text(encoding="utf-8"))
    return [entry["check_name"] for entry in report]


def test_the_package_must_be_named(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"]}
    done = run_lines(JOB["before_script"], tmp_path, environment)
    assert done.returncode != 0
    assert "MEDLINT_PACKAGE: say in this variable what pip is to install" in done.stderr


@pytest.mark.parametrize("shell", ["bash -e -o pipefail", "sh -e"])
def test_a_fault_fails_the_job_and_stands_in_both_reports(
    image: dict[str, str], repository: GitRepository, shell: str
) -> None:
    repository.write("a.nbib", FAULTY)
    done = run_lines(JOB["script"], repository.folder, image, shell)
    assert done.returncode == 1, done.stderr
    assert "error ML203" in done.stdout
    assert [name for name in faults(repository.folder) if "issn-check-digit" in name]
    suites = ElementTree.parse(repository.folder / REPORTS["junit"])
    assert len(list(suites.iter("failure"))) == 1


def test_clean_records_pass_and_the_reports_are_there(
    image: dict[str, str], repository: GitRepository
) -> None:
    repository.write("a.nbib", record())
    done = run_lines(JOB["script"], repository.folder, image)
    assert done.returncode == 0, done.stdout
    assert faults(repository.folder) == []
    assert (repository.folder / REPORTS["junit"]).exists()


def test_a_merge_request_may_be_judged_by_what_it_changes(
    image: dict[str, str], repository: GitRepository
) -> None:
    repository.write("a.nbib", FAULTY)
    base = repository.commit()
    repository.write("b.nbib", record(31000002))
    repository.commit()
    environment = {**image, "MEDLINT_SINCE": base}
    assert run_lines(JOB["script"], repository.folder, environment).returncode == 0
    repository.write("c.nbib", record(31000003, IS="1533-4407 (Electronic)"))
    repository.commit()
    done = run_lines(JOB["script"], repository.folder, environment)
    assert done.returncode == 1, done.stdout
    assert "a.nbib" not in done.stdout


def test_the_revision_is_never_obeyed(image: dict[str, str], repository: GitRepository) -> None:
    repository.write("a.nbib", record())
    environment = {**image, "MEDLINT_SINCE": "$(touch owned) `touch owned`\"; touch owned; '"}
    assert run_lines(JOB["script"], repository.folder, environment).returncode == 2
    assert not (repository.folder / "owned").exists()
