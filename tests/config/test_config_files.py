"""What a configuration file may say, and what is said of its mistakes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulebook_files import RULE
from support import ROOT

from medlint.config.configuration import Configuration
from medlint.config.document import read
from medlint.config.layer import Layer
from medlint.config.settings import Settings
from medlint.data import schema
from medlint.documents.problem import DocumentError

Put = Callable[..., Path]
KEYS = schema("config")["properties"]


def settings() -> Settings:
    return Configuration(Layer()).for_file("x.nbib")


def said() -> list[str]:
    """The mistakes that are told."""
    with pytest.raises(DocumentError) as caught:
        settings()
    return str(caught.value).split("\n")


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_explained_to_editors(key: str) -> None:
    assert {"title", "description"} <= KEYS[key].keys()


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "{}", "\ufeff", "ignore: []\n"])
def test_a_file_may_say_nothing(put: Put, text: str) -> None:
    before = settings()
    put("medlint.yaml", text)
    assert settings() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignor: [ML1]", "1:1: 'ignor' is not a key of a configuration; did you mean 'ignore'?"),
        ("fail_level: info", "1:1: 'fail_level' is not a key of a configuration; did you mean "),
        ("ignore: ML203", "1:9: ignore is 'ML203'; it must be a list"),
        ("ignore: [203]", "1:10: ignore[1] must be text; put it in quotes: '203'"),
        ("ignore: [ML1, ML1]", "1:15: 'ML1' stands twice in ignore"),
        ("select: []", "1:9: select is empty"),
        ("severity: [ML1]", "1:11: severity is a list; it must be a mapping"),
        ("severity: {ML1: eror}", "1:17: severity.ML1 is 'eror'; use error, warning or info"),
        ("fail-level: warn", "1:13: fail-level is 'warn'; use error, warning, info or never"),
        ("dialect: medline", "1:10: dialect is 'medline'; use auto, pubmed, book, pmc, eric or"),
        ("as-of: 2026-02-30", "1:8: as-of is '2026-02-30'; it must be a day such as 2026-01-31"),
        ("as-of: today", "1:8: as-of is 'today'; it must be a day"),
        ("output: [concis]", "1:10: 'concis' is not a format; did you mean 'concise'?"),
        ("output: ['json:']", "1:10: output[1] is 'json:'; it must be a format such as concise"),
        ("exclude: ['!']", "1:11: exclude has '!': it is not a pattern as .gitignore has them"),
        ("exclude: [../x]", "1:11: exclude has '../x': patterns count from the folder of this"),
        ("exclude: ['#x']", "1:11: exclude has '#x': it can match no file"),
        ("per-file-ignores: {'!x': [ML1]}", "1:20: per-file-ignores has '!x': '!' takes back"),
        ("per-file-ignores: {x: ML1}", "1:23: per-file-ignores.x is 'ML1'; it must be a list"),
        ("select: [ML2]\nignore: [ML3, ML2]", "2:15: 'ML2' is both selected and ignored; say"),
        ("rules: [nix]", "1:9: there is no file or folder 'nix'; it counts from the folder of"),
        ("extends: [strcit]", "1:11: there is no pack 'strcit'; did you mean 'strict'?"),
        ("extends: nix.yaml", "1:10: there is no file 'nix.yaml'; it counts from the folder of"),
        ("extends: [./]", "1:11: './' is a folder; expected a file in it"),
        ("output: [concise, full]", "1:19: 'full': standard output is written as concise already"),
        ("output: [parquet]", "1:10: parquet is no text for standard output; say parquet:FILE"),
        ("output: ['csv:a', 'json:./a']", "1:19: 'json:./a': two outputs cannot go to the same"),
        ("extends: [.]", "1:11: there is no pack '.'; there are default, strict, legacy"),
        ("[1, 2]", "1:1: the file is a list; it must be a mapping"),
        ("ignore: [", "1:"),
        ("ignore: [a]\nignore: [b]", "2:1: 'ignore' stands twice; it is first on line 1"),
        ("ignore: [\x1b[31m]", "1:10: the character U+001B is not allowed in YAML"),
    ],
)
def test_a_mistake_is_told_at_its_place(put: Put, text: str, message: str) -> None:
    put("medlint.yaml", text)
    (told,) = said()
    assert told.startswith(f"medlint.yaml:{message}")


def test_all_mistakes_are_told_in_one_run(put: Put) -> None:
    put("house.yaml", "dialect: x")
    put("medlint.yaml", "ignor: []\nfail-level: 3\nexclude: ['!']\noutput: [x]\n")
    assert [told.split(" ")[0] for told in said()] == [
        *("medlint.yaml:1:1:", "medlint.yaml:2:13:", "medlint.yaml:3:11:", "medlint.yaml:4:10:")
    ]
    put("medlint.yaml", "extends: [nix, ./house.yaml, strikt]\nrules: [x]\n")
    assert [told.split(" ")[0] for told in said()] == [
        *("medlint.yaml:1:11:", "house.yaml:1:10:", "medlint.yaml:1:30:", "medlint.yaml:2:9:")
    ]


def test_wrong_rules_are_told_together_with_what_is_wrong_in_the_file_alone(put: Put) -> None:
    put("mine.yaml", RULE)
    text = """\
