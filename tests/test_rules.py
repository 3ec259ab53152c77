"""The built-in rules: each does what its examples say, and they are one consistent set."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from medlint.data import RULES
from medlint.rule_tests import failures
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.rule import Rule

BOOK = load_rulebook(use_cache=False)
FILES = sorted(file for file in RULES.rglob("*.yaml") if file.parent.name != "vocabularies")
EXAMPLES = [
    pytest.param(rule, kind, number, id=f"{rule.code}-{rule.name}-{kind}-{number}")
    for rule in BOOK.rules
    for kind, examples in (("good", rule.good), ("bad", rule.bad))
    for number in range(1, len(examples) + 1)
]

#: Folder below rules/ -> the first digit of the codes in it.
TOPICS = {
    "reading": "0",
    "suppression": "0",
    "completeness": "1",
    "form": "2",
    "identifiers": "2",
    "vocabulary": "3",
    "agreement": "4",
    "people": "5",
    "text": "6",
    "status": "7",
    "journals": "8",
    "dataset": "9",
    "xml": "2",
}


@pytest.mark.parametrize(("rule", "kind", "number"), EXAMPLES)
def test_example(rule: Rule, kind: str, number: int) -> None:
    one = rule._replace(
        good=rule.good[number - 1 : number] if kind == "good" else (),
        bad=rule.bad[number - 1 : number] if kind == "bad" else (),
    )
    assert [failure.reason for failure in failures(one, BOOK)] == []


def test_every_rule_file_is_loaded() -> None:
    assert {file.stem for file in FILES} == {rule.name for rule in BOOK.rules}


@pytest.mark.parametrize("key", ["code", "name", "summary"])
def test_no_two_rules_share(key: str) -> None:
    counts = Counter(getattr(rule, key) for rule in BOOK.rules)
    assert [value for value, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    code = re.search(r"(?m)^code: ML(\d)\d\d$", text)
    name = re.search(r"(?m)^name: (\S+)$", text)
    assert code is not None
    assert code[1] == TOPICS[file.parent.name]
    assert name is not None
    assert name[1] == file.stem
    assert not re.search(r"TODO|FIXME|XXX", text)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.name)
def test_summary_states_the_requirement_in_one_sentence(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert len(rule.summary) <= 120
    assert re.match(r"[A-Z]", rule.summary)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.name)
def test_a_bad_example_shows_the_whole_message(rule: Rule) -> None:
    assert any(example.says for example in rule.bad)


@pytest.mark.parametrize("name", sorted(BOOK.vocabularies))
def test_vocabulary_is_consistent(name: str) -> None:
    vocabulary = BOOK.vocabularies[name]
    values, retired = set(vocabulary["values"]), set(vocabulary.get("retired", ()))
    instead = vocabulary.get("instead", {})
    assert not values & retired
    assert not instead.keys() & (values | retired)
    assert set(instead.values()) <= values


def test_every_vocabulary_is_used() -> None:
    assert set(BOOK.vocabularies) <= {rule.check.get("list") for rule in BOOK.rules}
