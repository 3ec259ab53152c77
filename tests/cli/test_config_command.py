"""``medlint config``: what a team meets that writes its configuration."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import Medlint

from medlint.data import schema
from medlint.documents.schema import problems
from medlint.documents.strict_yaml import load

FULL = """\
extends: [default, ./house.yaml]
select: [ML2, dates, "issn-form"]
ignore: [ML203]
severity:
  ML201: error
per-file-ignores:
  "old/**": [completeness]
exclude: [drafts/, "it's \\x1b.nbib"]
as-of: 2026-01-31
output: [concise, "json:out.json"]
"""


def test_show_prints_each_value_and_where_it_comes_from(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("ignore: [ML205]\npaths: [data]\n")
    (tmp_path / "medlint.yaml").write_text(FULL)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "x.nbib").touch()
    done = medlint("config", "show", "old/x.nbib")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == """\
# old/x.nbib: medlint.yaml
select: [ML2, dates, issn-form]     # medlint.yaml:2
extend-select: []                   # default
ignore:
  - ML205                           # house.yaml:1
  - ML203                           # medlint.yaml:3
  - completeness                    # medlint.yaml:7
severity:
  ML201: error                      # medlint.yaml:5
fail-level: error                   # pack default
per-file-ignores:
  "old/**":
    - completeness                  # medlint.yaml:7
rules: []                           # default
paths: [data]                       # house.yaml:2
exclude:
  - drafts/                         # medlint.yaml:8
  - "it's \\u001b.nbib"              # medlint.yaml:8
dialect: auto                       # pack default
as-of: 2026-01-31                   # medlint.yaml:9
output: [concise, "json:out.json"]  # medlint.yaml:10
"""
    )


@pytest.mark.parametrize(
    "text", [None, FULL, "extends: strict", "extends: legacy", "ignore: [ML1]"]
)
def test_what_show_prints_is_a_configuration_in_turn(
    medlint: Medlint, tmp_path: Path, text: str | None
) -> None:
    (tmp_path / "house.yaml").touch()
    if text is not None:
        (tmp_path / "medlint.yaml").write_text(text)
    shown = medlint("config", "show").stdout
    assert problems(load(shown, "shown.yaml"), schema("config")) == []
    (tmp_path / "medlint.yaml").write_text(shown)
    again = medlint("config", "show").stdout
    assert without_comments(again) == without_comments(shown)


def without_comments(text: str) -> str:
    return re.sub(r"^# .*: .*\n| +# .*", "", text)


def test_show_names_all_keys(medlint: Medlint) -> None:
    shown = medlint("config", "show").stdout
    for key in schema("config")["properties"].keys() - {"extends"}:
        assert re.search(rf"^(# )?{key}:", shown, re.MULTILINE), key


def test_show_of_a_folder_and_of_nothing(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "medlint.yaml").write_text("fail-level: never")
    assert "fail-level: never " in medlint("config", "show", "sub").stdout
    assert "fail-level: error " in medlint("config", "show").stdout
    done = medlint("config", "show", "nix")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "medlint: nix: there is no such file or folder\n"


def test_show_tells_mistakes_with_a_frame(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "medlint.yaml").write_text("ignore:\n  - ML9999\n  - issn-frm\n")
    done = medlint("config", "show")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == """\
medlint.yaml:2:5: there is no rule or topic 'ML9999'; did you mean 'ML909'?
  1 | ignore:
> 2 |   - ML9999
    |     ^^^^^^
  3 |   - issn-frm
medlint.yaml:3:5: there is no rule or topic 'issn-frm'; did you mean 'issn-form'?
  2 |   - ML9999
> 3 |   - issn-frm
    |     ^^^^^^^^
medlint: 2 mistakes in medlint.yaml
"""
    )


def test_show_of_the_one_file_that_is_to_count(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "medlint.yaml").write_text("fail-level: info")
    (tmp_path / "gate.yaml").write_text("fail-level: never")
    done = medlint("config", "show", "--config", "gate.yaml")
    assert done.stdout.startswith("# this folder: gate.yaml\n")
    assert "fail-level: never " in done.stdout


def test_show_tells_outputs_that_cannot_be_written(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "medlint.yaml").write_text("output: ['json:no/dir/x']")
    done = medlint("config", "show")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "medlint: medlint.yaml:1: output 'json:no/dir/x': there is no folder 'no/dir'\n"
    )


def test_a_file_that_cannot_be_read_has_no_frame(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "medlint.yaml").mkdir()
    done = medlint("config", "show")
    assert done.returncode == 2
    assert done.stderr == (
        "medlint.yaml:1:1: the configuration cannot be read: it is a folder\n"
        "medlint: 1 mistake in medlint.yaml\n"
    )


def test_init_writes_a_file_that_is_right_and_changes_nothing(
    medlint: Medlint, tmp_path: Path
) -> None:
    before = medlint("config", "show").stdout
    done = medlint("config", "init")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Wrote medlint.yaml. Edit it, then run: medlint config show\n"
    after = medlint("config", "show").stdout
    assert after.split("\n")[1:] == before.split("\n")[1:]


def test_each_example_in_the_file_of_init_is_right(medlint: Medlint, tmp_path: Path) -> None:
    medlint("config", "init")
    path = tmp_path / "medlint.yaml"
    text = path.read_text()
    path.write_text(re.sub(r"^#(?=\S|  \S)", "", text, flags=re.MULTILINE))
    (tmp_path / "mine.yaml").touch()
    assert load(path.read_text(), "").data.keys() == schema("config")["properties"].keys()
    assert problems(load(path.read_text(), ""), schema("config")) == []


def test_init_does_not_overwrite(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "medlint.yaml").write_text("ignore: [ML1]")
    done = medlint("config", "init")
    assert (done.returncode, done.stdout) == (2, "")
    assert "medlint.yaml is there already" in done.stderr
    assert (tmp_path / "medlint.yaml").read_text() == "ignore: [ML1]"


def test_init_says_which_file_it_takes_the_place_of(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.medlint]\nignore = ['ML1']\n")
    done = medlint("config", "init")
    assert done.returncode == 0
    assert done.stderr == "medlint: pyproject.toml no longer counts in this folder\n"