extends: strict
fail-level: 1.5
rules: [mine.yaml]
select: [ML2, MY001, nix-1]
extend-select: [nix-2]
ignore: [nix-3]
severity: {nix-4: error, ML203: error}
per-file-ignores: {"x/": [nix-5, identifiers]}
"""
    put("medlint.yaml", text)
    found = said()
    assert [line.partition(":")[2].split(":")[0] for line in found] == list("245678")
    assert [word for word in range(1, 6) if f"'nix-{word}'" in "".join(found)] == [1, 2, 3, 4, 5]
    put("medlint.yaml", text.replace("mine", "his"))
    assert [line.split(" ")[0] for line in said()] == ["medlint.yaml:2:13:", "medlint.yaml:3:9:"]
    put("house.yaml", "rules: [mine.yaml]")
    put("medlint.yaml", "extends: ./house.yaml\nfail-level: 3\nselect: [MY001]\n")
    assert [line.split(" ")[0] for line in said()] == ["medlint.yaml:2:13:"]


def test_a_mistake_is_told_again_in_the_next_run(put: Put) -> None:
    put("medlint.yaml", "ignor: []")
    assert said() == said()


def test_a_file_that_was_right_is_read_the_same_from_the_cache(put: Put) -> None:
    put("medlint.yaml", "# x\nignore:\n  - ML1\nper-file-ignores:\n  a/:\n    - ML2\n")
    first, second = settings(), settings()
    assert first == second
    assert second.origins["ignore.ML1"] == "medlint.yaml:3"
    assert second.words["ML2"].span == (6, 7, 10)
    put("medlint.yaml", "ignore: [ML3]")
    assert settings().ignore == ("ML3",)


@pytest.mark.parametrize("bad", ["", "null", "medlint1", "medlint1\0\0\0\0{}"])
def test_a_damaged_cache_is_made_again(put: Put, tmp_path: Path, bad: str) -> None:
    put("medlint.yaml", "ignore: [ML1]")
    settings()
    (cache,) = (tmp_path / "cache").rglob("*.kept")
    cache.write_text(bad)
    assert settings().ignore == ("ML1",)


def test_extends_goes_over_several_files_and_folders(put: Put) -> None:
    put("shared/base.yaml", "ignore: [ML1]\nexclude: [old/]\nrules: [mine.yaml]")
    put("shared/mine.yaml")
    put("shared/more/house.yaml", "extends: [strict, ../base.yaml]\nignore: [ML2]")
    put("medlint.yaml", "extends: shared/more/house.yaml\nignore: [ML3]")
    found = settings()
    assert found.ignore == ("ML1", "ML2", "ML3")
    assert found.origins["ignore.ML1"] == "shared/base.yaml:1"
    assert found.origins["fail-level"] == "pack strict"
    assert found.rules == (Path("shared/mine.yaml"),)
    assert found.exclude[0].folder == os.path.abspath("shared")


@pytest.mark.parametrize(
    ("files", "circle"),
    [
        ({"medlint.yaml": "./medlint.yaml"}, "medlint.yaml -> medlint.yaml"),
        (
            {"medlint.yaml": "./a.yaml", "a.yaml": "./sub/b.yaml", "sub/b.yaml": "../a.yaml"},
            "a.yaml -> sub/b.yaml -> a.yaml",
        ),
    ],
)
def test_a_circle_of_files_is_told(put: Put, files: dict[str, str], circle: str) -> None:
    for name, other in files.items():
        put(name, f"extends: {other}")
    (told,) = said()
    assert told.endswith(f": extends goes in a circle: {circle}")


def test_two_ways_to_one_file_are_no_circle(put: Put) -> None:
    put("base.yaml", "ignore: [ML1]")
    put("a.yaml", "extends: ./base.yaml")
    put("medlint.yaml", "extends: [./a.yaml, ./base.yaml]")
    assert settings().ignore == ("ML1",)


def test_a_very_long_chain_of_files_is_told(put: Put) -> None:
    for number in range(60):
        put(f"c{number}.yaml", f"extends: ./c{number + 1}.yaml")
    put("medlint.yaml", "extends: ./c0.yaml")
    (told,) = said()
    assert told.endswith("more than 20 files extend each other in a row")


TOML = """\
[project]
fail-level = "not ours"

[tool.medlint]
extends = "./base.toml"
as-of = 2026-01-31
ignore = [
  "ML203",
]
[tool.medlint.severity]
"issn-form" = "info"

