"""Which rules run: codes, prefixes, names, topics and ALL; the more exact entry wins."""

from __future__ import annotations

from typing import Any

import pytest

from medlint.findings import Severity
from medlint.rulebook.rule import Rule
from medlint.rulebook.select import (
    Selection,
    SelectionError,
    choose,
    find,
    meant,
    notices,
    select,
)


def make(code: str, name: str, *topics: str, default: bool = True, **more: Any) -> Rule:
    return Rule.from_json(
        {
            "code": code,
            "name": name,
            "summary": "It is right.",
            "severity": "warning",
            "default": default,
            "since": "0.1",
            "topics": list(topics),
            "check": {"type": "required", "tag": "TI"},
            "message": "No.",
            "rationale": "Why.",
            "examples": {"good": [], "bad": []},
            **more,
        }
    )


RULES = [
    make("ML101", "title-present", "completeness"),
    make("ML201", "issn-form", "identifiers", "journal"),
    make("ML203", "issn-check-digit", "identifiers", "journal"),
    make("ML211", "doi-form", "identifiers", "doi"),
    make("ML290", "strict-pages", "pages", default=False),
    make("MYHOUSE001", "house-title", "local"),
    make("MYHOUSE002", "house-name", "local", default=False),
]
DEFAULT = ["ML101", "ML201", "ML203", "ML211", "MYHOUSE001"]
ALL = [rule.code for rule in RULES]


def codes(select_: str = "", ignore: str = "", extend: str = "", severity: str = "") -> list[str]:
    return [rule.code for rule in chosen(select_, ignore, extend, severity)]


def chosen(select_: str = "", ignore: str = "", extend: str = "", severity: str = "") -> list[Rule]:
    words = Selection(select_.split(), extend.split(), ignore.split(), severity.split())
    return select(RULES, words)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("", DEFAULT),
        ("ML203", ["ML203"]),
        ("ml203", ["ML203"]),
        ("issn-check-digit", ["ML203"]),
        ("ML20", ["ML201", "ML203"]),
        ("ML2", ["ML201", "ML203", "ML211", "ML290"]),
        ("ML", ["ML101", "ML201", "ML203", "ML211", "ML290"]),
        ("MY", ["MYHOUSE001", "MYHOUSE002"]),
        ("MYHOUSE", ["MYHOUSE001", "MYHOUSE002"]),
        ("identifiers", ["ML201", "ML203", "ML211"]),
        ("doi local", ["ML211", "MYHOUSE001", "MYHOUSE002"]),
        ("ML101 doi-form", ["ML101", "ML211"]),
        ("ALL", ALL),
    ],
)
def test_what_an_entry_means(wanted: str, expected: list[str]) -> None:
    assert codes(wanted) == expected


def test_former_codes_and_names_are_as_exact_as_those_of_today() -> None:
    rule = RULES[2]._replace(replaces=("ML299", "issn-right"))
    rules = [*RULES[:2], rule, *RULES[3:]]
    for word in rule.replaces:
        assert find(rules, word) == [rule]
        assert select(rules, Selection([word], ignore=["ML20", "ALL"])) == [rule]
        (chosen,) = select(rules, Selection(["ML203"], severity=[f"{word}=info", "ML2=error"]))
        assert chosen.severity is Severity.INFO


#: A rule of today, the deprecated one whose place it takes, and two that share a former one.
HEIRS = [
    make("ML401", "new", "dates", replaces=["old", "ML499"]),
    make("ML402", "old", "dates", status="deprecated"),
    make("ML403", "alone", "dates", status="deprecated", default=True),
    make("ML404", "left", "dates", status="preview", replaces=["both"]),
    make("ML405", "right", "dates", replaces=["both"]),
]


def heirs(*words: str, **more: list[str]) -> list[str]:
    return [rule.name for rule in select(HEIRS, Selection(words, **more))]


def test_a_preview_rule_runs_like_any_other() -> None:
    assert heirs() == ["new", "left", "right"]


