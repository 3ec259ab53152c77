"""Code Quality reports of GitLab."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sample_findings import FINDINGS, ISSN, MISSING, NO_VALUE, WIDE, WRAPPED
from test_formats import OPTIONS, SNAPSHOTS, findings, rendered

from medlint.findings import Finding, Severity
from medlint.findings_summary import Summary
from medlint.output import FORMATS, gitlab

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "schemas" / "gitlab-code-quality.schema.json").read_text("utf-8")
)


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on a build server, whoever runs the tests."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def report(*args: Any, **options: Any) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(rendered("gitlab", *args, **options))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(entries)] == []
    fingerprints = [entry["fingerprint"] for entry in entries]
    assert len(set(fingerprints)) == len(fingerprints)
    return entries


def report_of(summary: Summary, tmp_path: Path) -> list[dict[str, Any]]:
    with (tmp_path / "report.json").open("w", encoding="utf-8") as stream:
        FORMATS["gitlab"](stream, OPTIONS).close(summary)
    entries: list[dict[str, Any]] = json.loads((tmp_path / "report.json").read_text("utf-8"))
    return entries


def test_gitlab_looks_like_its_snapshot() -> None:
    text = rendered("gitlab", notices=("12 records are not PubMed's",))
    path = SNAPSHOTS / "gitlab.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


def test_an_entry_says_what_is_wrong_with_which_record_where() -> None:
    assert report((ISSN,)) == [
        {
            "description": "IS has '0028-4794 (Print)': the check digit should be 3. "
            "(PMID 31000002)",
            "check_name": "ML203 issn-check-digit",
            "fingerprint": report((ISSN,))[0]["fingerprint"],
            "severity": "major",
            "location": {"path": "exports/cardiology.nbib", "lines": {"begin": 12, "end": 12}},
        }
    ]


def test_severities_are_those_of_gitlab() -> None:
    entries = report((ISSN, WRAPPED, WIDE))
    assert [entry["severity"] for entry in entries] == ["major", "minor", "info"]


def test_a_clean_run_is_an_empty_list() -> None:
    assert report(()) == []


def test_a_finding_is_the_same_when_its_record_has_moved() -> None:
    moved = ISSN._replace(path="b.nbib", place=ISSN.place._replace(line=99, end_line=99))
    assert report((ISSN,))[0]["fingerprint"] == report((moved,))[0]["fingerprint"]


def test_equal_findings_are_told_apart_so_that_gitlab_drops_none() -> None:
    assert len(report((ISSN, ISSN, ISSN))) == 3


def test_notices_come_first_as_entries_of_their_own() -> None:
    first, second = report((ISSN,), notices=("12 records are not PubMed's",))
    assert first["description"] == "medlint: 12 records are not PubMed's"
    assert (first["check_name"], first["severity"]) == ("medlint notice", "info")
    assert second["check_name"] == "ML203 issn-check-digit"


def test_a_notice_with_another_count_is_no_new_entry() -> None:
    [before] = report((), notices=("1,204 records are not PubMed's",))
    [after] = report((), notices=("9 records are not PubMed's",))
    assert before["fingerprint"] == after["fingerprint"]


def test_what_could_not_be_read_blocks_and_a_run_cut_short_is_told_loudly(tmp_path: Path) -> None:
    summary = Summary(notices=["stopped after 10 findings"])
    summary.unusable.append("a.nbib: cannot be read: permission denied")
    summary.is_cut_short = True
    entries = report_of(summary, tmp_path)
    assert [(entry["severity"], entry["description"]) for entry in entries] == [
        ("blocker", "medlint: a.nbib: cannot be read: permission denied"),
        ("major", "medlint: stopped after 10 findings"),
    ]


def test_beyond_the_limit_the_worst_are_kept_and_the_rest_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gitlab, "MOST_FINDINGS", 2)
    notice, *kept = report((WIDE, WRAPPED, ISSN, NO_VALUE, MISSING))
    assert notice["description"] == (
        "medlint: 3 of 5 findings are left out of this report, the mildest first"
    )
    assert [entry["check_name"][:5] for entry in kept] == ["ML203", "ML101"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_encoding_that_lacks_characters_changes_nothing(encoding: str) -> None:
    assert report(FINDINGS, encoding=encoding) == report(FINDINGS)


@given(st.lists(findings(), max_size=4).map(tuple))
def test_no_value_breaks_the_report_or_is_obeyed(found: tuple[Finding, ...]) -> None:
    entries = report(found, notices=("\udcff\x1b::error::",))
    assert len(entries) == len(found) + 1
    for entry in entries:
        shown = (entry["description"], entry["check_name"], entry["location"]["path"])
        assert not any(ord(character) < 32 for text in shown for character in text)
    severities = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
    assert [e["severity"] for e in entries[1:]] == [severities[f.severity] for f in found]
