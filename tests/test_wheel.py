"""The wheel: what users and pre-commit install."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import ROOT, record

_RUN = """
import sys
from medlint.cli.main import main
try:
    main()
except SystemExit as ending:
    code = ending.code or 0
heavy = {"yaml", "jsonschema", "rich", "pydantic", "typer"}
imported = heavy & {name.partition(".")[0] for name in sys.modules}
print("imported:", sorted(imported), file=sys.stderr)
import medlint
print("from:", medlint.__file__, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--wheel-dir",
            folder,
            ROOT,
        ],
        check=True,
    )
    (path,) = folder.glob("medline_lint-*.whl")
    return path


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(site: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _RUN, *map(str, arguments)],
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": str(site), "XDG_CACHE_HOME": str(site.parent / "cache")},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_rules_and_schemas_are_inside_and_compiled(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "medlint/_data/rules.json" in names
    assert "medlint/_data/schemas/rule.schema.json" in names
    assert "medlint/_data/rules/form/issn-check-digit.yaml" in names
    assert "medlint/py.typed" in names
    assert not [name for name in names if name.startswith(("rules/", "tests/", "schemas/"))]


@pytest.mark.parametrize("bad", [False, True])
def test_check_imports_nothing_heavy(site: Path, tmp_path: Path, bad: bool) -> None:
    path = tmp_path / "one.nbib"
    path.write_text(record(IS="1533-4407 (Electronic)") if bad else record())
    done = run(site, "check", path)
    assert done.returncode == int(bad), done.stderr
    assert "imported: []" in done.stderr
    assert f"from: {site}" in done.stderr
    assert ("ML203" in done.stdout) is bad


def test_rules_of_the_users_own_need_no_checkout(site: Path, tmp_path: Path) -> None:
    rule = (ROOT / "rules" / "form" / "issn-check-digit.yaml").read_text()
    path = tmp_path / "mine.yaml"
    path.write_text(rule.replace("ML203", "MY001").replace("name: issn-check-digit", "name: mine"))
    first = run(site, "rules", "test", path)
    assert first.returncode == 0, first.stderr
    assert "all as they say" in first.stdout


def test_compiled_user_rules_are_read_from_the_cache(site: Path, tmp_path: Path) -> None:
    rule = (ROOT / "rules" / "form" / "issn-check-digit.yaml").read_text()
    own = tmp_path / "mine.yaml"
    own.write_text(rule.replace("ML203", "MY001").replace("name: issn-check-digit", "name: mine"))
    path = tmp_path / "one.nbib"
    path.write_text(record(IS="1533-4407 (Electronic)"))
    first = run(site, "check", path, "--rules", own)
    second = run(site, "check", path, "--rules", own)
    assert "MY001 mine" in first.stdout
    assert first.stdout == second.stdout
    assert "yaml" in first.stderr
    assert "imported: ['typer']" in second.stderr
