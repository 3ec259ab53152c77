from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from sample_findings import FINDINGS
from test_formats import DOUBLE, OPTIONS, findings, rendered

from medlint.data import schema
from medlint.findings import Finding

LINE = schema("finding-line")
VALIDATOR = Draft202012Validator(
    LINE,
    registry=Registry().with_resource(
        "urn:medlint:findings", Resource.from_contents(schema("findings"))
    ),
)


def lines(text: str) -> list[dict[str, Any]]:
    """The lines of JSON Lines, each of which follows the schema."""
    assert text.endswith("\n")
    parsed = [json.loads(line) for line in text[:-1].split("\n")]
    for line in parsed:
        VALIDATOR.validate(line)
    return parsed


def test_the_schema_is_a_schema_and_closed() -> None:
    Draft202012Validator.check_schema(LINE)
    finding, *_, summary = lines(rendered("jsonl"))
    for line in (finding, summary):
        assert not VALIDATOR.is_valid({**line, "colour": "red"})
        assert not VALIDATOR.is_valid({key: line[key] for key in line if key != "kind"})
    assert not VALIDATOR.is_valid({**finding, "kind": "summary"})
    assert not VALIDATOR.is_valid({**summary, "kind": "finding"})
    assert not VALIDATOR.is_valid({**summary, "kind": "end"})


def test_a_line_holds_what_json_holds_and_the_summary_is_the_last() -> None:
    found = (*FINDINGS, DOUBLE)
    whole = json.loads(rendered("json", found))
    *first, last = lines(rendered("jsonl", found))
    assert first == [{"kind": "finding", **finding} for finding in whole["findings"]]
    head = {key: whole[key] for key in ("version", "tool", "tool_version")}
    assert last == {"kind": "summary", **head, **whole["summary"]}


def test_a_clean_run_is_the_summary_alone() -> None:
    assert [line["kind"] for line in lines(rendered("jsonl", ()))] == ["summary"]


@given(st.lists(findings(), max_size=3).map(tuple), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_whatever_a_record_holds_a_finding_is_a_line(
    found: tuple[Finding, ...], encoding: str
) -> None:
    text = rendered("jsonl", found, OPTIONS, encoding, notices=("\udcff\x1b\u2028",))
    assert len(lines(text)) == len(found) + 1
    assert "\x1b" not in text


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\x1b", "\n"])
def test_no_reader_of_lines_sees_another_line(character: str) -> None:
    text = rendered("jsonl", (DOUBLE._replace(value=f"a{character}b"),))
    assert len(text.splitlines()) == 2
    assert json.loads(text.splitlines()[0])["value"] == f"a{character}b"
