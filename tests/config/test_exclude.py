"""``exclude``: what is left out, whether it is met in a folder or named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from medlint.config.command_line import command_line
from medlint.config.configuration import Configuration
from medlint.config.layer import Layer
from medlint.records.find import find

Put = Callable[..., Path]


@pytest.fixture
def tree(put: Put) -> Put:
    for name in ("a.nbib", "b.old.nbib", "drafts/c.nbib", "sub/d.nbib", "sub/drafts/e.nbib"):
        put(name, "PMID- 1\n")
    return put


def names(*paths: str, layer: Layer | None = None) -> list[str]:
    configuration = Configuration(layer or Layer())
    sources, problems, _ = find(paths, is_excluded=configuration.is_excluded)
    assert problems == []
    return [source.name for source in sources]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ("[]", ["a.nbib", "b.old.nbib", "drafts/c.nbib", "sub/d.nbib", "sub/drafts/e.nbib"]),
        ("[drafts/]", ["a.nbib", "b.old.nbib", "sub/d.nbib"]),
        ("[/drafts/]", ["a.nbib", "b.old.nbib", "sub/d.nbib", "sub/drafts/e.nbib"]),
        ("[./drafts]", ["a.nbib", "b.old.nbib", "sub/d.nbib", "sub/drafts/e.nbib"]),
        ("['*.old.nbib', sub]", ["a.nbib", "drafts/c.nbib"]),
        ("['**/e.nbib', '/*.nbib']", ["drafts/c.nbib", "sub/d.nbib"]),
        ("['*.nbib', '!a.nbib']", ["a.nbib"]),
        ("['*']", []),
    ],
)
def test_patterns_leave_out_what_gitignore_would(tree: Put, patterns: str, left: list[str]) -> None:
    tree("medlint.yaml", f"exclude: {patterns}")
    assert names() == left
    files = ["a.nbib", "b.old.nbib", "drafts/c.nbib", "sub/d.nbib", "sub/drafts/e.nbib"]
    assert names(*files) == left


def test_a_named_folder_that_is_excluded_is_left_out(tree: Put) -> None:
    tree("medlint.yaml", "exclude: [drafts/]")
    assert names("drafts", "a.nbib") == ["a.nbib"]


def test_a_folder_where_all_is_excluded_is_no_mistake_but_an_empty_one_is(tree: Put) -> None:
    tree("medlint.yaml", "exclude: ['*']")
    assert names("sub") == []
    tree("empty/notes.md")
    _, problems, _ = find(["empty"])
    assert "no records here" in problems[0]
    tree("medlint.yaml", "exclude: ['*.md']")
    _, problems, _ = find(["empty"], is_excluded=Configuration(Layer()).is_excluded)
    assert "no records here" in problems[0]


def test_a_path_that_is_not_there_is_told_though_its_name_is_excluded(tree: Put) -> None:
    tree("medlint.yaml", "exclude: ['*.nbib']")
    sources, problems, _ = find(["nix.nbib"], is_excluded=Configuration(Layer()).is_excluded)
    assert sources == []
    assert problems[0].startswith("nix.nbib: no such file or folder")


def test_standard_input_is_never_excluded(tree: Put) -> None:
    tree("medlint.yaml", "exclude: ['*']")
    assert names("-") == ["-"]


def test_excludes_of_command_line_file_and_pack_add_up(tree: Put) -> None:
    tree("house.yaml", "exclude: [sub/drafts/]")
    tree("medlint.yaml", "extends: ./house.yaml\nexclude: [/drafts/]")
    assert names(layer=command_line(exclude=["*.old.nbib"])) == ["a.nbib", "sub/d.nbib"]


def test_what_a_file_above_excludes_stays_excluded(tree: Put) -> None:
    tree("medlint.yaml", "exclude: [sub/drafts/]\nfail-level: info")
    tree("sub/medlint.yaml", "ignore: [ML1]")
    assert "sub/drafts/e.nbib" not in names()
    assert names("sub/d.nbib", "sub/drafts/e.nbib") == ["sub/d.nbib"]
    assert Configuration(Layer()).for_file("sub/d.nbib").fail_level == "error"


def test_files_are_read_once_and_patterns_only_where_there_are_some(tree: Put) -> None:
    import subprocess
    import sys

    from support import ROOT

    code = (
        "import sys; from pathlib import Path; from medlint.config.configuration import *\n"
        "c = Configuration(Layer()); c.is_excluded(Path('a.nbib')); c.for_file('a.nbib')\n"
        "heavy = {'yaml', 'jsonschema', 'pathspec', 'tomllib', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )

    def imported() -> str:
        command = [sys.executable, "-c", code]
        env = {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(Path.cwd().parent / "cache")}
        return subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout

    assert imported() == "[]\n"
    tree("medlint.yaml", "ignore: [ML1]")
    assert "yaml" in imported()
    assert imported() == "[]\n"
