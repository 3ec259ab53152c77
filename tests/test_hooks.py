"""The hooks, installed by the real pre-commit from this repository into a scratch one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, record

_CONFIG = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: medlint
      - id: medlint-dataset
      - id: medlint-rules
"""

#: The hooks in it.
_CHECKING = ("medlint", "medlint-dataset", "medlint-rules")

Git = Callable[..., subprocess.CompletedProcess[str]]


def _git(folder: Path, environment: dict[str, str]) -> Git:
    def git(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=600,
        )

    return git


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"
    home = tmp_path_factory.mktemp("pre-commit")
    return {**clean, "PATH": path, "PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> str:
    """The configuration of a repository that uses the hooks of the working tree."""
    copy = tmp_path_factory.mktemp("hooks") / "medlint"
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=ignored)
    git = _git(copy, environment)
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "the working tree")
    revision = git("rev-parse", "HEAD").stdout.strip()
    return _CONFIG.format(repository=copy, revision=revision)


@pytest.fixture
def repository(tmp_path: Path, hooks: str, environment: dict[str, str]) -> tuple[Path, Git]:
    git = _git(tmp_path, environment)
    git("init", "--quiet")
    (tmp_path / ".pre-commit-config.yaml").write_text(hooks)
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install", "--install-hooks"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        timeout=600,
    )
    git("add", ".pre-commit-config.yaml")
    git("commit", "--quiet", "--message", "use medlint")
    return tmp_path, git


def commit(repository: tuple[Path, Git], files: dict[str, str]) -> tuple[int, str]:
    """Commit *files* and return the exit code and what was printed."""
    folder, git = repository
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git("add", "--all")
    done = git("commit", "--message", "records", check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_clean_record_is_let_through(repository: tuple[Path, Git]) -> None:
    code, output = commit(repository, {"a.nbib": record()})
    assert code == 0, output
    assert "Passed" in output


def test_a_faulty_record_is_refused_and_its_mended_form_let_through(
    repository: tuple[Path, Git],
) -> None:
    code, output = commit(repository, {"a.nbib": record(IS="1533-4407 (Electronic)")})
    assert code == 1, output
    assert "a.nbib:5:7: error ML203 issn-check-digit" in output
    code, output = commit(repository, {"a.nbib": record()})
    assert code == 0, output


def test_warnings_of_a_hook_that_passes_are_seen(repository: tuple[Path, Git]) -> None:
    code, output = commit(repository, {"a.nbib": record(), "b.nbib": ""})
    assert code == 0, output
    assert "b.nbib:1:1: warning ML0" in output


def test_the_data_set_is_checked_as_a_whole(repository: tuple[Path, Git]) -> None:
    assert commit(repository, {"a.nbib": record()})[0] == 0
    code, output = commit(repository, {"sub/b.nbib": record()})
    assert code == 1, output
    assert "error ML901 pmid-unique" in output


def test_what_can_be_mended_is_mended_and_to_be_committed_again(
    repository: tuple[Path, Git],
) -> None:
    folder, _ = repository
    config = folder / ".pre-commit-config.yaml"
    checking = "".join(f"      - id: {name}\n" for name in _CHECKING)
    assert checking in config.read_text()
    mending = "      - id: medlint-fix\n      - id: medlint-format\n"
    config.write_text(config.read_text().replace(checking, mending))
    ragged = record(LA="en").replace("TI  - ", "TI - ")
    code, output = commit(repository, {"a.nbib": ragged})
    assert code == 1, output
    assert "files were modified by this hook" in output
    mended = (folder / "a.nbib").read_text()
    assert "LA  - eng\n" in mended
    assert "\nTI  - A title" in mended
    code, output = commit(repository, {"b.nbib": mended})
    assert code == 0, output


def test_old_faults_pass_where_the_hook_looks_at_what_is_new(
    repository: tuple[Path, Git],
) -> None:
    folder, git = repository
    config = folder / ".pre-commit-config.yaml"
    text = config.read_text()
    config.write_text(text.replace("id: medlint\n", "id: medlint\n        args: [--since, HEAD]\n"))
    faulty = record(IS="1533-4407 (Electronic)")
    (folder / "a.nbib").write_text(faulty)
    git("add", "--all")
    git("commit", "--quiet", "--no-verify", "--message", "an old fault")
    code, output = commit(repository, {"a.nbib": f"{record(31000002)}\n{faulty}"})
    assert code == 0, output
    worse = record(31000003, IS="1533-4407 (Electronic)")
    code, output = commit(repository, {"a.nbib": f"{worse}\n{record(31000002)}\n{faulty}"})
    assert code == 1, output
    assert output.count("error ML203") == 1


def test_rule_files_are_tested(repository: tuple[Path, Git]) -> None:
    rule = (ROOT / "rules" / "form" / "issn-check-digit.yaml").read_text()
    rule = rule.replace("ML203", "MY001").replace("name: issn-check-digit", "name: mine")
    code, output = commit(repository, {"medlint-rules/mine.yaml": rule.replace("4794", "4793")})
    assert code == 1, output
    assert "bad example 1" in output
    code, output = commit(repository, {"medlint-rules/mine.yaml": rule})
    assert code == 0, output
