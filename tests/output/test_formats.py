"""Each format, shown with the same findings. ``UPDATE_SNAPSHOTS=1 pytest`` writes the snapshots
anew; read the difference before you commit it."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sample_findings import FINDINGS, ISSN, WIDE, summary_of

from medlint.findings import Excerpt, Finding, Place, Severity
from medlint.findings_summary import Summary
from medlint.output import FORMATS, OutputOptions

SNAPSHOTS = Path(__file__).parent / "snapshots"
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas" / "findings.schema.json").read_text("utf-8")
)
OPTIONS = OutputOptions(tool_version="0.1.0", width=100)
HUMAN_FORMATS = ("full", "concise", "statistics")


def rendered(
    name: str,
    findings: tuple[Finding, ...] = FINDINGS,
    options: OutputOptions = OPTIONS,
    encoding: str = "utf-8",
    notices: tuple[str, ...] = (),
) -> str:
    """What a format writes for *findings*; writing fails where *encoding* lacks a character."""
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding, newline="\n")
    writer = FORMATS[name](stream, options)
    summary = summary_of(findings)
    summary.notices += notices
    for finding in findings:
        writer.write(finding)
    writer.close(summary)
    stream.flush()
    return written.getvalue().decode(encoding)


def problems_of(document: Any) -> list[str]:
    """What the schema says of *document*."""
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)]


@pytest.mark.parametrize(
    ("snapshot", "name", "changes", "encoding"),
    [
        ("full.txt", "full", {}, "utf-8"),
        ("full-color.txt", "full", {"color": True}, "utf-8"),
        ("full-narrow.txt", "full", {"width": 50}, "utf-8"),
        ("full-ascii.txt", "full", {}, "ascii"),
        ("concise.txt", "concise", {}, "utf-8"),
        ("concise-errors.txt", "concise", {"show": Severity.ERROR}, "cp1252"),
        ("statistics.txt", "statistics", {}, "utf-8"),
        ("json.json", "json", {}, "utf-8"),
        ("json-ascii.json", "json", {}, "ascii"),
    ],
)
def test_format_looks_like_its_snapshot(
    snapshot: str, name: str, changes: dict[str, Any], encoding: str
) -> None:
    notices = ("exports/eric.nbib: 12 records are not PubMed's; rules for PubMed did not run",)
    text = rendered(name, options=OPTIONS._replace(**changes), encoding=encoding, notices=notices)
    path = SNAPSHOTS / snapshot
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_bytes(text.encode(encoding))
    assert text == path.read_bytes().decode(encoding)


@pytest.mark.parametrize("name", HUMAN_FORMATS)
def test_clean_run_is_one_line(name: str) -> None:
    stream = io.StringIO()
    FORMATS[name](stream, OPTIONS).close(Summary(files=1, records=12))
    assert stream.getvalue() == "Checked 12 records in 1 file: no findings.\n"


@pytest.mark.parametrize("name", ["full", "concise"])
def test_findings_below_the_shown_severity_are_counted_aloud(name: str) -> None:
    text = rendered(name, (ISSN, WIDE), OPTIONS._replace(show=Severity.WARNING))
    assert "ML603" not in text
    assert text.endswith(": 1 error, 1 info (infos not shown; --show info).\n")


def test_all_hidden_severities_are_named_with_the_option_that_shows_them() -> None:
    text = rendered("concise", options=OPTIONS._replace(show=Severity.ERROR))
    assert text.endswith(
        "5 errors, 4 warnings, 1 info (warnings and infos not shown; --show info).\n"
    )


def test_full_shows_some_findings_of_a_rule_and_counts_the_rest_aloud() -> None:
    text = rendered("full", (ISSN,) * 1500 + (WIDE,), OPTIONS._replace(limit_per_rule=3))
    assert text.count("error ML203") == 3
    assert "ML203 issn-check-digit: 1,497 more not shown; --output-format concise" in text
    assert "ML603 no-full-width-digits:" not in text
    assert text.endswith("1,500 errors, 1 info.\n")


def test_full_without_a_limit_shows_every_finding() -> None:
    text = rendered("full", (ISSN,) * 30, OPTIONS._replace(limit_per_rule=0))
    assert text.count("error ML203") == 30
    assert "not shown" not in text


def test_concise_shows_every_finding_whatever_the_limit() -> None:
    text = rendered("concise", (ISSN,) * 30, OPTIONS._replace(limit_per_rule=1))
    assert text.count("error ML203") == 30


def test_json_holds_all_findings_whatever_is_shown() -> None:
    document = json.loads(rendered("json", options=OPTIONS._replace(show=Severity.ERROR)))
    assert [f["code"] for f in document["findings"]] == [f.code for f in FINDINGS]
    assert document["summary"]["findings"] == {"error": 5, "warning": 4, "info": 1}


def test_json_of_a_clean_run_is_valid() -> None:
    document = json.loads(rendered("json", ()))
    assert problems_of(document) == []
    assert document["findings"] == []


def test_schema_is_a_schema_and_closed() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    document = json.loads(rendered("json"))
    assert problems_of(document) == []
    document["findings"][0]["colour"] = "red"
    document["summary"]["bytes"] = 1
    assert len(problems_of(document)) == 2


def test_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        FORMATS["yaml"]


TEXTS = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["::error::x", " ::set-output name=a::b", "##[command]ls", "##vso[task]", "\x1b]8;;x\x07"]
)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    line, count = draw(st.integers(1, 10**6)), draw(st.integers(1, 5))
    return Finding(
        code=f"ML{draw(st.integers(0, 999)):03}",
        name=draw(TEXTS),
        severity=draw(st.sampled_from(Severity)),
        message=draw(TEXTS),
        path=draw(TEXTS),
        place=Place(
            line,
            draw(st.integers(1, 60)),
            line + count - 1,
            draw(st.integers(1, 60)),
        ),
        pmid=draw(st.none() | TEXTS),
        tag=draw(st.none() | TEXTS),
        occurrence=draw(st.none() | st.integers(1, 9)),
        value=draw(st.none() | TEXTS),
        excerpt=draw(
            st.none()
            | st.lists(TEXTS, min_size=count, max_size=count).map(
                lambda lines: Excerpt(line, tuple(lines))
            )
        ),
        help=draw(TEXTS),
    )


@given(st.lists(findings(), max_size=3).map(tuple), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_json_always_parses_and_follows_its_schema(
    found: tuple[Finding, ...], encoding: str
) -> None:
    text = rendered("json", found, encoding=encoding, notices=("\udcff\x1b",))
    assert problems_of(json.loads(text)) == []
    assert "\x1b" not in text


@given(
    st.lists(findings(), max_size=3).map(tuple),
    st.sampled_from(HUMAN_FORMATS),
    st.sampled_from(["utf-8", "ascii", "cp1252", "shift_jis"]),
    st.integers(0, 120),
)
def test_people_never_see_a_control_character_or_a_command(
    found: tuple[Finding, ...], name: str, encoding: str, width: int
) -> None:
    text = rendered(name, found, OPTIONS._replace(width=width), encoding, notices=("::error::",))
    lines = text.split("\n")
    assert all(
        character.isprintable() or not character.isascii() for line in lines for character in line
    )
    assert not any(0x7F <= ord(character) <= 0x9F for character in text)
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
