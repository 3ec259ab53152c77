from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sample_findings import FINDINGS, HOSTILE, ISSN, NO_EXCERPT
from test_formats import DOUBLE, findings, rendered

from medlint.findings import Finding
from medlint.output.csv import COLUMNS, guarded, unguarded
from medlint.output.visible import visible

#: Text with much that a spreadsheet obeys.
FORMULAS = st.text(st.sampled_from("=+-@＝－;,' \"1a\t")) | st.text()


def rows(text: str) -> list[dict[str, str]]:
    """The rows, by heading."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_a_finding_is_a_row() -> None:
    [row] = rows(rendered("csv", (DOUBLE,)))
    assert row == {
        "severity": "error",
        "code": "ML203",
        "name": "issn-check-digit",
        "message": "IS has '0028-4794 (Print)': the check digit should be 3.",
        "path": "exports/cardiology.nbib",
        "line": "12",
        "column": "7",
        "end_line": "12",
        "end_column": "16",
        "pmid": "31000002",
        "tag": "IS",
        "occurrence": "1",
        "value": "0028-4794 (Print)",
        "help": "Each ISSN has a correct check digit.",
        "where": "",
        "fix": "Write '0028-4793'.",
    }


def test_what_a_finding_does_not_say_is_an_empty_cell() -> None:
    [row] = rows(
        rendered("csv", (NO_EXCERPT._replace(pmid=None, tag=None, occurrence=None, value=None),))
    )
    assert [name for name in COLUMNS if not row[name]] == [
        "pmid",
        "tag",
        "occurrence",
        "value",
        "help",
        "where",
        "fix",
    ]


def test_a_clean_run_is_the_headings_alone() -> None:
    assert rendered("csv", ()) == "\ufeff" + ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize(("encoding", "is_marked"), [("utf-8", True), ("cp1252", False)])
def test_a_byte_order_mark_stands_before_utf_8_alone(encoding: str, is_marked: bool) -> None:
    assert rendered("csv", (ISSN,), encoding=encoding).startswith("\ufeff") == is_marked


def test_notices_are_rows_of_their_own() -> None:
    *_, row = rows(rendered("csv", notices=("=stopped; the rest was not looked at",)))
    assert row["severity"] == "notice"
    assert row["message"] == "'=stopped; the rest was not looked at"
    assert not any(row[name] for name in COLUMNS if name not in ("severity", "message"))


@given(st.lists(findings(), max_size=3).map(tuple), FORMULAS)
def test_every_row_is_one_line_of_rfc_4180(found: tuple[Finding, ...], value: str) -> None:
    found = tuple(finding._replace(value=value) for finding in found)
    text = rendered("csv", found)
    lines = text.split("\r\n")
    assert len(lines) == len(found) + 2
    assert not any("\n" in line or "\r" in line for line in lines)
    for row, finding in zip(rows(text), found, strict=True):
        assert unguarded(row["value"]) == visible(value)
        assert unguarded(row["message"]) == visible(finding.message)


@pytest.mark.parametrize("separator", [",", ";"])
@example((ISSN,), 'a;"=1')
@example((ISSN,), "a;'=1")
@given(st.lists(findings(), min_size=1, max_size=2).map(tuple), FORMULAS)
def test_no_cell_is_a_formula_whatever_separates_cells(
    separator: str, found: tuple[Finding, ...], value: str
) -> None:
    text = rendered("csv", tuple(finding._replace(value=value, path=value) for finding in found))
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        for cell in row:
            assert not re.match(r"[=+\-@\t\r＝＋－＠]", cell)


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_signs_of_a_formula_are_guarded(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"
    assert guarded(f'"{sign}1') == f"'\"{sign}1"
    assert guarded(f"a;{sign}1") == f"a;'{sign}1"
    assert guarded(f"'{sign}1") == f"''{sign}1"
    assert guarded(f"a{sign}1") == f"a{sign}1"


@pytest.mark.parametrize(
    "text", ["", "J Ex. 2019 Mar 5;12(3):11-19.", "O'Neill", "'tis", "; - x", "'"]
)
def test_other_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text


@given(FORMULAS)
def test_the_guard_can_be_taken_away(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_hostile_values_are_shown() -> None:
    text = rendered("csv", (*FINDINGS, HOSTILE))
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e\u200b]", text)
