"""The GitHub Action: its steps, run as a runner of GitHub runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from git_repository import GitRepository
from support import ROOT, record

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]

FAULTY = record(31000001, IS="1533-4407 (Electronic)")
EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")

#: Text that a shell would obey if it were ever made part of a script.
HOSTILE = "$(touch owned) `touch owned`\"; touch owned; '&& touch owned; ${{ github.token }}"


class Outcome(NamedTuple):
    """What one use of the action came to."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def evaluated(text: str, values: dict[str, str]) -> str:
    return EXPRESSION.sub(lambda match: values.get(match[1], ""), text)


def run_step(
    step: dict[str, Any], values: dict[str, str], environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    script = Path(environment["RUNNER_TEMP"]) / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    own = {name: evaluated(value, values) for name, value in step.get("env", {}).items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
        cwd=folder,
        env={**environment, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )


class Runner:
    """Runs the steps of the action. The first two install; once is enough for all tests."""

    def __init__(self, folder: Path):
        self.temp = folder / "temp"
        self.temp.mkdir()
        clean = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("GIT_", "PYTHON", "PIP_"))
        }
        self.environment = {
            **clean,
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }
        self.values = {"steps.python.outputs.python-path": sys.executable}
        python, install, _ = STEPS
        assert python["uses"].startswith("actions/setup-python@")
        done = run_step(install, self.values, self.environment, folder)
        assert done.returncode == 0, done.stdout

    def use(self, folder: Path, **inputs: str) -> Outcome:
        """Use the action in *folder*; hyphens in the names of inputs are written as _."""
        output, summary = self.temp / "output", self.temp / "summary"
        for file in (output, summary):
            file.write_text("")
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert given.keys() <= ACTION["inputs"].keys()
        values = dict(self.values)
        for name, about in ACTION["inputs"].items():
            values[f"inputs.{name}"] = given.get(name, about["default"])
        environment = {
            **self.environment,
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
        }
        done = run_step(STEPS[2], values, environment, folder)
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            values[f"steps.{STEPS[2]['id']}.outputs.{name}"] = value
        outputs = {
            name: evaluated(about["value"], values) for name, about in ACTION["outputs"].items()
        }
        return Outcome(done.returncode, done.stdout, outputs, summary.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(tmp_path_factory.mktemp("runner"))


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    return GitRepository(tmp_path / "repository")


def test_no_input_becomes_part_of_a_script() -> None:
    scripts = [step["run"] for step in STEPS if "run" in step]
    assert len(scripts) == 2
    assert "${{" not in "".join(scripts)


def test_every_input_is_used_and_every_used_one_is_declared() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(STEPS)))
    assert used == ACTION["inputs"].keys()


def test_clean_records_pass(runner: Runner, repository: GitRepository) -> None:
    repository.write("a.nbib", record())
    done = runner.use(repository.folder)
    assert done.code == 0, done.log
    assert done.outputs == {"exit-code": "0", "sarif": ""}
    assert "::error" not in done.log
    assert "medlint" in done.summary


def test_a_fault_fails_the_job_is_annotated_and_summed_up(
    runner: Runner, repository: GitRepository
) -> None:
    repository.write("a.nbib", FAULTY)
    done = runner.use(repository.folder, sarif="medlint.sarif")
    assert done.code == 1, done.log
    assert re.search(r"^::error file=a\.nbib,line=5,.*issn-check-digit", done.log, re.MULTILINE)
    assert "issn-check-digit" in done.summary
    assert done.outputs == {"exit-code": "1", "sarif": "medlint.sarif"}
    (run,) = json.loads((repository.folder / "medlint.sarif").read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["ML203"]


def test_only_changed_records_fail_a_pull_request(
    runner: Runner, repository: GitRepository
) -> None:
    repository.write("a.nbib", FAULTY)
    repository.commit()
    repository.write("a.nbib", f"{record(31000002)}\n{FAULTY}")
    repository.commit()
    assert runner.use(repository.folder, since="HEAD^1").code == 0
    repository.write("b.nbib", record(31000003, IS="1533-4407 (Electronic)"))
    repository.commit()
    done = runner.use(repository.folder, since="HEAD^1")
    assert done.code == 1, done.log
    assert done.log.count("::error") == 1
    assert "file=b.nbib" in done.log


def test_paths_and_options_are_given_one_a_line(runner: Runner, repository: GitRepository) -> None:
    repository.write("with blanks/a.nbib", FAULTY)
    repository.write("-b.nbib", FAULTY)
    repository.write("c.nbib", record(31000002, LA=None))
    done = runner.use(
        repository.folder, paths="with blanks\n\n  -b.nbib\n", options="--scope=record"
    )
    assert done.code == 1, done.log
    assert "file=with blanks/a.nbib" in done.log
    assert "file=-b.nbib" in done.log
    assert "c.nbib" not in done.log
    done = runner.use(
        repository.folder, paths="-b.nbib", options="--ignore=ML203\n--scope=record\n"
    )
    assert done.code == 0, done.log


def test_the_fail_level_and_the_summary_may_be_chosen(
    runner: Runner, repository: GitRepository
) -> None:
    repository.write("a.nbib", FAULTY)
    done = runner.use(repository.folder, fail_level="never", summary="false")
    assert done.code == 0, done.log
    assert "::error" in done.log
    assert done.summary == ""
    assert done.outputs["exit-code"] == "0"


def test_what_medlint_cannot_do_is_no_finding(runner: Runner, repository: GitRepository) -> None:
    repository.write("a.nbib", record())
    done = runner.use(repository.folder, since="nope", sarif="medlint.sarif")
    assert done.code == 2
    assert "no such revision" in done.log
    assert "::error title=medlint::medlint could not do its work" in done.log
    assert done.outputs == {"exit-code": "2", "sarif": ""}
    assert not (repository.folder / "medlint.sarif").exists()


@pytest.mark.parametrize("name", ["paths", "since", "fail_level", "options", "sarif"])
def test_an_input_is_never_obeyed(runner: Runner, repository: GitRepository, name: str) -> None:
    repository.write("a.nbib", record())
    runner.use(repository.folder, **{name: HOSTILE})
    assert not (repository.folder / "owned").exists()


def test_nothing_in_the_repository_is_imported(runner: Runner, repository: GitRepository) -> None:
    repository.write("a.nbib", record())
    for module in ("medlint/__init__.py", "pip/__init__.py", "typer.py", "json.py"):
        repository.write(module, "raise SystemExit('imported from the repository')\n")
    assert runner.use(repository.folder).code == 0
    values, environment = runner.values, runner.environment
    install = {**STEPS[1], "run": STEPS[1]["run"].replace("$GITHUB_ACTION_PATH", "no-such-thing")}
    done = run_step(install, values, environment, repository.folder)
    assert "imported from the repository" not in done.stdout
    assert "no-such-thing" in done.stdout