def test_a_deprecated_rule_runs_only_if_it_is_named() -> None:
    for word in ("ALL", "ML4", "ML", "dates"):
        assert heirs(word) == ["new", "left", "right"]
    for word in ("old", "ML402", "ml402"):
        assert heirs(word) == ["old"]
    assert heirs(extend=["alone"]) == ["new", "alone", "left", "right"]
    assert heirs("ALL", "old", ignore=["ML402"]) == ["new", "left", "right"]
    (rule,) = select(HEIRS, Selection(["old"], severity=["dates=info"]))
    assert rule.severity is Severity.INFO


def test_a_former_name_means_every_rule_in_its_place() -> None:
    assert heirs("both") == ["left", "right"]
    assert heirs(ignore=["both"]) == ["new"]
    assert heirs("both", ignore=["right"]) == ["left"]
    assert [rule.name for rule in find(HEIRS, "both")] == ["left", "right"]
    assert heirs("ml499") == ["new"]


def test_the_name_of_a_rule_that_is_still_there_means_that_rule() -> None:
    assert [rule.name for rule in find(HEIRS, "old")] == ["old"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("both", ["'both' is now 'left' and 'right'"]),
        ("ml499", ["'ml499' is now 'new'"]),
        ("old", ["'old' is deprecated and will go; use 'new'"]),
        ("ML402", ["'ML402' is deprecated and will go; use 'new'"]),
        ("alone", ["'alone' is deprecated and will go; no rule replaces it"]),
        ("left", []),
        ("dates", []),
        ("ML40", []),
        ("ALL", []),
    ],
)
def test_former_and_deprecated_names_have_a_notice(word: str, said: list[str]) -> None:
    assert notices(HEIRS, [word]) == said


def test_each_word_of_the_user_has_its_notice_once() -> None:
    selection = Selection(["both"], ["old"], ["alone"], ["both=info", "new=error"])
    assert selection.words == ["both", "old", "alone", "new"]
    assert len(notices(HEIRS, selection.words)) == 3


def test_rules_that_are_off_run_when_they_are_asked_for() -> None:
    assert codes(extend="strict-pages") == sorted([*DEFAULT, "ML290"])
    assert codes(extend="ML290", ignore="identifiers") == ["ML101", "ML290", "MYHOUSE001"]


@pytest.mark.parametrize(
    ("wanted", "unwanted", "expected"),
    [
        ("ALL", "ML2", ["ML101", "MYHOUSE001", "MYHOUSE002"]),
        ("ML2", "ALL", ["ML201", "ML203", "ML211", "ML290"]),
        ("ML2", "ML20", ["ML211", "ML290"]),
        ("ML20", "ML2", ["ML201", "ML203"]),
        ("ML203", "ML20", ["ML203"]),
        ("ML20", "ML203", ["ML201"]),
        ("issn-form", "ML2", ["ML201"]),
        ("ML2", "issn-form", ["ML203", "ML211", "ML290"]),
        ("identifiers", "ML203", ["ML201", "ML211"]),
        ("ML203", "identifiers", ["ML203"]),
        ("ALL", "identifiers", ["ML101", "ML290", "MYHOUSE001", "MYHOUSE002"]),
        ("identifiers", "doi", ["ML201", "ML203"]),
        ("MYHOUSE001", "MYHOUSE00", ["MYHOUSE001"]),
        ("MYHOUSE00", "MYHOUSE001", ["MYHOUSE002"]),
        ("ML203", "issn-check-digit", []),
        ("issn-check-digit", "ML203", []),
    ],
)
def test_the_more_exact_entry_wins_and_ignore_between_equals(
    wanted: str, unwanted: str, expected: list[str]
) -> None:
    assert codes(wanted, unwanted) == expected


def test_ignore_takes_from_the_default_rules() -> None:
    assert codes(ignore="ML2 local") == ["ML101"]
    assert codes(ignore="ALL") == []
    assert codes(ignore="ALL", extend="ML203") == ["ML203"]


def test_the_order_of_entries_changes_nothing() -> None:
    entries = ["ML20", "doi", "MYHOUSE001"]
    assert codes(" ".join(entries)) == codes(" ".join(reversed(entries)))


