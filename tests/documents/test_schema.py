"""What is said of a document that does not fit its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from medlint.documents.schema import problems, render
from medlint.documents.strict_yaml import load

SCHEMAS = Path(__file__).parents[2] / "schemas"
RULE = json.loads((SCHEMAS / "rule.schema.json").read_text(encoding="utf-8"))
VOCABULARY = json.loads((SCHEMAS / "vocabulary.schema.json").read_text(encoding="utf-8"))

GOOD_RULE = """\
code: ML203
name: issn-check-digit
summary: Each ISSN has a correct check digit.
severity: error
default: true
status: stable
since: "0.1"
topics: [identifiers, journal]
dialects: [pubmed]
when:
  STAT: {is: MEDLINE}
silent_after: [issn-form]
check:
  type: format
  tag: IS
message: "{tag} has '{value}': {reason}."
rationale: |
  A wrong digit breaks the link to the journal.
references:
  - https://www.issn.org/
examples:
  good:
    - |
      PMID- 31000001
      IS  - 0028-4793 (Print)
  bad:
    - record: |
        PMID- 31000002
        IS  - 0028-4794 (Print)
      at: IS
fix: none
"""
GOOD_VOCABULARY = """\
name: languages
title: MARC languages
source: https://www.loc.gov/marc/languages/
date: 2025-01-31
values: {eng: English, fre: French}
instead: {en: eng}
retired: {scc: use srp}
"""


def said(text: str, schema: Any, pointer: tuple[str | int, ...] = ()) -> list[str]:
    found = problems(load(text, "r.yaml"), schema, pointer)
    return [str(problem).removeprefix("r.yaml:") for problem in found]


def said_of_rule(*changes: tuple[str, str]) -> list[str]:
    text = GOOD_RULE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return said(text, RULE)


@pytest.mark.parametrize("schema", sorted(SCHEMAS.rglob("*.json")), ids=lambda path: path.name)
def test_schemas_are_valid_json_schemas(schema: Path) -> None:
    Draft202012Validator.check_schema(json.loads(schema.read_text(encoding="utf-8")))


def test_good_documents_have_no_problems() -> None:
    assert said_of_rule() == []
    assert said(GOOD_VOCABULARY, VOCABULARY) == []


@pytest.mark.parametrize("key", RULE["properties"])
def test_each_key_of_a_rule_is_explained_to_editors(key: str) -> None:
    assert {"title", "description"} <= RULE["properties"][key].keys()


@pytest.mark.parametrize("key", RULE["required"])
def test_each_required_key_is_missed(key: str) -> None:
    lines = GOOD_RULE.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = start + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    text = "".join(lines[:start] + lines[end:])
    assert said(text, RULE) == [f"1:1: {key} is missing"]


def test_all_mistakes_come_in_the_order_of_the_text() -> None:
    assert said_of_rule(
        ("code: ML203", "code: ML20"),
        ("severity: error", "severty: error"),
        ('since: "0.1"', "since: 1"),
        ("topics: [identifiers, journal]", "topics: [a, a, B]"),
    ) == [
        "1:7: code is 'ML20'; it must look like ML123",
        "4:1: 'severty' is not a key of a rule; did you mean 'severity'?",
        "7:8: since must be text; put it in quotes: '1'",
        "8:13: 'a' stands twice in topics",
        "8:16: topics[3] is 'B'; it must be lower-case words joined by hyphens",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "severity: error",
            "severity: eror",
            "4:11: severity is 'eror'; use error, warning or info (did you mean 'error'?)",
        ),
        ("code: ML203", "code: |\n  ML203", "1:7: code is 'ML203␊'; it must look like ML123"),
        (
            "    - record: |\n        PMID- 31000002\n        IS  - 0028-4794 (Print)\n",
            '    - bytes: "\\u2603"\n',
            "27:14: examples.bad[1].bytes is '☃'; "
            "it must be text with one character, up to U+00FF, for each byte",
        ),
        ("default: true", "default: yes", "5:10: default is 'yes'; it must be true or false"),
        ("{is: MEDLINE}", "{iss: M}",
         "11:10: 'iss' is not a key of a condition; did you mean 'is'?"),
        ("{is: MEDLINE}", "{is: M, in: [M]}", "11:3: when.STAT has 2 keys (is and in); use only 1"),
        ("{is: MEDLINE}", "{present: false}", "11:19: when.STAT.present is false; use true"),
        (
            "{is: MEDLINE}",
            "MEDLINE",
            "11:9: when.STAT is 'MEDLINE'; it must be a condition such as {is: MEDLINE}",
        ),
        (
            "STAT: {",
            "stat: {",
            "11:3: the key 'stat' must be a tag: up to four capital letters or digits, like STAT",
        ),
        ("  type: format\n", "", "13:1: check.type is missing"),
        ("rationale: |\n  A wrong digit breaks the link to the journal.\n", "rationale:\n",
         "17:1: rationale has no value; it must be text that is not blank"),
        ("fix: none", "fix: safe", "31:6: fix is 'safe'; use 'none'"),
        ("    - record: |", "    - recrd: |", "27:7: 'recrd' is not a key of a bad example; "
         "did you mean 'record'?"),
        (
            "      at: IS\n",
            "      at: IS\n      bytes: x\n",
            "27:7: examples.bad[1] has 'record' and 'bytes'; use only one of them",
        ),
        ("      at: IS\n", "      at: IS\n    - at: IS\n",
         "31:7: examples.bad[2] needs 'record' or 'bytes'"),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_helpful_line(old: str, new: str, message: str) -> None:
    assert said_of_rule((old, new)) == [message]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2025-01-31", "2025-02-31",
         "4:7: date is '2025-02-31'; it must be a day such as 2025-01-31"),
        ("2025-01-31", "1/31/25", "4:7: date is '1/31/25'; it must be a day such as 2025-01-31"),
        ("{eng: English, fre: French}", "eng",
         "5:9: values is 'eng'; it must be a list or a mapping"),
        ("{eng: English, fre: French}", "[eng, 1]",
         "5:15: values[2] must be text; put it in quotes: '1'"),
        ("{eng: English, fre: French}", "[]", "5:9: values is empty"),
        ("{eng: English, fre: French}", "{eng: 1}",
         "5:15: values.eng must be text; put it in quotes: '1'"),
        ("{en: eng}", "[en]", "6:10: instead is a list; it must be a mapping"),
    ],
)  # fmt: skip
def test_a_choice_of_forms_gives_one_problem(old: str, new: str, message: str) -> None:
    assert said(GOOD_VOCABULARY.replace(old, new), VOCABULARY) == [message]


def test_files_without_a_mapping_are_told_what_is_wanted() -> None:
    assert said("", RULE) == ["1:1: the file is empty; it must hold a rule"]
    assert said("- a\n", RULE) == ["1:1: the file is a list; it must be a mapping"]


def test_a_part_is_checked_against_its_own_schema() -> None:
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["tag"],
        "properties": {"type": {}, "tag": {"type": "string"}},
    }
    text = "check:\n  type: format\n  tga: IS\n"
    assert said(text, schema, ("check",)) == [
        "3:3: 'tga' is not a key of check; did you mean 'tag'?"
    ]
    assert said("check:\n  type: format\n", schema, ("check",)) == ["1:1: check.tag is missing"]


@pytest.mark.parametrize(
    ("schema", "text", "message"),
    [
        ({"maximum": 3}, "a: 5", "1:4: a is 5; the most is 3"),
        ({"minItems": 2}, "a: [x]", "1:4: a must have at least 2 items"),
        ({"maxLength": 1}, "a: xy", "1:4: a must have at most 1 character"),
        ({"pattern": "^x$"}, "a: y", "1:4: a is 'y'; it must match '^x$'"),
        ({"not": {}}, "a: y", "1:4: a is 'y'; that is not allowed here"),
        ({"propertyNames": {"enum": ["tag"]}}, "a: {tga: 1}",
         "1:5: the key 'tga' is not known; use tag (did you mean 'tag'?)"),
    ],
)  # fmt: skip
def test_other_keywords_have_words_too(schema: Any, text: str, message: str) -> None:
    assert said(text, {"properties": {"a": schema}}) == [message]


def test_a_problem_is_rendered_with_its_lines() -> None:
    text = GOOD_RULE.replace("severity: error", "severity: eror")
    (problem,) = problems(load(text, "rules/x.yaml"), RULE)
    assert render(problem, text) == (
        "rules/x.yaml:4:11: severity is 'eror'; "
        "use error, warning or info (did you mean 'error'?)\n"
        "  3 | summary: Each ISSN has a correct check digit.\n"
        "> 4 | severity: eror\n"
        "    |           ^^^^\n"
        "  5 | default: true"
    )
