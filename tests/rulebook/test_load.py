"""The rulebook is compiled once and kept; the cache is never in the way."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from rulebook_files import RULE, TEA_RULE, TEAS

from medlint import cache
from medlint.documents.problem import DocumentError
from medlint.rulebook import compile as compiling
from medlint.rulebook import load
from medlint.rulebook.load import load_rulebook
from medlint.store import Store
from medlint.version import __version__


class House:
    """A medlint with one built-in rule and a cache of its own."""

    def __init__(self, root: Path):
        self.built_in = root / "rules"
        self.own = root / "own"
        self.cache = root / "cache"
        for folder in (self.built_in, self.own):
            folder.mkdir()
        self.write(self.built_in, "ML101", "built-in")

    def write(self, folder: Path, code: str, name: str) -> Path:
        file = folder / f"{name}.yaml"
        file.write_text(RULE.replace("MY001", code).replace("name: mine", f"name: {name}"))
        return file

    @property
    def kept(self) -> list[Path]:
        return sorted(self.cache.rglob("*.kept"))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = House(tmp_path)
    monkeypatch.setattr(load, "RULES", house.built_in)
    monkeypatch.setattr(load, "COMPILED_RULES", tmp_path / "none.json")
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    monkeypatch.setenv(variable, str(house.cache))
    return house


@pytest.fixture
def forbid_yaml(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def never(*_: Any) -> NoReturn:
        raise AssertionError("a rule file was compiled")

    return lambda: monkeypatch.setattr(compiling, "compile_rules", never)


def codes(*paths: Path, use_cache: bool = True) -> list[str]:
    return [rule.code for rule in load_rulebook(paths, use_cache=use_cache).rules]


def test_rules_of_the_users_own_stand_beside_the_built_in_ones_by_code(house: House) -> None:
    house.write(house.own, "AA001", "first")
    mine = house.write(house.own, "ZZ001", "last")
    assert codes() == ["ML101"]
    assert codes(mine) == ["ML101", "ZZ001"]
    assert codes(house.own) == ["AA001", "ML101", "ZZ001"]


def test_what_else_medlint_reads_is_no_rule_of_a_folder(house: House) -> None:
    house.write(house.own, "ZZ001", "mine")
    (house.own / "medlint.yaml").write_text("rules: [.]\n")
    (house.own / "medlint-ignores.yaml").write_text("ignores: []\n")
    assert codes(house.own) == ["ML101", "ZZ001"]
    with pytest.raises(DocumentError):
        codes(house.own / "medlint.yaml")


def test_vocabularies_of_the_users_own_stand_beside_the_built_in_ones(house: House) -> None:
    for folder, name in ((house.built_in, "drinks"), (house.own, "teas")):
        (folder / "vocabularies").mkdir()
        text = TEAS.replace("name: teas", f"name: {name}")
        (folder / "vocabularies" / f"{name}.yaml").write_text(text)
    (house.own / "mine.yaml").write_text(TEA_RULE)
    for _ in range(2):
        assert sorted(load_rulebook([house.own]).vocabularies) == ["drinks", "teas"]


def test_the_second_load_reads_no_yaml(house: House, forbid_yaml: Callable[[], None]) -> None:
    mine = house.write(house.own, "MY001", "mine")
    first = load_rulebook([mine])
    forbid_yaml()
    second = load_rulebook([mine])
    assert [rule.code for rule in second.rules] == ["ML101", "MY001"]
    assert [rule.message for rule in second.rules] == [rule.message for rule in first.rules]
    assert codes() == ["ML101"]


def test_the_cache_is_the_users_and_another_for_each_version(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes()
    (kept,) = house.kept
    assert kept.parent == house.cache / "medlint" / "kept"
    monkeypatch.setattr(cache, "__version__", f"{__version__}.1")
    codes()
    assert len(house.kept) == 2


def test_a_changed_file_is_compiled_anew(house: House) -> None:
    mine = house.write(house.own, "MY001", "mine")
    assert codes(house.own) == ["ML101", "MY001"]
    mine.write_text(mine.read_text().replace("MY001", "MY002"))
    assert codes(house.own) == ["ML101", "MY002"]
    house.write(house.own, "MY003", "more")
    assert codes(house.own) == ["ML101", "MY002", "MY003"]
    mine.unlink()
    assert codes(house.own) == ["ML101", "MY003"]
    house.write(house.built_in, "ML102", "added")
    assert codes(house.own) == ["ML101", "ML102", "MY003"]


def test_a_rule_is_held_against_the_built_in_rules_of_today(house: House) -> None:
    mine = house.write(house.own, "MY001", "mine")
    assert codes(mine) == ["ML101", "MY001"]
    house.write(house.built_in, "MY001", "taken")
    with pytest.raises(DocumentError, match="the code MY001 is taken by the built-in rule taken"):
        codes(mine)


def test_a_file_with_mistakes_is_told_every_time(house: House) -> None:
    mine = house.write(house.own, "MY001", "mine")
    mine.write_text(mine.read_text().replace("severity", "severty"))
    for _ in range(2):
        with pytest.raises(DocumentError, match="severty"):
            codes(mine)
    mine.write_text(mine.read_text().replace("severty", "severity"))
    assert codes(mine) == ["ML101", "MY001"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"null", b"[]", b"12", b"{}", b'{"rules": []}', b"half"],
)
def test_a_corrupt_cache_is_harmless_and_mended(house: House, content: bytes) -> None:
    mine = house.write(house.own, "MY001", "mine")
    codes(mine)
    sound = {file: file.read_bytes() for file in house.kept}
    assert len(sound) == 2
    for file, data in sound.items():
        file.write_bytes(data[: len(data) // 2] if content == b"half" else content)
    assert codes(mine) == ["ML101", "MY001"]
    assert {file: file.read_bytes() for file in house.kept} == sound


def test_a_cache_that_cannot_be_written_is_harmless(house: House) -> None:
    house.cache.write_text("a file where the folder should be")
    assert codes() == ["ML101"]
    assert codes() == ["ML101"]


def test_a_cache_that_cannot_be_read_is_harmless(house: House) -> None:
    codes()
    (kept,) = house.kept
    kept.unlink()
    kept.mkdir()
    assert codes() == ["ML101"]
    assert codes() == ["ML101"]
    assert list(house.cache.rglob("*.new")) == []


def test_no_cache_neither_reads_nor_writes_one(house: House) -> None:
    assert codes(use_cache=False) == ["ML101"]
    assert not house.cache.exists()
    codes()
    (kept,) = house.kept
    Store(kept.parent, cache.MOST_BYTES).put(kept.stem, b'{"rules": [], "vocabularies": {}}')
    assert codes(use_cache=False) == ["ML101"]
    assert codes() == []


@pytest.mark.skipif(sys.platform == "win32", reason="XDG is for POSIX")
@pytest.mark.parametrize("variable", ["", "cache", "./cache"])
def test_without_an_absolute_cache_folder_the_home_is_taken(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_CACHE_HOME", variable)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    codes()
    assert len(list((tmp_path / "home" / ".cache" / "medlint").rglob("*.kept"))) == 1
    assert list((tmp_path / "here").iterdir()) == []


def test_a_user_without_a_home_has_no_cache(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> NoReturn:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert codes() == ["ML101"]


def test_an_installed_medlint_brings_its_rules_compiled(
    house: House, forbid_yaml: Callable[[], None]
) -> None:
    codes()
    (kept,) = house.kept
    compiled = json.loads(Store(kept.parent, cache.MOST_BYTES).get(kept.stem) or b"")
    compiled["rules"][0]["code"] = "ML199"
    (house.built_in.parent / "none.json").write_text(json.dumps(compiled))
    forbid_yaml()
    assert codes() == ["ML199"]
    assert codes(use_cache=False) == ["ML199"]


def test_a_path_that_is_not_there_is_told(house: House) -> None:
    with pytest.raises(FileNotFoundError, match="there is no such rule file or folder"):
        codes(house.own / "nope.yaml")