[tool.medlint.per-file-ignores]
'old/**' = ["ML1"]
[tool.other]
select = 1
"""


def test_pyproject_says_the_same_in_toml(put: Put) -> None:
    put("base.toml", "tool.medlint.dialect = 'pmc'")
    put("pyproject.toml", "\ufeff" + TOML.replace("\n", "\r\n"))
    found = settings()
    assert (found.dialect, found.ignore, found.severity) == (
        "pmc",
        ("ML203",),
        {"issn-form": "info"},
    )
    assert str(found.as_of) == "2026-01-31"
    assert found.origins["as-of"] == "pyproject.toml:6"
    assert found.origins["ignore.ML203"] == "pyproject.toml:7"
    assert found.origins["severity.issn-form"] == "pyproject.toml:11"
    assert found.origins["per-file-ignores.old/**.ML1"] == "pyproject.toml:14"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ignore =", "ignor =", "7:1: 'ignor' is not a key of a configuration; did you mean "),
        ('"ML203"', "203", "7:1: ignore[1] must be text; put it in quotes: '203'"),
        ('"info"', "1.5", "11:1: severity.issn-form is 1.5; use error, warning or info"),
        ("2026-01-31", "2026-01-31T12:00:00", "6:1: as-of is '2026-01-31T12:00:00'; it must be"),
        ("2026-01-31", "12:00:00", "6:1: as-of is '12:00:00'; it must be a day"),
        ("2026-01-31", "2026-13-31", "6:13: the file is not TOML: 'Expected newline or end of"),
        ("./base.toml", "./none.toml", "5:1: './none.toml' has no table [tool.medlint]"),
    ],
)
def test_a_mistake_in_toml_is_told_at_its_key(put: Put, old: str, new: str, message: str) -> None:
    put("base.toml", "[tool.medlint]")
    put("none.toml", "")
    put("pyproject.toml", TOML.replace(old, new))
    (told,) = said()
    assert told.startswith(f"pyproject.toml:{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool]\nmedlint = 3", "2:1: tool.medlint is '3'; it must be a table"),
        ("[[tool.medlint]]\nselect = []", "1:1: tool.medlint is a list; it must be a table"),
        ("tool.medlint = false", "1:1: tool.medlint is 'False'; it must be a table"),
    ],
)
def test_what_is_not_a_table_is_told(put: Put, text: str, message: str) -> None:
    put("pyproject.toml", text)
    assert said() == [f"pyproject.toml:{message}"]


def test_a_named_toml_file_without_our_table_is_told(put: Put) -> None:
    path = put("pyproject.toml", "[project]")
    with pytest.raises(DocumentError, match=r"there is no table \[tool.medlint\] in this file"):
        Configuration(Layer(), file=path)


def test_a_folder_instead_of_a_file_is_told(put: Put) -> None:
    put("medlint.yaml/x")
    assert said() == ["medlint.yaml:1:1: the configuration cannot be read: it is a folder"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_told(put: Put) -> None:
    put("medlint.yaml", "").chmod(0)
    assert said() == ["medlint.yaml:1:1: the configuration cannot be read: permission denied"]


def test_a_link_that_leads_nowhere_is_told(put: Put) -> None:
    os.symlink("nix", "medlint.yaml")
    assert said() == [
        "medlint.yaml:1:1: the configuration cannot be read: no such file or directory"
    ]


@pytest.mark.parametrize("data", [b"\xff\xfei\0", b"ignore: [\xe9]", b"\x80"])
def test_another_encoding_is_told(put: Put, data: bytes) -> None:
    put("medlint.yaml").write_bytes(data)
    (told,) = said()
    assert told.startswith("medlint.yaml:1:1: the file is not UTF-8 (")


@given(
    st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_make_reading_fail_otherwise(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("medlint.yaml", "pyproject.toml"):
        path = folder / name
        path.write_bytes(data if name == "medlint.yaml" else b"[tool.medlint]\n" + data)
        try:
            found = read(str(path))
        except DocumentError:
            continue
        assert found is None or isinstance(found.data, dict)


def test_the_manual_names_each_key() -> None:
    manual = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    named = {line.split("`")[1] for line in manual.split("\n") if line.startswith("| `")}
    assert KEYS.keys() <= named


def test_the_examples_of_the_manual_are_right(put: Put) -> None:
    manual = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    put("house-rules/mine.yaml")
    for language, name in (("yaml", "medlint.yaml"), ("toml", "pyproject.toml")):
        (example,) = re.findall(rf"```{language}\n(.*?)```", manual, re.DOTALL)
        put(name, example)
        found = settings()
        assert found.ignore == ("title-not-all-capitals",)
        assert found.severity["issn-linking-last"] == "warning"
        Path(name).unlink()
