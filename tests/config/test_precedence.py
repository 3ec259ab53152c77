"""The command line goes over the nearest file, that over what it extends; ignores add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medlint.config.command_line import command_line
from medlint.config.configuration import Configuration
from medlint.config.settings import Settings

Put = Callable[..., Path]

#: Key -> an option, a text for a file, what each comes to, and where that is in the settings.
REPLACED: dict[str, tuple[Any, str, Any, Any, str]] = {
    "select": (["ML203"], "[dates]", ("ML203",), ("dates",), "select"),
    "fail-level": ("never", "info", "never", "info", "fail_level"),
    "dialect": ("pmc", "eric", "pmc", "eric", "dialect"),
    "as-of": (date(2020, 1, 2), "2021-01-02", date(2020, 1, 2), date(2021, 1, 2), "as_of"),
    "output": (["json:a"], "[concise]", ("json:a",), ("concise",), "output"),
}
ADDED: dict[str, tuple[Any, str, Any, str]] = {
    "ignore": (["ML203"], "[dates]", ("dates", "ML203"), "ignore"),
    "extend-select": (["ML203"], "[dates]", ("dates", "ML203"), "extend"),
    "rules": ([Path("a")], "[b]", (Path("b"), Path("a")), "rules"),
}


def option(key: str) -> str:
    return {"extend-select": "extend"}.get(key, key.replace("-", "_"))


def found(path: str | None = None, **options: Any) -> Settings:
    return Configuration(command_line(**options)).for_file(path)


@pytest.mark.parametrize("key", REPLACED)
def test_the_command_line_replaces_what_the_file_says(put: Put, key: str) -> None:
    value, text, mine, files, name = REPLACED[key]
    put("medlint.yaml", f"{key}: {text}")
    assert getattr(found(), name) == files
    assert found().origins[key] == "medlint.yaml:1"
    settings = found(**{option(key): value})
    assert getattr(settings, name) == mine
    assert settings.origins[key] == "command line"


@pytest.mark.parametrize("key", REPLACED)
def test_the_file_replaces_what_it_extends(put: Put, key: str) -> None:
    _, text, _, files, name = REPLACED[key]
    pack = {"select": "[ML1]", "as-of": "2000-01-01", "output": "[json]"}.get(key, "pubmed")
    put("house.yaml", f"{key}: {'warning' if key == 'fail-level' else pack}")
    put("medlint.yaml", f"extends: [./house.yaml]\n{key}: {text}")
    assert getattr(found(), name) == files
    assert found().origins[key] == "medlint.yaml:2"
    put("medlint.yaml", "extends: ./house.yaml")
    assert found().origins[key] == "house.yaml:1"


@pytest.mark.parametrize("key", REPLACED)
def test_the_command_line_replaces_what_a_pack_says(put: Put, key: str) -> None:
    value, text, mine, _, name = REPLACED[key]
    put("house.yaml", f"{key}: {text}")
    put("medlint.yaml", "extends: [./house.yaml]")
    settings = found(**{option(key): value})
    assert (getattr(settings, name), settings.origins[key]) == (mine, "command line")


@pytest.mark.parametrize("place", ["file", "pack"])
@pytest.mark.parametrize("key", ADDED)
def test_the_command_line_adds_to_file_and_pack(put: Put, key: str, place: str) -> None:
    value, text, both, name = ADDED[key]
    put("b/mine.yaml")
    put("medlint.yaml" if place == "file" else "house.yaml", f"{key}: {text}")
    if place == "pack":
        put("medlint.yaml", "extends: [./house.yaml]")
    assert getattr(found(**{option(key): value}), name) == both


@pytest.mark.parametrize("key", ADDED)
def test_the_file_adds_to_what_it_extends(put: Put, key: str) -> None:
    put("near/a.yaml")
    put("b/mine.yaml")
    put("house.yaml", f"{key}: {ADDED[key][1]}")
    put("medlint.yaml", f"extends: [./house.yaml]\n{key}: [near]")
    settings = found()
    assert [str(value) for value in getattr(settings, ADDED[key][3])][-1] == "near"
    assert len(getattr(settings, ADDED[key][3])) == 2
    assert settings.origins[f"{key}.near"] == "medlint.yaml:2"


def test_severities_are_merged_by_rule_and_the_nearer_one_wins(put: Put) -> None:
    put("house.yaml", "severity: {ML201: error, ML203: error, ML205: error}")
    put("medlint.yaml", "extends: [./house.yaml]\nseverity: {ML203: info, ML207: info}")
    settings = found(severity=["ML205=warning", "ML207=error"])
    assert settings.severity == {
        "ML201": "error",
        "ML203": "info",
        "ML205": "warning",
        "ML207": "error",
    }
    assert settings.origins["severity.ML201"] == "house.yaml:1"
    assert settings.origins["severity.ML203"] == "medlint.yaml:2"
    assert settings.origins["severity.ML205"] == "command line"


def test_a_nearer_severity_wins_over_one_under_another_name_of_the_rule(put: Put) -> None:
    from medlint.config.rules import rules_to_run
    from medlint.rulebook.load import load_rulebook

    put("house.yaml", "severity: {ML203: info}")
    put("medlint.yaml", "extends: ./house.yaml\nseverity: {issn-check-digit: error}")
    rules = load_rulebook().rules

    def level(*severity: str) -> str:
        settings = found(select=["ML203"], severity=severity)
        (rule,) = rules_to_run(rules, settings)
        return rule.severity.label

    assert level() == "error"
    assert level("ML203=warning") == "warning"


def test_of_two_extended_files_the_later_one_goes_over_the_earlier(put: Put) -> None:
    put("a.yaml", "fail-level: info\ndialect: pmc")
    put("b.yaml", "fail-level: never")
    put("medlint.yaml", "extends: [./a.yaml, ./b.yaml]")
    assert (found().fail_level, found().dialect) == ("never", "pmc")
    put("medlint.yaml", "extends: [./b.yaml, ./a.yaml]")
    assert found().fail_level == "info"


def test_a_nearer_select_begins_afresh_but_ignores_stay(put: Put) -> None:
    put("medlint.yaml", "extend-select: [author-once]\nignore: [ML203]")
    settings = found(select=["ML2"])
    assert (settings.select, settings.extend, settings.ignore) == (("ML2",), (), ("ML203",))


def test_an_ignore_of_one_place_holds_against_a_select_of_another(put: Put) -> None:
    from medlint.config.rules import rules_to_run
    from medlint.rulebook.load import load_rulebook

    put("medlint.yaml", "ignore: [ML203]")
    rules = rules_to_run(load_rulebook().rules, found(select=["ML203", "ML201"]))
    assert [rule.code for rule in rules] == ["ML201"]


def test_without_any_configuration_the_defaults_hold(put: Put) -> None:
    settings = found()
    assert settings == (
        *(None, (), (), {}, "error", (), (), (), "auto", None, (), (), ()),
        dict.fromkeys(("select", "paths", "output", "fail-level", "dialect", "as-of"), "default"),
        {},
    )
