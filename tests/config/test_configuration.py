"""Which file counts where, and what it does to a file of records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.config.command_line import command_line
from medlint.config.configuration import Configuration
from medlint.config.layer import Layer
from medlint.config.patterns import Pattern, PatternError, Patterns
from medlint.config.rules import rules_to_run
from medlint.documents.problem import DocumentError
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.select import SelectionError

Put = Callable[..., Path]


def ignored(path: str, configuration: Configuration | None = None) -> tuple[str, ...]:
    return (configuration or Configuration(Layer())).for_file(path).ignore


def test_the_nearest_file_upwards_counts_and_no_other(put: Put) -> None:
    put("medlint.yaml", "ignore: [ML1]")
    put("a/b/medlint.yaml", "ignore: [ML2]")
    assert ignored("x.nbib") == ignored("a/x.nbib") == ("ML1",)
    assert ignored("a/b/x.nbib") == ignored("a/b/c/d/x.nbib") == ("ML2",)


def test_a_file_above_the_working_folder_counts(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("medlint.yaml", "ignore: [ML1]\npaths: [data]\noutput: ['json:out.json']\nrules: [data]")
    folder = put("data/sub/x.nbib").parent
    monkeypatch.chdir(folder)
    settings = Configuration(Layer()).for_run([])
    assert settings.paths == ("..",)
    assert settings.output == ("json:../../out.json",)
    assert settings.rules == (Path(".."),)
    assert settings.origins["ignore.ML1"] == "../../medlint.yaml:1"


def test_medlint_yaml_goes_before_pyproject(put: Put) -> None:
    put("pyproject.toml", "[tool.medlint]\nignore = ['ML1']")
    assert ignored("x.nbib") == ("ML1",)
    put("medlint.yaml", "ignore: [ML2]")
    assert ignored("x.nbib") == ("ML2",)


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'", "[tool.medlinter]\n", "broken ="])
def test_a_pyproject_without_medlint_is_passed_over(put: Put, text: str) -> None:
    put("medlint.yaml", "ignore: [ML1]")
    put("a/pyproject.toml", text)
    assert ignored("a/x.nbib") == ("ML1",)


def test_standard_input_has_the_settings_of_the_working_folder(put: Put) -> None:
    put("medlint.yaml", "ignore: [ML1]\nper-file-ignores: {'*': [ML2]}")
    assert Configuration(Layer()).for_file(None).ignore == ("ML1",)


def test_one_file_may_be_named_and_none_may_count(put: Put) -> None:
    put("medlint.yaml", "ignore: [ML1]")
    other = put("ci/other.yaml", "ignore: [ML2]\nper-file-ignores: {'data/': [ML3]}")
    assert ignored("x.nbib", Configuration(Layer(), file=other)) == ("ML2",)
    assert ignored("ci/data/x.nbib", Configuration(Layer(), file=other)) == ("ML2", "ML3")
    assert ignored("x.nbib", Configuration(Layer(), use=False)) == ()


def test_per_file_ignores_are_for_the_files_meant(put: Put) -> None:
    put("a/medlint.yaml", "per-file-ignores: {'old/': [ML1], '*.txt': [ML2], '/x.nbib': [ML3]}")
    assert ignored("a/x.nbib") == ("ML3",)
    assert ignored("a/b/x.nbib") == ()
    assert ignored("a/old/c/x.txt") == ("ML1", "ML2")
    assert ignored("old/x.txt") == ()


def test_per_file_ignores_hold_however_exactly_a_rule_is_selected(put: Put) -> None:
    put("medlint.yaml", "select: [ML203, ML301]\nper-file-ignores: {'old/': [identifiers]}")
    rules = load_rulebook().rules
    configuration = Configuration(Layer())

    def codes(path: str) -> list[str]:
        return [rule.code for rule in rules_to_run(rules, configuration.for_file(path))]

    assert codes("x.nbib") == ["ML203", "ML301"]
    assert codes("old/x.nbib") == ["ML301"]


def test_equal_settings_are_one_object(put: Put) -> None:
    for folder in ("a", "b"):
        put(f"{folder}/medlint.yaml", "ignore: [ML1]\nseverity: {ML2: info}")
    put("c/medlint.yaml", "severity: {ML2: info}\nper-file-ignores: {'*.txt': [ML1]}")
    configuration = Configuration(Layer())
    one = configuration.for_file("a/x.nbib")
    assert configuration.for_file("a/y.nbib") is one
    assert configuration.for_file("b/c/x.nbib") is one
    assert configuration.for_file("c/x.nbib") is configuration.for_file("c/y.nbib")
    assert configuration.for_file("c/x.txt") is not configuration.for_file("c/x.nbib")


def test_a_run_has_the_settings_of_the_folder_that_its_paths_share(put: Put) -> None:
    put("medlint.yaml", "as-of: 2020-01-01")
    put("a/medlint.yaml", "as-of: 2021-01-01\npaths: [b]")
    put("a/b/x.nbib")
    put("a/c/x.nbib")

    def year(*paths: str) -> int:
        day = Configuration(Layer()).for_run(paths).as_of
        assert day is not None
        return day.year

    assert year() == year("a", "medlint.yaml") == year("-", "a/b/x.nbib") == 2020
    assert year("a") == year("a/b/x.nbib", "a/c") == year("a/b/x.nbib", "a/c/x.nbib") == 2021


def test_paths_of_the_command_line_replace_those_of_the_file(put: Put) -> None:
    put("medlint.yaml", "paths: [data, more/x.nbib]")
    configuration = Configuration(Layer())
    assert configuration.for_run([]).paths == ("data", "more/x.nbib")
    assert configuration.for_run([]).origins["paths"] == "medlint.yaml:1"
    assert configuration.for_run(["x.nbib"]).paths == ("x.nbib",)
    assert configuration.for_run(["x.nbib"]).origins["paths"] == "command line"


def test_a_word_that_names_no_rule_is_told_at_its_place(put: Put) -> None:
    put("house.yaml", "severity: {issn-frm: info}")
    put("medlint.yaml", "extends: ./house.yaml\nignore:\n  - ML203\n  - ML20E\nselect: [M]\n")
    rules = load_rulebook().rules
    with pytest.raises(DocumentError) as caught:
        rules_to_run(rules, Configuration(Layer()).for_file("x"))
    assert str(caught.value).split("\n") == [
        "house.yaml:1:12: there is no rule or topic 'issn-frm'; did you mean 'issn-form'?",
        "medlint.yaml:4:5: there is no rule or topic 'ML20E'; did you mean 'ML020'?",
        "medlint.yaml:5:10: there is no rule or topic 'M'; 'medlint rules list' shows them all",
    ]


def test_a_word_in_per_file_ignores_is_checked_though_no_file_is_meant(put: Put) -> None:
    put("medlint.yaml", "per-file-ignores: {'nothing/': [nonsense-rule]}")
    with pytest.raises(DocumentError, match=r"medlint.yaml:1:33: .*nonsense-rule"):
        rules_to_run(load_rulebook().rules, Configuration(Layer()).for_file("x"))


def test_what_the_command_line_says_wrong_is_told_at_once(put: Put) -> None:
    with pytest.raises(SelectionError, match="'ML203' is both selected and ignored"):
        command_line(extend=["ML203"], ignore=["ML203"])
    with pytest.raises(SelectionError, match="does not say RULE=LEVEL"):
        command_line(severity=["ML203"])
    with pytest.raises(PatternError, match=r"--exclude '\.\./x': .* leads out of it"):
        command_line(exclude=["../x"])


def test_a_deep_tree_is_no_difficulty(put: Put) -> None:
    put("medlint.yaml", "ignore: [ML1]")
    assert ignored("a/" * 1500 + "x.nbib") == ("ML1",)


@given(st.lists(st.sampled_from(["a", "b", "c.txt", "é"]), min_size=1, max_size=5))
def test_a_pattern_means_what_lies_in_its_folder_alone(parts: list[str]) -> None:
    path = "/".join(parts)
    patterns = Patterns([Pattern("/home/x", "*")])
    assert patterns.match(f"/home/x/{path}")
    assert not patterns.match(f"/home/y/{path}")
    assert not patterns.match(f"/home/xy/{path}")
