"""What CI systems read, here and in the documentation, is what their schemas ask for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support import ROOT

PAGE = (ROOT / "docs" / "continuous-integration.md").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def validate(schema: str, path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.gitlab-ci", "templates/medlint.gitlab-ci.yml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
    ],
)
def test_the_files_are_valid(schema: str, name: str) -> None:
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"{name} is not in a source distribution")
    validate(schema, path)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_examples_are_valid(block: str, tmp_path: Path) -> None:
    path = tmp_path / "example.yml"
    path.write_text(block, encoding="utf-8")
    keys = yaml.safe_load(block).keys()
    if "repos" in keys:
        command = [sys.executable, "-m", "pre_commit", "validate-config", str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return
    validate("vendor.github-workflows" if "jobs" in keys else "vendor.gitlab-ci", path)


def test_there_is_an_example_for_each_system() -> None:
    assert len(BLOCKS) == 5


def test_the_examples_use_inputs_and_outputs_that_the_action_has() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    uses = [
        step
        for block in BLOCKS
        for job in yaml.safe_load(block).get("jobs", {}).values()
        for step in job["steps"]
        if step["uses"].startswith("OWNER/medlint@")
    ]
    assert len(uses) == 2
    for step in uses:
        assert step["with"].keys() <= action["inputs"].keys()
    assert set(re.findall(r"steps\.medlint\.outputs\.([\w-]+)", PAGE)) <= action["outputs"].keys()


def test_every_input_and_output_of_the_action_is_explained_with_its_default() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    rows = dict(re.findall(r"^\| `([\w-]+)` \|(.*)\|$", PAGE, re.MULTILINE))
    assert rows.keys() == action["inputs"].keys() | action["outputs"].keys()
    for name, about in action["inputs"].items():
        if about["default"]:
            assert rows[name].endswith(f"| `{about['default']}` ")
