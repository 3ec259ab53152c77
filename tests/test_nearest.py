"""Finding the file that holds for a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from medlint.nearest import as_shown, nearest, shared_folder


def test_it_looks_in_the_folder_first_then_upwards(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "x.yaml").touch()
    assert nearest(tmp_path / "a" / "b", ["x.yaml"]) == tmp_path / "x.yaml"
    (tmp_path / "a" / "x.yaml").touch()
    assert nearest(tmp_path / "a" / "b", ["x.yaml"]) == tmp_path / "a" / "x.yaml"
    assert nearest(tmp_path, ["x.yaml"]) == tmp_path / "x.yaml"


def test_in_one_folder_the_first_name_wins(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").touch()
    (tmp_path / "y.yaml").touch()
    assert nearest(tmp_path, ["y.yaml", "x.yaml"]) == tmp_path / "y.yaml"


def test_a_folder_of_that_name_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a" / "x.yaml").mkdir(parents=True)
    (tmp_path / "x.yaml").touch()
    assert nearest(tmp_path / "a", ["x.yaml"]) == tmp_path / "x.yaml"


def test_there_may_be_none(tmp_path: Path) -> None:
    assert nearest(tmp_path, ["no-file-has-this-name.yaml"]) is None


def test_a_path_is_shown_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert as_shown(tmp_path / "a" / "x.yaml") == "x.yaml"
    assert Path(as_shown(tmp_path / "x.yaml")) == Path("..", "x.yaml")
    assert nearest(Path(), ["x.yaml"]) is None
    (tmp_path / "x.yaml").touch()
    assert nearest(Path(), ["x.yaml"]) == tmp_path / "x.yaml"


def test_the_folder_that_paths_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert shared_folder([]) == tmp_path
    assert shared_folder(["-"]) == tmp_path
    assert shared_folder(["a/b"]) == tmp_path / "a" / "b"
    assert shared_folder(["a/b/x.nbib"]) == tmp_path / "a" / "b"
    assert shared_folder(["a/b", "a/x.nbib"]) == tmp_path / "a"
