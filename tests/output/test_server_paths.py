"""Files as servers name them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.output.server_paths import repository_path, uri_reference


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a folder of exports, which is the current folder."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "a.nbib").touch()
    monkeypatch.chdir(tmp_path / "exports")
    return tmp_path


@pytest.mark.parametrize("path", ["a.nbib", "./a.nbib", ".//x/../a.nbib", "{here}/a.nbib"])
def test_a_file_is_named_from_the_current_folder(repository: Path, path: str) -> None:
    assert repository_path(path.format(here=repository / "exports")) == "a.nbib"


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_build_server_says_where_the_repository_begins(
    repository: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(repository))
    assert repository_path("a.nbib") == "exports/a.nbib"
    assert repository_path("-") == "-"


def test_a_link_is_followed_within_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    Path("latest.nbib").symlink_to("exports/a.nbib")
    assert repository_path("latest.nbib") == "exports/a.nbib"


def test_a_file_elsewhere_keeps_its_name(repository: Path) -> None:
    assert repository_path("../b.nbib") == "../b.nbib"
    assert uri_reference(str(repository / "b 1.nbib")) == (repository / "b 1.nbib").as_uri()


def test_a_byte_that_is_no_utf_8_stays_that_byte(repository: Path) -> None:
    assert uri_reference(os.fsdecode(b"caf\xe9.nbib")) == "caf%E9.nbib"


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=30))
def test_a_reference_has_only_the_characters_of_a_uri_and_gives_the_path_back(path: str) -> None:
    reference = uri_reference(path)
    assert reference.isascii()
    assert reference.isprintable()
    assert not set(reference) & set(' "<>\\^`{|}#?[]@')
    is_absolute = repository_path(path).startswith("/")
    assert reference.startswith("file://") == is_absolute
    assert (":" in reference) == is_absolute or is_absolute
    found = unquote_to_bytes(reference.removeprefix("file://")).decode()
    assert found == repository_path(path)


@given(st.text(max_size=20))
def test_no_name_is_too_strange(path: str) -> None:
    assert uri_reference(path)


def test_a_member_of_an_archive_names_no_other_file(repository: Path) -> None:
    Path("a.zip").touch()
    assert uri_reference("a.zip!in/b 1.nbib") == "a.zip%21in/b%201.nbib"
    assert uri_reference("a.zip!../../evil.xml") == "a.zip%21..%2F..%2Fevil.xml"
    assert repository_path("./a.zip!../../evil.xml") == "a.zip!../../evil.xml"