@pytest.mark.parametrize("word", ["ML203", "identifiers", "ALL"])
def test_one_word_cannot_be_both_selected_and_ignored(word: str) -> None:
    with pytest.raises(SelectionError, match=f"'{word}' is both selected and ignored"):
        codes(word, word)
    with pytest.raises(SelectionError, match=f"'{word}' is both selected and ignored"):
        codes(ignore=word, extend=word)


@pytest.mark.parametrize("word", ["ML203", "identifiers", "ALL"])
def test_said_in_two_places_the_ignore_holds(word: str) -> None:
    assert choose(RULES, Selection([word], ignore=[word])) == []
    assert choose(RULES, Selection(["ML203"], ignore=["issn-check-digit"])) == []


def test_a_word_means_rules() -> None:
    assert meant(RULES, "ML20") == {"ML201", "ML203"}
    assert meant(RULES, "doi") == {"ML211"}
    with pytest.raises(SelectionError, match="there is no rule or topic 'nix'"):
        meant(RULES, "nix")


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ("ML2033", "did you mean 'ML203'?"),
        ("issn-checkdigit", "did you mean 'issn-check-digit'?"),
        ("Issn_Form", "did you mean 'issn-form'?"),
        ("identifier", "did you mean 'identifiers'?"),
        ("all", "did you mean 'ALL'?"),
        ("M", "'medlint rules list' shows them all"),
        ("qqqq", "'medlint rules list' shows them all"),
    ],
)
@pytest.mark.parametrize("option", ["select_", "ignore", "extend", "severity"])
def test_what_is_no_rule_has_a_near_miss(option: str, entry: str, hint: str) -> None:
    word = f"{entry}=error" if option == "severity" else entry
    with pytest.raises(SelectionError) as caught:
        codes(**{option: word})
    assert str(caught.value) == f"there is no rule or topic '{entry}'; {hint}"


def severities(words: str) -> dict[str, str]:
    """The severities that differ from those of the rules."""
    return {r.code: r.severity.label for r in chosen("ALL", severity=words) if r.severity != 2}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ML203=error", {"ML203": "error"}),
        ("issn-form=info", {"ML201": "info"}),
        ("ML20=info", {"ML201": "info", "ML203": "info"}),
        ("journal=error", {"ML201": "error", "ML203": "error"}),
        ("ML203=error ML2=info ML290=warning ML211=warning", {"ML201": "info", "ML203": "error"}),
        ("ML20=info ML203=error", {"ML201": "info", "ML203": "error"}),
        ("doi=info identifiers=error", {"ML201": "error", "ML203": "error", "ML211": "error"}),
        ("ML203=info issn-check-digit=error", {"ML203": "error"}),
        ("ALL=warning", {}),
    ],
)
def test_a_severity_is_changed_by_the_most_exact_entry_and_the_last(
    words: str, expected: dict[str, str]
) -> None:
    assert severities(words) == expected


def test_a_severity_selects_nothing() -> None:
    assert codes(severity="ML290=error") == DEFAULT
    assert RULES[2].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("ML203", "'ML203' does not say RULE=LEVEL"),
        ("ML203=", "'' is not a severity: use error, warning or info"),
        ("ML203=ERROR", "'ERROR' is not a severity"),
        ("=error", "there is no rule or topic ''"),
    ],
)
def test_a_severity_that_makes_no_sense_is_told(entry: str, said: str) -> None:
    with pytest.raises(SelectionError) as caught:
        codes(severity=entry)
    assert said in str(caught.value)


@pytest.mark.parametrize("word", ["ML203", "ml203", "issn-check-digit"])
def test_one_rule_is_found_by_code_or_name(word: str) -> None:
    assert [rule.code for rule in find(RULES, word)] == ["ML203"]


@pytest.mark.parametrize("word", ["ML20", "identifiers", "ALL", ""])
def test_what_may_be_several_rules_is_not_one(word: str) -> None:
    with pytest.raises(SelectionError, match="there is no rule"):
        find(RULES, word)


def test_the_near_miss_of_a_rule_is_a_rule() -> None:
    with pytest.raises(SelectionError, match="did you mean 'doi-form'"):
        find(RULES, "doiform")
    with pytest.raises(SelectionError, match="'medlint rules list' shows them all"):
        find(RULES, "identifiers")
